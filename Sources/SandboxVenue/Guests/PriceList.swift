import FoundationEssentials

/// The venue's rates: the vendor's sample re-pointed, and one of each kind that a door meets.
enum PriceList {
  static let earlyBirdID = "plsandboxearlybird0000000000over"
  static let afterPartyID = "plsandboxafterparty0000000notyet"
  static let premiumName = "Premium"
  static let afterPartyName = "After Party"
  static let earlyBirdName = "Early Bird"

  /// The price list of one event, in the API's shape.
  static func rates(eventID: String) -> [SandboxRate] {
    let hour = 3600
    let others = [
      rate(
        earlyBirdID, earlyBirdName,
        [option("earlybird", "Before the doors are full.", cents: 800, from: 0, until: hour)]),
      rate(
        "plsandboxpremium00000000000twice", premiumName,
        [
          option("premiumdrink", "With a drink.", cents: 2500, from: 0, until: 12 * hour),
          option("premiumtwo", "Two for one.", cents: 2000, from: hour, until: 10 * hour),
        ]),
      rate(
        "plsandboxguestlist0000000000free", "Guest List",
        [option("guestlist", "", cents: 0, from: 0, until: 12 * hour)]),
      rate(
        "plsandboxgroupoffour00000000cent", "Group of Four",
        [option("groupoffour", "A table for four.", cents: 4990, from: 0, until: 12 * hour)],
        beneficiaries: 4),
      rate(
        afterPartyID, afterPartyName,
        [option("afterparty", "", cents: 650, from: 27_000, until: 12 * hour)]),
    ]
    return Samples.rates.map { sample in
      var repointed = sample
      repointed.eventID = eventID
      return repointed
    }
      + others.map { other in
        var other = other
        other.eventID = eventID
        return other
      }
  }

  /// The price list of guest lists: the vendor's sample, and one of each kind that a door meets.
  static var listRates: [JSONValue] {
    let hour = 3600
    return Samples.listRates + [
      listRate(
        "Door List",
        [
          listOption("doorlistlate", "With a drink.", price: 15, from: hour, until: 12 * hour),
          listOption("doorlistsoon", "", price: 10, from: 0, until: hour),
        ]),
      listRate(
        "Ladies Night",
        [
          listOption("ladies", "Free until three.", price: 0, until: 9 * hour, men: false),
          listOption("gentlemen", "", price: 12.5, until: 12 * hour, age: 21, women: false),
        ]),
      listRate(
        "List before One", [listOption("beforeone", "", price: 8, from: 0, until: hour)]),
      listRate(
        "After Hours List",
        [listOption("afterhours", "", price: 20, from: 27_000, until: 12 * hour)]),
    ]
  }

  private static func listRate(_ name: String, _ options: [JSONValue]) -> JSONValue {
    let slug = name.lowercased().split(separator: " ").joined(separator: "-")
    return [
      "_id": .string("plsandboxlist" + slug), "name": .string(name), "slug": .string(slug),
      "options": .array(options),
    ]
  }

  private static func listOption(
    _ id: String, _ information: String, price: JSONValue, from: Int = 0, until: Int, age: Int = 18,
    women: Bool = true, men: Bool = true
  ) -> JSONValue {
    [
      "_id": .string("op" + id), "additional_info": .string(information), "age": .whole(age),
      "boys": .bool(men), "girls": .bool(women), "from": .whole(from), "until": .whole(until),
      "price": price,
    ]
  }

  private static func rate(
    _ id: String, _ name: String, _ options: [SandboxRateOption], beneficiaries: Int = 1
  ) -> SandboxRate {
    let slug = name.lowercased().split(separator: " ").joined(separator: "-")
    return SandboxRate(
      id: id, organizationID: Samples.pass.organizationID, eventID: "", slug: slug, name: name,
      options: options, beneficiaries: beneficiaries, updatedAt: "2026-01-15T20:00:00.000Z",
      createdAt: "2025-11-03T09:30:00.000Z")
  }

  private static func option(
    _ id: String, _ information: String, cents: Int, from: Int, until: Int
  ) -> SandboxRateOption {
    SandboxRateOption(
      id: "op\(id)", additionalInfo: information, price: Decimal(cents) / 100, content: "",
      from: from, until: until)
  }
}
