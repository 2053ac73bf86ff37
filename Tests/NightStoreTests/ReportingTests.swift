import Admission
import FoundationEssentials
import Testing

@testable import NightStore

/// Telling the service of entries, and what that does to counting people.
struct ReportingTests {
  private let order = ReportOrder(optionID: "option", earliest: night + 10)

  @Test func `An acknowledged entry is not counted twice`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    try await store.admit(pass("1", people: 4), group: .one, report: order)
    let due = try await store.claimDueReports(now: night + 10, lease: 30)
    #expect(
      due == [
        EntryReport(
          admissionID: 1, passID: "1", code: "CODE-1", eventID: tonightID, optionID: "option",
          people: 1, enteredAt: night, attempt: 1)
      ])
    try await store.acknowledge(due[0], at: night + 11)
    // Asked for before the acknowledgement: the answer may know of it or not.
    let early = try await store.earlierAdmissions(
      of: PassAtEvent(id: "1", eventID: tonightID, code: "CODE-1"), answeredAt: night + 10.5)
    #expect(early.missing(from: 0) == 1)
    #expect(early.missing(from: 1) == 0)
    // Asked for after it: the service counts one, and so do we; three may still come.
    let later = pass("1", people: 4, counted: 1)
    let recorded = try await store.admit(entry(later, at: 20), judge: judging(later))
    var before = EarlierAdmissions(first: Entry(at: night, door: "Main"))
    before.seenInside = 1
    #expect(recorded.before == before)
    #expect(recorded.decision.count == HeadCount(allowed: 4, used: 1, admitted: 3))
    #expect(try await store.reportCases(eventID: tonightID).map(\.kind) == [])
  }

  /// The report arrived, its answer did not.
  @Test(arguments: [(nil, 1), (1, 1), (2, 2), (3, 3)])
  func `A lost answer to a delivered report counts nobody twice`(counted: Int?, used: Int)
    async throws
  {
    let temporary = try TemporaryStore()
    let store = temporary.store
    try await store.admit(pass("1", people: 4), group: .one, report: order)
    let due = try await store.claimDueReports(now: night + 10, lease: 30)
    try await store.retry(due[0], at: night + 20, mayHaveArrived: true)
    let later = pass("1", people: 4, counted: counted)
    let recorded = try await store.admit(
      entry(later, at: 15), judge: judging(later, group: .one))
    #expect(recorded.decision.count?.used == used)
    #expect(recorded.decision.count?.admitted == 1)
  }

  @Test func `A report that never left is no doubt`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    try await store.admit(pass("1", people: 4), group: .one, report: order)
    let due = try await store.claimDueReports(now: night + 10, lease: 30)
    try await store.retry(due[0], at: night + 20, mayHaveArrived: false)
    let earlier = try await store.earlierAdmissions(
      of: PassAtEvent(id: "1", eventID: tonightID, code: "CODE-1"), answeredAt: night + 15)
    var known = EarlierAdmissions(people: 1, first: Entry(at: night, door: "Main"))
    known.seenInside = 1
    #expect(earlier == known)
    #expect(try await store.nextDue(now: night) == night + 20)
  }

  /// The other door's one is not ours, however often the service says one.
  @Test func `Who was counted before is not ours`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    let group = pass("1", people: 3, counted: 1)
    try await store.admit(group, group: .one, report: order)
    let due = try await store.claimDueReports(now: night + 10, lease: 30)
    try await store.refuse(due[0], reason: "no answer", mayHaveArrived: true)
    let next = try await store.admit(entry(group, at: 20), judge: judging(group, group: .one))
    #expect(next.decision.count == HeadCount(allowed: 3, used: 2, admitted: 1))
    // The report did arrive, after all.
    let late = pass("1", people: 3, counted: 2)
    let last = try await store.admit(entry(late, at: 30), judge: judging(late, group: .one))
    #expect(last.decision.reason == .alreadyUsed)
    #expect(last.decision.count?.used == 3)
  }

  /// Judged on what was stored hours ago; until it was reported, others came at another door.
  @Test(arguments: [(900.0, 2), (-60, 0)])
  func `The newest answer before a report tells who was there`(
    refreshedAt: TimeInterval, missing: Int
  ) async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    try await store.admit(pass("1", people: 2), report: order)
    try await store.store(
      passes: [pass("1", people: 5, counted: 2)], fetchedAt: night + refreshedAt,
      eventID: tonightID)
    let due = try await store.claimDueReports(now: night + 1000, lease: 30)
    try await store.retry(due[0], at: night + 1100, mayHaveArrived: true)
    let earlier = try await store.earlierAdmissions(
      of: PassAtEvent(id: "1", eventID: tonightID, code: "CODE-1"), answeredAt: night + 1050)
    #expect(earlier.missing(from: 2) == missing)
    #expect(earlier.missing(from: 4) == 0)
  }

  /// More than the service was told of cannot be in its answer.
  @Test func `Whom staff added after the report is missing`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    try await store.admit(pass("1", people: 4), group: .one, report: order)
    let due = try await store.claimDueReports(now: night + 10, lease: 30)
    try await store.retry(due[0], at: night + 20, mayHaveArrived: true)
    _ = try await store.setPeople(3, ofAdmission: due[0].admissionID, at: night + 12)
    let earlier = try await store.earlierAdmissions(
      of: PassAtEvent(id: "1", eventID: tonightID, code: "CODE-1"), answeredAt: night + 15)
    #expect(earlier.missing(from: 0) == 3)
    #expect(earlier.missing(from: 3) == 2)
  }

  /// However often the program crashes, nobody takes the entry for one that was never sent.
  @Test func `An attempt that ended with the program is shown`() async throws {
    let temporary = try TemporaryStore()
    try await temporary.store.admit(pass("1"), report: order)
    #expect(
      try await temporary.store.reportCases(eventID: tonightID).map(\.kind) == [.waiting(nil)])
    for attempt in 1...3 {
      let store = try temporary.folder.open().store
      let due = try await store.claimDueReports(
        now: night + Double(attempt) * 200, lease: 180)
      #expect(due.map(\.attempt) == [attempt])
      #expect(due.map(\.wasInterrupted) == [attempt > 1])
    }
    #expect(
      try await temporary.store.reportCases(eventID: tonightID).map(\.kind)
        == [.waiting("sent, and no answer yet")])
    let due = try await temporary.store.claimDueReports(now: night + 900, lease: 180)
    // This one ended without leaving the box; those before may have arrived all the same.
    try await temporary.store.retry(due[0], at: night + 910, mayHaveArrived: false)
    let earlier = try await temporary.store.earlierAdmissions(
      of: PassAtEvent(id: "1", eventID: tonightID, code: "CODE-1"), answeredAt: night + 905)
    #expect(earlier.doubts.map(\.people) == [1])
    let again = try await temporary.store.claimDueReports(now: night + 910, lease: 180)
    #expect(again.map(\.wasInterrupted) == [false])
    try await temporary.store.refuse(again[0], reason: "gone", mayHaveArrived: false)
    #expect(
      try await temporary.store.reportCases(eventID: tonightID).map(\.kind)
        == [.refused("gone", mayBeCounted: true)])
  }

  @Test func `Each is taken by one process at a time`() async throws {
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
    #expect(again.allSatisfy { $0.attempt == 2 && $0.wasInterrupted })
    try await store.retry(again[0], at: night + 99, mayHaveArrived: false)
    let earlier = try await store.earlierAdmissions(
      of: PassAtEvent(id: again[0].passID, eventID: tonightID, code: ""), answeredAt: night + 50)
    #expect(earlier.people == 0)
    #expect(earlier.doubts.map(\.people) == [1])
  }

  @Test func `What staff must look at is listed`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    for id in ["refused", "withdrawn", "waiting"] {
      try await store.admit(pass(id), door: id, report: order)
    }
    _ = try await store.undoNewest(door: "withdrawn", notBefore: night, at: night + 1)
    let due = try await store.claimDueReports(now: night + 10, lease: 30)
    #expect(due.map(\.passID) == ["refused", "waiting"])
    try await store.refuse(due[0], reason: "422")
    try await store.retry(
      due[1], at: night + 600, mayHaveArrived: true, reason: "no answer")

    let soon = ReportOrder(optionID: nil, earliest: night + 20)
    for id in ["undone", "doubtful", "changed"] {
      try await store.admit(pass(id, people: 3), at: 15, door: id, report: soon)
    }
    let more = try await store.claimDueReports(now: night + 20, lease: 30)
    #expect(more.map(\.passID) == ["undone", "doubtful", "changed"])
    try await store.acknowledge(more[0], at: night + 21)
    try await store.acknowledge(more[2], at: night + 21)
    for door in ["undone", "doubtful"] {
      let undone = try await store.undoNewest(
        door: door, notBefore: night, at: night + 22)
      #expect(undone?.isReported == true)
    }
    _ = try await store.setPeople(2, ofAdmission: more[2].admissionID, at: night + 23)

    let cases = try await store.reportCases(eventID: tonightID)
    #expect(cases.map(\.passID) == ["refused", "waiting", "undone", "doubtful", "changed"])
    #expect(
      cases.map(\.kind) == [
        .refused("422", mayBeCounted: false), .waiting("no answer"),
        .undoneAfterReport(isCertain: true),
        .undoneAfterReport(isCertain: false), .changedAfterReport(acknowledged: 3),
      ])
    #expect(cases.first?.code == "CODE-refused")
    let figures = try await store.figures(eventID: tonightID)
    #expect(figures.unreported == .init(admissions: 2, people: 2))
    #expect(figures.reportCases == cases)
  }

  typealias Doubt = EarlierAdmissions.Doubt

  @Test(arguments: [
    (EarlierAdmissions(people: 2), 0, 2), (EarlierAdmissions(people: 2), 5, 2),
    (EarlierAdmissions(doubts: [Doubt(people: 2, countedWithout: 0)]), 0, 2),
    (EarlierAdmissions(doubts: [Doubt(people: 2, countedWithout: 0)]), 1, 1),
    (EarlierAdmissions(doubts: [Doubt(people: 2, countedWithout: 0)]), 9, 0),
    // Whom the service had counted before is somebody else's.
    (EarlierAdmissions(doubts: [Doubt(people: 1, countedWithout: 1)]), 1, 1),
    (EarlierAdmissions(people: 1, doubts: [Doubt(people: 2, countedWithout: 3)]), 3, 3),
    (EarlierAdmissions(people: 1, doubts: [Doubt(people: 2, countedWithout: 3)]), 5, 1),
    // Four came to the other door between two doubts: at most one of the four is the first.
    (
      EarlierAdmissions(doubts: [
        Doubt(people: 1, countedWithout: 0),
        Doubt(people: 1, countedWithout: 4, olderDoubts: 1),
      ]), 4, 1
    ),
    (
      EarlierAdmissions(
        people: .max, doubts: [Doubt(people: .max, countedWithout: 0)]), 0, .max
    ),
    (EarlierAdmissions(doubts: [Doubt(people: 1, countedWithout: 2)]), -5, 1),
    (EarlierAdmissions(doubts: [Doubt(people: 1, countedWithout: .max)]), .max, 1),
    (EarlierAdmissions(), .max, 0),
  ])
  func `People missing from an answer`(earlier: EarlierAdmissions, counted: Int, missing: Int) {
    #expect(earlier.missing(from: counted) == missing)
  }

  /// The clock is set between the report and the next answer; the monotonic one goes on.
  @Test(arguments: [-7200, -61, 0, 7200, 3_456_000] as [TimeInterval])
  func `A clock that is set counts nobody twice`(step: TimeInterval) async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    let group = pass("1", people: 4)
    var first = entry(group, report: order)
    first.answered = .uptime(100)
    _ = try await store.admit(first, judge: judging(group, group: .one))
    let due = try await store.claimDueReports(now: night + 10, lease: 30, uptime: 110)
    try await store.acknowledge(due[0], at: night + 11, uptime: 111)
    // Asked for after the acknowledgement: the service's one is ours.
    let told = pass("1", people: 4, counted: 1)
    var second = entry(told, at: 20 + step)
    second.answered = .uptime(120)
    let recorded = try await store.admit(second, judge: judging(told, group: .one))
    #expect(recorded.decision.count == HeadCount(allowed: 4, used: 1, admitted: 1))
    // One that was asked for before the report, whatever the clock read then, cannot have it.
    let earlier = try await store.earlierAdmissions(
      of: PassAtEvent(id: "1", eventID: tonightID, code: "CODE-1"), answeredAt: night + step,
      answered: .uptime(105))
    #expect(earlier.missing(from: 0) == 2)
  }

  /// A stored answer keeps its place, also in another process and after the clock was set.
  @Test(arguments: [-7200, 7200] as [TimeInterval])
  func `A stored answer keeps its place`(step: TimeInterval) async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    let one = pass("1")
    // Stored by a clock that was wrong, before the admission.
    try await store.store(
      passes: [one], fetchedAt: night + step, eventID: tonightID, receivedAt: 91, askedAt: 90)
    guard case .found(let stored) = try await store.storedAnswer(code: "CODE-1") else {
      Issue.record("nothing is stored")
      return
    }
    var first = entry(one, report: order)
    first.answered = .uptime(100)
    _ = try await store.admit(first, judge: judging(one))
    let due = try await store.claimDueReports(now: night + 10, lease: 30, uptime: 110)
    try await store.acknowledge(due[0], at: night + 11, uptime: 111)
    var again = entry(one, at: 20, answeredAt: step, source: .cache(fetchedAt: night, because: nil))
    again.answered = stored.asked
    let recorded = try await store.admit(again, judge: judging(one))
    #expect(recorded.decision.reason == .alreadyUsed, "it was asked for before the report")
  }

  @Test func `What a clock that was ahead put off is due`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    try await store.admit(pass("1"), report: order)
    #expect(try await store.claimDueReports(now: night + 9, lease: 30).isEmpty)
    #expect(try await store.claimDueReports(now: night - 7200, lease: 30).count == 1)
  }
}
