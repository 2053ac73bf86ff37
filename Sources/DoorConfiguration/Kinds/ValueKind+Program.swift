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
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        throw ValueRefusal(
          expected: expectation, reason: isFolder ? "it is a folder" : "it is not a regular file")
      }
      return path
    }
  }
}
