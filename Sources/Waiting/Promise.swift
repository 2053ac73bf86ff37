import Synchronization

/// A value that somebody gives once and others wait for: until it is there, until a deadline, or until
/// nobody wants it any more. Every wait of the program that can end in more than one way is one of
/// these.
package final class Promise<Value: Sendable>: Sendable {
  private struct State {
    var value: Value?
    var lastNumber = 0
    var waiting: [Int: CheckedContinuation<Value?, Never>] = [:]
  }

  private let state = Mutex(State())

  package init() {}

  /// The value where it has been given.
  package var valueSoFar: Value? { state.withLock { $0.value } }

  /// Gives the value; the first one counts.
  /// - Returns: whether this was the first.
  @discardableResult
  package func fulfil(with value: Value) -> Bool {
    let waiting: [Int: CheckedContinuation<Value?, Never>]? = state.withLock { state in
      guard state.value == nil else { return nil }
      state.value = value
      defer { state.waiting = [:] }
      return state.waiting
    }
    guard let waiting else { return false }
    for continuation in waiting.values { continuation.resume(returning: value) }
    return true
  }

  /// Waits for it, even where the task that waits is cancelled.
  package func value() async -> Value {
    while true {
      let value = await withCheckedContinuation { wait($0, as: nextNumber()) }
      // Nobody gives this wait up.
      if let value { return value }
    }
  }

  /// - Returns: nil where it has not come in that time, or where its task was cancelled before.
  package func value(within patience: Duration, on clock: any WaitClock = .box) async -> Value? {
    if let value = valueSoFar { return value }
    guard patience > .zero else { return nil }
    let number = nextNumber()
    var deadline: ScheduledCall?
    defer { deadline?.cancel() }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        wait(continuation, as: number)
        // Only one who waits can be woken.
        deadline = clock.call(after: patience) { [self] in giveUp(number) }
        if Task.isCancelled { giveUp(number) }
      }
    } onCancel: {
      giveUp(number)
    }
  }

  private func nextNumber() -> Int {
    state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
  }

  private func wait(_ continuation: CheckedContinuation<Value?, Never>, as number: Int) {
    let value = state.withLock { state in
      if state.value == nil { state.waiting[number] = continuation }
      return state.value
    }
    if let value { continuation.resume(returning: value) }
  }

  private func giveUp(_ number: Int) {
    state.withLock { $0.waiting.removeValue(forKey: number) }?.resume(returning: nil)
  }
}

extension Task where Failure == Never {
  /// Its value; nil where it has not come in that time, or nobody waits any more. It goes on all the
  /// same.
  package func value(
    within patience: Duration, on clock: any WaitClock = .box
  ) async -> Success? {
    let promise = Promise<Success>()
    let watching = Task<Void, Never> { promise.fulfil(with: await value) }
    defer { watching.cancel() }
    return await promise.value(within: patience, on: clock)
  }
}
