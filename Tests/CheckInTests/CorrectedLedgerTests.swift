import Admission
import CheckIn
import FoundationEssentials
import Testing

/// Corrections beside other processes on the store, and where nothing is stored.
@Suite(.timeLimit(.minutes(1))) struct CorrectedLedgerTests {
  @Test func `Who was taken back elsewhere is not the last any more`() async throws {
    let store = TestLedger()
    let ledger = RecordingLedger(store: store)
    for code in ["A", "B", "C"] { _ = await ledger.admit(entry(code), judge: judge) }
    // Another process of the same door.
    _ = try await store.undo(admission: 3, at: later)
    let newest = await ledger.newestStanding(
      door: "North", begunAt: .distantPast, at: later, age: { _ in nil })
    #expect(newest?.admission.code == "B")
    #expect(await ledger.peopleAdmitted(eventID: "e") == 2)
    #expect(await ledger.undoNewest(at: later)?.admission.code == "B")
    #expect(await ledger.undoNewest(at: later)?.admission.code == "A")
    #expect(await ledger.undoNewest(at: later) == nil)
  }

  /// The store is locked, so that only this process knows what it took back.
  @Test func `Of an earlier run each is taken back once, and late where the store is locked`()
    async throws
  {
    let store = TestLedger()
    let before = RecordingLedger(store: store)
    for code in ["A", "B"] { _ = await before.admit(entry(code), judge: judge) }
    let ledger = RecordingLedger(store: store)
    await store.set(isWritable: false)
    for id: Int64 in [2, 1] {
      let undone = await ledger.undoNewest(begunAt: later, at: later)
      #expect(undone?.admission.id == id)
      #expect(undone?.isLate == true)
    }
    #expect(await ledger.undoNewest(begunAt: later, at: later) == nil)
    #expect(await ledger.peopleAdmitted(eventID: "e") == 0)
    #expect(await store.people == 2)
    await store.set(isWritable: true)
    #expect(await ledger.finish(within: .seconds(20)) == 0)
    #expect(await store.people == 0)
  }

  @Test func `How many came in is late while the store is locked, and nobody else comes in on it`()
    async throws
  {
    let store = TestLedger()
    let claims = TestClaims()
    let ledger = RecordingLedger(store: store, claims: claims.process())
    let group = await ledger.admit(entry("group"), judge: judgeGroup)
    let id = try #require(group.admissionID)
    #expect(claims.isFree)
    await store.set(isWritable: false)
    for people in [2, 3] {
      let changed = await ledger.setPeople(people, ofAdmission: id, at: later)
      #expect(changed?.people == people)
      #expect(changed?.isLate == true)
    }
    let other = RecordingLedger(store: store, claims: claims.process())
    #expect(
      await other.admit(entry("group"), judge: judgeGroup).decision.verdict != .admit)
    await store.set(isWritable: true)
    #expect(await ledger.finish(within: .seconds(20)) == 0)
    #expect(await store.people == 3)
    #expect(claims.isFree)
    let again = await ledger.setPeople(4, ofAdmission: id, at: later)
    #expect(again?.people == 4)
    #expect(again?.isLate == false)
    #expect(claims.isFree)
  }

  @Test func `How many came in is not changed once another process counted on it`() async throws {
    let store = TestLedger()
    let claims = TestClaims()
    let ledger = RecordingLedger(store: store, claims: claims.process())
    let group = await ledger.admit(entry("group"), judge: judgeGroup)
    let id = try #require(group.admissionID)
    #expect(await ledger.setPeople(2, ofAdmission: id, at: later)?.people == 2)
    let other = RecordingLedger(store: store, claims: claims.process())
    _ = await other.admit(entry("group"), judge: judgeGroup)
    #expect(await store.people == 4)
    await store.set(isWritable: false)
    #expect(await ledger.setPeople(4, ofAdmission: id, at: later) == nil)
    await store.set(isWritable: true)
    #expect(await ledger.setPeople(4, ofAdmission: id, at: later) == nil)
    #expect(claims.isFree)
  }

  @Test(arguments: [true, false])
  func `As many come in by hand as staff say, late or not`(isWritable: Bool) async throws {
    let store = TestLedger()
    let ledger = RecordingLedger(store: store)
    await store.set(isWritable: isWritable)
    let hand = HandAdmission(passID: "A", reason: .alreadyUsed, scan: scan("A"))
    let id = await ledger.admit(byHand: hand).id
    for (wanted, people) in [(3, 3), (200, 99), (0, 1), (4, 4)] {
      let changed = await ledger.setPeople(wanted, ofAdmission: id, at: later)
      #expect(changed?.people == people)
      #expect(changed?.isLate == !isWritable)
    }
    #expect(await ledger.peopleAdmitted(eventID: "e") == 4)
    await store.set(isWritable: true)
    #expect(await ledger.finish(within: .seconds(20)) == 0)
    #expect(await store.people == 4)
  }

  /// An end that gives up waiting keeps these.
  @Test func `What the store does not hold is told as it has become`() async throws {
    let store = TestLedger()
    let ledger = RecordingLedger(store: store)
    _ = await ledger.admit(entry("saved"), judge: judge)
    let corrected = await ledger.admit(entry("group"), judge: judgeGroup)
    #expect(await ledger.unsavedEntries == [])
    await store.set(isWritable: false)
    let id = try #require(corrected.admissionID)
    _ = await ledger.setPeople(2, ofAdmission: id, at: later)
    _ = await ledger.admit(entry("undone"), judge: judge)
    _ = await ledger.undoNewest(at: later)
    let hand = HandAdmission(passID: "hand", reason: .alreadyUsed, scan: scan("hand"))
    _ = await ledger.admit(byHand: hand)
    await ledger.journal(scan("no"), Decision(reason: .unknownPass))
    let entries = await ledger.unsavedEntries
    let admissions = entries.compactMap { entry -> UnsavedAdmission? in
      if case .admission(let admission) = entry { admission } else { nil }
    }
    #expect(admissions.map(\.scan.code) == ["group", "undone", "hand"])
    #expect(admissions.map(\.people) == [2, 1, 1])
    #expect(admissions.map(\.undoneAt) == [nil, later, nil])
    #expect(admissions.map(\.changedAt) == [later, nil, nil])
    #expect(entries.last == .scan(scan("no"), .unknownPass))
    await store.set(isWritable: true)
    #expect(await ledger.finish(within: .seconds(20)) == 0)
    #expect(await ledger.unsavedEntries == [])
  }

  // MARK: Where nothing is stored

  /// Who was let in at which second, which of them were taken back, and since when anybody is in.
  @Test(
    arguments: [
      ([10, 20], [0], 20), ([10, 20], [1], 10), ([10, 20], [0, 1], nil), ([20, 10], [1], 20),
      ([10], [0], nil), ([10, 20, 30], [0, 1], 30),
    ] as [([Int], [Int], Int?)])
  func `Who was taken back is not in since then`(
    admitted: [Int], undone: [Int], since: Int?
  ) async throws {
    let ledger = RecordingLedger(store: nil)
    var standings: [RecordingLedger.Standing] = []
    for second in admitted {
      var scan = scan("A")
      scan.at = Date(timeIntervalSince1970: TimeInterval(second))
      _ = await ledger.admit(byHand: HandAdmission(passID: "A", reason: .offline, scan: scan))
      standings.append(
        try #require(
          await ledger.newestStanding(
            door: "North", begunAt: .distantPast, at: later, age: { _ in nil })))
    }
    for index in undone {
      #expect(await ledger.takeBack(standings[index], door: "North", at: later) != nil)
    }
    let earlier = await ledger.earlierAdmissions(
      of: PassAtEvent(id: "A", eventID: "e", code: "A"), answeredAt: later)
    #expect(earlier.first?.at.timeIntervalSince1970 == since.map(TimeInterval.init))
    #expect(earlier.people == admitted.count - undone.count)
  }
}
