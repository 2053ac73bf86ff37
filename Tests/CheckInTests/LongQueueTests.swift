import Admission
import CheckIn
import FoundationEssentials
import TestSupport
import Testing

/// More scans at once than are looked up at once: a paste, or a scanner that had stored them.
@Suite(.timeLimit(.minutes(1))) struct LongQueueTests {
  private static let codes = (1...120).map { "CODE\($0)" }

  /// Knows everybody since a minute.
  private struct FreshMemory: PassMemory {
    let now: Date

    func storedAnswer(code: String, eventID: String?, kinds: [PassKind]) -> StoredAnswer? {
      passAnswer(code).pass.map {
        .found(StoredPass(pass: $0, fetchedAt: now.addingTimeInterval(-60)))
      }
    }
    func lookalike(of code: String, eventID: String, kinds: [PassKind]) -> Lookalike? { nil }
    func remember(_ pass: Pass, eventID: String, asked: Moment, receivedAt: TimeInterval) {}
    func rememberUnknown(code: String, kinds: [PassKind], askedAt: Date, receivedAt: TimeInterval) {
    }
  }

  @Test func `All get their verdicts, in the order of the scans`() async {
    let service = GatedLookUp()
    let door = Door(service)
    for code in Self.codes { await door.scan(code) }
    var answered = 0
    while answered < Self.codes.count {
      // What is asked for is answered from behind.
      let asked = await service.asked(answered + 1)
      for code in asked[answered...].reversed() { service.answer(code, passAnswer(code)) }
      answered = asked.count
    }
    let verdicts = await door.verdicts(Self.codes.count)
    #expect(verdicts.map(\.code) == Self.codes)
    #expect(verdicts.allSatisfy { $0.verdict == .admit })
  }

  /// Who stands far behind has waited, too.
  @Test func `Where stored answers are fresh a slow service is waited for once`() async throws {
    let (service, timer) = (GatedLookUp(), ManualClock())
    let door = Door(service, memory: FreshMemory(now: TestClock().now.wall), timer: timer)
    for code in Self.codes { await door.scan(code) }
    _ = await service.asked(2)
    timer.advance(by: .milliseconds(700))
    let verdicts = await door.verdicts(Self.codes.count)
    #expect(verdicts.map(\.code) == Self.codes)
    #expect(verdicts.allSatisfy { $0.verdict == .admit && $0.source != .live })
    // Each is asked for all the same.
    #expect(await Set(service.asked(Self.codes.count)) == Set(Self.codes))
    for code in Self.codes { service.answer(code, passAnswer(code)) }
  }
}
