import Testing

@testable import DoorConfiguration

/// What a door tells the others of its rules (Contract: Several doors).
@Suite struct SharedRulesTests {
  @Test func `What is the default is not told`() throws {
    #expect(Settings(hostName: "box").sharedRules == "")
    #expect(try load("rules: {hours: warn, repeat_seconds: 3.0}\n").settings?.sharedRules == "")
  }

  @Test func `Rules are told in the order of the table, whatever the file's`() throws {
    let yaml = """
      rules: {repeat_seconds: 5, reentry: allow, hours: enforce, collect_at_door: [list]}
      door: {capacity: 300, organization_id: org1}
      """
    #expect(
      try load(yaml).settings?.sharedRules == """
        door.organization_id: org1
        door.capacity: 300
        rules.hours: enforce
        rules.repeat_seconds: 5
        rules.reentry: allow
        rules.collect_at_door: [list]
        """)
  }

  @Test func `A value never goes over its line`() throws {
    let yaml = "rules: {active_states: ['a: b', c]}\n"
    #expect(try load(yaml).settings?.sharedRules == "rules.active_states: [a: b, c]")
  }

  /// Entrances differ in these, which is what several are for.
  @Test func `What a door is for is its own`() throws {
    let yaml = """
      door: {name: VIP, types: [VIP], direction: out, accepts: [list], help: Anna, show_names: hidden}
      screen: {theme: high_contrast}
      fourvenues: {deadline_ms: 900}
      """
    #expect(try load(yaml).settings?.sharedRules == "")
  }
}
