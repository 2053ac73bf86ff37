import Admission
import CheckIn
import Door
import DoorConfiguration
import DoorScreen
import Formatting
import Foundation
import Fourvenues

extension ServiceFindings {
  /// What the service lists of each kind that the door takes beside passes.
  var otherKinds: [CheckFinding] {
    settings.door.accepts.compactMap { kind in
      switch kind {
      case .pass: nil
      case .ticket: list(of: .ticket, .tickets)
      case .list: list(of: .list, .lists)
      case .booking: list(of: .booking, .bookings)
      }
    }
  }

  private func list(of kind: PassKind, _ point: CheckPoint) -> CheckFinding {
    switch survey.lists[kind] ?? .notAsked {
    case .listed(let forecast, let isWhole):
      return judged(forecast, isWhole: isWhole, of: kind, point)
    case .brokenOff(_, .unauthorized) where !isKeyRefused:
      return .pass(
        point, "not listed: the key may not list \(kind.words); the door looks them up live",
        next: "ask Fourvenues to grant it: \(Endpoint.list(kind).loss)")
    case .brokenOff(let forecast, let failure):
      let why = FourvenuesError.failed(failure).advice
      return .fail(
        point,
        forecast.passes == 0 ? "not listed: \(why)" : "broke off after \(forecast.passes): \(why)",
        next: failure == .unauthorized
          ? "the key comes first"
          : "without a network, the door knows those alone that it has stored")
    case .notAsked:
      if let stored = stored(of: kind) { return .pass(point, stored) }
      return .skipped(
        point, !survey.asksForNothing ? unheard : withoutEvent("no event to list them for"))
    }
  }

  private func judged(
    _ forecast: RefusalForecast, isWhole: Bool, of kind: PassKind, _ point: CheckPoint
  ) -> CheckFinding {
    guard forecast.passes > 0 else {
      return .pass(point, "the service lists none for this event")
    }
    let count = forecast.passes == 1 ? "1 \(kind.word)" : "\(forecast.passes) \(kind.words)"
    guard let cause = forecast.cause else {
      let listed = isWhole ? "\(count) of tonight" : "\(count) of tonight, and more"
      return .pass(
        point, "\(listed), \(stored(of: kind) ?? "none stored yet")")
    }
    return .fail(point, "\(forecast.refused) of \(count) would be refused", next: advice(cause))
  }

  /// Whether tonight has the types that `door.types` names; nil where the door takes all.
  var types: CheckFinding? {
    guard let wanted = settings.rules.types else { return nil }
    let seen = survey.types
    guard seen.passes > 0 else {
      return .skipped(.types, "nothing of tonight is listed that door.types could be compared with")
    }
    let missing = wanted.filter { seen.count(of: [$0]) == 0 }
    let taken = seen.count(of: wanted)
    let message = "this door takes \(taken) of the \(seen.passes) listed for tonight"
    let next = missing.isEmpty ? nil : missing.map { unknownType($0) }.joined(separator: "; ")
    return taken == 0 && survey.isListedWhole
      ? .fail(.types, message, next: next ?? "look at door.types")
      : .pass(.types, message, next: next)
  }

  private func unknownType(_ name: String) -> String {
    let text =
      "door.types names \"\(DisplayText.cleaned(name))\", and nothing listed is of that type"
    let names = survey.types.names
    if let nearest = NearestName.find(name, among: names) {
      return "\(text): did you mean \"\(DisplayText.cleaned(nearest))\"?"
    }
    let some = names.prefix(5).map { "\"\(DisplayText.cleaned($0))\"" }.joined(separator: ", ")
    return some.isEmpty ? text : "\(text); there are \(some)\(names.count > 5 ? ", …" : "")"
  }
}
