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
