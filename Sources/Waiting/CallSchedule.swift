import Dispatch
import Synchronization

/// What is to be called, and when. One timer serves all: a scan asks for several calls, nearly all of
/// which are cancelled long before their time, and a timer of its own for each would wake a thread
/// each time.
final class CallSchedule: Sendable {
  static let shared = CallSchedule()

  private struct Pending {
    let due: Duration
    let number: Int
    let action: @Sendable () -> Void
  }

  private struct State {
    /// The next one last.
    var pending: [Pending] = []
    var lastNumber = 0
    /// When the timer wakes next; nil where it is not set. It may come for what was cancelled since.
    var wakesAt: Duration?
  }

  private let begin = SuspendingClock.now
  private let state = Mutex(State())
  private let queue = DispatchQueue(
    label: "waiting", attributes: .concurrent, target: .global(qos: .userInitiated))

  var now: Duration { SuspendingClock.now - begin }

  /// Calls once, that long from now.
  func call(after delay: Duration, _ action: @escaping @Sendable () -> Void) -> ScheduledCall {
    let due = now + max(.zero, delay)
    let number = state.withLock { state in
      state.lastNumber += 1
      // A call goes behind those that were asked for before it and are due at the same time.
      let index = state.pending.partitioningIndex { $0.due <= due }
      state.pending.insert(
        Pending(due: due, number: state.lastNumber, action: action), at: index)
      setTimer(&state)
      return state.lastNumber
    }
    return ScheduledCall { [self] in cancel(number, due: due) }
  }

  /// Lets go of what it would do, too, but not under the lock: what ends with that may cancel others.
  private func cancel(_ number: Int, due: Duration) {
    _ = state.withLock { state -> Pending? in
      var index = state.pending.partitioningIndex { $0.due <= due }
      while index < state.pending.endIndex, state.pending[index].due == due {
        if state.pending[index].number == number { return state.pending.remove(at: index) }
        index += 1
      }
      return nil
    }
  }

  /// One that wakes earlier does for what is due later.
  private func setTimer(_ state: inout State) {
    guard let next = state.pending.last else { return }
    if let wakesAt = state.wakesAt, wakesAt <= next.due { return }
    state.wakesAt = next.due
    let delay = max(.zero, next.due - now)
    queue.asyncAfter(deadline: .now() + .nanoseconds(delay.nanoseconds)) { [self] in
      wake(for: next.due)
    }
  }

  private func wake(for due: Duration) {
    let calls = state.withLock { state in
      if state.wakesAt == due { state.wakesAt = nil }
      let now = now
      var calls: [Pending] = []
      while let next = state.pending.last, next.due <= now {
        calls.append(next)
        state.pending.removeLast()
      }
      setTimer(&state)
      return calls
    }
    // None waits until another one has returned.
    for call in calls.dropFirst() { queue.async { call.action() } }
    calls.first?.action()
  }
}

extension Array {
  /// The first index at which the condition holds; from there on it holds for all.
  fileprivate func partitioningIndex(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Duration {
  /// At most what fits.
  fileprivate var nanoseconds: Int {
    let (seconds, attoseconds) = components
    guard seconds < 4_000_000_000 else { return .max }
    return Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
  }
}
