import Dispatch
import Glibc
import ScreenReader
import Synchronization

/// A program that this one has started, and that ends with it.
final class StartedProcess {
  let identifier: pid_t
  /// Before the kernel was asked to start it.
  let started: ContinuousClock.Instant
  private var hasEnded = false

  private static let running = Mutex<Set<pid_t>>([])

  init(
    _ path: String, _ arguments: [String], environment: [String: String], streams: ProgramStreams
  ) throws {
    started = ContinuousClock.now
    identifier = try startProgram(path, arguments, environment: environment, streams: streams)
    Self.running.withLock { _ = $0.insert(identifier) }
  }

  deinit { end() }

  /// Waits until it has ended by itself.
  /// - Returns: what it exited with; nil when a signal ended it.
  @discardableResult
  func wait() -> Int32? {
    guard !hasEnded else { return nil }
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0 && errno == EINTR {}
    hasEnded = true
    Self.running.withLock { _ = $0.remove(identifier) }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : nil
  }

  /// Asks it to end; if it has not in five seconds, it is ended.
  func end() {
    guard !hasEnded else { return }
    kill(identifier, SIGTERM)
    for _ in 0..<500 {
      var status: Int32 = 0
      if waitpid(identifier, &status, WNOHANG) == identifier {
        hasEnded = true
        Self.running.withLock { _ = $0.remove(identifier) }
        return
      }
      usleep(10_000)
    }
    kill(identifier, SIGKILL)
    wait()
  }

  static func endAll() {
    for identifier in running.withLock({ $0 }) { kill(identifier, SIGTERM) }
  }

  /// Ctrl-C must leave no sandbox behind.
  /// - Returns: what holds as long as it is kept.
  static func endAllOnSignals(andThen cleanUp: @escaping @Sendable () -> Void)
    -> [any DispatchSourceSignal]
  {
    [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        endAll()
        cleanUp()
        exit(128 + number)
      }
      source.resume()
      return source
    }
  }
}
