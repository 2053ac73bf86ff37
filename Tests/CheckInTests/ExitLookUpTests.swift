import Admission
import CheckIn
import Foundation
import Testing

/// When an exit asks the service: of a code on which nobody is known to have come in (Contract: Out and in
/// again).
@Suite(.timeLimit(.minutes(1))) struct ExitLookUpTests {
  private static let now = Date(timeIntervalSince1970: 1_800_003_600)

  private static func pass(_ code: String, id: String = "X", allowed: Int = 2, counted: Int) -> Pass
  {
    Pass(
      id: id, code: code, customerName: "Ana Ruiz", typeName: "General", state: "activated",
      usages: [
        Usage(
          eventID: "tonight", beneficiaries: allowed, peopleCountedIn: counted,
          isCheckedIn: counted > 0)
      ])
  }

  private func scan(_ code: String, _ direction: DoorDirection, at door: Door) async -> Outcome? {
    await door.service.set(direction: direction)
    await door.scan(code, after: 10)
    return await door.verdict()
  }

  @Test func `Whom the service alone counted in leaves, though nothing is stored`() async throws {
    let found = Finding.found(Self.pass("ELSE", counted: 2), .live)
    let door = Door(StoredPasses(answers: ["ELSE": found]))
    let out = try #require(await scan("ELSE", .out, at: door))
    #expect(out.decision.departure == Departure(people: 2, unseen: 2, inside: 2))
    #expect(out.source == .live && out.pass?.customer == "Ana Ruiz")
    #expect(await door.service.crowd() == Crowd(admitted: 0, inside: 0, hasLeavers: true))
    #expect(await scan("ELSE", .out, at: door)?.reason == .nobodyInside)
    #expect(await scan("NONE", .out, at: door)?.reason == .nobodyInside)
  }

  @Test func `Whoever came in on another code of the pass leaves`() async throws {
    let door = Door(
      StoredPasses(answers: [
        "ONE": .found(Self.pass("ONE", counted: 0), .live),
        "TWO": .found(Self.pass("TWO", counted: 0), .live),
      ]))
    #expect(await scan("ONE", .in, at: door)?.verdict == .admit)
    #expect(
      await scan("TWO", .out, at: door)?.decision.departure == Departure(people: 2, inside: 2))
    #expect(await door.service.crowd()?.inside == 0)
  }

  @Test func `Whoever left by another code of the pass leaves once, though nothing is stored`()
    async throws
  {
    var rules = Rules()
    rules.reentry = .allow
    let door = Door(
      StoredPasses(answers: [
        "ONE": .found(Self.pass("ONE", counted: 0), .live),
        "TWO": .found(Self.pass("TWO", counted: 0), .live),
      ]), rules: rules)
    _ = await scan("ONE", .in, at: door)
    #expect(await scan("TWO", .out, at: door)?.decision.people == 2)
    #expect(await scan("ONE", .out, at: door)?.reason == .nobodyInside)
    #expect(await scan("ONE", .in, at: door)?.decision.back == 2)
    #expect(await scan("ONE", .out, at: door)?.decision.people == 2)
    #expect(await door.service.crowd()?.inside == 0)
  }

  /// No later than a look-up may take from its scan, whatever waits for its turn.
  @Test func `A queue of codes that nobody answers for is told at once when the time is up`() async
  {
    let gated = GatedLookUp()
    let door = Door(gated)
    await door.service.set(direction: .out)
    for number in 0..<20 { await door.scan("CODE\(number)") }
    #expect(await door.verdicts(20).allSatisfy { $0.reason == .nobodyInside })
    for number in 0..<20 { gated.answer("CODE\(number)", .failed(.offline)) }
  }

  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Counted in by the stored answer; nil where none is stored.
    var counted: Int?
    var age: TimeInterval = 3600
    var isAsked: Bool
    /// Once the service has said that one is in, where it is asked.
    var reason: Reason
  }

  @Test(arguments: [
    Row(testDescription: "nothing is stored", isAsked: true, reason: .left),
    Row(testDescription: "somebody is in", counted: 1, isAsked: false, reason: .left),
    Row(testDescription: "nobody was in an hour ago", counted: 0, isAsked: true, reason: .left),
    Row(
      testDescription: "nobody was in half a minute ago", counted: 0, age: 30, isAsked: false,
      reason: .nobodyInside),
  ])
  func `What is stored decides where it is enough`(_ row: Row) async {
    let stored = row.counted.map {
      StoredPass(
        pass: Self.pass("ANA", counted: $0), fetchedAt: Self.now.addingTimeInterval(10 - row.age))
    }
    let gated = GatedLookUp()
    let door = Door(gated, memory: KnownPasses(passes: stored.map { [$0] } ?? []))
    await door.service.set(direction: .out)
    await door.scan("ANA", after: 10)
    if row.isAsked {
      _ = await gated.asked(1)
      gated.answer("ANA", .found(Self.pass("ANA", counted: 1), .live))
    }
    #expect(await door.verdict()?.reason == row.reason)
    #expect(await gated.asked(0).count == (row.isAsked ? 1 : 0))
  }

  @Test func `Whoever came in here, or has left, is asked about no more`() async {
    let gated = GatedLookUp()
    let door = Door(gated)
    await door.scan("ANA")
    _ = await gated.asked(1)
    gated.answer("ANA", .found(Self.pass("ANA", allowed: 1, counted: 0), .live))
    #expect(await door.verdict()?.verdict == .admit)
    #expect(await scan("ANA", .out, at: door)?.reason == .left)
    #expect(await scan("ANA", .out, at: door)?.reason == .nobodyInside)
    #expect(await gated.asked(0).count == 1)
  }

  @Test func `Codes are asked about at the same time, and told in order`() async {
    let gated = GatedLookUp()
    let door = Door(gated)
    await door.service.set(direction: .out)
    for code in ["AAAA", "BBBB"] { await door.scan(code) }
    #expect(await gated.asked(2).sorted() == ["AAAA", "BBBB"])
    gated.answer("BBBB", .found(Self.pass("BBBB", counted: 1), .live))
    gated.answer("AAAA", .unknown(.live))
    let verdicts = await door.verdicts(2)
    #expect(verdicts.map(\.code) == ["AAAA", "BBBB"])
    #expect(verdicts.map(\.reason) == [.nobodyInside, .left])
  }

  @Test func `A failure refuses nobody, and a silent service holds up nobody`() async {
    let gated = GatedLookUp()
    let door = Door(gated)
    await door.service.set(direction: .out)
    for number in 1...3 {
      await door.scan("CODE\(number)")
      _ = await gated.asked(number)
      gated.answer("CODE\(number)", .failed(.offline))
      let verdict = await door.verdict()
      #expect(verdict?.verdict == .out && verdict?.reason == .nobodyInside)
      #expect(verdict?.source == nil)
    }
    await door.scan("CODE4")
    #expect(await door.verdict()?.reason == .nobodyInside)
    #expect(await gated.asked(0).count == 3)
  }
}
