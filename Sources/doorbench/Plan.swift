/// What is to be measured, and how often.
struct Plan {
  var program: String
  /// Of each distribution.
  var samples: Int
  /// Rounds whose results are thrown away.
  var warmUp: Int
  /// Of the sandbox, in milliseconds.
  var latencies: [Int]
  var starts: Int
  /// Stored when the program is started.
  var startPasses: Int
  /// Recorded of tonight where it is started once more.
  var startAdmissions: Int
  /// Stored where the store's look-up is measured, fewest first.
  var storeSizes: [Int]
  var idleSeconds: Int
  var burst: Int
  /// In one process, for its memory.
  var manyScans: Int
  /// Whose hand-overs, tasks and allocations are counted.
  var countedScans: Int
  /// How many doors are on one ledger, a measure each; none leaves the ledger out.
  var ledgerDoors: [Int]
  /// At the sandbox, and fetched ahead by the door.
  var passes: Int
  var seed: UInt64
  var folder: String

  var rounds: Int { warmUp + samples }

  /// Scans that at most are needed until a silent service is taken for one.
  static let mostUntilSilent = 20

  /// One for each scan that must be fresh: the rounds, those until silence, the paste, and `scan`'s
  /// own. Those that are counted are scanned at doors of their own.
  var passesNeeded: Int {
    max(
      passes, rounds + max(Self.mostUntilSilent, 2 * burst), countedScans + WorkMeasure.warmUp)
  }

  /// The sandbox's generated passes, from number 0 on.
  static func code(_ index: Int) -> String { code("SAND", index) }

  /// Its generated tickets.
  static func ticketCode(_ index: Int) -> String { code("TICK", index) }

  /// Codes that it does not know as anything.
  static func unknownCode(_ index: Int) -> String { code("NONE", index) }

  private static func code(_ prefix: String, _ index: Int) -> String {
    let digits = String(index)
    return prefix + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }
}
