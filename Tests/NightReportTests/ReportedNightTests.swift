import Admission
import CheckIn
import Formatting
import Foundation
import NightStore
import Synchronization
import Testing

@testable import Door
@testable import NightReport

private let start = Date(timeIntervalSince1970: 1_800_000_000)
private let event = Event(id: "tonight", startsAt: start, endsAt: start + 30_000)

/// A service whose answers wait until they are let go.
private final class SlowService: PassLookUp {
  private let answers: Mutex<[String: Finding]>
  private let gates = Mutex<[String: AsyncStream<Void>.Continuation]>([:])

  init(_ answers: [String: Finding]) { self.answers = Mutex(answers) }

  func lookUp(code: String, as kind: PassKind) async -> (finding: Finding, elapsed: Duration) {
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    gates.withLock { $0[code] = open }
    for await _ in gate {}
    return (finding: answers.withLock { $0[code] ?? .unknown(.live) }, elapsed: .milliseconds(900))
  }

  func letGo(_ code: String) { gates.withLock { $0[code] }?.finish() }
}

private final class Sender: EntrySender {
  private let entries = Mutex<[EntryReport]>([])
  var sent: [EntryReport] { entries.withLock { $0 } }

  func send(_ report: EntryReport) async -> EntryDelivery {
    entries.withLock { $0.append(report) }
    return .delivered
  }
}

/// Reporting with the real store beneath the service layer.
@Suite(.timeLimit(.minutes(1))) struct ReportedNightTests {
  private let night: ReportStore
  private let store: NightStore

  init() throws {
    night = try ReportStore()
    store = night.store
  }

  private func pass(_ code: String, counted: Int? = nil, state: String = "activated") -> Pass {
    Pass(
      id: "id-\(code)", code: code, state: state,
      usages: [
        Usage(
          eventID: event.id, beneficiaries: 2, peopleCountedIn: counted,
          isCheckedIn: counted != nil)
      ])
  }

  /// One of two comes in and is reported, acknowledged and so in every later answer.
  private func admitOneOf(_ pass: Pass, at date: Date) async throws {
    _ = try await store.admit(
      AdmissionEntry(
        passID: pass.id, eventID: event.id, answeredAt: date, countedIn: 0,
        scan: ScanRecord(
          at: date, door: "Main", eventID: event.id, code: pass.code, source: .live,
          latency: .zero),
        report: ReportOrder(optionID: "option", earliest: date))
    ) { _ in
      Decision(reason: .valid, count: HeadCount(allowed: 2, used: 0, admitted: 1))
    }
  }

  /// The stored answer is older than the report; the late one contains what was reported.
  @Test func `A late answer that knows of a reported entry contradicts nothing`() async throws {
    let now = Moment(wall: start + 600, uptime: 100)
    for code in ["AAAA", "BBBB"] {
      try await store.store(
        passes: [pass(code)], fetchedAt: start + 300, eventID: event.id)
    }
    try await admitOneOf(pass("AAAA"), at: start + 400)
    let reportedAt = Moment(wall: start + 410, uptime: 50)
    let due = try await store.claimDue(at: reportedAt, lease: 180, limit: 1)
    try await store.acknowledge(due[0], at: reportedAt.advanced(by: 1))

    let service = SlowService([
      "AAAA": .found(pass("AAAA", counted: 1), .live),
      "BBBB": .found(pass("BBBB", state: "cancelled"), .live),
    ])
    var finding = PassFinder.Setup()
    finding.patience = .zero
    let (reports, post) = AsyncStream.makeStream(of: CheckInEvent.self)
    var rules = Rules()
    rules.groupEntry = .one
    let checkIn = CheckInService(
      finder: PassFinder(service: service, memory: store, setup: finding, now: { now }),
      ledger: RecordingLedger(store: store),
      setup: CheckInService.Setup(
        rules: rules, door: "Main", showNames: .full, repeatSeconds: 0, reportDelay: 16),
      tonight: .chosen(event), now: { now },
      tell: { news in
        switch news {
        case .judged, .saved: break
        case .verdict, .recorded, .contradicted, .otherEvent: post.yield(news)
        }
      })
    var told = reports.makeAsyncIterator()
    for (code, used) in [("AAAA", 1), ("BBBB", 0)] {
      _ = await checkIn.submit(
        CheckInService.Scan(code: code, readAt: now))
      guard case .verdict(let outcome) = await told.next() else {
        Issue.record("no verdict on \(code)")
        return
      }
      #expect(outcome.count == HeadCount(allowed: 2, used: used, admitted: 1))
      service.letGo(code)
    }
    // The first to be contradicted is the one that was cancelled.
    guard case .contradicted(let outcome) = await told.next() else {
      Issue.record("nothing contradicted")
      return
    }
    #expect(outcome.code == "BBBB")
    #expect(outcome.reason == .notActive)
  }

  @Test func `What a crash cut off is not sent again, and is listed for staff`() async throws {
    try await admitOneOf(pass("AAAA"), at: start)
    try await admitOneOf(pass("BBBB"), at: start + 500)
    // The program ends here, after the entry was taken to be sent.
    let cutOff = try await store.claimDue(
      at: Moment(wall: start + 10, uptime: 10), lease: 180, limit: 1)
    #expect(cutOff.map(\.passID) == ["id-AAAA"])

    let sender = Sender()
    for seconds in [100.0, 501] {
      let reporter = EntryReporter(
        outbox: store, sender: sender,
        now: { Moment(wall: start + seconds, uptime: seconds) })
      _ = await reporter.sendDue()
      #expect(sender.sent.map(\.passID) == (seconds < 500 ? [] : ["id-BBBB"]))
    }
    #expect(sender.sent.first?.optionID == "option")
    let cases = try await store.reportCases(eventID: event.id)
    #expect(cases.map(\.passID) == ["id-AAAA"])
    #expect(
      cases.map(\.kind)
        == [.refused("no answer came: the service may count it or not", mayBeCounted: true)])
  }

  @Test func `What the store could not be opened for at start is sent once it can be`() async throws
  {
    try await admitOneOf(pass("AAAA"), at: start)
    let sender = Sender()
    let reporter = EntryReporter(
      outbox: nil, sender: sender, now: { Moment(wall: start + 60, uptime: 60) })
    _ = await reporter.sendDue()
    #expect(sender.sent == [])
    await reporter.report(from: store)
    _ = await reporter.sendDue()
    #expect(sender.sent.map(\.passID) == ["id-AAAA"])
  }

  @Test func `The store is the outbox of the entries that wait in it`() async throws {
    let outbox: any EntryOutbox = store
    let begin = Moment(wall: start, uptime: 1)
    #expect(try await outbox.nextDue(now: start) == nil)
    for code in ["AAAA", "BBBB"] { try await admitOneOf(pass(code), at: start) }
    let due = try await outbox.claimDue(at: begin, lease: 180, limit: 2)
    try await outbox.retry(
      due[0], at: start + 60, mayHaveArrived: false, reason: "the key may not")
    try await outbox.refuse(due[1], reason: "status 404", mayHaveArrived: false)
    #expect(try await outbox.nextDue(now: start) == start + 60)
    // The clock that put it off was ahead, and has been set back.
    #expect(try await outbox.nextDue(now: start - 7200) == start - 7200)
    #expect(
      try await store.reportCases(eventID: event.id).map(\.kind)
        == [.waiting("the key may not"), .refused("status 404", mayBeCounted: false)])
    let again = try await outbox.claimDue(at: begin.advanced(by: 60), lease: 180, limit: 2)
    #expect(again.map(\.attempt) == [2])
    #expect(again.map(\.wasInterrupted) == [false])
    try await outbox.acknowledge(again[0], at: begin.advanced(by: 61))
    #expect(try await store.figures(eventID: event.id).unreported.people == 1)
  }
}
