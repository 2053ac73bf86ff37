import Admission
import FoundationEssentials

/// A ticket as the service writes it (FourvenuesAPI: Tickets, guest lists and bookings).
struct WireTicket: WireModel {
  let pass: Pass
  let createdAt: String?

  private enum Key: String, CodingKey {
    case status, price, refunded, supplements
    case priceInfo = "price_info"
    case entryDate = "entry_date"
    case createdAt = "created_at"
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    let supplements = try? fields.decode([Lenient<Supplement>].self, forKey: .supplements)
    let status = try fields.decode(String.self, forKey: .status)
    pass = try Pass(
      .ticket, from: decoder, state: Self.isRefunded(fields) ? Pass.refundedState : status,
      enteredAt: fields.anyMoment(.entryDate),
      details: PassDetails(
        extras: supplements?.compactMap { $0.value?.label } ?? [],
        minimumAge: (try? fields.decode(PriceInfo.self, forKey: .priceInfo))?.age))
    createdAt = fields.words(.createdAt)
  }

  /// Whether all that was paid for it was given back (inferred). Where the price is not known, it may
  /// have been a part.
  private static func isRefunded(_ fields: KeyedDecodingContainer<Key>) -> Bool {
    guard let refunded = fields.amount(.refunded), let price = fields.amount(.price) else {
      return false
    }
    return refunded > 0 && refunded >= price
  }
}

/// Something bought with it, such as a bus.
private struct Supplement: Decodable {
  let label: String?

  private enum Key: String, CodingKey {
    case label
  }

  init(from decoder: any Decoder) throws {
    label = try decoder.container(keyedBy: Key.self).words(.label)
  }
}

private struct PriceInfo: Decodable {
  /// In years; nil where anybody may.
  let age: Int?

  private enum Key: String, CodingKey {
    case age
  }

  init(from decoder: any Decoder) throws {
    age = try decoder.container(keyedBy: Key.self).age(.age)
  }
}
