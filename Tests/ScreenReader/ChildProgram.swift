import Dispatch
import Glibc
import Synchronization
import Waiting

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
    identifier = try startProgram(
      path, arguments, environment: environment,
      streams: .terminal(path: terminal.path, errorPath: errorPath))
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
    observe { promise.fulfil(with: $0) }
    guard let end = await promise.value(within: limit) else {
      throw Timeout(what: "the program still runs")
    }
    return end
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
