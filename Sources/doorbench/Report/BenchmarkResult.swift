import Foundation

/// Everything that one run has measured.
package struct BenchmarkResult {
  var machine: Machine
  var plan: Plan
  var rows: [Row] = []
  var figures: [Figure] = []

  var budgets: [Budget] { Budget.all(rows, figures) }

  /// - Throws: an `EncodingError` where a figure is no number.
  func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try encoder.encode(
      Contents(
        machine: machine, seed: plan.seed, warmUpRounds: plan.warmUp,
        sandboxPasses: plan.passesNeeded, distributions: rows, figures: figures, budgets: budgets))
  }

  private struct Contents: Encodable {
    var machine: Machine
    var seed: UInt64
    var warmUpRounds: Int
    var sandboxPasses: Int
    var distributions: [Row]
    var figures: [Figure]
    var budgets: [Budget]
  }
}
