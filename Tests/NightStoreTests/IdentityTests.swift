import Admission
import FoundationEssentials
import GRDB
import Testing

@testable import NightStore

/// Whom an earlier admission counts for (Contract: Counting people).
struct IdentityTests {
  /// Who was let in, who comes then, and whether the second one is the first.
  static let pairs: [(first: Pass, second: Pass, isSame: Bool)] = [
    (pass("1", code: "AAAA"), pass("1", code: "AAAA"), true),
    (pass("1", code: "AAAA"), pass("1", code: "BBBB"), true),
    (pass("1", code: "AAAA"), pass("2", code: "AAAA"), true),
    (pass("1", code: "AAAA"), pass("2", code: "aAaA"), true),
    (pass("", code: "AAAA"), pass("2", code: "aaaa"), true),
    (pass("1", code: "AAAA"), pass("", code: "AAAA"), true),
    (pass("", code: "AAAA"), pass("", code: "AAAA"), true),
    // No `_id` tells nobody from anybody, and other letters are another code.
    (pass("", code: "AAAA"), pass("", code: "BBBB"), false),
    (pass("1", code: "KKKK"), pass("2", code: "\u{212A}KKK"), false),
    (pass("a", code: "AAAA"), pass("A", code: "BBBB"), false),
    (pass("AAAA", code: "CCCC"), pass("2", code: "AAAA"), false),
    // One `_id` in two kinds is two passes; one code is one guest.
    (pass("1", kind: .ticket, code: "AAAA"), pass("1", kind: .ticket, code: "BBBB"), true),
    (pass("1", kind: .ticket, code: "AAAA"), pass("1", kind: .list, code: "BBBB"), false),
    (pass("1", code: "AAAA"), pass("1", kind: .booking, code: "BBBB"), false),
    (pass("1", kind: .list, code: "AAAA"), pass("1", code: "BBBB"), false),
    (pass("1", kind: .ticket, code: "AAAA"), pass("1", kind: .list, code: "aaaa"), true),
    (pass("1", kind: .ticket, code: "AAAA"), pass("2", code: "AAAA"), true),
    (pass("", kind: .ticket, code: "AAAA"), pass("", kind: .list, code: "AAAA"), true),
    (pass("", kind: .ticket, code: "AAAA"), pass("", kind: .ticket, code: "BBBB"), false),
  ]

  @Test(arguments: pairs.indices)
  func `An admission counts for its pass and for its code`(index: Int) async throws {
    let (first, second, isSame) = Self.pairs[index]
    let temporary = try TemporaryStore()
    #expect(try await temporary.store.admit(first).decision.verdict == .admit)
    let again = try await temporary.store.admit(second, at: 60)
    #expect(again.decision.reason == (isSame ? .alreadyUsed : .valid))
  }

  @Test(arguments: pairs.indices)
  func `So does one by hand`(index: Int) async throws {
    let (first, second, isSame) = Self.pairs[index]
    let temporary = try TemporaryStore()
    try await temporary.store.admit(
      byHand: HandAdmission(
        kind: first.kind, passID: first.id, reason: .notActive, scan: record(first.code)))
    let again = try await temporary.store.admit(second, at: 60)
    #expect(again.decision.reason == (isSame ? .alreadyUsed : .valid))
  }

  @Test func `Never through a third admission`() async throws {
    let temporary = try TemporaryStore()
    try await temporary.store.admit(pass("1", code: "AAAA", people: 2), group: .one)
    try await temporary.store.admit(pass("1", code: "BBBB", people: 2), at: 1, group: .one)
    // By its code it is the first one's, whose pass the second one shared.
    let third = try await temporary.store.admit(pass("2", code: "AAAA", people: 3), at: 2)
    #expect(third.before.people == 1)
    // Counted once where both are the same.
    let fourth = try await temporary.store.admit(pass("2", code: "AAAA", people: 3), at: 3)
    #expect(fourth.before.people == 3)
  }

  /// Whether an ID has been in two kinds or more.
  @Test func `Kinds with one ID come in beside each other`() async throws {
    let temporary = try TemporaryStore()
    for round in 0..<2 {
      for kind in PassKind.allCases {
        let guest = pass("1", kind: kind, code: "CODE-\(kind.rawValue)", people: 2)
        let recorded = try await temporary.store.admit(guest, at: Double(round), group: .one)
        #expect(recorded.before.people == round, "\(kind)")
        #expect(recorded.decision.count == HeadCount(allowed: 2, used: round, admitted: 1))
        let standing = try await temporary.store.standingAdmission(
          try #require(recorded.admissionID))
        #expect(standing?.admission.kind == kind)
        #expect(standing?.isNewestOfItsPass == true)
      }
    }
    #expect(try await temporary.store.peopleAdmitted(eventID: tonightID) == 8)
    // The first ticket is not the newest of its own any more; the first pass of nobody else's.
    #expect(try await temporary.store.standingAdmission(2)?.isNewestOfItsPass == false)
    #expect(try await temporary.store.setPeople(2, ofAdmission: 2, at: night + 9) == nil)
    let undone = try await temporary.store.undo(admission: 6, at: night + 10)
    #expect(undone?.kind == .ticket)
    #expect(try await temporary.store.standingAdmission(2)?.isNewestOfItsPass == true)
  }

  @Test func `What was admitted by an older version counts by its code`() async throws {
    let temporary = try TemporaryStore()
    try await temporary.store.admit(pass("1", code: "AAAA"))
    try await temporary.store.write(on: temporary.store.pool) { database in
      try database.execute(sql: "UPDATE admissions SET code = NULL")
      try database.execute(sql: Schema.fifth)
    }
    let again = try await temporary.store.admit(pass("2", code: "aaaa"), at: 60)
    #expect(again.decision.reason == .alreadyUsed)
  }

  @Test func `An entry without an ID is not reported and staff are told`() async throws {
    let temporary = try TemporaryStore()
    try await temporary.store.admit(
      pass("", code: "AAAA"), report: ReportOrder(optionID: nil, earliest: night))
    #expect(
      try await temporary.store.claimDueReports(now: night + 3600, lease: 60).isEmpty)
    let cases = try await temporary.store.reportCases(eventID: tonightID)
    #expect(cases.map(\.code) == ["AAAA"])
  }

  /// The service is told of a ticket by its code.
  @Test(arguments: PassKind.allCases)
  func `Without an ID a ticket alone is reported`(kind: PassKind) async throws {
    let temporary = try TemporaryStore()
    try await temporary.store.admit(
      pass("", kind: kind, code: "AAAA"), report: ReportOrder(optionID: nil, earliest: night))
    let due = try await temporary.store.claimDueReports(now: night + 60, lease: 60)
    #expect(due.map(\.code) == (kind == .ticket ? ["AAAA"] : []))
  }
}
