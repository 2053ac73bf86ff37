import Synchronization

/// Wakes whoever waits for something to happen.
final class Signal: Sendable {
  private struct State {
    var lastNumber = 0
    var waiting: [Int: AsyncStream<Void>.Continuation] = [:]
  }

  private let state = Mutex(State())

  func send() {
    let waiting = state.withLock { state in
      defer { state.waiting = [:] }
      return state.waiting.values
    }
    for one in waiting { one.finish() }
  }

  /// Waits until it is sent, or so long.
  /// - Parameter isNeeded: is asked when nothing that is sent can be missed any more.
  func wait(for patience: Duration, if isNeeded: () -> Bool = { true }) async {
    let (ends, end) = AsyncStream.makeStream(of: Void.self)
    let number = state.withLock { state in
      state.lastNumber += 1
      state.waiting[state.lastNumber] = end
      return state.lastNumber
    }
    defer { state.withLock { $0.waiting[number] = nil } }
    guard isNeeded() else { return }
    let clock = Task {
      try? await Task.sleep(for: patience)
      end.finish()
    }
    for await _ in ends {}
    clock.cancel()
  }
}
