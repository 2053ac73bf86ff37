import Dispatch
import Glibc
import Synchronization

/// How a program ended.
package enum ProgramEnd: Sendable, Equatable {
  case exited(Int32)
  case killed(signal: Int32)
}

/// A program that runs on a pseudo-terminal, in a session of its own.
package final class ChildProgram: Sendable {
  package let identifier: Int32
  private let state = Mutex(State())

  private struct State {
    var end: ProgramEnd?
    var observers: [@Sendable (ProgramEnd) -> Void] = []
  }

  /// - Parameters:
  ///   - path: of the program.
  ///   - arguments: without the program's name.
  ///   - environment: all of it; nothing is inherited.
  ///   - errorPath: a file for its standard error; nil is the terminal.
  package init(
    path: String, arguments: [String], environment: [String: String], on terminal: PseudoTerminal,
    errorPath: String? = nil
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that the leader of a new session opens becomes its own, on Linux.
    posix_spawn_file_actions_addopen(&actions, 0, terminal.path, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    if let errorPath {
      posix_spawn_file_actions_addopen(
        &actions, 2, errorPath, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    } else {
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // What the test's process blocks or ignores must not reach the program.
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    let sessionFlag: Int32 = 0x80  // POSIX_SPAWN_SETSID, which glibc shows to _GNU_SOURCE only.
    posix_spawnattr_setflags(
      &attributes, Int16(sessionFlag | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    let argumentPointers = ([path] + arguments).map { strdup($0) } + [nil]
    let environmentPointers = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argumentPointers + environmentPointers { free(pointer) } }
    var identifier = pid_t()
    let code = posix_spawn(
      &identifier, path, &actions, &attributes, argumentPointers, environmentPointers)
    guard code == 0 else { throw SystemError(call: "posix_spawn \(path)", code: code) }
    self.identifier = identifier
    DispatchQueue(label: "child \(identifier)").async { self.waitForEnd() }
  }

  /// Nil while it runs.
  package var end: ProgramEnd? { state.withLock { $0.end } }

  /// Sends a signal, while it runs.
  package func send(signal: Int32) {
    state.withLock { state in
      if state.end == nil { kill(identifier, signal) }
    }
  }

  /// - Throws: `Timeout` when it still runs after `limit`.
  package func waitForEnd(deadline limit: Duration = .seconds(10)) async throws -> ProgramEnd {
    let promise = Promise<ProgramEnd>()
    observe { promise.fulfil(.success($0)) }
    promise.expire(after: limit) { Timeout(what: "the program still runs", screen: nil) }
    return try await promise.value
  }

  /// Called once, at once where the program has ended.
  func observe(_ observer: @escaping @Sendable (ProgramEnd) -> Void) {
    let end = state.withLock { state in
      if state.end == nil { state.observers.append(observer) }
      return state.end
    }
    if let end { observer(end) }
  }

  private func waitForEnd() {
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7F
    let end: ProgramEnd =
      signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal: signal)
    let observers = state.withLock { state in
      state.end = end
      defer { state.observers = [] }
      return state.observers
    }
    for observer in observers { observer(end) }
  }
}
