import Admission
import FoundationEssentials
import Synchronization
import Waiting

/// A look-up under way: what is asked of the service, and what it has answered so far.
package final class PassSearch: Sendable {
  /// What the service says of the code.
  struct Heard: Sendable {
    var finding: Finding
    /// From the first request.
    var elapsed: Duration
    /// Seconds, monotonic.
    var endedAt: TimeInterval
  }

  let code: String
  let eventID: String
  let begun: Moment
  /// The same, by the clock of `PassFinder.Setup.patience`.
  let begunAt: Duration
  /// How much of it was left then; nil where the service is waited for as long as it takes.
  let patience: Duration?
  /// The service had been silent so long that what is stored answers at once.
  let wasDark: Bool
  let asking: KindSearch
  let heard = Promise<Heard>()
  /// What is stored; only looked up here where the service was silent.
  let stored = Promise<StoredAnswer?>()
  /// Nil once it is done.
  private let beginAsking: Mutex<(@Sendable (PassSearch) -> Void)?>
  private let patienceEnds = Mutex(PatienceEnds())

  private struct PatienceEnds {
    var call: ScheduledCall?
    var isOver = false
  }

  init(
    code: String, eventID: String, begun: Moment, begunAt: Duration, patience: Duration?,
    wasDark: Bool, asking: KindSearch, beginAsking: @escaping @Sendable (PassSearch) -> Void
  ) {
    self.beginAsking = Mutex(beginAsking)
    self.asking = asking
    self.code = code
    self.eventID = eventID
    self.begun = begun
    self.begunAt = begunAt
    self.patience = patience
    self.wasDark = wasDark
  }

  /// Asks the service, unless that has begun.
  func ask() {
    let begin = beginAsking.withLock { begin in
      defer { begin = nil }
      return begin
    }
    begin?(self)
  }

  /// - Parameter action: is called when patience ends, unless `endPatience` was called before.
  func beginPatience(on clock: any WaitClock, _ action: @escaping @Sendable () -> Void) {
    guard let patience else { return }
    patienceEnds.withLock { ends in
      if !ends.isOver { ends.call = clock.call(after: patience, action) }
    }
  }

  /// The service has answered.
  func endPatience() {
    let call = patienceEnds.withLock { ends in
      defer { ends = PatienceEnds(call: nil, isOver: true) }
      return ends.call
    }
    call?.cancel()
  }

  var isAnswered: Bool { heard.valueSoFar != nil }
  var asked: AnswerMoment { .uptime(begun.uptime) }
}
