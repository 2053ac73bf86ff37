package import Foundation
import Glibc

/// Something else in the place of a file.
package enum NotAFile: CaseIterable, Sendable {
  case pipe, socket, folder, endlessDevice, emptyDevice

  /// - Throws: where it cannot be made, or the path is too long for a socket.
  package func make(at path: String) throws {
    let isMade =
      switch self {
      case .pipe: mkfifo(path, 0o700) == 0
      case .folder: mkdir(path, 0o700) == 0
      case .endlessDevice: symlink("/dev/zero", path) == 0
      case .emptyDevice: symlink("/dev/null", path) == 0
      case .socket: Self.bindSocket(at: path)
      }
    guard isMade else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
  }

  private static func bindSocket(at path: String) -> Bool {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      errno = ENAMETOOLONG
      return false
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
  }
}
