import Foundation

/// All measures, one after the other; the distributions that are compared, within each other.
struct Benchmark {
  var plan: Plan

  func run() async throws -> BenchmarkResult {
    var result = BenchmarkResult(machine: .now(folder: plan.folder), plan: plan)
    try await measureDoors(&result)
    try await measureStore(&result)
    result.machine.loadAtEnd = Machine.load
    return result
  }

  private func measureDoors(_ result: inout BenchmarkResult) async throws {
    let sandboxes = try plan.latencies.map {
      try Sandbox(program: plan.program, latency: $0, passes: plan.passesNeeded)
    }
    let silent = try Sandbox(program: plan.program, latency: 0, passes: plan.passesNeeded)
    defer { for sandbox in sandboxes + [silent] { sandbox.process.end() } }
    result.rows += try await StartMeasure(plan: plan, sandbox: sandboxes[0]).run()

    let doors = try sandboxes.map { try Door(plan: plan, sandbox: $0, name: "\($0.latency)") }
    let darkDoor = try Door(plan: plan, sandbox: silent, name: "silent")
    defer { for door in doors + [darkDoor] { door.process.end() } }
    Progress.say("fetching \(plan.passesNeeded) passes ahead")
    for door in doors + [darkDoor] {
      try door.waitUntilReady()
      try await DoorStore(plan, name: door.name).waitForPreload(of: plan.passesNeeded)
    }
    // What is about one program is measured at the first latency.
    let first = doors[0]
    result.figures.append(
      MemoryMeasure.peak(of: first, "with \(plan.passesNeeded) passes preloaded"))
    try await silent.fallSilent()
    try darkDoor.scanUntilSilent(from: plan.rounds)

    Progress.say("\(plan.rounds) rounds at \(plan.latencies) ms")
    let scans = ScanMeasure(plan: plan, doors: doors, darkDoor: darkDoor)
    result.rows += try await scans.run()
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
  }

  /// The store alone, when nothing else runs.
  private func measureStore(_ result: inout BenchmarkResult) async throws {
    let rows = try await LookUpMeasure(plan: plan).run()
    result.rows += rows
    if let fewest = rows.first, let most = rows.last, rows.count > 1 {
      result.figures.append(
        Figure(
          .lookUpRatio, most.milliseconds.p50 / fewest.milliseconds.p50, "times",
          "p50 with \(most.passes ?? 0) passes over \(fewest.passes ?? 0)"))
    }
  }
}

/// What is going on, for whoever waits.
enum Progress {
  static func say(_ text: String) {
    FileHandle.standardError.write(Data("doorbench: \(text)\n".utf8))
  }
}
