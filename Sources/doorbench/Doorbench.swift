import ArgumentParser
import Foundation

@main
struct Doorbench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doorbench",
    abstract: "Measures doorcheck through a real terminal, and beside it what it is made of.",
    discussion: """
      Starts the built program on a pseudo-terminal against `doorcheck sandbox`, a process of its \
      own. Everything is measured in one run, in an order shuffled anew in each round, so that \
      what the machine does besides falls on all measures alike.
      """)

  @Option(help: ArgumentHelp("The program; without it, the one built beside.", valueName: "file"))
  var program: String?

  @Flag(help: "A tenth of it, in about two minutes: to see that it works, not to judge by.")
  var quick = false

  @Option(help: ArgumentHelp("Samples of each distribution; 300.", valueName: "number"))
  var samples: Int?

  @Option(help: ArgumentHelp("Rounds before the first that counts.", valueName: "number"))
  var warmUp = 20

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("What the sandbox waits before it answers.", valueName: "ms"))
  var latencyMs = [0, 80, 250]

  @Option(
    help: ArgumentHelp("How often the program is started; 100, 0 leaves it out.", valueName: "n"))
  var starts: Int?

  @Option(help: ArgumentHelp("Passes stored where it is started.", valueName: "number"))
  var startPasses = 100_000

  @Option(
    help: ArgumentHelp(
      "Admissions of tonight where it is started once more; 10000, 0 leaves it out.",
      valueName: "number"))
  var startAdmissions = 10_000

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Stores in which passes are looked up, by their sizes; 1000 100000 1000000, 0 leaves it out.",
      valueName: "passes"))
  var storeSizes: [Int] = []

  @Option(
    help: ArgumentHelp("Seconds of doing nothing; 30, 0 leaves it out.", valueName: "seconds"))
  var idleSeconds: Int?

  @Option(help: ArgumentHelp("Codes pasted at once; 0 leaves it out.", valueName: "number"))
  var burst = 1_000

  @Option(
    help: ArgumentHelp(
      "Scans in one process, for its memory; 20000, 0 leaves it out.", valueName: "number"))
  var manyScans: Int?

  @Option(
    help: ArgumentHelp(
      "Scans whose hand-overs, tasks and allocations are counted; 0 leaves it out.",
      valueName: "number"))
  var countedScans = 50

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Doors on one shared ledger, for which a PostgreSQL is started; 1 8 32 128, 0 leaves it out.",
      valueName: "doors"))
  var ledgerDoors: [Int] = []

  @Option(help: ArgumentHelp("Passes at the sandbox, at least.", valueName: "number"))
  var passes = 3_000

  @Option(help: ArgumentHelp("Where databases are; on the disk to be measured.", valueName: "dir"))
  var folder: String?

  @Option(help: ArgumentHelp("What the order is drawn from.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Write the figures there, too.", valueName: "file"))
  var json: String?

  func validate() throws {
    guard samples ?? 1 > 0, !latencyMs.isEmpty,
      latencyMs.allSatisfy({ (0...1_000).contains($0) })
    else {
      throw ValidationError("--samples is at least 1, and --latency-ms is 0 to 1000.")
    }
    let numbers =
      [
        warmUp, starts ?? 0, startPasses, startAdmissions, idleSeconds ?? 0, burst, countedScans,
        manyScans ?? 0,
      ] + storeSizes + ledgerDoors
    guard numbers.allSatisfy({ $0 >= 0 }) else {
      throw ValidationError("Numbers are not negative.")
    }
    guard manyScans.map({ $0 == 0 || $0 >= 2_000 }) ?? true else {
      throw ValidationError("--many-scans is 0, or at least 2000.")
    }
  }

  func run() async throws {
    let place = try WorkingFolder(in: folder)
    defer { place.remove() }
    let signals = StartedProcess.endAllOnSignals { place.remove() }
    defer {
      for source in signals { source.cancel() }
      StartedProcess.endAll()
    }
    let plan = Plan(
      program: program ?? Self.besideThis, samples: samples ?? (quick ? 30 : 300),
      warmUp: quick ? min(warmUp, 5) : warmUp, latencies: latencyMs,
      starts: starts ?? (quick ? 10 : 100), startPasses: startPasses,
      startAdmissions: startAdmissions,
      storeSizes: sizes.filter { $0 > 0 }.sorted(), idleSeconds: idleSeconds ?? (quick ? 5 : 30),
      burst: burst, manyScans: manyScans ?? (quick ? 2_000 : 20_000), countedScans: countedScans,
      ledgerDoors: doorsOnLedger.filter { $0 > 0 }, passes: passes, seed: seed, folder: place.path)
    let result = try await Benchmark(plan: plan).run()
    print(result.text)
    if let json {
      try result.json().write(to: URL(fileURLWithPath: json))
      Progress.say("the same as JSON: \(json)")
    }
  }

  private var doorsOnLedger: [Int] {
    ledgerDoors.isEmpty ? [1, 8, 32] + (quick ? [] : [128]) : ledgerDoors
  }

  private var sizes: [Int] {
    storeSizes.isEmpty ? [1_000, 100_000] + (quick ? [] : [1_000_000]) : storeSizes
  }

  private static var besideThis: String {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("doorcheck").path
  }
}

/// A new folder for the databases, and gone afterwards.
struct WorkingFolder {
  let path: String

  init(in parent: String?) throws {
    let parent = parent.map { URL(fileURLWithPath: $0) } ?? FileManager.default.temporaryDirectory
    let folder = parent.appendingPathComponent("doorbench-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
