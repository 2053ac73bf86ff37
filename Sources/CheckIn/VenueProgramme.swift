package import Admission
package import FoundationEssentials

/// Asks the service about the night. The Fourvenues client is one.
package protocol VenueProgramme: Sendable {
  /// Name and hours of an event, as the service tells them now.
  func event(id: String) async -> EventAnswer
  /// The events of some days around a moment; nil where the service does not tell them now.
  func events(around now: Date) async -> [Event]?
  /// What is stored of an event, without asking anybody.
  func storedEvent(id: String) async -> Event?
  /// The stored events of any night, without asking anybody; nil where there are none.
  func storedEvents() async -> [Event]?
  /// The price list of an event; nil where the service does not tell it now.
  func rates(eventID: String) async -> [Rate]?
  /// Whether the service refused the key when it was last asked about events.
  var refusesKey: Bool { get async }
  /// Whether it is the service that says what is unknown; false where everything is not found at its
  /// address.
  var isHeard: Bool { get async }
}

extension VenueProgramme {
  package var refusesKey: Bool { get async { false } }
  package var isHeard: Bool { get async { true } }
}

/// What the service says of an event.
package enum EventAnswer: Sendable, Equatable {
  case told(Event)
  /// It says that it knows no such event, if it is the service that says so.
  case unknown
  /// It does not say.
  case silent
}
