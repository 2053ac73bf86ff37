import FoundationEssentials
import Testing

@testable import Admission

/// Doors of one event should go by the same rules, and have names of their own (Contract: Several
/// doors).
@Suite struct DoorConflictTests {
  private static func door(
    _ name: String, event: String? = "e1", rules: String = "",
    state: DoorOnLedger.State = .connected
  ) -> DoorOnLedger {
    DoorOnLedger(
      id: name + rules, name: name, lastSeen: Date(timeIntervalSince1970: 0), state: state,
      eventID: event, rules: rules)
  }

  @Test func `Doors that fit have no conflict`() {
    #expect(DoorConflicts(among: []).isEmpty)
    let doors = [
      Self.door("North", rules: "rules.hours: enforce\nrules.repeat_seconds: 5"),
      // In another order it is the same.
      Self.door("South", rules: "rules.repeat_seconds: 5\nrules.hours: enforce"),
    ]
    #expect(DoorConflicts(among: doors).isEmpty)
  }

  @Test func `Each rule that differs is told with the doors of each value`() {
    let conflicts = DoorConflicts(among: [
      Self.door("North", rules: "rules.hours: enforce"),
      Self.door("South", rules: "door.capacity: 300\nrules.hours: enforce"),
      Self.door("East", rules: "door.capacity: 300"),
    ])
    #expect(
      conflicts.rules == [
        .init(
          name: "door.capacity",
          values: [.init(nil, doors: ["North"]), .init("300", doors: ["South", "East"])]),
        .init(
          name: "rules.hours",
          values: [.init("enforce", doors: ["North", "South"]), .init(nil, doors: ["East"])]),
      ])
  }

  @Test func `A value may hold a colon`() {
    let conflicts = DoorConflicts(among: [
      Self.door("North", rules: "door.organization_id: a:b"), Self.door("South"),
    ])
    #expect(conflicts.rules.first?.values.first?.text == "a:b")
  }

  @Test(arguments: ["e2", nil])
  func `Doors of another event may have other rules`(_ event: String?) {
    let doors = [
      Self.door("North", rules: "rules.hours: enforce"),
      Self.door("South", event: event, rules: "rules.hours: ignore"),
    ]
    #expect(DoorConflicts(among: doors).isEmpty)
  }

  @Test(arguments: DoorOnLedger.State.allCases)
  func `A door counts unless it was ended`(_ state: DoorOnLedger.State) {
    let conflicts = DoorConflicts(among: [
      Self.door("Main", rules: "rules.hours: enforce"), Self.door("Main", state: state),
    ])
    #expect(conflicts.sharedNames == (state == .ended ? [] : ["Main"]))
    #expect(conflicts.rules.isEmpty == (state == .ended))
  }
}
