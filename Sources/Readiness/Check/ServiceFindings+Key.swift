import Admission
import DoorConfiguration
import Fourvenues

extension ServiceFindings {
  /// Keys are scoped: one endpoint may answer 403 while the others work (FourvenuesAPI: Bases and
  /// credentials).
  var key: CheckFinding {
    let asked = Endpoint.inOrder.compactMap { survey.exchanges[$0] }
    let refused = asked.filter { $0.failure == .unauthorized }
    let granted = asked.filter { $0.failure == nil }
    let unknown = asked.filter { $0.failure != nil && $0.failure != .unauthorized }
    guard let first = refused.first else {
      if survey.isAddressInDoubt {
        return .skipped(.key, "whatever is asked is not found, with this key or another")
      }
      if granted.isEmpty { return .skipped(.key, "the service does not say whether it takes it") }
      return .pass(
        .key, "may use \(words(granted))" + (unknown.isEmpty ? "" : notKnown(unknown)),
        next: settings.reportsEntries
          ? "whether it may report entries, only the first one shows: see \"doorcheck report\""
          : nil)
    }
    if granted.isEmpty {
      return .fail(
        .key, "the service refuses it (\(first.status ?? 0)) for \(words(refused))",
        next: "look at fourvenues.api_key: mistyped, expired, revoked, or of another venue?")
    }
    let paths = refused.map { "\($0.endpoint.words), \($0.endpoint.path) (\($0.status ?? 0))" }
    let message =
      "may not use the \(paths.joined(separator: "; the ")); may use the \(words(granted))"
    return .fail(
      .key, message + (unknown.isEmpty ? "" : notKnown(unknown)),
      next: "ask Fourvenues to grant it: " + refused.map(\.endpoint.loss).joined(separator: "; "))
  }

  private func words(_ exchanges: [Exchange]) -> String {
    exchanges.map(\.endpoint.words).joined(separator: ", ")
  }

  private func notKnown(_ exchanges: [Exchange]) -> String {
    "; not known of the \(words(exchanges))"
  }
}

extension Endpoint {
  /// In the order in which people are told of them.
  fileprivate static let inOrder: [Endpoint] =
    PassKind.allCases.map { .lookUp($0) } + PassKind.allCases.map { .list($0) } + [.event, .events]
    + PassKind.allCases.map { .rates($0) }

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

  /// Its path (FourvenuesAPI: Endpoints).
  fileprivate var path: String {
    switch self {
    case .lookUp(.pass): "/v2/passes/by-code"
    case .lookUp(.ticket): "/tickets/by-code"
    case .lookUp(.list): "/lists/by-code"
    case .lookUp(.booking): "/bookings/code"
    case .list(.pass): "/v2/passes/"
    case .list(.ticket): "/tickets/"
    case .list(.list): "/lists/"
    case .list(.booking): "/bookings/"
    case .event, .events: "/events/"
    case .rates(.list): "/lists-rates/"
    case .rates: "/passes-rates/"
    case .checkIn: "/passes/…/checkin"
    }
  }

  /// What the door is without it.
  fileprivate var loss: String {
    switch self {
    case .lookUp(let kind): "without it every \(kind.word) is amber"
    case .list(let kind): "without it only \(kind.words) already seen are known when the network goes"
    case .event: "without it name and hours must be given as event.name, .starts_at and .ends_at"
    case .events: "without it tonight's event must be named as event.id"
    case .rates: "without it no rates are shown"
    case .checkIn: "without it no entry is reported"
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
