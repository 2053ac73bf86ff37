import Admission
import FoundationEssentials
import GRDB
import Testing

@testable import NightStore

struct AdmittingTests {
  @Test func `The second friend is caught`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    let first = try await store.admit(pass("1"), door: "North")
    #expect(first.decision.reason == .valid)
    #expect(first.admissionID != nil)
    #expect(first.before == EarlierAdmissions())
    let second = try await store.admit(pass("1"), at: 60, door: "South")
    #expect(second.decision.reason == .alreadyUsed)
    #expect(second.admissionID == nil)
    #expect(second.before.people == 1)
    #expect(second.before.first == Entry(at: night, door: "North"))
    #expect(try await store.peopleAdmitted(eventID: tonightID) == 1)
    #expect(try await store.peopleAdmitted(eventID: "other") == 0)
  }

  @Test func `A group comes one by one`() async throws {
    let temporary = try TemporaryStore()
    let group = pass("1", people: 3)
    for used in 0..<3 {
      let count = try await temporary.store.admit(group, at: Double(used), group: .one)
        .decision.count
      #expect(count == HeadCount(allowed: 3, used: used, admitted: 1))
    }
    let late = try await temporary.store.admit(group, at: 9, group: .one)
    #expect(late.decision.reason == .alreadyUsed)
    #expect(try await temporary.store.peopleAdmitted(eventID: tonightID) == 3)
  }

  @Test func `A look admits nobody`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    for _ in 0..<2 {
      let recorded = try await store.admitOrJournal(
        entry(pass("1"), isDryRun: true), judge: judging(pass("1")))
      #expect(recorded.decision.reason == .valid)
      #expect(recorded.admissionID == nil)
    }
    #expect(try await store.peopleAdmitted(eventID: tonightID) == 0)
    let figures = try await store.figures(eventID: tonightID)
    #expect(figures.looks == 2)
    #expect(figures.scans == 0)
  }

  /// Even a judge that forgets the ledger cannot let anybody in twice.
  @Test func `The schema holds what a rule forgets`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    try await store.admit(pass("1"))
    await #expect {
      _ = try await store.admit(entry(pass("1"))) { _ in
        Decision(reason: .valid, count: HeadCount(allowed: 1, used: 0, admitted: 1))
      }
    } throws: {
      if case .failed = $0 as? StoreError { true } else { false }
    }
    #expect(try await store.peopleAdmitted(eventID: tonightID) == 1)
    #expect(try await store.figures(eventID: tonightID).scans == 1)
  }

  @Test(arguments: [
    "UPDATE admissions SET people = 2", "UPDATE admissions SET people = 0",
    "UPDATE admissions SET used = 1", "UPDATE admissions SET used = -1, allowed = 0",
    "UPDATE admissions SET allowed = 0", "UPDATE admissions SET pass_id = NULL",
    "UPDATE admissions SET acknowledged_at = 1", "UPDATE admissions SET kind = 'free'",
    "UPDATE admissions SET people = 'many'",
    "DELETE FROM admissions", "DELETE FROM journal", "UPDATE journal SET reason = 'valid'",
    "UPDATE journal SET code = 'other'", "UPDATE journal SET at = 0",
    """
    INSERT INTO admissions (kind, event_id, pass_id, sequence, allowed, used, people, at, door,
      answered_at, is_stored_answer)
    SELECT kind, event_id, pass_id, sequence, 2, 1, 1, at, door, answered_at, 0 FROM admissions
    """,
    "INSERT INTO outbox (admission_id, state, next_try_at) VALUES (99, 'waiting', 0)",
    "INSERT INTO outbox (admission_id, state) VALUES (1, 'waiting')",
    "INSERT INTO journal (at, action, door, people, admission_id) VALUES (0, 'undo', 'd', 1, 99)",
    "INSERT INTO journal (at, action, door, people) VALUES (0, 'undo', 'd', 1)",
  ])
  func `The schema refuses what no rule allows`(sql: String) async throws {
    let temporary = try TemporaryStore()
    try await temporary.store.admit(pass("1"))
    let error = try await temporary.store.ledger.writeWithoutTransaction { database in
      do {
        try database.execute(sql: sql)
        return nil as DatabaseError?
      } catch let error as DatabaseError {
        return error
      }
    }
    #expect(error?.resultCode == .SQLITE_CONSTRAINT)
  }

  @Test func `Hostile numbers of people break nothing`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    for id in ["1", "2"] {
      let recorded = try await store.admit(pass(id, people: .max))
      #expect(recorded.decision.count?.admitted == .max)
      #expect(try await store.admit(pass(id, people: .max)).decision.reason == .alreadyUsed)
    }
    #expect(try await store.peopleAdmitted(eventID: tonightID) > 0)
    _ = try await store.figures(eventID: tonightID)
  }

  // MARK: - By hand

  @Test func `By hand counts and is marked`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    try await store.admit(pass("1"))
    try await store.admit(
      byHand: HandAdmission(passID: "1", reason: .alreadyUsed, scan: record("CODE-1", at: 5)))
    #expect(try await store.peopleAdmitted(eventID: tonightID) == 2)
    #expect(try await store.figures(eventID: tonightID).byHand == .init(admissions: 1, people: 1))
  }

  /// The code is the only thing known of who came in while the network was away.
  @Test(arguments: ["CODE-1", "code-1"])
  func `By hand without a pass counts for its code`(code: String) async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    let scan = record(code, door: "North", source: nil)
    try await store.admit(byHand: HandAdmission(passID: nil, reason: .offline, scan: scan))
    let later = try await store.admit(pass("1"), at: 600)
    #expect(later.decision.reason == .alreadyUsed)
    #expect(later.before.first == Entry(at: night, door: "North"))
    #expect(try await store.admit(pass("2")).decision.reason == .valid)
  }

  @Test func `By hand without an event`() async throws {
    let temporary = try TemporaryStore()
    try await temporary.store.admit(
      byHand: HandAdmission(
        passID: nil, reason: .noEvent, scan: record("X", eventID: nil, source: nil)))
    #expect(try await temporary.store.peopleAdmitted(eventID: tonightID) == 0)
  }

  // MARK: - Corrections

  @Test func `Undo takes the newest of its door`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    try await store.admit(pass("1"), at: 0, door: "North")
    try await store.admit(pass("2", people: 4), at: 10, door: "North")
    try await store.admit(pass("3"), at: 20, door: "South")

    let undone = try await store.undoNewest(
      door: "North", notBefore: night, at: night + 30)
    #expect(undone?.passID == "2")
    #expect(undone?.people == 4)
    #expect(undone?.code == "CODE-2")
    #expect(undone?.isReported == false)
    #expect(try await store.peopleAdmitted(eventID: tonightID) == 2)
    // Whose admission was taken back may come in again.
    #expect(
      try await store.admit(pass("2", people: 4), at: 40, door: "South").decision.reason == .valid)
    #expect(
      try await store.undoNewest(door: "North", notBefore: night + 5, at: night + 50)
        == nil)
    #expect(
      try await store.undoNewest(door: "North", notBefore: night, at: night + 50)?.passID
        == "1")
    #expect(
      try await store.undoNewest(door: "North", notBefore: night, at: night + 60) == nil)
    let figures = try await store.figures(eventID: tonightID)
    #expect(figures.undone == .init(admissions: 2, people: 5))
    #expect(figures.admitted == .init(admissions: 2, people: 5))
  }

  @Test(arguments: [(1, 1), (3, 3), (4, 4), (9, 4), (0, 1), (-1, 1)])
  func `The number of a group stays within what was left`(wanted: Int, expected: Int) async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    let group = pass("1", people: 5)
    try await store.admit(group, at: 0, group: .one)
    let rest = try await store.admit(group, at: 10)
    let changed = try await store.setPeople(
      wanted, ofAdmission: #require(rest.admissionID), at: night + 20)
    #expect(changed?.people == expected)
    #expect(changed?.mostPeople == 4)
    #expect(try await store.peopleAdmitted(eventID: tonightID) == 1 + expected)
    let next = try await store.admit(group, at: 30)
    #expect(next.decision.count?.used == 1 + expected)
  }

  @Test(arguments: [(-60, 6), (0, 6), (1, 5), (10, 5), (11, 0)] as [(Double, Int)])
  func `Arrivals are those since a moment`(since: Double, people: Int) async throws {
    let temporary = try TemporaryStore()
    try await temporary.store.admit(pass("1"), at: 0)
    try await temporary.store.admit(pass("2", people: 5), at: 10)
    #expect(
      try await temporary.store.crowd(
        eventID: tonightID, sinceEach: [night + since, night]
      ).cameSince == [people, 6])
  }

  @Test func `Only the newest admission of a pass is changed`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    let group = pass("1", people: 5)
    let first = try await store.admit(group, group: .one)
    let second = try await store.admit(group, group: .one)
    let firstID = try #require(first.admissionID)
    #expect(try await store.setPeople(5, ofAdmission: firstID, at: night) == nil)
    let covered = try #require(try await store.standingAdmission(firstID))
    #expect(covered.admission.people == 1 && covered.admission.eventID == tonightID)
    #expect(!covered.isNewestOfItsPass)
    _ = try await store.undo(
      admission: #require(second.admissionID), at: night)
    #expect(
      try await store.setPeople(2, ofAdmission: #require(second.admissionID), at: night) == nil)
    #expect(try await store.standingAdmission(#require(second.admissionID)) == nil)
    #expect(try await store.standingAdmission(firstID)?.isNewestOfItsPass == true)
    #expect(try await store.setPeople(5, ofAdmission: firstID, at: night)?.people == 5)
    #expect(
      try await store.newestAdmission(door: "Main", during: night..<night + 1)?.id == firstID)
    #expect(try await store.newestAdmission(door: "Main", during: night - 60..<night) == nil)
    #expect(try await store.undo(admission: #require(second.admissionID), at: night) == nil)
  }
}
