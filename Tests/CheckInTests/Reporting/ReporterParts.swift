import Admission
import CheckIn
import FoundationEssentials
import Synchronization

let reportingStart = Date(timeIntervalSince1970: 1_800_000_000)

func dueEntry(_ id: Int64, attempt: Int = 1, wasInterrupted: Bool = false) -> EntryReport {
  EntryReport(
    admissionID: id, passID: "pass-\(id)", eventID: "tonight", optionID: "option", people: 2,
    attempt: attempt, wasInterrupted: wasInterrupted)
}

/// A clock that the test sets.
final class ReportingClock: Sendable {
  private let moment = Mutex(Moment(wall: reportingStart, uptime: 100))

  var now: Moment { moment.withLock { $0 } }

  func advance(_ seconds: TimeInterval) { moment.withLock { $0 = $0.advanced(by: seconds) } }

  func setWall(_ seconds: TimeInterval) {
    moment.withLock { $0.wall = reportingStart.addingTimeInterval(seconds) }
  }
}

/// An outbox that keeps the store's promises, as far as they are in the protocol.
final class MemoryOutbox: EntryOutbox {
  struct Failure: Error {}

  enum Note: Equatable {
    case acknowledged(Int64, at: TimeInterval)
    case again(Int64, at: TimeInterval, mayHaveArrived: Bool)
    case refused(Int64, String, mayHaveArrived: Bool = false)
  }

  struct State {
    var waiting: [(report: EntryReport, dueAt: Date)] = []
    var notes: [Note] = []
    /// Why it is to be tried again.
    var reasons: [String?] = []
    /// How many of the next calls fail.
    var failures = 0
    /// Whether somebody else is always quicker.
    var isRaced = false
    /// When the newest lease ends.
    var leasedUntil: Date?
  }

  private let state = Mutex(State())

  init(_ reports: [EntryReport] = [], dueAt: Date = reportingStart) {
    for report in reports { add(report, dueAt: dueAt) }
  }

  var notes: [Note] { state.withLock(\.notes) }
  var reasons: [String?] { state.withLock(\.reasons) }
  var waiting: [Int64] { state.withLock { $0.waiting.map(\.report.admissionID) } }
  var leasedUntil: Date? { state.withLock(\.leasedUntil) }

  func add(_ report: EntryReport, dueAt: Date = reportingStart) {
    state.withLock { $0.waiting.append((report, dueAt)) }
  }

  func change(_ body: @Sendable (inout State) -> Void) { state.withLock { body(&$0) } }

  private func using<Value>(_ body: (inout State) -> Value) throws -> Value {
    try state.withLock { state in
      guard state.failures == 0 else {
        state.failures -= 1
        throw Failure()
      }
      return body(&state)
    }
  }

  func claimDue(at moment: Moment, lease: TimeInterval, limit: Int) throws -> [EntryReport] {
    let now = moment.wall
    return try using { state in
      guard !state.isRaced else { return [] }
      let due = state.waiting.indices.filter { state.waiting[$0].dueAt <= now }
        .sorted { state.waiting[$0].dueAt < state.waiting[$1].dueAt }.prefix(limit)
      return due.map { index in
        let report = state.waiting[index].report
        state.waiting[index].dueAt = now + lease
        state.waiting[index].report.attempt += 1
        state.leasedUntil = now + lease
        return report
      }
    }
  }

  func nextDue(now: Date) throws -> Date? { try using { $0.waiting.map(\.dueAt).min() } }

  func acknowledge(_ report: EntryReport, at moment: Moment) throws {
    try end(
      report, .acknowledged(report.admissionID, at: moment.wall.timeIntervalSince(reportingStart)))
  }

  func retry(
    _ report: EntryReport, at next: Date, mayHaveArrived: Bool, reason: String?
  ) throws {
    try using { state in
      state.reasons.append(reason)
      state.notes.append(
        .again(
          report.admissionID, at: next.timeIntervalSince(reportingStart),
          mayHaveArrived: mayHaveArrived))
      for index in state.waiting.indices
      where state.waiting[index].report.admissionID == report.admissionID {
        state.waiting[index].dueAt = next
      }
    }
  }

  func refuse(_ report: EntryReport, reason: String, mayHaveArrived: Bool) throws {
    try end(report, .refused(report.admissionID, reason, mayHaveArrived: mayHaveArrived))
  }

  private func end(_ report: EntryReport, _ note: Note) throws {
    try using { state in
      state.notes.append(note)
      state.waiting.removeAll { $0.report.admissionID == report.admissionID }
    }
  }
}

/// Answers by its script, and then always "delivered".
final class ScriptedSender: EntrySender {
  private let state: Mutex<(script: [EntryDelivery], sent: [EntryReport])>
  private let whileSending: @Sendable (EntryReport) async -> Void

  init(
    _ script: [EntryDelivery] = [],
    whileSending: @escaping @Sendable (EntryReport) async -> Void = { _ in }
  ) {
    state = Mutex((script, []))
    self.whileSending = whileSending
  }

  var sent: [Int64] { state.withLock { $0.sent.map(\.admissionID) } }
  var attempts: [Int] { state.withLock { $0.sent.map(\.attempt) } }

  func send(_ report: EntryReport) async -> EntryDelivery {
    state.withLock { $0.sent.append(report) }
    await whileSending(report)
    return state.withLock { $0.script.isEmpty ? .delivered : $0.script.removeFirst() }
  }
}

/// Something that a test waits for; the time limit is against hanging only.
final class Signal: Sendable {
  private let stream = AsyncStream.makeStream(of: Void.self)

  func give() { stream.continuation.yield() }
  func wait() async { for await _ in stream.stream { return } }
}

func reporter(
  _ outbox: MemoryOutbox, _ sender: ScriptedSender, _ clock: ReportingClock,
  unanswered: EntryReporter.Setup.Unanswered = .leaveToStaff, spread: Double = 1,
  sleep: @escaping @Sendable (TimeInterval) async throws -> Void = { _ in }
) -> EntryReporter {
  EntryReporter(
    outbox: outbox, sender: sender, setup: EntryReporter.Setup(unanswered: unanswered),
    now: { clock.now }, sleep: sleep, chance: { spread })
}

/// Suspends until its task is cancelled.
func sleepForever() async throws {
  let endless = AsyncStream.makeStream(of: Never.self)
  for await _ in endless.stream {}
  throw CancellationError()
}
