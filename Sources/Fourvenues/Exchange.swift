package import Admission
package import FoundationEssentials

/// One request and what became of it: for the service's status, the warmth of the connection and
/// the offset of this machine's clock.
package struct Exchange: Sendable, Equatable {
  package var endpoint: Endpoint
  /// The HTTP status; nil where no answer began.
  package var status: Int?
  /// From the request to the end of its answer, or to its failure.
  package var latency: Duration
  /// The service's clock, in whole seconds, from the answer's `Date` header.
  package var serverDate: Date?
  /// Nil where the answer could be used; "there is no such pass" is such an answer.
  package var failure: LookUpFailure?
  /// Why no safe connection was made; nil where one was, or where the network may be the cause.
  package var trouble: ConnectionTrouble?

  package init(
    endpoint: Endpoint, status: Int? = nil, latency: Duration, serverDate: Date? = nil,
    failure: LookUpFailure? = nil, trouble: ConnectionTrouble? = nil
  ) {
    self.endpoint = endpoint
    self.status = status
    self.latency = latency
    self.serverDate = serverDate
    self.failure = failure
    self.trouble = trouble
  }
}

extension Endpoint {
  /// Whether its answers are pages of a list, which take longer than a look-up.
  package var isList: Bool {
    switch self {
    case .list, .events: true
    case .lookUp, .event, .rates, .checkIn: false
    }
  }

  /// Under the service's address, without what is asked for.
  package var path: String {
    switch self {
    case .lookUp(let kind): String(kind.api.lookUpPath.dropLast())
    case .list(let kind): kind.api.listPath
    case .event, .events: "/events/"
    case .rates(let kind): kind.api.ratesPath ?? ""
    case .checkIn: "/passes/…/checkin"
    }
  }
}

/// What can be asked (FourvenuesAPI: Endpoints).
package enum Endpoint: Sendable, Hashable, CustomStringConvertible {
  /// One of a kind by its code: the look-up at the door.
  case lookUp(PassKind)
  /// Every one of a kind for an event.
  case list(PassKind)
  case event, events
  /// The price list of a kind.
  case rates(PassKind)
  /// The report of an entry, the only one that changes anything.
  case checkIn

  package var description: String {
    switch self {
    case .lookUp(let kind): kind.rawValue
    case .list(let kind): "\(kind.rawValue) list"
    case .event: "event"
    case .events: "events"
    case .rates(let kind): "\(kind.rawValue) rates"
    case .checkIn: "check-in"
    }
  }
}
