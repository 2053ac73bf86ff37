import Door
import Formatting

extension FindingOutput<CheckPoint> {
  /// The last line for people; programs count for themselves.
  func summary(of findings: [CheckFinding]) -> [String] {
    guard format == .text else { return [] }
    let failed = findings.filter(\.status.isFailure).map(\.point.rawValue)
    let skipped = findings.filter { $0.status == .skipped }.map(\.point.rawValue)
    let text =
      failed.isEmpty ? "Ready for the night" : "NOT READY: \(failed.joined(separator: ", "))"
    let rest = skipped.isEmpty ? "" : "; not looked at: \(skipped.joined(separator: ", "))"
    let status: FindingStatus = failed.isEmpty ? .pass : .fail(.notReady)
    return WrappedText(text + rest, columns: columns).lines.map { coloured($0, status) }
  }
}
