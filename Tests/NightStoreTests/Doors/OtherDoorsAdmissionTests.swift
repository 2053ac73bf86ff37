import Admission
import FoundationEssentials
import GRDB
import Testing

@testable import NightStore

/// Whom another door let in counts here as whom this one did, and only that door changes it.
struct OtherDoorsAdmissionTests {
  private let temporary: TemporaryStore
  private let store: NightStore

  init() throws {
    temporary = try TemporaryStore()
    store = temporary.store
  }

  // MARK: - Judging

  struct Group: Sendable, CustomTestStringConvertible {
    var here: Int
    var there: Int
    var allowed: Int
    var admitted: Int
    var testDescription: String { "\(here) here, \(there) there, of \(allowed)" }
  }

  /// Known by the ledger's answer alone, or by the feed before.
  @Test(
    arguments: [
      Group(here: 0, there: 1, allowed: 1, admitted: 0),
      Group(here: 0, there: 1, allowed: 3, admitted: 2),
      Group(here: 1, there: 1, allowed: 3, admitted: 1),
      Group(here: 1, there: 2, allowed: 3, admitted: 0),
      Group(here: 0, there: 6, allowed: 6, admitted: 0),
    ], [true, false])
  func `Who is in elsewhere is not let in again`(_ group: Group, byFeed: Bool) async throws {
    let pass = pass("1", people: group.allowed)
    for number in 0..<group.here { try await store.admit(pass, at: Double(number), group: .one) }
    let others = [elsewhere(pass, at: 20, people: group.there, used: group.here)]
    if byFeed { try await store.takeOver(others) }
    let earlier = try await store.earlierAdmissions(
      of: entry(pass).pass, answeredAt: night + 60, onLedger: others)
    #expect(earlier.people == group.here + group.there)
    let recorded = try await store.admit(pass, at: 60, onLedger: others)
    #expect(recorded.decision.count?.admitted ?? 0 == group.admitted)
    #expect(recorded.decision.count?.used == group.here + group.there)
    #expect(recorded.before.first?.door == (group.here > 0 ? "Main" : "South"))
    #expect(try await store.people() == group.here + group.there + group.admitted)
    // What the scan took over is here for good, once.
    #expect(try await store.lacking(others.map(\.id)).isEmpty)
    #expect(try await store.takeOver(others) == false)
    #expect(try await store.people() == group.here + group.there + group.admitted)
  }

  /// Whether the store takes them over, or can only be read.
  @Test func `Whom another door let in is inside, and once, before the feed brings it`()
    async throws
  {
    let (known, news) = (elsewhere(pass("1"), people: 2), elsewhere(pass("2"), people: 3))
    try await store.takeOver([known])
    try await store.admit(pass("3"), at: 5, group: .one)
    let others = [known.changed(people: 4), news]
    #expect(try await store.crowd(eventID: tonightID).inside == 3)
    #expect(try await store.crowd(eventID: tonightID, with: others).inside == 8)
    #expect(try await store.crowd(eventID: "another", with: others).inside == 0)
    let gone = [known.changed(undoneAt: 6), news]
    #expect(try await store.crowd(eventID: tonightID, with: gone).inside == 4)
    var last = entry(pass("4"), at: 10)
    (last.places, last.news) = (100, others)
    let recorded = try await store.admit(last) { before in
      #expect(before.everybodyInside == 8)
      return Decision(reason: .venueFull)
    }
    #expect(recorded.admissionID == nil)
    #expect(try await store.crowd(eventID: tonightID).inside == 8)
  }

  @Test func `An admission of another code of the pass, or another pass of the code, counts`()
    async throws
  {
    try await store.takeOver([
      elsewhere(pass("1", code: "OLD-1")), elsewhere(pass("2", code: "CODE-3")),
    ])
    #expect(try await store.admit(pass("1"), at: 60).decision.reason == .alreadyUsed)
    #expect(try await store.admit(pass("3"), at: 60).decision.reason == .alreadyUsed)
    #expect(try await store.admit(pass("2"), at: 60).decision.reason == .alreadyUsed)
    #expect(try await store.admit(pass("4"), at: 60).decision.reason == .valid)
  }

  @Test func `Of two, the higher revision is how it stands, in whatever order they come`()
    async throws
  {
    let first = elsewhere(pass("1", people: 4), people: 2)
    let corrected = first.changed(people: 3)
    let undone = corrected.changed(undoneAt: 90)
    try await store.takeOver([corrected])
    #expect(try await store.people() == 3)
    #expect(try await store.takeOver([first]) == false)
    #expect(try await store.people() == 3)
    #expect(try await store.takeOver([undone, corrected, first]))
    #expect(try await store.people() == 0)
    let recorded = try await store.admit(
      pass("1", people: 4), at: 100, onLedger: [first, corrected])
    #expect(recorded.decision.count == HeadCount(allowed: 4, used: 0, admitted: 4))
  }

  /// What a door had lost may stand again.
  @Test func `One taken back elsewhere can stand again elsewhere`() async throws {
    let undone = elsewhere(pass("1")).changed(undoneAt: 10)
    try await store.takeOver([undone])
    var standing = undone
    standing.undoneAt = nil
    standing.revision += 1
    #expect(try await store.takeOver([standing]))
    #expect(try await store.people() == 1)
    #expect(try await store.admit(pass("1"), at: 60).decision.reason == .alreadyUsed)
    store.close()
    let opened = try temporary.folder.open(checking: .thorough)
    #expect(opened.setAside == nil)
    #expect(try await opened.store.people() == 1)
  }

  /// People beyond what is allowed, late deliveries: who is in is in.
  @Test(arguments: [1, 2, 5])
  func `Whom a door that was alone let in is in, however many`(others: Int) async throws {
    try await store.admit(pass("1"))
    let late = (0..<others).map {
      elsewhere(
        pass("1"), at: Double($0 - 300), doorID: String(repeating: "\($0)", count: 32))
    }
    try await store.takeOver(late)
    #expect(try await store.people() == 1 + others)
    let again = try await store.admit(pass("1"), at: 60)
    #expect(again.decision.reason == .alreadyUsed)
    // The earliest of all, at whatever door.
    #expect(again.before.first?.at == night - 300)
  }

  /// The store's own check of its counting stays.
  @Test func `This door's own still cannot exceed`() async throws {
    try await store.takeOver([elsewhere(pass("1", people: 2), people: 2)])
    await #expect(throws: StoreError.self) {
      try await store.admit(entry(pass("1", people: 2), at: 60)) { _ in
        Decision(reason: .valid, count: HeadCount(allowed: 2, used: 0, admitted: 2))
      }
    }
    #expect(try await store.people() == 2)
  }

  /// From a database that others write: nothing of it stops the rest.
  @Test func `What no rules can have counted is taken for one by hand`() async throws {
    var odd: [LedgerAdmission] = (0..<6).map { elsewhere(pass("\($0)"), at: Double($0)) }
    odd[0].people = 7
    odd[1].allowed = nil
    odd[2].used = -1
    odd[3].passID = nil
    odd[4].eventID = nil
    odd[5].people = 0
    #expect(try await store.takeOver(odd + [elsewhere(pass("7"))]))
    // Without an event it belongs to none; nobody is nobody.
    #expect(try await store.people() == 7 + 1 + 1 + 1 + 1)
    #expect(try await store.admit(pass("0"), at: 60).decision.reason == .alreadyUsed)
    #expect(try await store.admit(pass("3"), at: 60).decision.reason == .alreadyUsed)
    #expect(try await store.admit(pass("5"), at: 60).decision.reason == .valid)
    #expect(try await store.takeOver(odd) == false)
  }

  // MARK: - What is this door's alone

  @Test func `Neither F8 nor an undo finds another door's, whatever its name`() async throws {
    let other = elsewhere(pass("2", people: 3), at: 30, door: "Main")
    try await store.admit(pass("1"), at: 10)
    try await store.takeOver([other])
    let newest = try await store.newestAdmission(door: "Main", during: night..<night + 60)
    #expect(newest?.passID == "1")
    let number = try #require(
      try await store.ledger.read {
        try Int64.fetchOne(
          $0, sql: "SELECT id FROM admissions WHERE entry_id = ?", arguments: [other.id.rawValue])
      })
    #expect(try await store.undo(admission: number, at: night + 70) == nil)
    #expect(try await store.setPeople(2, ofAdmission: number, at: night + 70) == nil)
    #expect(try await store.standingAdmission(number) == nil)
    #expect(try await store.people() == 2)
  }

  struct Later: Sendable, CustomTestStringConvertible {
    var at: TimeInterval
    var isUndone = false
    var isCorrectable: Bool
    var testDescription: String { "\(at) s\(isUndone ? ", undone" : "")" }
  }

  /// An admission that became known later may be an earlier one.
  @Test(arguments: [
    Later(at: 90, isCorrectable: false), Later(at: 10, isCorrectable: true),
    Later(at: 90, isUndone: true, isCorrectable: true),
    // Two clocks do not tell which was first.
    Later(at: 29.5, isCorrectable: false),
  ])
  func `Nobody came in after it, at any door`(_ later: Later) async throws {
    let group = pass("1", people: 6)
    let recorded = try await store.admit(group, at: 30, group: .one)
    let id = try #require(recorded.admissionID)
    var other = elsewhere(group, at: later.at, used: later.at > 30 ? 1 : 0)
    if later.isUndone { other = other.changed(undoneAt: 100) }
    try await store.takeOver([other])
    #expect(try await store.standingAdmission(id)?.isNewestOfItsPass == later.isCorrectable)
    let changed = try await store.setPeople(3, ofAdmission: id, at: night + 120)
    #expect((changed != nil) == later.isCorrectable)
  }

  @Test func `An own admission on the ledger never changes the store's`() async throws {
    try await store.admit(pass("1", people: 3), at: 5, group: .one)
    var own = try #require(try await store.own().first)
    own.revision += 5
    own.undoneAt = night + 10
    #expect(try await store.takeOver([own]) == false)
    try await store.admit(pass("1", people: 3), at: 60, onLedger: [own], group: .one)
    #expect(try await store.people() == 2)
  }

  /// Killed between two commits: nobody knows yet whether it was shown.
  @Test func `An own admission that the store lacks is counted, and not recorded by a scan`()
    async throws
  {
    let lost = elsewhere(pass("1"), at: 5, door: "Main", doorID: store.doorID)
    let recorded = try await store.admit(pass("1"), at: 60, onLedger: [lost])
    #expect(recorded.decision.reason == .alreadyUsed)
    #expect(try await store.people() == 0)
    #expect(try await store.lacking([lost.id]) == [lost.id])
    // It was shown: it is this door's own again, and the ledger has it.
    #expect(try await store.takeOver([lost]))
    #expect(try await store.people() == 1)
    #expect(try await store.own().isEmpty)
    let newest = try await store.newestAdmission(door: "Main", during: night..<night + 60)
    #expect(newest?.passID == "1")
    #expect(try await store.undo(admission: newest?.id ?? 0, at: night + 70) != nil)
    #expect(try await store.own().map(\.id) == [lost.id])
  }

  /// Asked again after a lost answer, a scan does not count itself.
  @Test func `A scan that the ledger holds already is admitted once`() async throws {
    var entry = entry(pass("1"), at: 5)
    var held = elsewhere(pass("1"), at: 5, door: "Main", doorID: store.doorID)
    held.id = entry.id
    entry.onLedger = [held]
    entry.mayBeRecorded = true
    let judge = judging(pass("1"), at: 5)
    let first = try await store.admit(entry, judge: judge)
    #expect(first.decision.reason == .valid && first.admissionID != nil)
    let second = try await store.admit(entry, judge: judge)
    #expect(second.admissionID == first.admissionID)
    #expect(try await store.people() == 1)
  }

  // MARK: - In the copy in memory, and after a purge

  @Test func `The copy in memory has them when the file is lost`() async throws {
    try await store.admit(pass("1"), at: 1)
    try await store.takeOver([elsewhere(pass("2"), at: 2)])
    try await store.admit(pass("3"), at: 60, onLedger: [elsewhere(pass("3"), at: 3)])
    _ = try store.keepUp(since: nil)
    let doorID = store.doorID
    let own = try await store.own()
    for name in temporary.folder.fileNames {
      try FileManager.default.removeItem(atPath: "\(temporary.folder.path)/\(name)")
    }
    #expect(throws: StoreError.self) { try store.keepUp(since: nil) }
    let renewed = try store.renew(after: .gone, now: night + 100)
    #expect(renewed.added == 3)
    // To the ledger it is the same door, with the same admissions.
    #expect(store.doorID == doorID)
    #expect(try await store.own().map(\.id) == own.map(\.id))
    for number in 1...3 {
      #expect(
        try await store.admit(pass("\(number)"), at: 200).decision.reason == .alreadyUsed)
    }
    #expect(try await store.takeOver([elsewhere(pass("4"))]))
    #expect(try await store.people() == 4)
  }

  @Test func `A purge forgets their codes as well`() async throws {
    try await store.store(
      events: [Event(id: tonightID, startsAt: night, endsAt: night + 3600)], fetchedAt: night)
    try await store.takeOver([elsewhere(pass("1"))])
    let result = try await store.purge(eventsEndedBefore: night + 7200)
    #expect(result.codes == 2)
    let codes = try await store.ledger.read {
      try Int.fetchOne(
        $0,
        sql: "SELECT (SELECT count(code) FROM admissions) + (SELECT count(code) FROM journal)")
    }
    #expect(codes == 0)
    #expect(try await store.people() == 1)
  }
}
