import Admission
import DoorConfiguration
import DoorScreen
import Formatting
import Foundation

/// The line that `scan --format json` prints for a verdict, and that hooks are given (Contract:
/// Columns).
struct OutcomeJSON: Sendable {
  var time: LocalTime
  var door: String
  /// Whether the door takes others than passes, so that there are columns of what those hold.
  var namesKinds = false
  var message: @Sendable (Outcome) -> String

  func line(for outcome: Outcome) -> String {
    var line = JSONLine()
    line.add("code", outcome.code)
    line.add("verdict", outcome.verdict.rawValue)
    line.add("reason", outcome.reasonName)
    line.add("message", message(outcome))
    line.add("pass_id", outcome.pass.flatMap { $0.id.isEmpty ? nil : $0.id })
    line.add("customer", outcome.pass?.customer)
    line.add("pass_type", outcome.pass?.type)
    line.add("event_id", outcome.tonight.event?.id)
    line.add("allowed", outcome.count?.allowed)
    // Who leaves is counted where nothing is known of the pass, too.
    let leaves = outcome.decision.departure
    line.add("used", outcome.count?.used ?? leaves?.inside)
    line.add("admitted", outcome.count?.admitted ?? (leaves == nil ? nil : 0))
    line.add("remaining", outcome.count?.remaining)
    line.add("source", outcome.sourceName)
    line.add("age_seconds", outcome.ageSeconds)
    line.add("door", door)
    line.add("at", time.timestamp(outcome.at))
    line.add("latency_ms", outcome.latency.milliseconds)
    if namesKinds {
      let details = outcome.pass?.details
      line.add("kind", outcome.pass?.kind.rawValue)
      line.add("note", details?.note)
      line.add("extras", details?.extras)
      line.add("minimum_age", outcome.minimumAge)
      line.add("place", details?.place)
    }
    return line.text
  }
}

extension OutcomeJSON {
  init(_ settings: Settings) {
    self.init(
      time: settings.time, door: settings.door.name, namesKinds: settings.door.accepts != [.pass],
      message: settings.message)
  }
}

extension Outcome {
  /// The public name of what decided (Contract: Columns).
  var sourceName: String {
    switch source {
    case nil: "none"
    case .live: "live"
    case .cache: "cache"
    }
  }
}

extension Duration {
  /// Whole milliseconds.
  package var milliseconds: Int {
    Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
  }
}
