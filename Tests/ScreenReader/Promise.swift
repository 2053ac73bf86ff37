import Dispatch
import Synchronization

/// A state did not come in time.
package struct Timeout: Error, CustomStringConvertible {
  package var what: String
  /// What stood on the screen instead.
  package var screen: Screen?

  package init(what: String, screen: Screen? = nil) {
    self.what = what
    self.screen = screen
  }

  package var description: String {
    guard let screen else { return what }
    let line = String(repeating: "-", count: screen.columns)
    return "\(what); the screen:\n\(line)\n\(screen.text)\n\(line)"
  }
}

/// A value that comes once, from any thread; what comes second is dropped.
final class Promise<Value: Sendable>: Sendable {
  private let state = Mutex(State())

  private struct State {
    var result: Result<Value, any Error>?
    var waiter: CheckedContinuation<Value, any Error>?
  }

  func fulfil(_ result: Result<Value, any Error>) {
    let waiter = state.withLock { state -> CheckedContinuation<Value, any Error>? in
      guard state.result == nil else { return nil }
      state.result = result
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume(with: result)
  }

  func expire(after limit: Duration, with error: @escaping @Sendable () -> any Error) {
    let deadline = DispatchTime.now() + .milliseconds(limit.inMilliseconds)
    DispatchQueue.global().asyncAfter(deadline: deadline) { self.fulfil(.failure(error())) }
  }

  /// For one waiter.
  var value: Value {
    get async throws {
      try await withCheckedThrowingContinuation { continuation in
        let result = state.withLock { state in
          if state.result == nil { state.waiter = continuation }
          return state.result
        }
        if let result { continuation.resume(with: result) }
      }
    }
  }
}

extension Duration {
  var inMilliseconds: Int {
    Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
  }
}
