import Admission
import DoorConfiguration
import Fourvenues

extension ServiceFindings {
  /// Keys are scoped: one endpoint may answer 403 while the others work (FourvenuesAPI: Bases and
  /// credentials).
  var key: CheckFinding {
    let asked = settings.endpoints.compactMap { survey.exchanges[$0] }
    let refused = asked.filter { $0.failure == .unauthorized }
    let granted = asked.filter { $0.failure == nil }
    let unknown = asked.filter { $0.failure != nil && $0.failure != .unauthorized }
    let rest = (unknown.isEmpty ? "" : notKnown(unknown)) + furtherKinds
    if refused.isEmpty {
      if survey.isAddressInDoubt {
        return .skipped(.key, "whatever is asked is not found, with this key or another")
      }
      if granted.isEmpty { return .skipped(.key, "the service does not say whether it takes it") }
      return .pass(.key, "may use \(words(granted))" + rest, next: reporting)
    }
    if granted.isEmpty {
      return .fail(
        .key, "the service refuses it (\(refused[0].status ?? 0)) for \(words(refused))",
        next: "look at fourvenues.api_key: mistyped, expired, revoked, or of another venue?")
    }
    let paths = refused.map { "\($0.endpoint.words), \($0.endpoint.path) (\($0.status ?? 0))" }
    let message =
      "may not use the \(paths.joined(separator: "; the ")); may use the \(words(granted))" + rest
    let losses = refused.map(\.endpoint.loss).joined(separator: "; ")
    // The door works without, if not as well.
    if refused.allSatisfy({ settings.canDoWithout($0.endpoint) }) {
      return .pass(
        .key, message,
        next: ["ask Fourvenues to grant it: \(losses)", reporting].compactMap(\.self)
          .joined(separator: "; "))
    }
    let kinds = refused.compactMap { $0.endpoint.lookedUpKind }
    let orLeave =
      kinds.isEmpty || kinds.count == settings.door.accepts.count
      ? "" : "; or take \(kinds.map(\.rawValue).joined(separator: ", ")) out of door.accepts"
    return .fail(.key, message, next: "ask Fourvenues to grant it: \(losses)\(orLeave)")
  }

  private var reporting: String? {
    settings.reportsEntries
      ? "whether it may report entries, only the first one shows: see \"doorcheck report\"" : nil
  }

  /// What the door does not take, although the key may look it up.
  private var furtherKinds: String {
    let kinds = PassKind.allCases.filter { kind in
      guard !settings.door.accepts.contains(kind), let asked = survey.exchanges[.lookUp(kind)]
      else { return false }
      return asked.failure == nil
    }
    guard !kinds.isEmpty, !survey.isAddressInDoubt else { return "" }
    return "; may also look up \(kinds.map(\.words).joined(separator: ", ")): add "
      + "\(kinds.map(\.rawValue).joined(separator: ", ")) to door.accepts to take them"
  }

  private func words(_ exchanges: [Exchange]) -> String {
    exchanges.map(\.endpoint.words).joined(separator: ", ")
  }

  private func notKnown(_ exchanges: [Exchange]) -> String {
    "; not known of the \(words(exchanges))"
  }
}

extension Endpoint {
  /// The kind whose look-up it is.
  fileprivate var lookedUpKind: PassKind? {
    if case .lookUp(let kind) = self { kind } else { nil }
  }

  fileprivate var words: String {
    switch self {
    case .lookUp(let kind): "\(kind.word) by code"
    case .list(let kind): "list of \(kind.words)"
    case .event: "event"
    case .events: "list of events"
    case .rates(.pass): "rates"
    case .rates(let kind): "rates of \(kind.words)"
    case .checkIn: "check-in"
    }
  }

  /// What the door is without it.
  var loss: String {
    switch self {
    case .lookUp(let kind): "without it every \(kind.word) is amber"
    case .list(let kind):
      "without it only \(kind.words) already seen are known when the network goes"
    case .event: "without it name and hours must be given as event.name, .starts_at and .ends_at"
    case .events: "without it tonight's event must be named as event.id"
    case .rates(.pass): "without it no rates are shown"
    case .rates(let kind): "without it no rates of \(kind.words) are shown"
    case .checkIn: "without it no entry is reported"
    }
  }
}

extension Settings {
  /// What the door asks, in the order in which people are told of it.
  fileprivate var endpoints: [Endpoint] {
    let kinds = PassKind.allCases.filter(door.accepts.contains)
    return kinds.map { .lookUp($0) } + kinds.map { .list($0) } + [.event, .events]
      + kinds.filter(\.hasRates).map { .rates($0) }
  }

  /// Whether a door is ready although the key may not use an endpoint.
  fileprivate func canDoWithout(_ endpoint: Endpoint) -> Bool {
    switch endpoint {
    case .list(let kind): kind != .pass
    case .rates(let kind): kind != .pass && !needsRates(of: kind)
    case .lookUp, .event, .events, .checkIn: false
    }
  }
}

extension PassKind {
  /// One of it, in English.
  var word: String {
    switch self {
    case .pass: "pass"
    case .ticket: "ticket"
    case .list: "guest list entry"
    case .booking: "booking"
    }
  }

  /// Several of it.
  var words: String {
    switch self {
    case .pass: "passes"
    case .ticket: "tickets"
    case .list: "guest list entries"
    case .booking: "bookings"
    }
  }
}
