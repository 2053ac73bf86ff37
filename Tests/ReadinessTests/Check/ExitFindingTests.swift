import Admission
import CheckIn
import DoorConfiguration
import Foundation
import Testing

@testable import Readiness

/// What `check` says of exits (Contract: Out and in again).
@Suite struct ExitFindingTests {
  private static func finding(
    _ doors: [DoorOnLedger]? = nil, failure: LedgerError? = nil, event: String? = "e1",
    _ change: (inout Settings) -> Void = { _ in }
  ) -> CheckFinding? {
    var settings = Settings(hostName: "North")
    change(&settings)
    let survey = doors.map { LedgerSurvey(failure: failure, otherDoors: $0) }
    return ExitFinding(settings: settings, eventID: event, survey: survey).finding
  }

  private static func exit(
    event: String? = "e1", state: DoorOnLedger.State = .connected
  ) -> DoorOnLedger {
    var door = DoorOnLedger(
      id: "b", name: "Back\u{1B}door", lastSeen: .now, state: state, eventID: event)
    door.direction = .out
    return door
  }

  private static func enforce(_ settings: inout Settings) { settings.rules.capacity = .enforce }
  private static func allow(_ settings: inout Settings) { settings.rules.reentry = .allow }

  @Test func `An entrance without an exit that needs none says nothing`() {
    #expect(Self.finding() == nil)
    #expect(Self.finding([]) == nil)
    #expect(Self.finding([], failure: .busy) == nil)
  }

  @Test func `Without an exit, a capacity that is enforced counts admissions`() throws {
    for doors in [nil, [], [DoorOnLedger(id: "s", name: "South", lastSeen: .now, eventID: "e1")]] {
      let finding = try #require(Self.finding(doors, Self.enforce))
      #expect(finding.status == .pass)
      #expect(finding.message == "no exit: nobody is counted out")
      #expect(finding.nextStep?.contains("counts admissions, not who is inside") == true)
      #expect(finding.nextStep?.contains("door.direction") == true)
      #expect(finding.nextStep?.contains("reentry") == false)
    }
  }

  @Test func `Without an exit, nobody comes back`() throws {
    let finding = try #require(Self.finding([], Self.allow))
    #expect(finding.nextStep?.contains("rules.reentry is allow") == true)
    #expect(finding.nextStep?.contains("rules.capacity") == false)
  }

  @Test func `An exit tonight is named, and nothing is left to do`() {
    for change in [Self.enforce, Self.allow] {
      #expect(
        Self.finding([Self.exit()], change) == .pass(.exits, "people leave by: Backdoor"))
    }
    #expect(Self.finding([Self.exit()])?.nextStep == nil)
    // A door that is both is an entrance again.
    var both = Self.exit()
    (both.direction, both.gone) = (.in, 3)
    #expect(Self.finding([both], Self.enforce)?.nextStep == nil)
  }

  @Test func `An exit of another event, or one that was ended, is none`() throws {
    for door in [Self.exit(event: "e2"), Self.exit(state: .ended)] {
      #expect(try #require(Self.finding([door], Self.enforce)).nextStep != nil)
    }
    #expect(Self.finding([Self.exit(event: "e2")], event: nil, Self.enforce)?.nextStep == nil)
  }

  @Test func `An exit without a ledger is heard by no entrance`() throws {
    let alone = try #require(Self.finding { $0.door.direction = .out })
    #expect(alone.status == .pass)
    #expect(alone.message == "this door is an exit")
    #expect(alone.nextStep?.contains("ledger.url") == true)
    #expect(alone.nextStep?.contains("a box that is both") == true)
    #expect(
      Self.finding([]) { $0.door.direction = .out } == .pass(.exits, "this door is an exit"))
  }

  @Test func `Of a ledger that does not answer nobody knows the exits`() {
    #expect(
      Self.finding([], failure: .busy, Self.enforce)
        == .skipped(.exits, "the ledger comes first"))
  }
}
