import Admission
import FoundationEssentials
import GRDB
import Testing

@testable import NightStore

/// Whose code somebody may have meant who typed one wrong character.
struct NearMissTests {
  private let temporary: TemporaryStore
  private var store: NightStore { temporary.store }

  init() throws { temporary = try TemporaryStore() }

  private func near(_ code: String, limit: Int = 50) async throws -> [String] {
    try await store.nearMisses(of: code, eventID: tonightID, limit: limit).map(\.pass.code)
  }

  @Test(
    arguments: [
      // Another character at the beginning, in the middle, at the end, and in another case.
      ("X6J21FF2S", true), ("P6J2IFF2S", true), ("P6J21FF2X", true), ("p6j2iff2s", true),
      ("P6J21FF2_", true),
      // One missing, and one too much.
      ("6J21FF2S", true), ("P6J1FF2S", true), ("P6J21FF2", true),
      ("PP6J21FF2S", true), ("P6J21-FF2S", true), ("P6J21FF2SX", true),
      ("p6j21ff2s", true),
      // Itself, two characters, two that changed places, and nothing like it.
      ("P6J21FF2S", false), ("X6J21FF2X", false), ("P6J2IFF2X", false), ("6J21FF2", false),
      ("P6J12FF2S", false), ("P6J21FF2SXX", false), ("QQQQQQQQQ", false),
      ("", false), ("P6", false), ("%6J21FF2S", true), ("\u{0}", false),
      (String(repeating: "P", count: 65), false),
    ])
  func `One character makes a near miss`(code: String, isNear: Bool) async throws {
    try await store.store(
      passes: [pass("1", code: "P6J21FF2S"), pass("2", code: "ANOTHER77")], fetchedAt: night,
      eventID: tonightID)
    #expect(try await near(code) == (isNear ? ["P6J21FF2S"] : []))
  }

  @Test func `Tonight's come first, each code once, and no more than asked for`() async throws {
    try await store.store(
      passes: [pass("1", code: "AAAA1"), pass("2", code: "aaaa1")], fetchedAt: night,
      eventID: "other")
    try await store.store(
      passes: [pass("3", code: "AAAA3"), pass("4", code: "AAAA2"), pass("5", code: "AAAA3")],
      fetchedAt: night, eventID: tonightID)
    let all = try await near("AAAA9")
    #expect(all.prefix(2) == ["AAAA2", "AAAA3"])
    #expect(Set(all.dropFirst(2)) == ["AAAA1", "aaaa1"] && all.count == 4, "\(all)")
    #expect(try await near("AAAA9", limit: 1) == ["AAAA2"])
    #expect(try await near("AAAA9", limit: 0) == [])
  }

  @Test func `Letters beyond ASCII are compared as they are`() async throws {
    try await store.store(
      passes: [pass("1", code: "ÑABCÉFGH")], fetchedAt: night, eventID: tonightID)
    #expect(try await near("ÑABCÉFGX") == ["ÑABCÉFGH"])
    #expect(try await near("ÑABÉFGH") == ["ÑABCÉFGH"])
    #expect(try await near("ÑABCÉFGHÑ") == ["ÑABCÉFGH"])
    #expect(try await near("NABCEFGH") == [])
  }

  /// With a million passes, reading the table would hold up what else is behind the loop.
  @Test func `The search goes by the index`() async throws {
    let plan = try await store.read { database in
      try Row.fetchAll(
        database, sql: "EXPLAIN QUERY PLAN \(NightStore.nearMisses(of: PassKind.allCases))",
        arguments: ["[]", tonightID, 50]
      ).map { $0["detail"] as String }
    }
    #expect(
      plan.contains("SEARCH passes USING INDEX passes_by_code (code=? AND kind=?)"), "\(plan)")
    #expect(!plan.contains { $0.hasPrefix("SCAN passes") }, "\(plan)")
  }
}
