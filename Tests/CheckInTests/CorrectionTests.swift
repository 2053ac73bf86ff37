import Admission
import CheckIn
import Foundation
import Testing

/// Friends who come one a scan, and what staff change after the verdict.
@Suite(.timeLimit(.minutes(1))) struct CorrectionTests {
  // MARK: One scan a person

  private static let oneAScan: Rules = {
    var rules = Rules()
    rules.groupEntry = .one
    return rules
  }()

  @Test func `Four friends on one phone are four admissions`() async {
    let door = Door(
      StoredPasses(answers: ["AAAA": passAnswer("AAAA", for: 4)]), rules: Self.oneAScan)
    for left in [3, 2, 1, 0] {
      #expect(await door.scan("AAAA", after: 1.5).isRepeat == false)
      let verdict = await door.verdict()
      #expect(verdict?.reasonName == "valid")
      #expect(verdict?.count?.remaining == left)
      #expect(verdict?.count?.admitted == 1)
    }
    // Nobody is left, so that the last one's code read again is no second try.
    #expect(await door.scan("AAAA", after: 1.5).isRepeat)
    #expect(await door.verdict()?.reasonName == "repeat_scan")
    #expect(await door.scan("AAAA", after: 3.1).isRepeat == false)
    #expect(await door.verdict()?.reasonName == "already_used")
  }

  @Test(arguments: [(4, [1, 1, 1]), (2, [1, 1, 0]), (1, [1, 0, 0])])
  func `Friends who do not wait for the service are looked up at once`(
    allowed: Int, admitted: [Int]
  ) async {
    let gated = GatedLookUp()
    let door = Door(gated, rules: Self.oneAScan)
    await door.scan("AAAA")
    #expect(await door.scan("AAAA", after: 0.4).isRepeat, "the scanner")
    await door.scan("AAAA", after: 1.2)
    await door.scan("AAAA", after: 1.2)
    _ = await gated.asked(3)
    for _ in 0..<3 { gated.answer("AAAA", passAnswer("AAAA", for: allowed)) }
    let verdicts = await door.verdicts(4)
    #expect(verdicts[1].isRepeat)
    let friends = [verdicts[0], verdicts[2], verdicts[3]]
    #expect(friends.map { $0.isRepeat ? 0 : $0.count?.admitted ?? 0 } == admitted)
    #expect(friends.allSatisfy { $0.verdict == .admit }, "none is a red already_used")
  }

  @Test func `Where staff say that all came in, nobody is left to scan`() async {
    let door = Door(
      StoredPasses(answers: ["AAAA": passAnswer("AAAA", for: 4)]), rules: Self.oneAScan)
    let number = await door.scan("AAAA").number
    _ = await door.verdict()
    #expect(await door.service.setAdmitted(number: number, people: 4)?.count?.admitted == 4)
    #expect(await door.scan("AAAA", after: 1.5).isRepeat)
    #expect(await door.verdict()?.count?.remaining == 0)
  }

  // MARK: By hand

  @Test func `So many come in by hand as staff say`() async throws {
    let door = Door(StoredPasses(answers: ["AAAA": passAnswer("AAAA")]))
    await door.scan("AAAA")
    #expect(await door.verdict()?.reasonName == "valid")
    await door.scan("AAAA", after: 5)
    #expect(await door.verdict()?.reasonName == "already_used")
    #expect(await door.service.letIn(number: 2)?.count?.admitted == 1)
    #expect(await door.service.letIn(number: 2)?.count?.admitted == 1, "once")
    #expect(await door.service.setAdmitted(number: 2, people: 3)?.count?.admitted == 3)
    #expect(await door.people == 4)
    let fewer = await door.service.setAdmitted(number: 2, people: 2)
    #expect(fewer?.count == HeadCount(allowed: 3, used: 1, admitted: 2))
    #expect(await door.service.setAdmitted(number: 2, people: 500)?.count?.admitted == 99)
    #expect(await door.service.setAdmitted(number: 2, people: 0)?.count?.admitted == 1)
    #expect(await door.people == 2)
    guard case .undone(let undone) = await door.service.undoLast() else {
      Issue.record("nobody was taken back")
      return
    }
    #expect(undone.people == 1)
    #expect(await door.service.setAdmitted(number: 2, people: 5)?.count?.admitted == 1, "too late")
    #expect(await door.people == 1)
  }

  @Test func `Nobody knows the code, and three come in by hand`() async {
    let door = Door(StoredPasses(answers: [:]))
    await door.scan("AAAA")
    _ = await door.verdict()
    _ = await door.service.letIn(number: 1)
    let outcome = await door.service.setAdmitted(number: 1, people: 3)
    #expect(outcome?.count == HeadCount(allowed: 3, used: 0, admitted: 3))
    #expect(outcome?.reason == .unknownPass)
    #expect(await door.people == 3)
  }

  // MARK: Taking back

  private func admitted(_ codes: [String], _ door: Door) async {
    for code in codes { await door.scan(code) }
    _ = await door.verdicts(codes.count)
  }

  private static let guests = StoredPasses(
    answers: ["AAAA": passAnswer("AAAA"), "BBBB": passAnswer("BBBB"), "CCCC": passAnswer("CCCC")])

  @Test func `Who would be taken back is told first, and then that one is`() async throws {
    let door = Door(Self.guests)
    await admitted(["AAAA", "BBBB"], door)
    guard case .asked(let offered) = await door.service.offerUndo() else {
      Issue.record("nobody was offered")
      return
    }
    #expect(offered.code == "BBBB" && offered.name == "Ana Ruiz" && offered.people == 1)
    #expect(await door.people == 2, "asking takes nobody back")
    let reference = try #require(offered.reference)
    guard case .undone(let undone) = await door.service.undo(reference) else {
      Issue.record("nobody was taken back")
      return
    }
    #expect(undone.code == "BBBB")
    #expect(await door.people == 1)
  }

  @Test func `What staff confirmed is not done to another guest`() async throws {
    let door = Door(Self.guests)
    await admitted(["AAAA", "BBBB"], door)
    guard case .asked(let offered) = await door.service.offerUndo() else {
      Issue.record("nobody was offered")
      return
    }
    await admitted(["CCCC"], door)
    let reference = try #require(offered.reference)
    // Whom a scan let in meanwhile is not shown yet.
    guard case .undone(let undone) = await door.service.undo(reference) else {
      Issue.record("nobody was taken back")
      return
    }
    #expect(undone.code == "BBBB")
    #expect(await door.people == 2)
    let again = await door.service.undo(reference)
    guard case .asked(let other) = again else {
      Issue.record("\(again)")
      return
    }
    #expect(other.code == "CCCC")
    #expect(await door.people == 2)
  }

  /// Corrections wait for each other, and scans for none of them.
  @Test func `Whom a scan let in after the key was pressed is not taken back`() async {
    let door = Door(Self.guests)
    await admitted(["AAAA"], door)
    door.advance(1)
    let pressedAt = door.uptime
    door.advance(0.2)
    await admitted(["BBBB"], door)
    guard case .undone(let undone) = await door.service.undoLast(pressedAt: pressedAt) else {
      Issue.record("nobody was taken back")
      return
    }
    #expect(undone.code == "AAAA")
    #expect(await door.service.undoLast(pressedAt: pressedAt) == .nothing)
    #expect(await door.people == 1)
  }

  /// Seconds by a clock that nobody sets, by how much the wall clock was set meanwhile, and whether
  /// somebody can still be taken back.
  @Test(arguments: [
    (599.0, 0.0, true), (600, 0, true), (601, 0, false), (10, 7200, true), (10, -7200, true),
    (601, -7200, false), (601, -601, false),
  ])
  func `Nobody is taken back after ten minutes, whatever the clock says`(
    passed: TimeInterval, step: TimeInterval, isRecent: Bool
  ) async {
    let door = Door(Self.guests)
    await admitted(["AAAA"], door)
    door.advance(passed, step: step)
    switch await door.service.offerUndo() {
    case .asked(let entry): #expect(isRecent && entry.code == "AAAA")
    case .tooOld(let entry): #expect(!isRecent && entry.code == "AAAA")
    case .nothing, .undone: Issue.record("nobody is left")
    }
    switch await door.service.undoLast() {
    case .undone: #expect(isRecent)
    case .tooOld: #expect(!isRecent)
    case .nothing, .asked: Issue.record("nobody is left")
    }
    #expect(await door.people == (isRecent ? 0 : 1))
  }

  @Test func `An older guest is not taken back for a newer one who was`() async {
    let door = Door(Self.guests)
    await admitted(["AAAA"], door)
    door.advance(700)
    await admitted(["BBBB"], door)
    guard case .undone(let entry) = await door.service.undoLast() else {
      Issue.record("nobody was taken back")
      return
    }
    #expect(entry.code == "BBBB")
    guard case .tooOld(let older) = await door.service.undoLast() else {
      Issue.record("an older one was taken back")
      return
    }
    #expect(older.code == "AAAA")
  }
}
