import Foundation

/// All measures, one after the other; the distributions that are compared, within each other.
struct Benchmark {
  var plan: Plan

  func run() async throws -> BenchmarkResult {
    var result = BenchmarkResult(machine: .now(folder: plan.folder), plan: plan)
    try await measureDoors(&result)
    try await measureStore(&result)
    try await measureLedger(&result)
    result.machine.loadAtEnd = Machine.load
    return result
  }

  private func measureDoors(_ result: inout BenchmarkResult) async throws {
    let sandboxes = try plan.latencies.map {
      try Sandbox(program: plan.program, latency: $0, passes: plan.passesNeeded)
    }
    let silent = try Sandbox(program: plan.program, latency: 0, passes: plan.passesNeeded)
    let ofEveryKind = try Sandbox(
      program: plan.program, latency: plan.latencies[0], passes: 0, tickets: plan.rounds)
    defer { for sandbox in sandboxes + [silent, ofEveryKind] { sandbox.process.end() } }
    result.rows += try await StartMeasure(plan: plan, sandbox: sandboxes[0]).run()

    let doors = try sandboxes.map { try Door(plan: plan, sandbox: $0, name: "\($0.latency)") }
    let darkDoor = try Door(plan: plan, sandbox: silent, name: "silent")
    let counted = try countedDoors(live: sandboxes[0], silent: silent)
    let kindsDoor = try Door(
      plan: plan, sandbox: ofEveryKind, name: "kinds",
      environment: ["DOORCHECK_DOOR_ACCEPTS": "pass,ticket,list,booking"])
    let ledger = plan.ledgerDoors.isEmpty ? nil : try await LedgerMeasure(plan: plan)
    let shared = try await ledger?.newLedger()
    let sharedDoor = try shared.map {
      try Door(plan: plan, sandbox: sandboxes[0], name: "shared", environment: $0.environment)
    }
    let others = [darkDoor] + counted.map(\.door) + (sharedDoor.map { [$0] } ?? [])
    defer { for door in doors + others + [kindsDoor] { door.process.end() } }
    Progress.say("fetching \(plan.passesNeeded) passes ahead")
    for door in doors + others {
      try door.waitUntilReady()
      try await DoorStore(plan, name: door.name).waitForPreload(of: plan.passesNeeded)
    }
    try kindsDoor.waitUntilReady()
    // What is about one program is measured at the first latency.
    let first = doors[0]
    result.figures.append(
      MemoryMeasure.peak(of: first, "with \(plan.passesNeeded) passes preloaded"))
    if let live = counted.first { result.figures += try live.run("live", from: 0) }
    try await silent.fallSilent()
    try darkDoor.scanUntilSilent(from: plan.rounds)
    if let stored = counted.last {
      try stored.door.scanUntilSilent(from: plan.rounds)
      result.figures += try stored.run("stored", from: 0)
    }
    for measure in counted { measure.door.process.end() }

    Progress.say("\(plan.rounds) rounds at \(plan.latencies) ms")
    var ledgerCommit: LedgerCommit?
    if let shared { ledgerCommit = try await LedgerCommit(shared.address) }
    let scans = ScanMeasure(
      plan: plan, doors: doors, darkDoor: darkDoor, kindsDoor: kindsDoor, sharedDoor: sharedDoor,
      ledgerCommit: ledgerCommit)
    let (rows, ratios) = try await scans.run()
    result.rows += rows
    result.figures += ratios
    result.figures.append(MemoryMeasure.peak(of: first, "after \(first.scans) scans, too"))
    if plan.idleSeconds > 0 {
      Progress.say("\(plan.idleSeconds) s of doing nothing")
      result.figures.append(try IdleMeasure(seconds: plan.idleSeconds).run(first))
    }
    if plan.burst > 0 {
      Progress.say("\(plan.burst) codes at once")
      result.figures += try await BurstMeasure(plan: plan, door: first).run()
      result.figures.append(
        MemoryMeasure.peak(of: first, "after \(plan.burst) scans at once, too"))
    }
    if plan.manyScans > 0 {
      result.figures.append(try ManyScansMeasure(plan: plan, sandbox: sandboxes[0]).run())
    }
  }

  /// A door whose service answers and one whose service will be silent; none where nothing counts.
  private func countedDoors(live: Sandbox, silent: Sandbox) throws -> [WorkMeasure] {
    guard plan.countedScans > 0 else { return [] }
    return try [("counted", live), ("counted-silent", silent)].compactMap { name, sandbox in
      guard let place = WorkCounts.Place(plan, name: name) else {
        Progress.say("libWorkCounts.so is not built beside: nothing is counted")
        return nil
      }
      let door = try Door(
        plan: plan, sandbox: sandbox, name: name, environment: place.environment)
      return WorkMeasure(plan: plan, door: door, place: place)
    }
  }

  /// The ledger alone, when nothing else runs.
  private func measureLedger(_ result: inout BenchmarkResult) async throws {
    guard !plan.ledgerDoors.isEmpty else { return }
    let measure = try await LedgerMeasure(plan: plan)
    result.figures += try await measure.load()
    let sandbox = try Sandbox(program: plan.program, latency: 0, passes: 0)
    defer { sandbox.process.end() }
    result.figures.append(try await measure.catchUp(at: sandbox))
  }

  /// The store alone, when nothing else runs.
  private func measureStore(_ result: inout BenchmarkResult) async throws {
    let rows = try await LookUpMeasure(plan: plan).run()
    result.rows += rows
    for (row, figure, codes) in [
      (RowName.storedLookUp, FigureName.lookUpRatio, "passes"),
      (.ticketLookUp, .ticketRatio, "tickets"), (.kindLookUp, .kindRatio, "tickets"),
    ] {
      let own = rows.filter { $0.name == row }
      guard let fewest = own.first, let most = own.last, own.count > 1 else { continue }
      result.figures.append(
        Figure(
          figure, most.milliseconds.p50 / fewest.milliseconds.p50, "times",
          "p50 with \(most.passes ?? 0) \(codes) over \(fewest.passes ?? 0)"))
    }
  }
}

/// What is going on, for whoever waits.
enum Progress {
  static func say(_ text: String) {
    FileHandle.standardError.write(Data("doorbench: \(text)\n".utf8))
  }
}
