import FoundationEssentials

/// Makes passes for one night.
struct GuestPasses: Sendable {
  static let idPrefix = "Plsandbox"

  let tonight: SandboxEvent

  init(programme: Programme) {
    tonight = programme.tonight
  }

  /// A pass with one usage for tonight, or with `usages`.
  func pass(
    _ code: String, _ name: String?, type: String, typeID: String? = nil, people: Int = 1,
    in peopleIn: Int = 0, state: String = "activated", archived: Bool = false,
    organization: String = Samples.pass.organizationID, usages: [SandboxUsage]? = nil
  ) -> SandboxPass {
    var pass = SandboxPass(
      id: Self.idPrefix + code, organizationID: organization, code: code,
      customerID: "clsandbox\(code)", customerFullname: name,
      customerEmail: "\(code.lowercased())@example.com", customerPhone: "+34600000000",
      typeID: typeID ?? "tysandbox\(code)", typeName: type, purchaseDate: startOfSale,
      purchasePrice: 20, state: state, archived: archived,
      usages: usages ?? [usage(people: people, in: peopleIn)])
    for index in pass.usages.indices {
      pass.usages[index].id = "pusandbox\(code)\(index)"
      pass.usages[index].passID = pass.id
      pass.usages[index].organizationID = organization
    }
    return pass
  }

  /// A usage; nobody in leaves the time at that of the purchase, as the vendor's sample does.
  func usage(
    event: String? = nil, people: Int = 1, in peopleIn: Int = 0,
    hoursAfterStart: Int = 1
  ) -> SandboxUsage {
    SandboxUsage(
      id: "", organizationID: "", eventID: event ?? tonight.id, passID: "", usagePrice: 20,
      usageRevenue: 0,
      usageTime: peopleIn > 0 ? start + hoursAfterStart * 3600 : startOfSale,
      usageBeneficiaries: peopleIn, usageMales: peopleIn / 2, usageFemales: peopleIn - peopleIn / 2,
      usageOthers: 0, beneficiaries: people, checkedIn: peopleIn > 0)
  }

  private var start: Int { Int(tonight.startsAt.timeIntervalSince1970) }
  private var startOfSale: Int { Int(tonight.startOfSale.timeIntervalSince1970) }
}
