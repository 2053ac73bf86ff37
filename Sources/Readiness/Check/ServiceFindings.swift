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

  var all: [CheckFinding] {
    [service, key, event, passes] + otherKinds + [types, rates, clock].compactMap(\.self)
  }

  var service: CheckFinding {
    let address = [
      settings.fourvenues.baseURL.absoluteString,
      settings.fourvenues.proxy.map { "through the proxy \($0.host):\($0.port)" },
    ].compactMap(\.self).joined(separator: " ")
    let lookUp = survey.exchanges[.lookUp(settings.door.accepts.first ?? .pass)]
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
}
