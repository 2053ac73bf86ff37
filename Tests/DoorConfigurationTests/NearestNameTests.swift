import Testing

@testable import DoorConfiguration

/// What is taken for a slip of the hand, and what is not.
@Suite struct NearestNameTests {
  static let names = ["name", "help", "capacity", "time_zone", "show_names", "organization_id"]

  @Test(arguments: [
    ("nmae", "name"), ("nam", "name"), ("naame", "name"), ("Name", "name"), ("capcity", "capacity"),
    ("capacities", "capacity"), ("timezone", "time_zone"), ("time-zone", "time_zone"),
    ("showNames", "show_names"), ("organisation_id", "organization_id"),
    ("organization", "organization_id"),
  ])
  func `A slip finds its name`(written: String, meant: String) {
    #expect(NearestName.find(written, among: Self.names) == meant)
  }

  @Test(arguments: [
    "", "x", "door", "elephant", "theme", "id", String(repeating: "n", count: 5000),
  ])
  func `A stranger finds no name`(_ written: String) {
    #expect(NearestName.find(written, among: Self.names) == nil)
  }

  @Test func `The nearest of several names wins`() {
    #expect(NearestName.find("prefiix", among: ["suffix", "prefix"]) == "prefix")
  }
}
