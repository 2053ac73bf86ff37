import Admission
import FoundationEssentials

/// An entry of a guest list as the service writes it (FourvenuesAPI: Tickets, guest lists and
/// bookings). It has no status.
struct WireListEntry: WireModel {
  let pass: Pass

  private enum Key: String, CodingKey {
    case removedAt = "removed_at"
    case observations = "observations_reception"
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    pass = try Pass(
      .list, from: decoder,
      state: try Self.isRemoved(fields) ? Pass.removedState : Pass.listedState,
      details: PassDetails(note: fields.words(.observations)))
  }

  /// Whether `removed_at` holds any time (inferred). Nothing, 0 and the time that 0 stands for mean
  /// that nobody removed it.
  private static func isRemoved(_ fields: KeyedDecodingContainer<Key>) throws -> Bool {
    guard fields.contains(.removedAt), try !fields.decodeNil(forKey: .removedAt) else {
      return false
    }
    if let isRemoved = try? fields.decode(Bool.self, forKey: .removedAt) { return isRemoved }
    if let number = try? fields.decode(Double.self, forKey: .removedAt) { return number != 0 }
    // Of any other type, nobody knows.
    let text = try fields.decode(String.self, forKey: .removedAt)
      .trimmingCharacters(while: { $0.isWhitespace })
    if text.isEmpty || Double(text) == 0 { return false }
    return WireTime.date(text)?.timeIntervalSince1970 != 0
  }
}
