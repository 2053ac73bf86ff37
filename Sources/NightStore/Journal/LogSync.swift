import Dispatch
import Glibc
import Synchronization

/// Brings what the journal's connection wrote onto the disk, soon and once for all that came meanwhile:
/// its commits are not synced, because nobody is to wait for them.
final class LogSync: Sendable {
  private static let delay: DispatchTimeInterval = .milliseconds(500)

  private let log: String
  private let isDue = Mutex(false)

  /// - Parameter log: SQLite's write-ahead log. It holds no locks that closing it could drop.
  init(log: String) { self.log = log }

  /// Something was written.
  func due() {
    let isNew = isDue.withLock { isDue in
      defer { isDue = true }
      return !isDue
    }
    guard isNew else { return }
    DispatchQueue.global().asyncAfter(deadline: .now() + Self.delay) { [self] in
      isDue.withLock { $0 = false }
      let descriptor = open(log, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { return }
      fdatasync(descriptor)
      close(descriptor)
    }
  }
}
