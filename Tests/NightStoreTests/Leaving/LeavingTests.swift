import Admission
import FoundationEssentials
import GRDB
import Testing

@testable import NightStore

/// Who leaves by an exit, and comes in again.
struct LeavingTests {
  private let temporary: TemporaryStore
  private var store: NightStore { temporary.store }

  init() throws {
    temporary = try TemporaryStore()
  }

  private func crowd() async throws -> [Int] {
    let crowd = try await store.crowd(eventID: tonightID)
    return [crowd.admitted, crowd.inside, crowd.hasLeavers ? 1 : 0]
  }

  private func lines() async throws -> [String] {
    try await store.ledger.read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM journal ORDER BY id").map {
        let (action, reason): (String, String?) = ($0["action"], $0["reason"])
        let (people, back, gone): (Int, Int, Int) = ($0["people"], $0["back"], $0["gone"])
        return "\(action) \(reason ?? "-") \(people) \(back) \(gone)"
      }
    }
  }

  @Test func `One goes in, out and back in, and is admitted once`() async throws {
    let guest = pass("1")
    #expect(try await store.admit(guest, at: 0, reentry: .allow).decision.reason == .valid)
    #expect(try await crowd() == [1, 1, 0])
    let out = try await store.leave(guest, at: 60)
    #expect(out.decision.reason == .left && out.decision.people == 1 && out.admissionID != nil)
    #expect(try await crowd() == [1, 0, 1])
    let back = try await store.admit(guest, at: 120, reentry: .allow)
    #expect(back.decision.reason == .valid && back.decision.back == 1)
    #expect(back.before.lastLeft == Entry(at: night + 60, door: "Exit"))
    #expect(back.before.first == Entry(at: night, door: "Main"))
    #expect(try await crowd() == [1, 1, 1])
    #expect(try await store.peopleAdmitted(eventID: tonightID) == 1)
    #expect(try await store.admit(guest, at: 180, reentry: .allow).decision.reason == .alreadyUsed)
    #expect(
      try await lines() == [
        "scan valid 1 0 0", "scan left 0 0 1", "scan valid 0 1 0", "scan already_used 0 0 0",
      ])
  }

  @Test func `The pass of a code is that on which somebody came in by it`() async throws {
    try await store.admit(pass("1", code: "AAA"))
    let undone = try await store.admit(pass("2", code: "AAA", people: 2))
    _ = try await store.undo(admission: try #require(undone.admissionID), at: night)
    try await store.leave(pass("3", code: "BBB"), at: 60, keepsUnmet: true)
    let known = try await store.passAdmitted(on: "aaa", eventID: tonightID)
    #expect(known == PassAtEvent(id: "1", eventID: tonightID, code: "aaa"))
    #expect(try await store.passAdmitted(on: "AAA", eventID: "another") == nil)
    #expect(try await store.passAdmitted(on: "BBB", eventID: tonightID) == nil)
  }

  // MARK: A clock that is set

  @Test(arguments: [TimeInterval(-2), -60, -7_200, 3_600])
  func `An exit whose clock is set counts out nobody again`(step: TimeInterval) async throws {
    let guest = pass("1", people: 2)
    try await store.takeOver([elsewhere(guest, at: 0, people: 2)])
    #expect(try await store.leave(guest, at: 60).decision.people == 2)
    var back = elsewhere(guest, at: 61)
    (back.people, back.back) = (0, 2)
    try await store.takeOver([back], offset: step)
    #expect(try await crowd() == [2, 2, 1])
    #expect(try await store.leave(guest, at: 180 + step).decision.people == 2)
    #expect(try await crowd() == [2, 0, 1])
  }

  @Test func `In one box a clock that is set back puts nothing in another order`() async throws {
    let guest = pass("1", people: 2)
    try await store.admit(guest, at: 0, reentry: .allow)
    try await store.leave(guest, at: 60)
    try await store.admit(guest, at: 120, reentry: .allow)
    let last = try await store.leave(guest, at: -3_600)
    _ = try await store.setPeople(1, ofAdmission: try #require(last.admissionID), at: night)
    #expect(try await crowd() == [2, 1, 1])
  }

  @Test func `Where nobody may come back, who left is used up`() async throws {
    try await store.admit(pass("1"))
    try await store.leave(pass("1"), at: 60)
    let again = try await store.admit(pass("1"), at: 120)
    #expect(again.decision.reason == .alreadyUsed && again.before.outside == 1)
    #expect(try await crowd() == [1, 0, 1])
  }

  @Test func `A group comes back with its new arrivals on one scan`() async throws {
    let group = pass("1", people: 4)
    try await store.admit(group, at: 0, group: .one, reentry: .allow)
    try await store.admit(group, at: 10, group: .one, reentry: .allow)
    let out = try await store.leave(group, at: 60, group: .one)
    #expect(out.decision.departure?.remaining == 1)
    let report = ReportOrder(optionID: nil, earliest: night)
    let back = try await store.admit(group, at: 120, reentry: .allow, report: report)
    #expect(back.decision.count == HeadCount(allowed: 4, used: 1, admitted: 3))
    #expect(back.decision.back == 1)
    #expect(try await crowd() == [4, 4, 1])
    let used = try await store.admit(group, at: 180, reentry: .allow)
    #expect(used.before.first?.at == night && used.before.lastBack?.at == night + 120)
    // Who came back was reported before.
    let due = try await store.claimDueReports(now: night + 200, lease: 60)
    #expect(due.map(\.people) == [2])
    // Staff say that only one came: that is the one who had left.
    let id = try #require(back.admissionID)
    let changed = try await store.setPeople(1, ofAdmission: id, at: night + 210)
    #expect(changed?.people == 1 && changed?.back == 1 && changed?.mostPeople == 3)
    #expect(try await crowd() == [2, 2, 1])
    let undone = try await store.undo(admission: id, at: night + 220)
    #expect(undone?.people == 1 && undone?.direction == .in)
    #expect(try await crowd() == [2, 1, 1])
  }

  private func byHand(_ people: Int, outside: Int, at seconds: TimeInterval) -> HandAdmission {
    HandAdmission(
      passID: "1", people: people, outside: outside, reason: .alreadyUsed,
      scan: record("CODE-1", at: seconds))
  }

  @Test func `Whoever left and is let in by hand comes back, and leaves again`() async throws {
    let guest = pass("1")
    try await store.admit(guest, at: 0)
    try await store.leave(guest, at: 60)
    let id = try await store.admit(byHand: byHand(1, outside: 1, at: 120))
    #expect(try await crowd() == [1, 1, 1])
    #expect(try await lines().last == "by_hand already_used 0 1 0")
    #expect(try await store.newestAdmission(door: "Main", during: night..<night + 200)?.back == 1)
    // Staff say that two came: one who had left, and one more.
    #expect(try await store.setPeople(2, ofAdmission: id, at: night + 130)?.people == 2)
    #expect(try await crowd() == [2, 2, 1])
    #expect(try await store.leave(guest, at: 180).decision.people == 2)
    #expect(try await crowd() == [2, 0, 1])
  }

  @Test func `Whom the service alone had counted in is let in by hand after leaving, once`()
    async throws
  {
    let guest = pass("1", counted: 1)
    try await store.leave(guest, at: 60)
    _ = try await store.admit(byHand: byHand(1, outside: 1, at: 120))
    #expect(try await crowd() == [0, 1, 1])
    #expect(try await store.admit(guest, at: 150, reentry: .allow).decision.reason == .alreadyUsed)
    let out = try await store.leave(guest, at: 180)
    #expect(out.decision.departure == Departure(people: 1, inside: 1))
    #expect(try await crowd() == [0, 0, 1])
  }

  @Test func `Only back in is not reported, unless staff add somebody`() async throws {
    let group = pass("1", people: 2)
    try await store.admit(group, at: 0, group: .one, reentry: .allow)
    try await store.leave(group, at: 60)
    let report = ReportOrder(optionID: nil, earliest: night)
    let back = try await store.admit(
      group, at: 120, group: .one, reentry: .allow, report: report)
    #expect(try await store.claimDueReports(now: night + 200, lease: 60).isEmpty)
    #expect(try await store.reportCases(eventID: tonightID).isEmpty)
    #expect(try await store.figures(eventID: tonightID).unreported.admissions == 0)
    let id = try #require(back.admissionID)
    #expect(try await store.setPeople(2, ofAdmission: id, at: night + 130)?.people == 2)
    let due = try await store.claimDueReports(now: night + 200, lease: 60)
    #expect(due.map(\.people) == [1])
  }

  @Test func `A departure is corrected and taken back`() async throws {
    try await store.admit(pass("1", people: 4))
    let out = try await store.leave(pass("1", people: 4), at: 60)
    let id = try #require(out.admissionID)
    let newest = try await store.newestAdmission(door: "Exit", during: night..<night + 100)
    #expect(newest?.id == id && newest?.people == 4 && newest?.mostPeople == 4)
    #expect(newest?.passage == .left && newest?.direction == .out)
    #expect(try await store.standingAdmission(id)?.isNewestOfItsPass == true)
    #expect(try await store.setPeople(1, ofAdmission: id, at: night + 70)?.people == 1)
    #expect(try await crowd() == [4, 3, 1])
    #expect(try await store.setPeople(9, ofAdmission: id, at: night + 80)?.people == 4)
    #expect(try await store.undo(admission: id, at: night + 90)?.people == 4)
    #expect(try await crowd() == [4, 4, 0])
    let lines = try await lines()
    #expect(
      lines == [
        "scan valid 4 0 0", "scan left 0 0 4", "people - 0 0 1", "people - 0 0 4", "undo - 0 0 4",
      ])
  }

  /// The exit heard of her entry with the scan itself, less than a second after it.
  @Test func `A departure soon after an entry at another door is corrected, too`() async throws {
    let group = pass("1", people: 4)
    let entry = elsewhere(group, at: 60, people: 4)
    let out = try await store.leave(group, at: 60.3, onLedger: [entry])
    let id = try #require(out.admissionID)
    #expect(out.decision.people == 4)
    #expect(try await store.setPeople(3, ofAdmission: id, at: night + 62)?.people == 3)
    // Who came back at another door meanwhile was counted on what it says.
    var back = elsewhere(group, at: 60.2, people: 0)
    back.back = 1
    try await store.takeOver([back])
    #expect(try await store.setPeople(2, ofAdmission: id, at: night + 64) == nil)
  }

  /// An exit that does not hold the pass knows the service's count neither.
  @Test func `Whom doors saw come back leaves, whatever the service had counted`() async throws {
    let (known, unknown) = (pass("1", people: 3, counted: 1), pass("1", people: 3))
    try await store.leave(known, at: 10)
    try await store.admit(known, at: 20, reentry: .allow)
    #expect(try await crowd() == [2, 3, 1])
    let out = try await store.leave(unknown, at: 30)
    #expect(out.decision.departure == Departure(people: 3, inside: 3))
    #expect(try await crowd() == [2, 0, 1])
    #expect(try await store.leave(known, at: 40).decision.reason == .nobodyInside)
  }

  @Test func `Whom the service alone had counted in leaves unseen and comes back`() async throws {
    let guest = pass("1", counted: 1)
    let out = try await store.leave(guest, at: 60)
    #expect(out.decision.departure == Departure(people: 1, unseen: 1, inside: 1))
    #expect(try await crowd() == [0, 0, 1])
    let back = try await store.admit(guest, at: 120, reentry: .allow)
    #expect(back.decision.reason == .valid && back.decision.back == 1)
    #expect(try await crowd() == [0, 1, 1])
  }

  @Test func `A scan that met nobody is kept, and is nobody's newest`() async throws {
    let out = try await store.leave(pass("1"), at: 60, keepsUnmet: true)
    #expect(out.decision.reason == .nobodyInside && out.admissionID == nil)
    #expect(try await lines() == ["scan nobody_inside 0 0 0"])
    #expect(try await store.newestAdmission(door: "Exit", during: night..<night + 100) == nil)
    #expect(try await store.own().map(\.gone) == [0])
    try await store.takeOver([elsewhere(pass("1"), at: 30)])
    #expect(try await crowd() == [1, 0, 1])
    let newest = try await store.newestAdmission(door: "Exit", during: night..<night + 100)
    #expect(newest?.people == 1 && newest?.direction == .out)
    #expect(try await store.own().map(\.gone) == [1])
    // The store agrees with itself.
    store.close()
    #expect(try temporary.folder.open(checking: .thorough).setAside == nil)
  }

  @Test func `A look at an exit changes nothing`() async throws {
    try await store.admit(pass("1"))
    let out = try await store.leave(pass("1"), at: 60, keepsUnmet: true, isDryRun: true)
    #expect(out.decision.reason == .left && out.admissionID == nil)
    #expect(try await crowd() == [1, 1, 0])
  }

  @Test func `Staff count people without a code in and out, each once`() async throws {
    let hand = HandCount(direction: .in, scan: record("", at: 10, passType: nil, source: nil))
    let id = try await store.count(hand)
    #expect(try await store.count(hand) == id)
    #expect(try await crowd() == [1, 1, 0])
    let out = try await store.count(
      HandCount(direction: .out, scan: record("", at: 20, passType: nil, source: nil)))
    #expect(try await crowd() == [1, 0, 1])
    let newest = try await store.newestAdmission(door: "Main", during: night..<night + 100)
    #expect(newest?.id == out && newest?.passage == .counter && newest?.direction == .out)
    #expect(newest?.code == nil && newest?.passID == nil && newest?.mostPeople == 1)
    #expect(try await store.standingAdmission(id)?.isNewestOfItsPass == true)
    #expect(try await store.setPeople(5, ofAdmission: id, at: night + 30)?.people == 1)
    #expect(try await store.undo(admission: out, at: night + 40)?.people == 1)
    #expect(try await crowd() == [1, 1, 0])
    // They count for no pass.
    #expect(try await store.admit(pass("1", code: ""), at: 50).decision.reason == .valid)
    #expect(
      try await lines() == [
        "counter - 1 0 0", "counter - 0 0 1", "undo - 0 0 1", "scan valid 1 0 0",
      ])
  }

  @Test func `Neither who leaves nor who comes back is admitted in figures`() async throws {
    try await store.admit(pass("1", people: 2), at: 0)
    try await store.leave(pass("1", people: 2), at: 60)
    try await store.admit(pass("1", people: 2), at: 120, group: .one, reentry: .allow)
    for (number, direction) in [DoorDirection.in, .in, .out].enumerated() {
      try await store.countByHand(direction, at: 200 + Double(number))
    }
    let figures = try await store.figures(eventID: tonightID)
    #expect(figures.admitted == NightFigures.Tally(admissions: 3, people: 4))
    #expect(figures.byHand == NightFigures.Tally())
    #expect(figures.reasons.map(\.reason) == [.valid, .left])
    #expect(figures.occupancy?.inside == 2 && figures.occupancy?.back.people == 1)
  }

  /// Called for each verdict; its time is printed, and bounded only against hanging.
  @Test func `Ten thousand are counted in a moment`() async throws {
    try await store.ledger.write { database in
      for number in 0..<10_000 {
        try database.execute(
          sql: """
            INSERT INTO admissions (kind, event_id, code, sequence, people, at, door, is_stored_answer)
            VALUES ('by_hand', ?, ?, 1, 1, ?, 'Main', 0)
            """,
          arguments: [tonightID, "C-\(number)", night.timeIntervalSince1970 + Double(number)])
      }
    }
    _ = try await crowd()
    let start = ContinuousClock.now
    #expect(try await crowd() == [10_000, 10_000, 0])
    print("counted 10,000 rows in \(start.duration(to: .now))")
    let plan = try await store.ledger.read {
      try Row.fetchAll(
        $0,
        sql: """
          EXPLAIN QUERY PLAN
          SELECT total(people), total(people + back - (gone - unseen)), max(gone) FROM admissions
          WHERE event_id = ? AND undone_at IS NULL
          """,
        arguments: [tonightID]
      ).map { $0["detail"] as String }
    }
    #expect(plan.map { $0.contains("COVERING INDEX admissions_in") } == [true], "\(plan)")
  }
}
