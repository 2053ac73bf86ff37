package import Admission
import DequeModule
package import DoorScreen
import Foundation
import Synchronization
import Waiting

/// Tells the venue's program each verdict, one at a time and in their order. No scan ever waits for it:
/// where it falls behind, the oldest verdicts that wait are dropped.
package final class VerdictHook: Sendable {
  private let program: HookProgram
  private let backlog: Backlog
  private let line: @Sendable (Outcome) -> String
  private let report: @Sendable (HookFailure?) -> Void
  private let now: @Sendable () -> ContinuousClock.Instant
  private let state = Mutex(State())

  /// What may wait for the program.
  package struct Backlog {
    /// How many verdicts, at least 1.
    var most: Int
    /// How long a verdict may; nil is for ever.
    var longest: Duration?
  }

  private struct State {
    var waiting: Deque<(outcome: Outcome, since: ContinuousClock.Instant)> = []
    var isRunning = false
    /// Some were dropped since the last time when none waited.
    var isBehind = false
    /// Is fulfilled once none waits and none is told.
    var idle = Promise<Void>()
  }

  /// - Parameters:
  ///   - line: what the program is given of a verdict.
  ///   - report: is told how each run went, and of each verdict that was dropped; nil is well.
  package init(
    program: HookProgram, backlog: Backlog, line: @escaping @Sendable (Outcome) -> String,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
    report: @escaping @Sendable (HookFailure?) -> Void
  ) {
    self.program = program
    self.backlog = backlog
    self.line = line
    self.now = now
    self.report = report
  }

  /// Returns at once.
  func tell(_ outcome: Outcome) {
    let since = now()
    let (isDropping, isFirst) = state.withLock { state in
      let isDropping = state.waiting.count >= backlog.most
      if isDropping {
        state.waiting.removeFirst()
        state.isBehind = true
      }
      state.waiting.append((outcome, since))
      defer { state.isRunning = true }
      if !state.isRunning { state.idle = Promise() }
      return (isDropping, !state.isRunning)
    }
    if isDropping { report(.behind) }
    if isFirst { Task { await work() } }
  }

  /// Returns once every verdict so far was told or dropped.
  func finish() async {
    await state.withLock { $0.isRunning ? $0.idle : nil }?.value()
  }

  /// The same, but what still waits after that long is dropped.
  func finish(within limit: Duration) async {
    let clock = BoxWaitClock.box.call(after: limit) { [self] in
      state.withLock { $0.waiting = [] }
    }
    await finish()
    clock.cancel()
  }

  private func work() async {
    while let outcome = next() {
      // In JSON lines, each ends by its line's end.
      let failure = await program.run(input: line(outcome) + "\n")
      report(failure ?? (state.withLock(\.isBehind) ? .behind : nil))
    }
  }

  private func next() -> Outcome? {
    let now = now()
    var outcome: Outcome?
    var idle: Promise<Void>?
    let dropped = state.withLock { state in
      let dropped = state.waiting.prefix { isTooOld($0.since, now) }.count
      state.waiting.removeFirst(dropped)
      if dropped > 0 { state.isBehind = true }
      if state.waiting.isEmpty {
        state.isRunning = false
        state.isBehind = false
        idle = state.idle
      } else {
        outcome = state.waiting.removeFirst().outcome
      }
      return dropped
    }
    for _ in 0..<dropped { report(.behind) }
    idle?.fulfil(with: ())
    return outcome
  }

  private func isTooOld(_ since: ContinuousClock.Instant, _ now: ContinuousClock.Instant) -> Bool {
    backlog.longest.map { now - since > $0 } ?? false
  }
}
