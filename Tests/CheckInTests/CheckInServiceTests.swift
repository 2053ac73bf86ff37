import Admission
import CheckIn
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1))) struct CheckInServiceTests {
  @Test func `Look-ups run at the same time, verdicts come in the order of the scans`() async {
    let gated = GatedLookUp()
    let door = Door(gated)
    for code in ["AAAA", "BBBB", "CCCC"] { await door.scan(code) }
    #expect(Set(await gated.asked(3)) == ["AAAA", "BBBB", "CCCC"])
    gated.answer("CCCC", passAnswer("CCCC"))
    gated.answer("BBBB", .unknown(.live))
    gated.answer("AAAA", passAnswer("AAAA"))
    let found = await door.verdicts(3)
    #expect(found.map(\.code) == ["AAAA", "BBBB", "CCCC"])
    #expect(found.map(\.number) == [1, 2, 3])
    #expect(found.map(\.reasonName) == ["valid", "unknown_pass", "valid"])
  }

  @Test func `What is scanned before the event is known is judged for it, in order and once`() async
  {
    let door = Door(
      StoredPasses(answers: ["AAAA": passAnswer("AAAA")]), tonight: .none(.notChosen),
      patienceForTonight: .seconds(50))
    for code in ["AAAA", "AAAA", "BBBB"] { await door.scan(code) }
    #expect(await door.service.waiting == 3)
    await door.service.set(tonight: .chosen(tonightsEvent))
    let found = await door.verdicts(3)
    #expect(found.map(\.code) == ["AAAA", "AAAA", "BBBB"])
    #expect(found.map(\.reasonName) == ["valid", "repeat_scan", "unknown_pass"])
    #expect(found.map(\.number) == [1, 2, 3])
  }

  /// What it answers may let it be heard again, and is stored.
  @Test func `A silent service is asked behind each verdict, whatever that is`() async {
    let (asked, ask) = AsyncStream.makeStream(of: String.self)
    let codes = (1...6).map { "CODE\($0)" }
    let passes = codes.map { code in
      StoredPass(
        pass: Pass(
          id: "id-\(code)", code: code, state: "cancelled", usages: [Usage(eventID: "tonight")]),
        fetchedAt: TestClock().now.wall)
    }
    let door = Door(
      SilentService { ask.yield($0) }, repeatSeconds: 0, memory: KnownPasses(passes: passes))
    for code in codes {
      await door.scan(code)
      #expect(await door.verdict()?.reason == .notActive)
    }
    var missing = Set(codes)
    for await code in asked {
      missing.remove(code)
      if missing.isEmpty { break }
    }
    #expect(missing.isEmpty)
  }

  @Test func `Nobody is kept waiting for an event that does not become known`() async {
    let door = Door(
      StoredPasses(answers: ["AAAA": passAnswer("AAAA")]), tonight: .none(.notChosen),
      patienceForTonight: .milliseconds(1))
    await door.scan("AAAA")
    #expect(await door.verdict()?.reasonName == "no_event")
    await door.service.set(tonight: .chosen(tonightsEvent))
    await door.scan("AAAA")
    #expect(await door.verdict()?.reasonName == "valid")
  }

  @Test func `The second friend with the same code is refused, also when asked at the same time`()
    async
  {
    let gated = GatedLookUp()
    let door = Door(gated)
    for code in ["AAAA", "BBBB", "AAAA"] { await door.scan(code) }
    _ = await gated.asked(3)
    gated.answer("AAAA", passAnswer("AAAA"))
    gated.answer("AAAA", passAnswer("AAAA"))
    gated.answer("BBBB", passAnswer("BBBB"))
    let found = await door.verdicts(3)
    #expect(found.map(\.reasonName) == ["valid", "valid", "already_used"])
    #expect(found[2].earlierEntry == Entry(at: found[0].at, door: "North"))
    #expect(await door.service.waiting == 0)
  }

  @Test func `A read within the window repeats the verdict and counts once`() async throws {
    let door = Door(StoredPasses(answers: ["AAAA": passAnswer("AAAA", for: 2)]))
    await door.scan("AAAA")
    let first = try #require(await door.verdict())
    #expect(first.count == HeadCount(allowed: 2, used: 0, admitted: 2))
    let submission = await door.scan("AAAA", after: 3)
    #expect(submission.isRepeat)
    let second = try #require(await door.verdict())
    #expect(second.reasonName == "repeat_scan")
    #expect(second.verdict == .admit)
    #expect(second.number == 2)
    #expect(second.count == HeadCount(allowed: 2, used: 2, admitted: 0))
    // The window runs from the last read, not from the first.
    #expect(await door.scan("AAAA", after: 3).isRepeat)
    _ = await door.verdict()
    #expect(await door.scan("AAAA", after: 3.01).isRepeat == false)
    #expect(await door.verdict()?.reasonName == "already_used")
  }

  @Test func `What is taken back is no repeat when it is read again`() async throws {
    let door = Door(StoredPasses(answers: ["AAAA": passAnswer("AAAA")]))
    await door.scan("AAAA")
    _ = await door.verdict()
    guard case .undone(let undone) = await door.service.undoLast() else {
      Issue.record("nobody was taken back")
      return
    }
    #expect(undone.code == "AAAA")
    #expect(undone.name == "Ana Ruiz")
    #expect(undone.people == 1)
    #expect(await door.service.undoLast() == .nothing)
    let again = await door.scan("AAAA", after: 1)
    #expect(!again.isRepeat)
    #expect(await door.verdict()?.reasonName == "valid")
  }

  /// The echo of the scanner's own reading is over after a second; whoever scans then is meant.
  @Test func `A scan in earnest after a look counts`() async {
    let door = Door(StoredPasses(answers: ["AAAA": passAnswer("AAAA")]))
    await door.scan("AAAA", isLook: true)
    _ = await door.verdict()
    #expect(await door.scan("AAAA", after: 0.3).isRepeat)
    _ = await door.verdict()
    #expect(await door.scan("AAAA", after: 1.01).isRepeat == false)
    let found = await door.verdict()
    #expect(found?.reasonName == "valid")
    #expect(found?.count?.admitted == 1)
    // From here on it is a scan like any other.
    #expect(await door.scan("AAAA", after: 2).isRepeat)
  }

  @Test func `A look after a look is the same look`() async {
    let door = Door(StoredPasses(answers: ["AAAA": passAnswer("AAAA")]))
    await door.scan("AAAA", isLook: true)
    _ = await door.verdict()
    #expect(await door.scan("AAAA", after: 2, isLook: true).isRepeat)
  }

  /// A turnstile that hears of all but looks stays closed.
  @Test func `The scanner reading twice is one look`() async {
    let door = Door(StoredPasses(answers: ["AAAA": passAnswer("AAAA")]))
    await door.scan("AAAA", isLook: true)
    _ = await door.verdict()
    #expect(await door.scan("AAAA", after: 0.3).isRepeat)
    #expect(await door.verdict()?.isLook == true)
  }

  @Test func `After A and B, A again is a new try`() async {
    let door = Door(
      StoredPasses(answers: ["AAAA": passAnswer("AAAA"), "BBBB": passAnswer("BBBB")]))
    for code in ["AAAA", "BBBB", "AAAA"] { await door.scan(code, after: 0.5) }
    #expect(await door.verdicts(3).map(\.reasonName) == ["valid", "valid", "already_used"])
  }

  @Test func `With 0 seconds nothing is a repeat`() async {
    let door = Door(StoredPasses(answers: ["AAAA": passAnswer("AAAA")]), repeatSeconds: 0)
    for _ in 0..<2 { await door.scan("AAAA") }
    #expect(await door.verdicts(2).map(\.reasonName) == ["valid", "already_used"])
  }

  @Test func `A read while the look-up runs shares it`() async {
    let gated = GatedLookUp()
    let door = Door(gated)
    await door.scan("AAAA")
    #expect(await door.scan("AAAA", after: 10).isRepeat)
    #expect(await gated.asked(1) == ["AAAA"])
    gated.answer("AAAA", passAnswer("AAAA"))
    let found = await door.verdicts(2)
    #expect(found.map(\.reasonName) == ["valid", "repeat_scan"])
    #expect(await gated.asked(1) == ["AAAA"])
  }

  @Test func `An amber verdict is never repeated: the next read is a try of its own`() async {
    let gated = GatedLookUp()
    let door = Door(gated)
    await door.scan("AAAA")
    await door.scan("AAAA", after: 0.5)
    _ = await gated.asked(1)
    gated.answer("AAAA", .failed(.offline))
    #expect(await gated.asked(2) == ["AAAA", "AAAA"])
    gated.answer("AAAA", passAnswer("AAAA"))
    #expect(await door.verdicts(2).map(\.reasonName) == ["offline", "valid"])
    #expect(await door.scan("AAAA", after: 0.5).isRepeat)
    #expect(await door.verdict()?.reasonName == "repeat_scan")
  }

  @Test(arguments: UnreadableCause.allCases)
  func `A scan that cannot be read is no repeat, whatever it says`(cause: UnreadableCause) async {
    let passes = StoredPasses(answers: ["AAAA": passAnswer("AAAA"), "aaaa": passAnswer("AAAA")])
    for code in ["AAAA", "aaaa", ""] {
      let door = Door(passes)
      await door.scan("AAAA")
      let again = await door.scan(code, after: 0.5, unreadable: cause)
      #expect(!again.isRepeat)
      let twice = await door.scan(code, after: 0.5, unreadable: cause)
      #expect(!twice.isRepeat)
      #expect(
        await door.verdicts(3).map(\.reasonName) == ["valid", "unreadable_code", "unreadable_code"])
    }
    // Nor does the one that can be read repeat it, and the echo of that one is an echo.
    let gated = GatedLookUp()
    let door = Door(gated)
    await door.scan("AAAA", unreadable: cause)
    await door.scan("AAAA", after: 0.5)
    #expect(await door.verdict()?.reasonName == "unreadable_code")
    _ = await gated.asked(1)
    gated.answer("AAAA", passAnswer("AAAA"))
    #expect(await door.verdict()?.reasonName == "valid")
    #expect(await door.scan("AAAA", after: 0.5).isRepeat)
    #expect(await door.verdict()?.reasonName == "repeat_scan")
  }

  @Test func `The second scan that cannot be read within a minute is told so`() async {
    let door = Door(StoredPasses(answers: ["AAAA": passAnswer("AAAA")]))
    func isAgain(after seconds: TimeInterval) async -> Bool? {
      await door.scan("??", after: seconds, unreadable: .notACode)
      return await door.verdict()?.decision.isUnreadableAgain
    }
    #expect(await isAgain(after: 0) == false)
    #expect(await isAgain(after: 60) == true)
    #expect(await isAgain(after: 60.1) == false)
    // Another guest went in meanwhile; whoever could not be read may be trying again.
    await door.scan("AAAA", after: 5)
    #expect(await door.verdict()?.verdict == .admit)
    #expect(await isAgain(after: 5) == true)
  }

  @Test(arguments: LookUpFailure.allCases)
  func `A failure is amber with a reason of its own`(failure: LookUpFailure) async throws {
    let door = Door(StoredPasses(answers: ["AAAA": .failed(failure)]))
    await door.scan("AAAA")
    let outcome = try #require(await door.verdict())
    #expect(outcome.verdict == .unverified)
    let names: [LookUpFailure: String] = [
      .unauthorized: "unauthorized", .rateLimited: "rate_limited",
      .serviceError: "service_error", .offline: "offline",
    ]
    #expect(outcome.reasonName == names[failure])
    #expect(outcome.count == nil)
    #expect(outcome.source == nil)
  }

  @Test func `Nobody is asked about what is no code, or without an event`() async {
    let gated = GatedLookUp()
    let door = Door(gated)
    await door.scan("?", unreadable: .document)
    let outcome = await door.verdict()
    #expect(outcome?.reasonName == "unreadable_code")
    #expect(outcome?.decision.unreadable == .document, "the panel needs words of its own")
    await door.service.set(tonight: .none(.noneTonight))
    await door.scan("AAAA")
    #expect(await door.verdict()?.reasonName == "no_event")
    #expect(await gated.asked(0) == [])
  }

  @Test func `A dry run admits nobody`() async {
    let door = Door(
      StoredPasses(answers: ["AAAA": passAnswer("AAAA"), "BBBB": passAnswer("BBBB")]),
      isDryRun: true)
    for code in ["AAAA", "BBBB", "AAAA"] { await door.scan(code) }
    #expect(await door.verdicts(3).map(\.reasonName) == ["valid", "valid", "valid"])
  }

  @Test func `The outcome tells what the screen needs`() async throws {
    let door = Door(
      StoredPasses(answers: ["aaaa": passAnswer("AAAA", for: 4)]), showNames: .initials)
    await door.scan("aaaa")
    let outcome = try #require(await door.verdict())
    #expect(outcome.code == "AAAA")
    #expect(
      outcome.pass
        == PassSummary(
          id: "id-AAAA", customer: "A. R.", type: "General", state: "activated", nightsUsed: 1,
          nights: 1))
    #expect(outcome.source == .live)
    #expect(outcome.ageSeconds == 0)
    #expect(outcome.latency == .milliseconds(40))
  }

  @Test func `A thousand scans at once are judged once each, in order`() async {
    let codes = (0..<1000).map { "C\($0 % 500)-AAAA" }
    let answers = Dictionary(uniqueKeysWithValues: Set(codes).map { ($0, passAnswer($0)) })
    let door = Door(StoredPasses(answers: answers))
    for code in codes { await door.scan(code) }
    let found = await door.verdicts(1000)
    #expect(found.map(\.code) == codes)
    #expect(found.filter { $0.verdict == .admit }.count == 500)
    #expect(found.prefix(500).allSatisfy { $0.verdict == .admit })
  }
}

/// Answers nothing.
private struct SilentService: PassLookUp {
  var asked: @Sendable (String) -> Void

  func lookUp(code: String, as kind: PassKind) async -> (finding: Finding, elapsed: Duration) {
    asked(code)
    return (finding: .failed(.offline), elapsed: .zero)
  }
}
