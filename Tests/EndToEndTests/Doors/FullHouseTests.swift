import Foundation
import SandboxVenue
import SeededRandom
import Testing

/// The last places, which several doors fill at once (Contract: Out and in again).
@Suite(.timeLimit(.minutes(5))) struct FullHouseTests {
  private static let places = 12

  private static func enforced(_ more: [String: String] = [:]) -> [String: String] {
    ["DOORCHECK_RULES_CAPACITY": "enforce", "DOORCHECK_DOOR_CAPACITY": "\(places)"]
      .merging(more) { $1 }
  }

  /// Each door has guests of its own, so that nothing but the places is between them.
  @Test(arguments: [UInt64(20_261_128), 20_261_129])
  func `Four doors on one ledger let in as many as there are places`(seed: UInt64) async throws {
    let doors = try await ManyDoors(passes: 48, seed: seed)
    let told = try await fill(doors, byDoors: 4, seed: seed, Self.enforced())
    try expectFull(told, doors, "seed \(seed)")
    #expect(try doors.peopleOnLedger().values.reduce(0, +) == Self.places, "seed \(seed)")
    await doors.stop()
  }

  @Test func `Three processes on one store let in as many as there are places`() async throws {
    let seed: UInt64 = 20_261_130
    let doors = try await ManyDoors(passes: 36, seed: seed)
    let store = BuiltProgram.newFolder()
    // No ledger: the store is all that they share.
    let told = try await fill(
      doors, byDoors: 3, seed: seed,
      Self.enforced(["DOORCHECK_STORE_PATH": store, "DOORCHECK_LEDGER_URL": ""]))
    try expectFull(told, doors, "seed \(seed)")
    await doors.stop()
  }

  private func fill(
    _ doors: ManyDoors, byDoors count: Int, seed: UInt64, _ environment: [String: String]
  ) async throws -> [ManyDoors.Told] {
    var random = SplitMix64(seed: seed)
    let codes = doors.passes.keys.sorted().shuffled(using: &random)
    let orders = (0..<count).map { door in
      codes.enumerated().filter { $0.offset % count == door }.map(\.element)
    }
    return try await doors.run(orders, environment) { _ in false }
  }

  private func expectFull(
    _ told: [ManyDoors.Told], _ doors: ManyDoors, _ seed: Comment
  ) throws {
    let lines = told.flatMap(\.lines)
    #expect(lines.count == doors.passes.count, seed)
    #expect(told.flatMap(\.diagnostics) == [], seed)
    let inside = told.admitted.values.reduce(0, +)
    #expect(inside == Self.places, seed)
    #expect(
      lines.allSatisfy { $0.verdict == "admit" || $0.reason == "venue_full" },
      "\(seed): \(Set(lines.map(\.reason)))")
    // Of those who came last, nobody fits: a group may be refused before, with the places that it lacks.
    let singles = Set(doors.singles)
    let refused = lines.filter { $0.reason == "venue_full" && singles.contains($0.code) }
    #expect(!refused.isEmpty, seed)
  }
}
