import Glibc

/// Where the service manager listens to the services that it started: one datagram a message, as in
/// sd_notify(3).
package final class NotifySocket: Sendable {
  private let descriptor: Int32
  private let address: sockaddr_un
  private let addressLength: socklen_t

  /// - Parameter environment: `NOTIFY_SOCKET` counts, a path or an abstract name that begins with `@`.
  /// - Returns: nil where no service manager listens.
  package init?(environment: [String: String]) {
    guard let name = environment["NOTIFY_SOCKET"], name.hasPrefix("/") || name.hasPrefix("@"),
      let (address, length) = Self.address(Array(name.utf8))
    else { return nil }
    // Never waits: the door matters more than who watches it.
    let kind = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    descriptor = socket(AF_UNIX, kind, 0)
    guard descriptor >= 0 else { return nil }
    self.address = address
    addressLength = length
  }

  deinit { close(descriptor) }

  /// - Parameter message: assignments such as `READY=1`, one a line.
  /// - Returns: whether it was taken.
  func send(_ message: String) -> Bool {
    let bytes = Array(message.utf8)
    return withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), address, addressLength)
          == bytes.count
      }
    }
  }

  private static func address(_ name: [UInt8]) -> (sockaddr_un, socklen_t)? {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    guard name.count > 1, name.count < MemoryLayout.size(ofValue: address.sun_path) else {
      return nil
    }
    withUnsafeMutableBytes(of: &address.sun_path) { path in
      path.copyBytes(from: name)
      // An abstract name begins with a zero.
      if name[0] == UInt8(ascii: "@") { path[0] = 0 }
    }
    let offset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? MemoryLayout<sa_family_t>.size
    return (address, socklen_t(offset + name.count))
  }
}
