import Glibc

/// Reads small files whole, with what there is to say about them.
package struct FileContents: Sendable, Equatable {
  package var bytes: [UInt8]
  /// Somebody other than its owner may read it.
  var isReadableByOthers: Bool

  package enum Failure: Error, Sendable, Equatable {
    /// There is nothing by that name.
    case missing
    case tooLarge(limit: Int)
    /// With the system's words.
    case unreadable(String)
  }

  /// - Parameter limit: bytes; a larger file is not read.
  package static func read(_ path: String, limit: Int) throws(Failure) -> FileContents {
    // A pipe or a device in its place must not make anybody wait.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { throw .missing }
      // What the system says of a socket.
      throw .unreadable(errno == ENXIO ? notRegular : systemError())
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(systemError()) }
    let type = status.st_mode & S_IFMT
    if type == S_IFDIR { throw .unreadable("Is a directory") }
    if type != S_IFREG { throw .unreadable(notRegular) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw .unreadable(systemError())
      }
      if count == 0 { break }
      bytes += chunk.prefix(count)
      if bytes.count > limit { throw .tooLarge(limit: limit) }
    }
    let othersMayRead = status.st_mode & (S_IRGRP | S_IROTH) != 0
    return FileContents(bytes: bytes, isReadableByOthers: othersMayRead)
  }

  /// The bytes as text, or the first place that is not UTF-8. A byte order mark is left out.
  func text() -> Result<String, BadEncoding> {
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    if let text = String(validating: bytes, as: UTF8.self) { return .success(text) }
    var place = BadEncoding(line: 1, column: 1)
    var rest = bytes.makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    while case .valid(let encoded) = parser.parseScalar(from: &rest) {
      place.column += 1
      if Unicode.UTF8.decode(encoded) == "\n" {
        place = BadEncoding(line: place.line + 1, column: 1)
      }
    }
    return .failure(place)
  }

  struct BadEncoding: Error, Sendable, Equatable {
    var line: Int
    var column: Int
  }

  private static let notRegular = "Is not a regular file"

  private static func systemError() -> String { String(cString: strerror(errno)) }
}
