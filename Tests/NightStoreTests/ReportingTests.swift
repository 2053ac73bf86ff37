import Admission
import FoundationEssentials
import Testing

@testable import NightStore

/// Telling the service of entries, and what that does to counting people.
struct ReportingTests {
  private let order = ReportOrder(optionID: "option", earliest: night + 10)

  @Test func anAcknowledgedEntryIsNotCountedTwice() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    try await store.admit(pass("1", people: 4), group: .one, report: order)
    let due = try await store.claimDueReports(now: night + 10, lease: 30)
    #expect(
      due == [
        DueReport(
          admissionID: 1, passID: "1", eventID: tonightID, optionID: "option", people: 1,
          attempt: 1)
      ])
    try await store.acknowledge(due[0], at: night + 11)
    // Asked for before the acknowledgement: the answer may know of it or not.
    let early = try await store.earlierAdmissions(
      passID: "1", eventID: tonightID, code: "CODE-1", answeredAt: night + 10.5)
    #expect(early.inDoubt == 1)
    #expect(early.people == 0)
    // Asked for after it: the service counts one, and so do we; three may still come.
    let later = pass("1", people: 4, counted: 1)
    let settled = try await store.settle(entry(later, at: 20), judge: judging(later))
    #expect(settled.before.acknowledged == 1)
    #expect(settled.before.first == Entry(at: night, door: "Main"))
    #expect(settled.decision.count == HeadCount(allowed: 4, used: 1, admitted: 3))
    #expect(try await store.reportCases(eventID: tonightID).map(\.kind) == [])
  }

  /// The report arrived, its answer did not.
  @Test(arguments: [(nil, 1), (1, 1), (2, 2), (3, 3)])
  func aLostAnswerToADeliveredReportCountsNobodyTwice(counted: Int?, used: Int) async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    try await store.admit(pass("1", people: 4), group: .one, report: order)
    let due = try await store.claimDueReports(now: night + 10, lease: 30)
    try await store.retry(due[0], at: night + 20, mayHaveArrived: true)
    let later = pass("1", people: 4, counted: counted)
    let settled = try await store.settle(
      entry(later, at: 15), judge: judging(later, group: .one))
    #expect(settled.decision.count?.used == used)
    #expect(settled.decision.count?.admitted == 1)
  }

  @Test func aReportThatNeverLeftIsNoDoubt() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    try await store.admit(pass("1", people: 4), group: .one, report: order)
    let due = try await store.claimDueReports(now: night + 10, lease: 30)
    try await store.retry(due[0], at: night + 20, mayHaveArrived: false)
    let earlier = try await store.earlierAdmissions(
      passID: "1", eventID: tonightID, code: "CODE-1", answeredAt: night + 15)
    #expect(earlier == EarlierAdmissions(people: 1, first: Entry(at: night, door: "Main")))
    #expect(try await store.nextReportDue() == night + 20)
  }

  @Test func eachIsTakenByOneProcessAtATime() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    let other = try temporary.folder.open().store
    for number in 0..<30 { try await store.admit(pass("\(number)"), report: order) }
    #expect(try await store.claimDueReports(now: night + 9, lease: 30) == [])
    let mine = try await store.claimDueReports(now: night + 10, lease: 30)
    let theirs = try await other.claimDueReports(now: night + 10, lease: 30)
    #expect(mine.count == 20)
    #expect(theirs.count == 10)
    #expect(Set(mine.map(\.passID)).isDisjoint(with: theirs.map(\.passID)))
    // Both crash: everything comes again, and what was tried before is in doubt from then on.
    let again = try await store.claimDueReports(now: night + 40, lease: 30, limit: 100)
    #expect(again.count == 30)
    #expect(again.allSatisfy { $0.attempt == 2 })
    try await store.retry(again[0], at: night + 99, mayHaveArrived: false)
    let earlier = try await store.earlierAdmissions(
      passID: again[0].passID, eventID: tonightID, code: "", answeredAt: night + 50)
    #expect(earlier.inDoubt == 1)
  }

  @Test func whatStaffMustLookAtIsListed() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    for id in ["refused", "withdrawn", "waiting"] {
      try await store.admit(pass(id), door: id, report: order)
    }
    _ = try await store.undoNewestAdmission(door: "withdrawn", notBefore: night, at: night + 1)
    let due = try await store.claimDueReports(now: night + 10, lease: 30)
    #expect(due.map(\.passID) == ["refused", "waiting"])
    try await store.refuse(due[0], reason: "422")
    try await store.retry(due[1], at: night + 600, mayHaveArrived: true)

    let soon = ReportOrder(optionID: nil, earliest: night + 20)
    for id in ["undone", "doubtful", "changed"] {
      try await store.admit(pass(id, people: 3), at: 15, door: id, report: soon)
    }
    let more = try await store.claimDueReports(now: night + 20, lease: 30)
    #expect(more.map(\.passID) == ["undone", "doubtful", "changed"])
    try await store.acknowledge(more[0], at: night + 21)
    try await store.acknowledge(more[2], at: night + 21)
    for door in ["undone", "doubtful"] {
      let undone = try await store.undoNewestAdmission(
        door: door, notBefore: night, at: night + 22)
      #expect(undone?.isReported == true)
    }
    _ = try await store.setPeople(2, ofAdmission: more[2].admissionID, at: night + 23)

    let cases = try await store.reportCases(eventID: tonightID)
    #expect(cases.map(\.passID) == ["refused", "waiting", "undone", "doubtful", "changed"])
    #expect(
      cases.map(\.kind) == [
        .refused("422"), .waiting, .undoneAfterReport(isCertain: true),
        .undoneAfterReport(isCertain: false), .changedAfterReport(acknowledged: 3),
      ])
    #expect(cases.first?.code == "CODE-refused")
    let figures = try await store.figures(eventID: tonightID)
    #expect(figures.unreported == .init(admissions: 2, people: 2))
    #expect(figures.reportCases == cases)
  }

  @Test(arguments: [
    (EarlierAdmissions(people: 2), 0, 2), (EarlierAdmissions(people: 2), 5, 2),
    (EarlierAdmissions(inDoubt: 2), 0, 2), (EarlierAdmissions(inDoubt: 2), 1, 1),
    (EarlierAdmissions(inDoubt: 2), 9, 0),
    (EarlierAdmissions(people: 1, inDoubt: 2, acknowledged: 3), 3, 3),
    (EarlierAdmissions(people: 1, inDoubt: 2, acknowledged: 3), 5, 1),
    (EarlierAdmissions(people: .max, inDoubt: .max), 0, .max),
    (EarlierAdmissions(inDoubt: 1, acknowledged: 2), -5, 1),
    (EarlierAdmissions(acknowledged: 2), .max, 0),
  ])
  func peopleMissingFromAnAnswer(earlier: EarlierAdmissions, counted: Int, missing: Int) {
    #expect(earlier.missing(from: counted) == missing)
  }
}
