package import FoundationEssentials

/// One call of a check-in endpoint, as it came and as it was answered.
package struct SandboxCheckIn: Sendable, Equatable, Codable {
  package var kind = SandboxKind.pass
  /// As the path names it: of a ticket its code.
  package var passID: String
  /// Nil where the call named no event.
  package var eventID: String?
  /// Of passes and lists; empty where the body could not be read.
  package var entries: [Entry]
  /// Of a ticket: people now coming in.
  package var enter: Int?
  /// Of a ticket, as it came.
  package var entryDate: String?
  /// Of a booking.
  package var bookingStatus: String?
  /// The status that it was answered with; only 200 counted anybody in.
  package var status: Int
  /// Unix seconds.
  package var at: Double

  /// People whom it brings in; of a booking 0, because it says only that somebody has come.
  package var people: Int { enter ?? entries.reduce(0) { $0 + $1.people } }

  enum CodingKeys: String, CodingKey {
    case kind
    case passID = "pass_id"
    case eventID = "event_id"
    case entries, enter
    case entryDate = "entry_date"
    case bookingStatus = "booking_status"
    case status, at
  }

  /// One element of the call's body (FourvenuesAPI: Endpoints).
  package struct Entry: Sendable, Equatable, Codable {
    /// An option's id, or `<special>`.
    package var optionID: String
    package var women: Int
    package var men: Int
    package var noGender: Int
    /// Euros.
    package var price: Decimal

    package var people: Int { women + men + noGender }

    enum CodingKeys: String, CodingKey {
      case optionID = "_id"
      case women, men
      case noGender = "no_gender"
      case price
    }

    /// Whether the numbers are such as a door can mean.
    var isSensible: Bool {
      [women, men, noGender].allSatisfy((0...10_000).contains) && price >= 0
    }
  }
}
