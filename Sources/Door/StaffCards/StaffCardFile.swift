import Foundation
import LinuxBox
package import Scanner

/// Where this box keeps what stands on its staff cards: a file beside the store, for its owner alone.
package struct StaffCardFile: Sendable {
  package let path: String

  package init(folder: String) { path = folder + "/staff-cards" }

  /// Nil where no cards were ever made.
  package func read() throws(StaffCardFileError) -> StaffCards? {
    // A pipe in its place must not make anybody wait.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      // A socket.
      throw StaffCardFileError(path: path, problem: errno == ENXIO ? .damaged : .unreadable(errno))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw StaffCardFileError(path: path, problem: .damaged)
    }
    // As the store does with its own files.
    if status.st_mode & 0o077 != 0 { fchmod(descriptor, status.st_mode & 0o700) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = Foundation.read(descriptor, &bytes, bytes.count)
    guard count >= 0 else {
      throw StaffCardFileError(path: path, problem: .unreadable(errno))
    }
    guard let cards = StaffCards(fileText: String(decoding: bytes[..<count], as: UTF8.self)) else {
      throw StaffCardFileError(path: path, problem: .damaged)
    }
    return cards
  }

  /// From now on these are the cards, and no others.
  package func replace(by cards: StaffCards) throws {
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    try WholeFile.write(cards.fileText, to: path, isPrivate: true)
  }
}

/// Says nothing of what the file holds.
package struct StaffCardFileError: Error, Equatable, CustomStringConvertible {
  enum Problem: Equatable {
    /// An error number of the system's.
    case unreadable(Int32)
    case damaged
  }

  var path: String
  var problem: Problem

  package var description: String {
    switch problem {
    case .unreadable(let number): "\(path) cannot be read: \(String(cString: strerror(number)))"
    case .damaged: "\(path) is not what doorcheck wrote; make new cards with --new"
    }
  }
}
