import Dispatch
import Foundation
import Synchronization

/// Writes lines one after the other, away from whoever logs: a log that is not read must not hold up
/// the door.
package final class LogWriter: Sendable {
  package static let standardError = LogWriter(descriptor: STDERR_FILENO)

  /// Lines that wait at most; those beyond are counted and lost.
  private static let mostWaiting = 1000

  private let descriptor: Int32
  private let queue = DispatchQueue(label: "doorcheck.log")
  private let waiting = Atomic(0)
  private let lost = Atomic(0)

  package init(descriptor: Int32) { self.descriptor = descriptor }

  package func write(_ line: String) {
    guard waiting.add(1, ordering: .relaxed).newValue <= Self.mostWaiting else {
      waiting.subtract(1, ordering: .relaxed)
      lost.add(1, ordering: .relaxed)
      return
    }
    queue.async { [self] in
      writeAll("\(line)\n")
      waiting.subtract(1, ordering: .relaxed)
      let missing = lost.exchange(0, ordering: .relaxed)
      if missing > 0 { writeAll("\(missing) lines of the log are lost\n") }
    }
  }

  /// Waits until what was logged so far is written, so many seconds at most.
  package func finish(within seconds: Double) {
    let done = DispatchSemaphore(value: 0)
    queue.async { done.signal() }
    _ = done.wait(timeout: .now() + seconds)
  }

  private func writeAll(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count < 0, errno == EAGAIN {
        // The descriptor is another program's, too, which has made it so.
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&request, 1, 1000)
      } else if count == 0 || errno != EINTR {
        return
      }
    }
  }
}

/// The journal of systemd, where a stream leads to it (systemd.exec(5), `$JOURNAL_STREAM`). It has the
/// time of each line itself, and takes a line's priority from `<N>` at its beginning (sd-daemon(3)).
package enum JournalStream {
  /// - Parameters:
  ///   - variable: device and inode of the journal's stream, as the service manager names them.
  package static func isJournal(_ descriptor: Int32, variable: String?) -> Bool {
    let parts = (variable ?? "").split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let device = UInt64(parts[0]), let inode = UInt64(parts[1]) else {
      return false
    }
    // Whoever inherits the variable may have had its output sent elsewhere.
    var status = stat()
    return fstat(descriptor, &status) == 0 && UInt64(status.st_dev) == device
      && UInt64(status.st_ino) == inode
  }

  package static let isStandardError = isJournal(
    STDERR_FILENO, variable: ProgramEnvironment.variables["JOURNAL_STREAM"])
}
