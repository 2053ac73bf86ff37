import Glibc
import Synchronization

/// Listens where a service manager would (sd_notify(3)), and keeps what it is told.
package final class StandInServiceManager: Sendable {
  /// For `NOTIFY_SOCKET`.
  package let name: String
  private let descriptor: Int32
  private let heard = Mutex<[String]>([])

  /// - Parameter isAbstract: the name is in no folder.
  package init(isAbstract: Bool = false) throws {
    let unique = "doorcheck-notify-\(getpid())-\(UInt64.random(in: 0...(.max)))"
    name = isAbstract ? "@\(unique)" : "/tmp/\(unique)"
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let path = Array((isAbstract ? "\0\(unique)" : name).utf8)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
    let code = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
    }
    struct NoSocket: Error { var code: Int32 }
    guard descriptor >= 0, code == 0 else { throw NoSocket(code: errno) }
  }

  deinit {
    close(descriptor)
    if name.hasPrefix("/") { unlink(name) }
  }

  /// Everything so far, oldest first.
  package var messages: [String] {
    heard.withLock { heard in
      while let message = next() { heard.append(message) }
      return heard
    }
  }

  package func count(_ message: String) -> Int { messages.count { $0 == message } }

  private func next() -> String? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }

  /// Waits until the message has come so many times.
  /// - Returns: whether it has within `seconds`.
  package func wait(for message: String, times: Int = 1, seconds: Double = 10) async -> Bool {
    await comes(within: .seconds(seconds)) { count(message) >= times }
  }
}
