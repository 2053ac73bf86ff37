import Synchronization
import Waiting

/// The outcome of `work`, or nil once its time is over. Either way `work` is over when this returns:
/// after that time, or when the caller is cancelled, it is cancelled and waited for.
func outcome<Value: Sendable>(
  within limit: Duration, on timer: any WaitClock, of work: @escaping @Sendable () async -> Value
) async -> Value? {
  let isDecided = Decided()
  let working = Task { () -> Value? in
    let value = await work()
    return isDecided.decide() ? value : nil
  }
  let deadline = timer.call(after: limit) {
    if isDecided.decide() { working.cancel() }
  }
  defer { deadline.cancel() }
  return await withTaskCancellationHandler {
    await working.value
  } onCancel: {
    working.cancel()
  }
}

/// Which of two came first.
private final class Decided: Sendable {
  private let isDecided = Atomic(false)

  /// Whether this is the first call.
  func decide() -> Bool { !isDecided.exchange(true, ordering: .acquiringAndReleasing) }
}
