import Door
import Formatting

/// What must be in order before the doors open, in the order in which it is told. The names are
/// public: `check --format json` prints them.
package enum CheckPoint: String, FindingPoint {
  case configuration
  /// It answers, and as Fourvenues does.
  case service
  /// Which endpoints it may use.
  case key
  case event, passes
  /// Of the other kinds that the door takes; each is told where it does.
  case tickets, lists, bookings
  /// Told where the door takes some types alone.
  case types
  case rates, clock, store
  /// The one that several doors share, and the doors on it; told where there is one.
  case ledger, doors
  /// Told where there is one, or where a rule needs one.
  case exits
  /// Its size.
  case terminal
  case colours, locale, scanner
}

package typealias CheckFinding = Finding<CheckPoint>

extension FindingOutput<CheckPoint> {
  /// The last line for people; programs count for themselves.
  func summary(of findings: [CheckFinding]) -> [String] {
    guard format == .text else { return [] }
    let failed = findings.filter(\.status.isFailure).map(\.point.rawValue)
    let skipped = findings.filter { $0.status == .skipped }.map(\.point.rawValue)
    let advised = findings.filter { $0.status == .pass && $0.nextStep != nil }.map(\.point.rawValue)
    let text =
      failed.isEmpty ? "Ready for the night" : "NOT READY: \(failed.joined(separator: ", "))"
    let advice = advised.isEmpty ? "" : "; worth doing: \(advised.joined(separator: ", "))"
    let rest = skipped.isEmpty ? "" : "; not looked at: \(skipped.joined(separator: ", "))"
    let status: FindingStatus = failed.isEmpty ? .pass : .fail(.notReady)
    return WrappedText(text + advice + rest, columns: columns).lines.map { coloured($0, status) }
  }
}
