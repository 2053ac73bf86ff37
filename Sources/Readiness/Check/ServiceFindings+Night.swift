import Admission
import CheckIn
import Door
import DoorConfiguration
import DoorScreen
import Formatting
import Foundation
import Fourvenues

extension ServiceFindings {
  /// A named event that begins later than this after now is hardly tonight's, in seconds.
  private static let farAhead: TimeInterval = 24 * 3600

  var event: CheckFinding {
    let text = EventText(time: settings.time)
    switch survey.tonight {
    case .chosen(let event), .unknown(let event): return chosen(event, text)
    case .none(.several(let events)):
      return .fail(
        .event,
        "several are on:" + events.map { "\n" + text.line(for: $0) }.joined(),
        next: "name one as event.id; the door screen lets staff choose", exit: .configuration)
    case .none(.noneTonight):
      return .fail(.event, "none is on now" + upcoming, next: "wait, or name it as event.id")
    case .none(.keyRefused),
      .none(.unreachable) where areEventsRefused,
      .none(.notChosen) where areEventsRefused:
      return isKeyRefused
        ? .fail(
          .event, "the service refuses the key, so it does not tell which is tonight's",
          next: "ask whoever gave you the key (Fourvenues, the organizer) for one that is valid")
        : .fail(
          .event, "the key may not list events, so the service does not tell which is tonight's",
          next: "ask Fourvenues to grant it, or name tonight's as event.id")
    case .none where survey.isAddressInDoubt:
      return .fail(
        .event, "which is tonight's, nobody says", next: "look at fourvenues.base_url first")
    case .none(.unreachable), .none(.notChosen):
      return .fail(
        .event,
        Version.isPlausible(now)
          ? "the service does not tell which is tonight's, and none is stored"
          : "none is chosen by a clock that cannot be right",
        next: "name it as event.id, with event.starts_at and event.ends_at")
    case .none(.ended(let event)), .none(.unknown(let event)):
      return .fail(.event, "over: \(text.sentence(for: event))", next: "name tonight's as event.id")
    }
  }

  private var areEventsRefused: Bool {
    isKeyRefused
      || [Endpoint.event, .events].contains { survey.exchanges[$0]?.failure == .unauthorized }
  }

  private func chosen(_ event: Event, _ text: EventText) -> CheckFinding {
    let line = text.sentence(for: event)
    if survey.isAddressInDoubt {
      return .fail(
        .event, "whether there is \(DisplayText.cleaned(event.id)), nobody says",
        next: "look at fourvenues.base_url first")
    }
    if isKeyRefused, !survey.isEventStored, event.startsAt == nil {
      return .fail(
        .event,
        "the service refuses the key, so nobody knows whether there is "
          + DisplayText.cleaned(event.id), next: "the key comes first")
    }
    if survey.isEventUnknown {
      return .fail(
        .event, "the service knows no event \(DisplayText.cleaned(event.id))",
        next: "look at event.id; \"doorcheck events\" lists those that the key can see")
    }
    if event.isOver(at: now) {
      return .fail(
        .event, "over: \(line)", next: "name tonight's as event.id, or none, so that it is found")
    }
    let others = TonightChoice(listed: survey.listed ?? []).eventsOn(at: now)
      .filter { !$0.hasID(event.id) }
    if !event.isOn(at: now), event.startsAt != nil, !others.isEmpty {
      return .fail(
        .event,
        "not on now: \(line); but this is:" + others.map { "\n" + text.line(for: $0) }.joined(),
        next: "is event.id that of another night?")
    }
    if let start = event.startsAt, start.timeIntervalSince(now) > Self.farAhead {
      return .fail(.event, "not tonight: \(line)", next: "is event.id that of another night?")
    }
    if event.startsAt == nil || event.endsAt == nil {
      return .pass(
        .event, line, next: "give event.starts_at and event.ends_at: the service tells none")
    }
    return .pass(
      .event, survey.isEventStored ? "\(line) (stored)" : line,
      next: others.isEmpty
        ? nil
        : "another is on too; passes for it are refused here:"
          + others.map { "\n" + text.line(for: $0) }.joined())
  }

  /// The next one, and from when on the door chooses it.
  private var upcoming: String {
    let coming = (survey.listed ?? []).compactMap { event in
      event.startsAt.flatMap { $0 > now ? (event, $0) : nil }
    }
    guard let (event, start) = coming.min(by: { $0.1 < $1.1 }) else {
      return ", nor listed for the next two days"
    }
    let from = settings.time.minutes(start.addingTimeInterval(-Tonight.leadBeforeStart))
    return
      "; the next one is chosen from \(from) on:\n\(EventText(time: settings.time).sentence(for: event))"
  }

  var passes: CheckFinding {
    guard settings.door.accepts.contains(.pass) else {
      return .skipped(.passes, "door.accepts does not take them")
    }
    switch survey.lists[.pass] ?? .notAsked {
    case .listed(let forecast, let isWhole):
      return judged(
        forecast, "\(count(forecast)) of tonight\(isWhole ? "" : " and more"), \(storing)",
        none: "the service lists none for this event")
    case .brokenOff(let forecast, let failure):
      let isRefused = failure == .unauthorized
      return .fail(
        .passes, "\(brokenOff(forecast, failure)); \(stored(of: .pass) ?? "none stored")",
        next: isRefused
          ? "the key comes first" : "without a network, the door knows stored passes only")
    case .notAsked:
      guard let stored = survey.stored[.pass] else {
        return .skipped(
          .passes, !survey.asksForNothing ? unheard : withoutEvent("no event to list them for"))
      }
      return judged(stored.forecast, storing, none: "none is stored")
    }
  }

  private func judged(
    _ forecast: RefusalForecast, _ message: String, none: String
  ) -> CheckFinding {
    guard forecast.passes > 0 else {
      return .fail(.passes, none, next: "is it the right event, and are passes sold for it?")
    }
    guard let cause = forecast.cause else { return .pass(.passes, message) }
    let parts = [
      (forecast.wrongOrganization, Reason.wrongOrganization), (forecast.notActive, .notActive),
      (forecast.notTonight, .notTonight),
    ]
    let shares = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1.rawValue)" }
    return .fail(
      .passes,
      "\(forecast.refused) of \(forecast.passes) would be refused: "
        + shares.joined(separator: ", "),
      next: advice(cause))
  }

  func advice(_ cause: RefusalForecast.Cause) -> String {
    switch cause {
    case .organizationID:
      return "\(cause.rule) is \(settings.rules.organizationID ?? ""): most passes are of another"
    case .activeStates(let seen):
      let allowed = settings.rules.activeStates.joined(separator: ", ")
      let states = seen.prefix(5).map { "\"\(DisplayText.cleaned($0))\"" }.joined(separator: ", ")
      return
        "\(cause.rule) is [\(DisplayText.cleaned(allowed))], and passes have \(states): add the "
        + "states that may come in"
    case .eventWithoutUsage:
      return "\(cause.rule) is refuse, and most have no usage for this event: is it the right one? "
        + "If they are good for it, set admit"
    case .noPeople:
      return
        "their usages for tonight are for 0 people (\(cause.rule)): ask who made the pass types"
    }
  }

  private func brokenOff(_ forecast: RefusalForecast, _ failure: LookUpFailure) -> String {
    let why = FourvenuesError.failed(failure).advice
    return forecast.passes == 0
      ? "not listed: \(why)" : "broke off after \(forecast.passes): \(why)"
  }

  private var storing: String {
    stored(of: .pass) ?? "none stored yet: the door screen stores them when it starts"
  }

  /// What is in the store; nil where nothing is.
  func stored(of kind: PassKind) -> String? {
    guard let stored = survey.stored[kind], stored.forecast.passes > 0 else { return nil }
    guard let completedAt = stored.completedAt else {
      return "\(stored.forecast.passes) stored of those already seen"
    }
    return "\(stored.forecast.passes) stored, as of \(settings.time.timestamp(completedAt))"
  }

  private func count(_ forecast: RefusalForecast) -> String {
    forecast.passes == 1 ? "1 pass" : "\(forecast.passes) passes"
  }
}
