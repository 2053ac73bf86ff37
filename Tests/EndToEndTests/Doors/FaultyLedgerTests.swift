import FaultServer
import Foundation
import GRDB
import PostgresServer
import SandboxVenue
import SeededRandom
import Testing

/// Doors on a ledger that is at fault, held to what was shown.
struct FaultyLedgerRun {
  let plan: (doors: Int, passes: Int, killsOneIn: Int?, asksForDisk: Bool)
  let seed: UInt64

  /// - Returns: what it counted, in one line.
  func run() async throws -> String {
    var options = PostgresServer.Options()
    if plan.asksForDisk { options.diskMegabytes = 80 }
    let server = try await PostgresServer(options)
    let many = try await ManyDoors(passes: plan.passes, seed: seed, on: server)
    let forwarder = try await Forwarder.start(.router, to: server.port)
    let verdicts = VerdictCount()
    let weather = LedgerWeather(
      server: server, database: many.database, forwarder: forwarder, verdicts: verdicts)
    var random = SplitMix64(seed: seed)
    let codes = many.passes.keys.sorted()
    let doors = (0..<plan.doors).map { index in
      DoorAtWork(
        "Door \(index + 1)", event: many.venue.tonightEventID,
        environment: many.environment(
          "Door \(index + 1)", folder: "", oneByOne: index % 2 == 0,
          // The first one's cable is cut now and then.
          port: index == 0 ? forwarder.port : nil),
        count: verdicts)
    }
    let orders = doors.map { _ in codes.shuffled(using: &random) }
    let raging = Task { try await weather.run(seed: seed &+ 1) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, door) in doors.enumerated() {
        let (order, seed, killsOneIn) = (orders[index], seed &+ UInt64(index) &+ 2, plan.killsOneIn)
        group.addTask { try await door.work(through: order, killsOneIn: killsOneIn, seed: seed) }
      }
      try await group.waitForAll()
    }
    weather.end()
    try await raging.value
    // Each delivers what it owes; then each learns what the others have delivered.
    for _ in 0..<2 { for door in doors { try await door.settle() } }
    let text = try await hold(doors, to: many)
    await many.stop()
    try await forwarder.stop()
    let faults = weather.counts.sorted { $0.key.rawValue < $1.key.rawValue }
      .map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", ")
    return "Doors, seed \(seed): \(plan.doors) doors, \(plan.passes) passes; \(faults); \(text)"
  }

  private func hold(_ doors: [DoorAtWork], to many: ManyDoors) async throws -> String {
    let onLedger = try many.peopleOnLedger()
    var (greens, interrupted): ([String: Int], Set<String>) = ([:], [])
    var (kills, longest) = (0, 0)
    for door in doors {
      #expect(await door.problems == [], "seed \(seed)")
      greens.merge(await door.greens) { $0 + $1 }
      interrupted.formUnion(await door.interrupted)
      kills += await door.kills
      longest = max(longest, await door.longest)
    }
    for (code, allowed) in many.passes {
      let (shown, recorded) = (greens[code] ?? 0, onLedger[code] ?? 0)
      #expect(recorded >= shown, "\(code): shown green and missing, seed \(seed)")
      if !interrupted.contains(code) {
        #expect(recorded == shown, "\(code): recorded and never shown, seed \(seed)")
      }
      #expect(recorded >= allowed || interrupted.contains(code), "\(code), seed \(seed)")
    }
    let over = Set(many.passes.filter { (onLedger[$0.key] ?? 0) > $0.value }.keys)
    let rows = try Self.ledgerRows(many)
    for door in doors {
      let folder = door.folder
      let difference = Set(try Self.storeRows(folder)).symmetricDifference(rows)
      #expect(difference == [], "\(door.name), seed \(seed)")
      let listed = try await door.report()
      #expect(listed.exitCode == 0, "\(listed.errors)")
      #expect(try Self.doubleEntries(listed).count == over.count, "\(door.name), seed \(seed)")
    }
    return "\(kills) doors killed, \(onLedger.values.reduce(0, +)) people, "
      + "\(over.count) double entries, the longest wait \(longest) ms"
  }

  /// Every admission, as a line of text.
  private static func ledgerRows(_ many: ManyDoors) throws -> [String] {
    try many.server.query(
      "SELECT id, code, people, undone_at IS NOT NULL FROM doorcheck.admissions",
      in: many.database
    ).map { "\($0[0]) \($0[1]) \($0[2]) \($0[3] == "t")" }.sorted()
  }

  private static func storeRows(_ folder: String) throws -> [String] {
    let database = try DatabaseQueue(path: folder + "/doorcheck.sqlite")
    return try database.read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT entry_id, code, people, undone_at IS NOT NULL AS undone FROM admissions"
      ).map { row -> String in
        let (id, code, people): (String, String, Int) = (
          row["entry_id"], row["code"], row["people"]
        )
        let isUndone: Bool = row["undone"]
        return "\(id) \(code) \(people) \(isUndone)"
      }
    }.sorted()
  }

  private static func doubleEntries(_ report: BuiltProgram.Result) throws -> [[String: Any]] {
    try report.objects().filter { $0["figure"] as? String == "double_entry" }
  }
}

@Suite(.timeLimit(.minutes(5))) struct FaultyLedgerTests {
  @Test func `Whatever befalls the ledger, nobody who was shown green is missing`() async throws {
    let run = FaultyLedgerRun(
      plan: (doors: 3, passes: 120, killsOneIn: 20, asksForDisk: false), seed: 20_261_127)
    print(try await run.run())
  }
}

extension EnduranceTests {
  @Suite struct DoorsTests {
    @Test func `Whatever befalls the ledger, nobody who was shown green is missing`() async throws {
      let plan = EndurancePlan()
      for index in 0..<plan.doorSeeds {
        let run = FaultyLedgerRun(
          plan: (
            doors: 8, passes: plan.doorPasses, killsOneIn: 40, asksForDisk: true
          ), seed: plan.seed &+ UInt64(index))
        print(try await run.run())
      }
    }

    @Test func `Doors on a healthy ledger admit as many people as the passes allow`() async throws {
      let plan = EndurancePlan()
      for index in 0..<plan.doorSeeds {
        let seed = plan.seed &+ UInt64(index)
        let doors = try await ManyDoors(passes: plan.doorPasses, seed: seed)
        var random = SplitMix64(seed: seed)
        let codes = doors.passes.keys.sorted()
        let told = try await doors.run((0..<8).map { _ in codes.shuffled(using: &random) }) {
          $0 % 2 == 0
        }
        #expect(told.admitted == doors.passes, "seed \(seed)")
        #expect(try doors.peopleOnLedger() == doors.passes, "seed \(seed)")
        print("Doors, seed \(seed): 8 doors admitted \(told.admitted.values.reduce(0, +)) people")
        await doors.stop()
      }
    }
  }
}
