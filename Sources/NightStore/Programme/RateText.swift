import Admission
import FoundationEssentials

/// A price list as JSON.
struct RateText: Codable {
  private struct OptionText: Codable {
    var id: String
    var information: String?
    /// As text: a price is a decimal number, and stays one.
    var price: String
    var content: String?
    var from: Double?
    var until: Double?
    var age: Int?
    /// Nil: everybody.
    var audience: String?
  }

  /// Nil: of passes.
  private var kind: String?
  private var id: String
  private var event: String?
  private var name: String
  private var people: Int?
  private var options: [OptionText]

  static func encode(_ rates: [Rate]) throws -> String {
    String(decoding: try JSONEncoder().encode(rates.map(RateText.init)), as: UTF8.self)
  }

  static func decode(_ text: String) throws -> [Rate] {
    do {
      return try JSONDecoder().decode([RateText].self, from: Data(text.utf8)).map {
        try $0.rate
      }
    } catch {
      throw StoreError.damaged(detail: "a stored rate cannot be read")
    }
  }

  private init(_ rate: Rate) {
    kind = rate.kind == .pass ? nil : rate.kind.rawValue
    id = rate.id
    event = rate.eventID
    name = rate.name
    people = rate.beneficiaries
    options = rate.options.map {
      OptionText(
        id: $0.id, information: $0.information, price: "\($0.price)", content: $0.content,
        from: $0.from, until: $0.until, age: $0.minimumAge,
        audience: $0.audience == .everybody ? nil : $0.audience.rawValue)
    }
  }

  private var rate: Rate {
    get throws {
      Rate(
        kind: kind.flatMap(PassKind.init) ?? .pass, id: id, eventID: event, name: name,
        beneficiaries: people,
        options: try options.map { option in
          guard let price = Decimal(string: option.price) else {
            throw StoreError.damaged(detail: "a stored price cannot be read")
          }
          return RateOption(
            id: option.id, information: option.information, price: price, content: option.content,
            from: option.from, until: option.until, minimumAge: option.age,
            audience: option.audience.flatMap(RateOption.Audience.init) ?? .everybody)
        })
    }
  }
}
