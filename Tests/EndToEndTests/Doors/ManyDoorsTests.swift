import Foundation
import SandboxVenue
import SeededRandom
import Testing

@Suite(.timeLimit(.minutes(5))) struct ManyDoorsTests {
  /// Eight doors, every pass tried at every door at once in random order, groups all or one by one.
  @Test(arguments: [UInt64(20_261_127), 20_261_128])
  func `Eight doors admit as many people as the passes allow, exactly`(seed: UInt64) async throws {
    let doors = try await ManyDoors(passes: 60, seed: seed)
    var random = SplitMix64(seed: seed)
    let codes = doors.passes.keys.sorted()
    let orders = (0..<8).map { _ in codes.shuffled(using: &random) }
    let told = try await doors.run(orders) { $0 % 2 == 0 }
    for (order, told) in zip(orders, told) {
      #expect(told.lines.map(\.code) == order, "seed \(seed)")
      #expect(told.diagnostics == [], "seed \(seed)")
    }
    #expect(told.admitted == doors.passes, "seed \(seed)")
    #expect(try doors.peopleOnLedger() == doors.passes, "seed \(seed)")
    // A door has another one's on the ledger's word: each is red here, or was green there.
    let others = told.flatMap(\.lines).filter { $0.verdict != "admit" }
    #expect(others.allSatisfy { $0.reason == "already_used" }, "seed \(seed)")
    await doors.stop()
  }

  @Test func `A pass that came in at one door is red at the other, which says where`() async throws
  {
    let doors = try await ManyDoors(passes: 4, seed: 1)
    let code = try #require(doors.passes.keys.sorted().first)
    let north = try await BuiltProgram.run(
      ["scan", "--event", doors.venue.tonightEventID, "--format", "json", code],
      environment: doors.environment("North", folder: BuiltProgram.newFolder()))
    #expect(north.exitCode == 0)
    let south = try await BuiltProgram.run(
      ["scan", "--event", doors.venue.tonightEventID, "--format", "json", code],
      environment: doors.environment("South", folder: BuiltProgram.newFolder()))
    let line = try #require(try south.objects().first)
    #expect(line["reason"] as? String == "already_used")
    #expect((line["message"] as? String)?.contains("North") == true)
    await doors.stop()
  }
}
