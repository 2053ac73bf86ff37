import Admission
import CheckIn
import Foundation
import Testing

private let code = "AAAA"

/// A pass as the service tells of it, late.
private func latePass(
  state: String = "activated", isArchived: Bool = false, for event: String = "tonight",
  countedIn: Int? = nil
) -> Finding {
  .found(
    Pass(
      id: "id-\(code)", code: code, customerName: "Ana Ruiz-Soto", typeName: "VIP", state: state,
      isArchived: isArchived,
      usages: [
        Usage(
          eventID: event, beneficiaries: 2, peopleCountedIn: countedIn,
          isCheckedIn: countedIn != nil),
        Usage(eventID: "later", beneficiaries: 2),
      ]), .live)
}

/// Remembers one pass, for two people, as it was a minute ago.
private struct StoredMemory: PassMemory {
  var now: Date

  func storedAnswer(code: String, eventID: String?, kinds: [PassKind]) -> StoredAnswer? {
    guard case .found(let pass, _) = passAnswer(code, for: 2) else { return nil }
    return .found(StoredPass(pass: pass, fetchedAt: now.addingTimeInterval(-60)))
  }
  func lookalike(of code: String, eventID: String, kinds: [PassKind]) -> Lookalike? { nil }
  func remember(_ pass: Pass, eventID: String, asked: Moment, receivedAt: TimeInterval) {}
  func rememberUnknown(code: String, kinds: [PassKind], askedAt: Date, receivedAt: TimeInterval) {}
}

/// A door that shows what is stored at once, and hears the service later.
private final class LateDoor: Sendable {
  let service: CheckInService
  private let gated = GatedLookUp()
  private let clock = TestClock()
  private let ledger = RecordingLedger(store: nil, uptime: { 100 })
  private let reports: AsyncStream<CheckInEvent>

  init() {
    let (reports, continuation) = AsyncStream.makeStream(of: CheckInEvent.self)
    self.reports = reports
    var finding = PassFinder.Setup()
    finding.patience = .zero
    let clock = clock
    service = CheckInService(
      finder: PassFinder(
        service: gated, memory: StoredMemory(now: clock.now.wall), setup: finding,
        now: { clock.now }),
      ledger: ledger,
      setup: CheckInService.Setup(
        rules: Rules(), door: "North", showNames: .full, repeatSeconds: 3),
      tonight: .chosen(tonightsEvent), now: { clock.now }, tell: { continuation.yield($0) })
  }

  var people: Int { get async { await ledger.peopleAdmitted(eventID: "tonight") } }

  func scan(_ code: String = code, isLook: Bool = false) async -> Outcome? {
    _ = await service.submit(
      CheckInService.Scan(code: code, readAt: clock.now), isLook: isLook)
    guard case .verdict(let outcome) = await next() else { return nil }
    return outcome
  }

  func hear(_ answer: Finding) async -> Outcome? {
    _ = await gated.asked(1)
    clock.advance(1)
    gated.answer(code, answer)
    guard case .contradicted(let outcome) = await next() else { return nil }
    return outcome
  }

  private func next() async -> CheckInEvent? {
    for await report in reports { return report }
    return nil
  }
}

/// A green was shown from a stored answer, and the service refuses a moment later.
@Suite(.timeLimit(.minutes(1))) struct LateAnswerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var reason: Reason
    var answer: Finding
    var state: String
    var type: String? = "VIP"
    var nights: Int
    var testDescription: String { reason.rawValue }
  }

  private static let cases = [
    Case(reason: .notActive, answer: latePass(state: "cancelled"), state: "cancelled", nights: 2),
    Case(reason: .archived, answer: latePass(isArchived: true), state: "activated", nights: 2),
    Case(reason: .alreadyUsed, answer: latePass(countedIn: 2), state: "activated", nights: 2),
    // The people let in are in on it tonight, so that tonight is one of its nights.
    Case(reason: .notTonight, answer: latePass(for: "other"), state: "activated", nights: 2),
    // Staff look for somebody with a name; nothing else of the stored answer stands.
    Case(
      reason: .unknownPass, answer: .unknown(.live), state: "", type: "General", nights: 0),
  ]

  @Test(arguments: cases) func `What is shown comes from the answer that decided`(
    _ scene: Case
  ) async throws {
    let door = LateDoor()
    let green = try #require(await door.scan())
    #expect(green.verdict == .admit && green.count?.admitted == 2)
    #expect(green.pass?.type == "General" && green.pass?.nights == 1)
    let late = try #require(await door.hear(scene.answer))
    #expect(late.number == green.number && late.code == code)
    #expect(late.reason == scene.reason)
    #expect(late.source == .live && late.ageSeconds == 0)
    #expect(late.pass?.state == scene.state)
    #expect(late.pass?.type == scene.type)
    #expect(late.pass?.nights == scene.nights)
    #expect(late.pass?.customer == (scene.type == "VIP" ? "Ana Ruiz-Soto" : "Ana Ruiz"))
    #expect(late.at > green.at)
    #expect(await door.people == 2, "they are in")
    if let count = late.count, count.allowed > 0 {
      #expect(count.used + count.admitted == 2 && count.remaining == 0)
    }
  }

  @Test func `The code read again repeats the refusal`() async throws {
    let door = LateDoor()
    _ = await door.scan()
    _ = await door.hear(latePass(state: "cancelled"))
    let again = try #require(await door.scan())
    #expect(again.isRepeat && again.reason == .notActive)
  }

  @Test func `What staff correct of it stays the refusal, and nobody comes in twice`() async throws
  {
    let door = LateDoor()
    let number = try #require(await door.scan()).number
    _ = await door.hear(latePass(state: "cancelled"))
    let corrected = await door.service.setAdmitted(number: number, people: 1)
    #expect(corrected?.reason == .notActive && corrected?.count?.admitted == 1)
    #expect(await door.people == 1)
    #expect(await door.service.letIn(number: number)?.reason == .notActive)
    #expect(await door.people == 1)
  }

  /// They are not taken for somebody who came before.
  @Test func `Who came in is known after many more scans, too`() async throws {
    let door = LateDoor()
    _ = await door.scan()
    for number in 0..<55 { #expect(await door.scan("B\(number)")?.verdict == .admit) }
    let late = try #require(await door.hear(latePass(state: "cancelled")))
    #expect(late.reason == .notActive && late.number == 1)
    #expect(late.count == HeadCount(allowed: 2, used: 0, admitted: 2))
  }

  @Test func `Of a look nobody is in`() async throws {
    let door = LateDoor()
    _ = await door.scan(isLook: true)
    let late = try #require(await door.hear(latePass(state: "cancelled")))
    #expect(late.reason == .notActive && late.count == HeadCount(allowed: 2, used: 0))
  }
}
