import Synchronization
package import Waiting

/// A clock that stands until a test lets time go by, so that a test of a deadline takes none.
package final class ManualClock: WaitClock {
  private struct Due {
    var number: Int
    var at: Duration
    var action: @Sendable () -> Void
  }

  private struct State {
    var now: Duration = .zero
    var lastNumber = 0
    var due: [Due] = []
  }

  private let state = Mutex(State())
  /// The number of those who wait has changed.
  private let changes = Signal()

  package init() {}

  package var now: Duration { state.withLock { $0.now } }

  /// How many wait for a time to come.
  package var waiting: Int { state.withLock { $0.due.count } }

  package func call(
    after delay: Duration, _ action: @escaping @Sendable () -> Void
  ) -> ScheduledCall {
    let number = state.withLock { state in
      state.lastNumber += 1
      state.due.append(Due(number: state.lastNumber, at: state.now + delay, action: action))
      return state.lastNumber
    }
    changes.send()
    return ScheduledCall { [self] in
      state.withLock { $0.due.removeAll { $0.number == number } }
      changes.send()
    }
  }

  /// Lets time go by, and each wait end at its moment.
  package func advance(by span: Duration) {
    let end = now + span
    while let next = takeNext(before: end) { next.action() }
    state.withLock { $0.now = end }
    changes.send()
  }

  private func takeNext(before end: Duration) -> Due? {
    state.withLock { state in
      guard let next = state.due.min(by: { ($0.at, $0.number) < ($1.at, $1.number) }),
        next.at <= end
      else { return nil }
      state.now = max(state.now, next.at)
      state.due.removeAll { $0.number == next.number }
      return next
    }
  }

  /// Returns once so many wait.
  /// - Throws: `NobodyWaits` where they do not in 20 s of real time.
  package func untilWaiting(_ count: Int = 1) async throws {
    let end = BoxWaitClock.box.now + .seconds(20)
    while waiting < count {
      guard BoxWaitClock.box.now < end else { throw NobodyWaits(waiting: waiting) }
      await changes.wait(for: .seconds(1), if: { waiting < count })
    }
  }

  package struct NobodyWaits: Error { var waiting: Int }
}
