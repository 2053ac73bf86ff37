package import Admission

/// Asks the service about the night. The Fourvenues client is one.
package protocol VenueProgramme: Sendable {
  /// Name and hours of an event; nil where the service does not tell them now.
  func event(id: String) async -> Event?
  /// The price list of an event; nil where the service does not tell it now.
  func rates(eventID: String) async -> [Rate]?
}
