import Admission
import FoundationEssentials
import GRDB
import Testing

@testable import NightStore

/// What a store delivers to a ledger and learns from it, each once.
struct ReplicaTests {
  private let temporary: TemporaryStore
  private let store: NightStore

  init() throws {
    temporary = try TemporaryStore()
    store = temporary.store
  }

  private func reopened() throws -> NightStore {
    store.close()
    return try temporary.folder.open(checking: .thorough).store
  }

  @Test func `A store is called the same for ever, and no two are`() throws {
    let id = store.doorID
    #expect(AdmissionID(rawValue: id) != nil)
    #expect(try TemporaryStore().store.doorID != id)
    #expect(try temporary.folder.open().store.doorID == id)
    #expect(try NightStore.openForReading(path: temporary.folder.storePath).doorID == id)
    #expect(try reopened().doorID == id)
  }

  // MARK: - The cursor

  @Test func `A cursor is one ledger's`() async throws {
    #expect(try await store.cursor(ofLedger: ledgerID) == nil)
    try await store.takeOver([elsewhere(pass("1"))], cursor: "7")
    #expect(try await store.cursor(ofLedger: ledgerID) == "7")
    #expect(try await store.cursor(ofLedger: "other") == nil)
    try await store.takeOver([elsewhere(pass("2"))])
    #expect(try await store.cursor(ofLedger: ledgerID) == "7")
    let again = try reopened()
    #expect(try await again.cursor(ofLedger: ledgerID) == "7")
    _ = try await again.record([], cursor: "3", ofLedger: "other", clockOffset: 0)
    #expect(try await again.cursor(ofLedger: "other") == "3")
    #expect(try await again.cursor(ofLedger: ledgerID) == nil)
    // Who came in is in, whatever ledger said so.
    #expect(try await again.people() == 2)
  }

  /// A ledger whose other tables change moves the cursor twice a second.
  @Test func `A cursor alone is not written each time`() async throws {
    try await store.takeOver([], cursor: "1")
    let before = try await store.ledger.read { try StoreRow.fetch($0) }
    for number in 2..<50 {
      #expect(try await store.takeOver([], cursor: "\(number)") == false)
      #expect(try await store.cursor(ofLedger: ledgerID) == "\(number)")
    }
    #expect(try await store.ledger.read { try StoreRow.fetch($0) } == before)
    try await store.takeOver([elsewhere(pass("1"))], cursor: "50")
    #expect(try await store.ledger.read { try StoreRow.fetch($0)?.cursor } == "50")
  }

  // MARK: - Delivering

  @Test func `Without a ledger nothing is kept for one`() async throws {
    try await store.admit(pass("1"))
    let waiting = try await store.ledger.read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM admissions WHERE delivered IS NOT NULL")
    }
    #expect(waiting == 0)
    // The first one that is asked for it gets all.
    #expect(try await store.own().map(\.passID) == ["1"])
  }

  @Test func `Each change is delivered until the ledger has it`() async throws {
    let recorded = try await store.admit(
      pass("1", people: 3), at: 1, group: .one,
      report: ReportOrder(optionID: nil, earliest: night))
    let id = try #require(recorded.admissionID)
    try await store.admit(
      byHand: HandAdmission(
        passID: "2", people: 2, reason: .archived, scan: record("CODE-2", at: 2))
    )
    try await store.takeOver([elsewhere(pass("9"))])
    let first = try await store.own()
    #expect(first.map(\.people) == [1, 2])
    #expect(first.map(\.passage) == [.counted, .byHand])
    #expect(first.map(\.reason) == [.valid, .archived])
    #expect(first.map(\.doorID) == [store.doorID, store.doorID])
    #expect(first[0].allowed == 3 && first[0].used == 0 && first[1].allowed == nil)
    #expect(first[0].code == "CODE-1" && first[0].passType == "Season")
    #expect(try await store.admission(first[0].id) == first[0])
    try await store.noteDelivered(first, toLedger: ledgerID)
    #expect(try await store.own().isEmpty)

    // Each in its order, in a higher revision than before.
    var newest = first[0].revision
    func delivered() async throws -> LedgerAdmission? {
      let due = try await store.own()
      #expect(due.count == 1 && due.first?.revision ?? 0 > newest)
      newest = due.first?.revision ?? newest
      try await store.noteDelivered(due, toLedger: ledgerID)
      return due.first
    }
    _ = try await store.setPeople(2, ofAdmission: id, at: night + 10)
    #expect(try await delivered()?.people == 2)
    let due = try await store.claimDueReports(now: night + 20, lease: 60)
    let told = try await delivered()
    #expect(told?.reportedPeople == 2 && told?.acknowledgedAt == nil)
    try await store.acknowledge(due[0], at: night + 21)
    let acknowledged = try await delivered()
    #expect(acknowledged?.acknowledgedPeople == 2 && acknowledged?.acknowledgedAt == night + 21)
    _ = try await store.undo(admission: id, at: night + 30)
    #expect(try await delivered()?.undoneAt == night + 30)
    #expect(try await store.own().isEmpty)
    // What has not changed is no news.
    #expect(try await store.undo(admission: id, at: night + 40) == nil)
    #expect(try await store.own().isEmpty)
  }

  @Test func `A change while one is on its way is delivered, too`() async throws {
    let id = try #require(try await store.admit(pass("1", people: 3), group: .one).admissionID)
    let onItsWay = try await store.own()
    _ = try await store.setPeople(2, ofAdmission: id, at: night + 10)
    try await store.noteDelivered(onItsWay, toLedger: ledgerID)
    #expect(try await store.own().map(\.people) == [2])
  }

  @Test func `Another ledger gets all anew`() async throws {
    for number in 0..<5 { try await store.admit(pass("\(number)"), at: Double(number)) }
    try await store.noteDelivered(try await store.own(), toLedger: ledgerID)
    #expect(
      try await store.undelivered(ofLedger: "other", atMost: 3).map(\.passID) == ["0", "1", "2"])
    try await store.admit(pass("5"), at: 5)
    #expect(try await store.undelivered(ofLedger: "other", atMost: 10).count == 6)
  }

  /// Restored from a backup, it lacks the newest; what it has it keeps.
  @Test func `What a ledger has lost is delivered again`() async throws {
    for number in 0..<4 { try await store.admit(pass("\(number)"), at: Double(number)) }
    let own = try await store.own()
    try await store.noteDelivered(own, toLedger: ledgerID)
    _ = try await store.undo(admission: 3, at: night + 10)
    try await store.noteDelivered(try await store.own(), toLedger: ledgerID)
    let held = [own[0].id: own[0].revision, own[2].id: own[2].revision]
    try await store.deliverAgain(since: night - 60, but: held, toLedger: ledgerID)
    #expect(try await store.own().map(\.passID) == ["1", "2", "3"])
    try await store.noteDelivered(try await store.own(), toLedger: ledgerID)
    try await store.deliverAgain(since: night + 2, but: [:], toLedger: ledgerID)
    // Of that time, or taken back since.
    #expect(try await store.own().map(\.passID).contains("0") == false)
    #expect(try await store.own().suffix(2).map(\.passID) == ["2", "3"])
  }

  /// A power cut took back a change that the ledger has.
  @Test func `A store that lost a change tells how it stands`() async throws {
    try await store.admit(pass("1"))
    let own = try await store.own()
    try await store.deliverAgain(since: night - 60, but: [own[0].id: 900], toLedger: ledgerID)
    #expect(try await store.own().map(\.revision) == [901])
  }

  @Test func `The journal is delivered without other doors' lines`() async throws {
    try await store.admit(pass("1"), at: 1)
    try await store.takeOver([elsewhere(pass("2"), at: 2).changed(undoneAt: 3)])
    try await store.admit(pass("1"), at: 60)
    _ = try await store.undo(admission: 1, at: night + 70)
    let lines = try await store.lines(after: 0, atMost: 10)
    #expect(lines.map(\.action) == ["scan", "scan", "undo"])
    #expect(lines.map(\.reason) == ["valid", "already_used", nil])
    let id = try await store.own().first?.id
    #expect(lines.map(\.admissionID) == [id, nil, id])
    #expect(try await store.lines(after: lines[0].number, atMost: 1) == [lines[1]])
    #expect(try await store.newestScanAt() == night + 60)
  }

  /// The size of a big night; its time is printed, and bounded only against hanging.
  @Test func `A big night of other doors is taken over in moments`() async throws {
    let admissions = (0..<5_000).map { elsewhere(pass("\($0)"), at: Double($0)) }
    let start = ContinuousClock.now
    for page in stride(from: 0, to: admissions.count, by: 100) {
      try await store.takeOver(Array(admissions[page..<page + 100]), cursor: "\(page)")
    }
    let took = start.duration(to: .now)
    print("took over 5,000 admissions in \(took)")
    #expect(took < .seconds(120))
    #expect(try await store.people() == 5_000)
  }

  // MARK: - Kept by an end

  @Test func `What an end kept is found by its id`() async throws {
    var kept = entry(pass("1", people: 3), at: 5)
    let decision = Decision(
      reason: .valid, count: HeadCount(allowed: 3, used: 0, admitted: 2))
    let unsaved = UnsavedEntry.admission(
      UnsavedAdmission(making: .counted(kept, decision), people: 2))
    let line = UnsavedLine(unsaved)
    #expect(line.id == kept.id.rawValue)
    #expect(try line.entry() == unsaved)
    _ = try UnsavedFiles(store: temporary.folder.storePath).keep([unsaved])
    #expect(try await store.lacking([kept.id]).isEmpty)
    // The ledger holds it, too: it is counted once.
    let held = elsewhere(
      pass("1", people: 3), at: 5, people: 2, door: "Main", doorID: store.doorID, id: kept.id)
    let earlier = try await store.earlierAdmissions(
      of: kept.pass, answeredAt: night + 9, onLedger: [held])
    #expect(earlier.people == 2)
    let recorded = try await store.admit(pass("1", people: 3), at: 60, onLedger: [held])
    #expect(recorded.decision.count == HeadCount(allowed: 3, used: 2, admitted: 1))
    #expect(try await store.lacking([kept.id]).isEmpty)
    // Of the same scan by another name there is none.
    kept.id = .new()
    kept.scan.at += 1
    kept.mayBeRecorded = true
    #expect(
      try await store.admit(kept, judge: judging(pass("1", people: 3), at: 6)).decision.reason
        == .alreadyUsed)
  }

  @Test func `An older version's line has no id, and is found by its scan`() async throws {
    let kept = entry(pass("1"), at: 5)
    let recorded = try await store.admit(kept, judge: judging(pass("1"), at: 5))
    var line = UnsavedLine(
      .admission(
        UnsavedAdmission(making: .counted(kept, recorded.decision), people: 1)))
    line.id = nil
    let old = try line.entry()
    _ = try UnsavedFiles(store: temporary.folder.storePath).keep([old])
    let again = try reopened()
    #expect(try await again.people() == 1)
    line.id = "no id"
    #expect(throws: UnsavedLine.Nonsense.self) { try line.entry() }
  }
}
