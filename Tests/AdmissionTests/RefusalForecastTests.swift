import Admission
import Testing

@Suite struct RefusalForecastTests {
  struct Row {
    /// How many passes are of each kind.
    var active = 0
    var inactive = 0
    var elsewhere = 0
    var nobody = 0
    var foreign = 0
    var archived = 0
    var rules = Rules()
    var cause: RefusalForecast.Cause?
  }

  static let rows: [Row] = [
    Row(),
    Row(active: 4),
    Row(active: 2, inactive: 2),
    Row(active: 2, inactive: 3, cause: .activeStates(seen: ["active"])),
    Row(inactive: 1, cause: .activeStates(seen: ["active"])),
    Row(active: 2, inactive: 3, rules: rules { $0.activeStates = ["activated", "active"] }),
    Row(active: 1, elsewhere: 1),
    Row(active: 1, elsewhere: 2, cause: .eventWithoutUsage),
    Row(active: 1, elsewhere: 2, rules: rules { $0.eventWithoutUsage = .admit }),
    // A usage for nobody is refused whatever the rule says of passes without one.
    Row(active: 1, nobody: 2, cause: .noPeople),
    Row(active: 1, nobody: 2, rules: rules { $0.eventWithoutUsage = .admit }, cause: .noPeople),
    Row(active: 1, elsewhere: 2, nobody: 1, cause: .eventWithoutUsage),
    // Together they are most; the larger part decides.
    Row(active: 2, inactive: 1, elsewhere: 2, cause: .eventWithoutUsage),
    Row(active: 2, inactive: 2, elsewhere: 1, cause: .activeStates(seen: ["active"])),
    Row(active: 1, foreign: 2),
    Row(
      active: 1, foreign: 2, rules: rules { $0.organizationID = "venue" }, cause: .organizationID),
    // Withdrawn passes are what they are; no rule decides about them.
    Row(archived: 5),
    Row(active: 1, inactive: 2, archived: 5),
    // The hours and the people who are in are no matter of the rules.
    Row(active: 3, rules: rules { $0.hours = .enforce }),
  ]

  @Test(arguments: rows)
  func `Most refused before anybody has come`(row: Row) {
    var forecast = RefusalForecast(eventID: "tonight", rules: row.rules)
    forecast.add((0..<row.active).map { _ in goodPass() })
    forecast.add((0..<row.inactive).map { _ in goodPass { $0.state = "active" } })
    forecast.add((0..<row.elsewhere).map { _ in goodPass { $0.usages[0].eventID = "other" } })
    forecast.add((0..<row.nobody).map { _ in goodPass { $0.usages[0].beneficiaries = 0 } })
    forecast.add((0..<row.foreign).map { _ in goodPass { $0.organizationID = "other" } })
    forecast.add((0..<row.archived).map { _ in goodPass { $0.isArchived = true } })
    #expect(forecast.cause == row.cause)
    let all = [row.active, row.inactive, row.elsewhere, row.nobody, row.foreign, row.archived]
    #expect(forecast.passes == all.reduce(0, +))
  }

  @Test func `The states seen come in the order of how many have them`() {
    var forecast = RefusalForecast(eventID: "tonight", rules: Rules())
    for (state, count) in [("sold", 2), ("active", 5), ("", 1), ("Activated", 2)] {
      forecast.add((0..<count).map { _ in goodPass { $0.state = state } })
    }
    #expect(forecast.notActive == 10)
    #expect(forecast.cause == .activeStates(seen: ["active", "Activated", "sold", ""]))
  }

  @Test func `A state of its own for each pass fills no memory`() throws {
    var forecast = RefusalForecast(eventID: "tonight", rules: Rules())
    forecast.add((0..<10_000).lazy.map { number in goodPass { $0.state = "s\(number)" } })
    #expect(forecast.notActive == 10_000)
    guard case .activeStates(let seen) = try #require(forecast.cause) else {
      Issue.record("\(String(describing: forecast.cause))")
      return
    }
    #expect(seen.count <= 100)
  }

  @Test(arguments: [
    (RefusalForecast.Cause.organizationID, "door.organization_id"),
    (.activeStates(seen: []), "rules.active_states"),
    (.eventWithoutUsage, "rules.event_without_usage"),
  ])
  func `A cause is named by its configuration key`(cause: RefusalForecast.Cause, key: String) {
    #expect(cause.rule == key)
  }
}
