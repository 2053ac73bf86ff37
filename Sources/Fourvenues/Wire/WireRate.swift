import Admission
import FoundationEssentials

/// A rate as the service writes it (FourvenuesAPI: Rates). A rate with an option that cannot be
/// read is no rate at all: by the other options alone a guest could be turned away as too late.
struct WireRate: Decodable {
  private let rate: Rate

  /// - Parameter kind: whose price list it stands in.
  func rate(of kind: PassKind) -> Rate {
    var rate = rate
    rate.kind = kind
    return rate
  }

  private enum Key: String, CodingKey {
    case id = "_id"
    case eventID = "event_id"
    case name, options, beneficiaries
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    rate = Rate(
      id: try fields.decode(String.self, forKey: .id), eventID: fields.text(.eventID),
      name: try fields.decode(String.self, forKey: .name),
      beneficiaries: fields.integer(.beneficiaries),
      options: try fields.decodeIfPresent([WireRateOption].self, forKey: .options)?
        .map(\.option) ?? [])
  }
}

/// A row of `options`.
struct WireRateOption: Decodable {
  let option: RateOption

  private enum Key: String, CodingKey {
    case id = "_id"
    case information = "additional_info"
    case price, content, from, until, age, boys, girls
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    option = RateOption(
      id: fields.text(.id) ?? "", information: fields.text(.information),
      price: max(0, try fields.decode(Decimal.self, forKey: .price)),
      content: fields.text(.content),
      from: try Self.seconds(fields, .from), until: try Self.seconds(fields, .until),
      minimumAge: fields.age(.age), audience: Self.audience(fields))
  }

  /// For both or neither is for everybody (inferred).
  private static func audience(_ fields: KeyedDecodingContainer<Key>) -> RateOption.Audience {
    switch (fields.flag(.girls), fields.flag(.boys)) {
    case (true, false): .women
    case (false, true): .men
    case (true, true), (false, false): .everybody
    }
  }

  /// "Never ends" is written as a huge number in many places: ten years say the same and can be
  /// added to any date.
  private static func seconds(
    _ fields: KeyedDecodingContainer<Key>, _ key: Key
  ) throws -> TimeInterval? {
    let tenYears: TimeInterval = 10 * 366 * 24 * 3600
    return try fields.decodeIfPresent(TimeInterval.self, forKey: key)
      .map { min(max($0, -tenYears), tenYears) }
  }
}
