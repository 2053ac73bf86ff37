import Foundation

extension ValueKind where Value == String {
  /// The path of a program that can be started.
  static var program: Self {
    let expectation = "the absolute path of an executable file"
    return Self(expectation: expectation, spell: \.self) { text throws(ValueRefusal) in
      let path = try ValueKind<String>.line.read(.text(text))
      guard path.hasPrefix("/") else {
        throw ValueRefusal(expected: expectation, reason: "it does not begin with \"/\"")
      }
      guard access(path, X_OK) == 0 else {
        throw ValueRefusal(expected: expectation, reason: String(cString: strerror(errno)))
      }
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        !isFolder.boolValue
      else {
        throw ValueRefusal(expected: expectation, reason: "it is a folder")
      }
      return path
    }
  }
}
