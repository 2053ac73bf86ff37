package import FoundationEssentials

/// A pass as the API writes it (FourvenuesAPI: Pass), in the vendor's field names.
package struct SandboxPass: Sendable, Equatable, Codable {
  package var id: String
  package var organizationID: String
  package var code: String
  package var customerID: String
  package var customerFullname: String?
  package var customerEmail: String?
  package var customerPhone: String?
  package var typeID: String
  package var typeName: String?
  /// Unix seconds.
  package var purchaseDate: Int
  /// Euros.
  package var purchasePrice: Decimal
  package var state: String
  package var archived: Bool
  package var usages: [SandboxUsage]

  enum CodingKeys: String, CodingKey {
    case id = "_id"
    case organizationID = "organization_id"
    case code
    case customerID = "customer_id"
    case customerFullname = "customer_fullname"
    case customerEmail = "customer_email"
    case customerPhone = "customer_phone"
    case typeID = "type_id"
    case typeName = "type_name"
    case purchaseDate = "purchase_date"
    case purchasePrice = "purchase_price"
    case state, archived
    case usages = "passes_usages"
  }

  /// Written out because the API says null where the synthesized code would leave a key out.
  package func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: CodingKeys.self)
    try object.encode(id, forKey: .id)
    try object.encode(organizationID, forKey: .organizationID)
    try object.encode(code, forKey: .code)
    try object.encode(customerID, forKey: .customerID)
    try object.encode(customerFullname, forKey: .customerFullname)
    try object.encode(customerEmail, forKey: .customerEmail)
    try object.encode(customerPhone, forKey: .customerPhone)
    try object.encode(typeID, forKey: .typeID)
    try object.encode(typeName, forKey: .typeName)
    try object.encode(purchaseDate, forKey: .purchaseDate)
    try object.encode(purchasePrice, forKey: .purchasePrice)
    try object.encode(state, forKey: .state)
    try object.encode(archived, forKey: .archived)
    try object.encode(usages, forKey: .usages)
  }

  func isFor(eventID: String) -> Bool {
    usages.contains { $0.eventID == eventID }
  }
}

/// What a pass may do at one event, and what has been done with it.
package struct SandboxUsage: Sendable, Equatable, Codable {
  package var id: String
  package var organizationID: String
  package var eventID: String
  package var passID: String
  package var usagePrice: Decimal
  package var usageRevenue: Decimal
  /// Unix seconds.
  package var usageTime: Int
  /// People counted in so far.
  package var usageBeneficiaries: Int
  package var usageMales: Int
  package var usageFemales: Int
  package var usageOthers: Int
  /// People that the pass may bring.
  package var beneficiaries: Int
  package var checkedIn: Bool

  enum CodingKeys: String, CodingKey {
    case id = "_id"
    case organizationID = "organization_id"
    case eventID = "event_id"
    case passID = "pass_id"
    case usagePrice = "usage_price"
    case usageRevenue = "usage_revenue"
    case usageTime = "usage_time"
    case usageBeneficiaries = "usage_beneficiaries"
    case usageMales = "usage_males"
    case usageFemales = "usage_females"
    case usageOthers = "usage_others"
    case beneficiaries
    case checkedIn = "checked_in"
  }

  /// People counted in; a number without a check-in means nobody yet.
  var peopleIn: Int { checkedIn ? max(1, usageBeneficiaries) : 0 }
}
