import Foundation

/// What a program has done since it began: counted by a library that is built beside, and preloaded
/// into it.
struct WorkCounts {
  /// As `work_counts.h` has them, one after the other.
  private var values: [Double]

  var tasks: Double { values[0] }
  /// Jobs that were handed to a thread of Swift's.
  var executor: Double { values[1] }
  /// Blocks that were handed to a thread of Dispatch.
  var dispatch: Double { values[2] }
  /// Times that the thread of the connections, or that of the timers, was woken.
  var wakes: Double { values[3] }
  var handOvers: Double { executor + dispatch + wakes }
  var allocations: Double { values[4] }
  /// In bytes.
  var allocated: Double { values[5] }
  /// Of the hand-overs, those before it last wrote a panel.
  var handOversBeforePanel: Double { values[6] }

  /// Of a run between two looks.
  /// - Parameter idle: what goes on by itself in a run, and belongs to nothing.
  static func of(_ runs: Int, from before: WorkCounts, to after: WorkCounts, idle: WorkCounts)
    -> WorkCounts
  {
    WorkCounts(
      values: after.values.indices.map {
        (after.values[$0] - before.values[$0]) / Double(runs) - idle.values[$0]
      })
  }

  func times(_ factor: Double) -> WorkCounts { WorkCounts(values: values.map { $0 * factor }) }
  static let none = WorkCounts(values: Array(repeating: 0, count: 7))

  /// Where a program's counts are kept.
  struct Place {
    let file: String
    private let library: String

    /// - Returns: nil where the library is not built.
    init?(_ plan: Plan, name: String) {
      library =
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("libWorkCounts.so").path
      file = "\(plan.folder)/counts-\(name)"
      guard FileManager.default.fileExists(atPath: library),
        FileManager.default.createFile(atPath: file, contents: Data(count: 4096))
      else { return nil }
    }

    var environment: [String: String] { ["LD_PRELOAD": library, "WORK_COUNTS": file] }

    func read() throws -> WorkCounts {
      let data = try Data(contentsOf: URL(fileURLWithPath: file))
      return WorkCounts(
        values: data.withUnsafeBytes { bytes in
          (0..<7).map { Double(bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self)) }
        })
    }
  }
}
