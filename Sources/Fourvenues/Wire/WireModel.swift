import Admission
import FoundationEssentials

/// One of a kind as the service writes it. What the verdict needs is read strictly, so that a slip of
/// the service becomes "could not verify" and never "invalid pass"; all else is as good as missing
/// where it is of another type than the documented one.
protocol WireModel: Decodable, Sendable {
  var pass: Pass { get }
  /// In the service's own spelling; nil where it does not say, or where nobody asks.
  var createdAt: String? { get }
}

extension WireModel {
  var createdAt: String? { nil }
}

extension Pass {
  private enum Key: String, CodingKey {
    case id = "_id"
    case code
    case eventID = "event_id"
    case name
    case beneficiaries = "for"
    case peopleCountedIn = "enter"
    case rateID = "rate_id"
    case rateName = "rate_name"
  }

  /// What tickets, guest list entries and bookings have in common: a pass with one usage
  /// (FourvenuesAPI: Tickets, guest lists and bookings, inferred). Their `channel_id` may be another
  /// organization's, and e-mail, phone and payments are nobody's business here: none of them is read.
  init(
    _ kind: PassKind, from decoder: any Decoder, state: String, enteredAt: Date? = nil,
    details: PassDetails
  ) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    let code = try fields.decode(String.self, forKey: .code)
    guard !code.isEmpty else { throw Problem("empty code") }
    // Where nobody came yet, the service may leave it out.
    let peopleCountedIn = try fields.people(.peopleCountedIn)
    self.init(
      kind: kind, id: fields.text(.id) ?? "", code: code, customerName: fields.words(.name),
      typeID: fields.words(.rateID), typeName: fields.words(.rateName), state: state,
      usages: [
        Usage(
          eventID: try fields.decode(String.self, forKey: .eventID),
          beneficiaries: try fields.people(.beneficiaries), peopleCountedIn: peopleCountedIn,
          isCheckedIn: (peopleCountedIn ?? 0) > 0, time: enteredAt)
      ], details: details)
  }
}
