import Foundation
import ScreenReader

/// Whether a process that has scanned all night needs more memory than one that has just begun.
struct ManyScansMeasure {
  var plan: Plan
  var sandbox: Sandbox

  /// After so many it has all that it keeps.
  private static let first = 1_000
  /// What its output holds that nobody has read may be ahead of what was read by so many.
  private static let unread = 500

  func run() throws -> Figure {
    Progress.say("\(plan.manyScans) scans in one process")
    let input = "\(plan.folder)/many.txt"
    try (0..<plan.manyScans).map { "\(Plan.code($0 % plan.passesNeeded))\n" }.joined()
      .write(toFile: input, atomically: true, encoding: .utf8)
    let output = try OutputPipe()
    let process = try StartedProcess(
      plan.program, ["scan", "--format", "json", "--event", sandbox.eventID],
      environment: Door.environment(plan, sandbox, name: "many"),
      streams: .files(input: input, output: output.writeEnd))
    output.closeWriteEnd()
    var (lines, begin, end) = (0, Double.nan, Double.nan)
    while output.line() != nil {
      lines += 1
      if lines == Self.first { begin = MemoryMeasure.now(of: process) }
      if lines == plan.manyScans - Self.unread { end = MemoryMeasure.now(of: process) }
    }
    process.wait()
    guard lines == plan.manyScans else {
      throw BenchmarkFailure("\(lines) verdicts for \(plan.manyScans) scans")
    }
    func number(_ value: Double) -> String { String(format: "%.1f", value) }
    return Figure(
      .manyScans, end / begin, "times",
      "\(number(end)) MiB after \(plan.manyScans) scans, \(number(begin)) after \(Self.first)")
  }
}
