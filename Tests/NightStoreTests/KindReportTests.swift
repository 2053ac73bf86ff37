import Admission
import FoundationEssentials
import Testing

@testable import NightStore

/// Telling the service of entries of each kind, and what that does to counting people.
struct KindReportTests {
  private let order = ReportOrder(optionID: "option", earliest: night + 10)
  private let temporary: TemporaryStore
  private var store: NightStore { temporary.store }

  init() throws { temporary = try TemporaryStore() }

  private func due(_ seconds: TimeInterval = 20) async throws -> [EntryReport] {
    try await store.claimDueReports(now: night + seconds, lease: 30)
  }

  @Test(arguments: PassKind.allCases)
  func `A report names the kind, the code and the time`(kind: PassKind) async throws {
    try await store.admit(pass("1", kind: kind, people: 3), at: 5, report: order)
    #expect(
      try await due() == [
        EntryReport(
          admissionID: 1, kind: kind, passID: "1", code: "CODE-1", eventID: tonightID,
          optionID: "option", people: 3, enteredAt: night + 5, attempt: 1)
      ])
    #expect(try await store.reportCases(eventID: tonightID).map(\.passKind) == [kind])
  }

  /// Of two kinds with one ID, each is told of its own.
  @Test func `Each admission's own people are told`() async throws {
    for kind in [PassKind.pass, .ticket, .list] {
      let group = pass("1", kind: kind, code: "CODE-\(kind.rawValue)", people: 4)
      try await store.admit(group, group: .one, report: order)
      let rest = try await store.admit(group, at: 1, report: order)
      #expect(rest.decision.count?.admitted == 3)
    }
    let due = try await due()
    #expect(due.map(\.kind) == [.pass, .pass, .ticket, .ticket, .list, .list])
    #expect(due.map(\.people) == [1, 3, 1, 3, 1, 3])
  }

  /// What the service had counted comes from the answer about the same kind.
  @Test func `The count before a report is of its own kind`() async throws {
    try await store.store(
      passes: [
        pass("1", kind: .ticket, code: "AAAA", people: 4, counted: 1),
        pass("1", kind: .list, code: "BBBB", people: 9, counted: 7),
      ], fetchedAt: night + 15, eventID: tonightID)
    try await store.admit(
      pass("1", kind: .ticket, code: "AAAA", people: 4), group: .one, report: order)
    let report = try #require(try await due().first)
    try await store.retry(report, at: night + 40, mayHaveArrived: true)
    let earlier = try await store.earlierAdmissions(
      of: PassAtEvent(kind: .ticket, id: "1", eventID: tonightID, code: "AAAA"),
      answeredAt: night + 30)
    #expect(earlier.missing(from: 1) == 1)
    #expect(earlier.missing(from: 2) == 0)
  }

  /// One code is a ticket and a guest list entry: the service counts who came on the ticket there, and
  /// its answer about the list knows nothing of them.
  @Test func `What was told of one kind stands in no answer about another`() async throws {
    let ticket = pass("1", kind: .ticket, code: "AAAA", people: 2)
    try await store.admit(ticket, report: order)
    try await store.acknowledge(try #require(try await due().first), at: night + 21)
    let list = pass("1", kind: .list, code: "AAAA", people: 3)
    let next = try await store.admit(entry(list, at: 60), judge: judging(list))
    #expect(next.decision.count == HeadCount(allowed: 3, used: 2, admitted: 1))
    let known = pass("1", kind: .ticket, code: "AAAA", people: 2, counted: 2)
    let again = try await store.admit(entry(known, at: 70), judge: judging(known))
    #expect(again.decision.reason == .alreadyUsed)
  }

  // MARK: - Bookings

  private func booking(_ people: Int = 4, counted: Int? = nil) -> Pass {
    pass("1", kind: .booking, code: "TABLE", people: people, counted: counted)
  }

  @Test func `A booking is told once`() async throws {
    try await store.admit(booking(), group: .one, report: order)
    try await store.admit(booking(), at: 1, group: .one, report: order)
    let first = try await due()
    #expect(first.map(\.admissionID) == [1])
    try await store.acknowledge(first[0], at: night + 21)
    try await store.admit(booking(), at: 30, group: .one, report: order)
    #expect(try await due(60).isEmpty)
    #expect(try await store.nextDue(now: night) == nil)
    #expect(try await store.reportCases(eventID: tonightID) == [])
    // A pass with the same ID, and another booking, are told of their own.
    try await store.admit(pass("1"), at: 40, report: order)
    try await store.admit(pass("2", kind: .booking), at: 41, report: order)
    #expect(try await due(60).map(\.kind) == [.pass, .booking])
  }

  /// "Arrival" says that somebody has come; whether the service counts anybody in then, nobody knows.
  @Test(arguments: [(nil, 1), (1, 1), (4, 4)])
  func `Who came on a booking is counted, whatever the service makes of it`(
    counted: Int?, used: Int
  ) async throws {
    try await store.admit(booking(), group: .one, report: order)
    try await store.acknowledge(try #require(try await due().first), at: night + 21)
    let later = booking(counted: counted)
    let next = try await store.admit(entry(later, at: 60), judge: judging(later))
    #expect(next.decision.count?.used == used)
  }

  @Test func `Where the first is taken back in time the next is told`() async throws {
    try await store.admit(booking(), group: .one, report: order)
    try await store.admit(booking(), at: 1, group: .one, report: order)
    try await store.admit(booking(), at: 2, group: .one, report: order)
    _ = try await store.undo(admission: 1, at: night + 5)
    #expect(try await due().map(\.admissionID) == [2])
    // Whether that one arrived, nobody knows; that somebody has come is true.
    _ = try await store.undo(admission: 2, at: night + 25)
    #expect(try await due(30).map(\.admissionID) == [3])
    _ = try await store.undo(admission: 3, at: night + 31)
    #expect(try await due(60).isEmpty)
  }

  @Test func `What the service was told of a booking is true while anybody is in`() async throws {
    try await store.admit(booking(), group: .one, report: order)
    try await store.acknowledge(try #require(try await due().first), at: night + 21)
    _ = try await store.setPeople(3, ofAdmission: 1, at: night + 22)
    #expect(try await store.reportCases(eventID: tonightID) == [])
    try await store.admit(booking(), at: 30, report: order)
    _ = try await store.undo(admission: 1, at: night + 40)
    #expect(try await store.reportCases(eventID: tonightID) == [])
    #expect(try await due(60).isEmpty)
    _ = try await store.undo(admission: 2, at: night + 70)
    let cases = try await store.reportCases(eventID: tonightID)
    #expect(cases.map(\.kind) == [.undoneAfterReport(isCertain: true)])
    #expect(cases.map(\.passKind) == [.booking])
  }

  /// What a ticket's answer holds, and that it was taken back, stays a case for staff.
  @Test func `A ticket that was told and taken back is listed`() async throws {
    try await store.admit(pass("1", kind: .ticket, people: 2), group: .one, report: order)
    try await store.acknowledge(try #require(try await due().first), at: night + 21)
    try await store.admit(pass("1", kind: .ticket, people: 2, counted: 1), at: 30, report: order)
    _ = try await store.undo(admission: 1, at: night + 40)
    let cases = try await store.reportCases(eventID: tonightID)
    #expect(cases.map(\.kind) == [.undoneAfterReport(isCertain: true), .waiting(nil)])
    #expect(cases.map(\.passKind) == [.ticket, .ticket])
  }
}
