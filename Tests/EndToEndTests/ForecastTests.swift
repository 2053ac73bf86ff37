import SandboxVenue
import ScreenReader
import Testing

extension EndToEndTests {
  /// A venue whose rules would turn its own guests away.
  @Suite struct ForecastTests {
    @Test(arguments: [
      ("DOORCHECK_RULES_ACTIVE_STATES", "sold", "rules.active_states"),
      ("DOORCHECK_DOOR_ORGANIZATION_ID", "somebody", "door.organization_id"),
    ])
    func `A banner names the rule that would refuse most passes of tonight`(
      variable: String, value: String, rule: String
    ) async throws {
      var options = SandboxOptions()
      options.generatedPasses = 200
      let door = try await DoorUnderTest(options: options, environment: [variable: value])
      try await door.session.waitFor(text: "PASSES WOULD BE REFUSED: see \(rule)")
      await door.end()
    }

    @Test func `Nothing is said where most would be let in`() async throws {
      let door = try await DoorUnderTest()
      let screen = try await door.session.waitFor(text: "passes stored")
      #expect(!screen.contains("WOULD BE REFUSED"), "\(screen.text)")
      await door.end()
    }
  }
}
