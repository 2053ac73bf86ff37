import Dispatch
import Glibc
import Synchronization

/// A call of the system that failed.
struct SystemFailure: Error, CustomStringConvertible {
  var call: String
  var code: Int32 = errno
  var description: String { "\(call): \(String(cString: strerror(code)))" }
}

/// A program that this one has started, and that ends with it.
final class StartedProcess {
  enum Standard {
    /// All three streams, and the terminal of a session of its own.
    case terminal(path: String, errors: String)
    /// Output to this descriptor; input from this file.
    case streams(input: String, output: Int32)
  }

  let identifier: pid_t
  /// Before the kernel was asked to start it.
  let started: ContinuousClock.Instant
  private var hasEnded = false

  private static let running = Mutex<Set<pid_t>>([])

  init(
    _ path: String, _ arguments: [String], environment: [String: String], standard: Standard
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    switch standard {
    case .terminal(let terminal, let errors):
      posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
      posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    case .streams(let input, let output):
      posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
      posix_spawn_file_actions_adddup2(&actions, output, 1)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    let newSession: Int32 = 0x80  // POSIX_SPAWN_SETSID, which glibc shows to _GNU_SOURCE only.
    posix_spawnattr_setflags(
      &attributes, Int16(newSession | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    let argumentPointers = ([path] + arguments).map { strdup($0) } + [nil]
    let environmentPointers = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argumentPointers + environmentPointers { free(pointer) } }
    var identifier = pid_t()
    started = ContinuousClock.now
    let code = posix_spawn(
      &identifier, path, &actions, &attributes, argumentPointers, environmentPointers)
    guard code == 0 else { throw SystemFailure(call: "starting \(path)", code: code) }
    self.identifier = identifier
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
