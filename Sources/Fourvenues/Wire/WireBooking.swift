import Admission
import FoundationEssentials

/// The booking of a table as the service writes it (FourvenuesAPI: Tickets, guest lists and
/// bookings). What the client wrote is not read: it is meant for the organizer.
struct WireBooking: WireModel {
  let pass: Pass

  private enum Key: String, CodingKey {
    case status, state, hour
    case reserveComment = "commentary_reserve"
    case zone = "zone_name"
    case space = "space_name"
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    let place = [fields.words(.zone), fields.words(.space)].compactMap(\.self)
    pass = try Pass(
      .booking, from: decoder, state: try Self.state(fields),
      details: PassDetails(
        privateNote: fields.words(.reserveComment),
        place: place.isEmpty ? nil : place.joined(separator: ", "), expectedAt: fields.words(.hour))
    )
  }

  /// Both hold the same word, as far as is known.
  private static func state(_ fields: KeyedDecodingContainer<Key>) throws -> String {
    let status = try fields.decodeIfPresent(String.self, forKey: .status)
    if let status, !status.isEmpty { return status }
    return try fields.decode(String.self, forKey: .state)
  }
}
