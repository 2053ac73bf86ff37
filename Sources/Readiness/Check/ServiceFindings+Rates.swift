import Admission
import CheckIn
import Door
import DoorConfiguration
import DoorScreen
import Formatting
import Foundation
import Fourvenues

extension ServiceFindings {
  /// The price lists of the kinds that the door takes, in one line: what fails in one of them fails.
  var rates: CheckFinding {
    let kinds = settings.door.accepts.filter(\.hasRates)
    guard !kinds.isEmpty else {
      return .skipped(.rates, "the service has none of what this door takes")
    }
    let findings = kinds.map { (kind: $0, finding: rates(of: $0)) }
    guard findings.count > 1 else { return findings[0].finding }
    let worst =
      findings.first { $0.finding.status.isFailure } ?? findings.first {
        $0.finding.status == .pass
      }
      ?? findings[0]
    var whole = worst.finding
    whole.message = findings.map { "of \($0.kind.words): \($0.finding.message)" }
      .joined(separator: "; ")
    let steps = findings.compactMap(\.finding.nextStep)
    whole.nextStep =
      steps.isEmpty
      ? nil
      : steps.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }.joined(separator: "; ")
    return whole
  }

  private func rates(of kind: PassKind) -> CheckFinding {
    switch survey.priceLists[kind] ?? .notAsked {
    case .told(let rates): return told(rates, of: kind)
    case .stored(let rates, let fetchedAt):
      return .pass(
        .rates, "\(count(of: rates)) stored, as of \(settings.time.timestamp(fetchedAt))")
    case .failed(.unauthorized)
    where !isKeyRefused && kind != .pass && !settings.needsRates(of: kind):
      return .pass(
        .rates, "not told: the key may not ask for them",
        next: "the door shows none of \(kind.words)")
    case .failed(let failure):
      return .fail(
        .rates, "not told: \(FourvenuesError.failed(failure).advice)",
        next: failure == .unauthorized
          ? "the key comes first"
          : settings.needsRates(of: kind)
            ? "rules.rate_windows and rules.collect_at_door go by them"
            : "the door works without them, and shows none")
    case .notAsked:
      return .skipped(
        .rates, !survey.asksForNothing ? unheard : withoutEvent("no event to ask for"))
    }
  }

  private func told(_ rates: [Rate], of kind: PassKind) -> CheckFinding {
    let options = rates.flatMap(\.options)
    guard !options.isEmpty else {
      return settings.needsRates(of: kind)
        ? .fail(
          .rates, "the service lists none for this event",
          next: "rules.rate_windows and rules.collect_at_door go by them: add the rates, or change "
            + "those rules")
        : .pass(.rates, "the service lists none for this event")
    }
    guard let start = survey.tonight.event?.startsAt else {
      return .fail(
        .rates, "\(count(of: rates)), but nobody knows when the event starts",
        next: "give event.starts_at: rates count from it")
    }
    let holding = options.count { $0.phase(at: now.timeIntervalSince(start)) == .holds }
    return .pass(.rates, "\(count(of: rates)), of which \(holding) hold now")
  }

  private func count(of rates: [Rate]) -> String {
    let options = rates.reduce(0) { $0 + $1.options.count }
    return "\(rates.count) with \(options) option\(options == 1 ? "" : "s")"
  }
}

extension Settings {
  /// Whether a verdict or the panel depends on tonight's rates of a kind.
  func needsRates(of kind: PassKind) -> Bool {
    rules.rateWindows == .enforce || collectAtDoor.contains(kind)
  }
}
