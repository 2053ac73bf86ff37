import Foundation

/// All measures, one after the other; the distributions that are compared, within each other.
struct Benchmark {
  var plan: Plan

  func run() async throws -> Report {
    var report = Report(machine: .now(folder: plan.folder), plan: plan)
    let sandboxes = try plan.latencies.map {
      try Sandbox(program: plan.program, latency: $0, passes: plan.passesNeeded)
    }
    defer { for sandbox in sandboxes { sandbox.process.end() } }

    Progress.say("\(plan.starts) starts")
    report.rows += try StartMeasure(plan: plan, sandbox: sandboxes[0]).run()

    let doors = try sandboxes.map { try Door(plan: plan, sandbox: $0, name: "\($0.latency)") }
    defer { for door in doors { door.process.end() } }
    for door in doors { try door.waitUntilReady() }

    Progress.say("\(plan.rounds) rounds at \(plan.latencies) ms")
    let scans = ScanMeasure(plan: plan, doors: doors)
    report.rows += try await scans.run()

    // The rest is about one program, at the first latency.
    report.figures.append(MemoryMeasure.peak(of: doors[0], after: "scans, one at a time"))
    if plan.idleSeconds > 0 {
      Progress.say("\(plan.idleSeconds) s of doing nothing")
      report.figures.append(try IdleMeasure(seconds: plan.idleSeconds).run(doors[0]))
    }
    if plan.burst > 0 {
      Progress.say("\(plan.burst) codes at once")
      let burst = BurstMeasure(plan: plan, door: doors[0])
      report.figures += try await burst.run()
      report.figures.append(MemoryMeasure.peak(of: doors[0], after: "scans, the paste included"))
    }
    report.machine.loadAtEnd = Machine.load
    return report
  }
}

/// What is going on, for whoever waits.
enum Progress {
  static func say(_ text: String) {
    FileHandle.standardError.write(Data("doorbench: \(text)\n".utf8))
  }
}
