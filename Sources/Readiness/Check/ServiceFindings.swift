import Admission
import CheckIn
import Door
import DoorConfiguration
import DoorScreen
import Formatting
import Foundation
import Fourvenues

/// What a survey of the service says of the night.
package struct ServiceFindings {
  let survey: ServiceSurvey
  let settings: Settings
  let now: Date

  var all: [CheckFinding] { [service, key, event, passes, rates, clock] }

  var service: CheckFinding {
    let address = [
      settings.fourvenues.baseURL.absoluteString,
      settings.fourvenues.proxy.map { "through the proxy \($0.host):\($0.port)" },
    ].compactMap(\.self).joined(separator: " ")
    let lookUp = survey.exchanges[.lookUp(.pass)]
    let status = lookUp?.status.map { " (HTTP \($0))" } ?? ""
    switch lookUp.map(\.failure) ?? .offline {
    case nil where survey.isAddressInDoubt, .serviceError where survey.isAddressInDoubt:
      return .fail(
        .service, "it knows nothing of whatever is asked\(status): \(address)",
        next: "look at fourvenues.base_url: it usually ends with /integrations", exit: .unreachable)
    case nil where survey.watch.isSlow:
      return .fail(
        .service, "most answers take over 0.7 s",
        next: "look at the box's network; while it is slow, stored passes answer")
    case nil, .unauthorized:
      let latency = lookUp?.latency.milliseconds ?? 0
      return .pass(.service, "answers in \(latency) ms: \(address)")
    case .offline where lookUp?.trouble == .certificate:
      return .fail(
        .service, "its certificate is refused: \(address)",
        next: "is the box's clock right? does a network's log-in page stand in between? look at "
          + "fourvenues.base_url", exit: .unreachable)
    case .offline where lookUp?.trouble == .notSecure:
      return .fail(
        .service, "no certificate: what answers there is not secure: \(address)",
        next: "does a network's log-in page or a proxy stand in between? is the box's clock right? "
          + "look at fourvenues.base_url", exit: .unreachable)
    case .offline where lookUp?.trouble == .proxy:
      return .fail(
        .service, "the proxy lets nothing through: \(address)",
        next: "look at HTTPS_PROXY: does the proxy want a user and a password, or others? NO_PROXY "
          + "goes around it", exit: .unreachable)
    case .offline:
      let proxy = settings.fourvenues.proxy == nil ? "" : ", HTTPS_PROXY"
      return .fail(
        .service, "no answer: \(address)",
        next: "look at cable or Wi-Fi, name server\(proxy) and fourvenues.base_url",
        exit: .unreachable)
    case .serviceError:
      return .fail(
        .service, "the answer is not one of Fourvenues\(status): \(address)",
        next: "a Wi-Fi's log-in page answers so, too; look at fourvenues.base_url, or wait",
        exit: .unreachable)
    case .rateLimited:
      return .fail(
        .service, "it is asked too often\(status)",
        next: "wait a minute; does anything else ask with the same key?", exit: .unreachable)
    }
  }

  var clock: CheckFinding {
    let setIt = "set it: sudo timedatectl set-ntp true"
    if !Version.isPlausible(now) {
      return .fail(
        .clock, "the box's clock cannot be right: \(settings.time.timestamp(now))", next: setIt)
    }
    guard let offset = survey.watch.clockOffset else {
      return .skipped(.clock, "the service told no time to go by")
    }
    let seconds = Int(min(abs(offset), 1e12).rounded())
    if survey.watch.badClockOffset != nil {
      let side = offset > 0 ? "ahead of" : "behind"
      return .fail(
        .clock, "\(seconds) s \(side) the service's; hours and rates go by it", next: setIt)
    }
    return .pass(.clock, "\(seconds) s off the service's, \(settings.time.timestamp(now))")
  }

  var rates: CheckFinding {
    switch survey.rates {
    case .told(let rates): return told(rates)
    case .stored(let rates, let fetchedAt):
      return .pass(
        .rates, "\(count(of: rates)) stored, as of \(settings.time.timestamp(fetchedAt))")
    case .failed(let failure):
      return .fail(
        .rates, "not told: \(FourvenuesError.failed(failure).advice)",
        next: failure == .unauthorized
          ? "the key comes first"
          : settings.needsRates
            ? "rules.rate_windows and rules.collect_at_door go by them"
            : "the door works without them, and shows none")
    case .notAsked:
      return .skipped(
        .rates, !survey.asksForNothing ? unheard : withoutEvent("no event to ask for"))
    }
  }

  /// Why nothing was asked that needs an event.
  func withoutEvent(_ text: String) -> String {
    isKeyRefused ? "the service refuses the key" : text
  }

  /// The key opens nothing at all of what was asked.
  var isKeyRefused: Bool {
    let failures = survey.exchanges.values.map(\.failure)
    return failures.contains(.unauthorized) && !failures.contains(nil)
  }

  /// Why nothing more was asked.
  var unheard: String {
    survey.isAddressInDoubt
      ? "whatever is asked is not found: look at fourvenues.base_url first"
      : "the service does not answer"
  }

  private func told(_ rates: [Rate]) -> CheckFinding {
    let options = rates.flatMap(\.options)
    guard !options.isEmpty else {
      return settings.needsRates
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
  /// Whether a verdict or the panel depends on tonight's rates.
  fileprivate var needsRates: Bool { rules.rateWindows == .enforce || !collectAtDoor.isEmpty }
}
