package import FoundationEssentials

/// A line of the price list as the API writes it (FourvenuesAPI: Rates).
package struct SandboxRate: Sendable, Equatable, Codable {
  package var id: String
  package var organizationID: String
  package var eventID: String
  package var slug: String
  package var name: String
  package var options: [SandboxRateOption]
  package var beneficiaries: Int
  /// ISO 8601 with milliseconds.
  package var updatedAt: String
  package var createdAt: String

  enum CodingKeys: String, CodingKey {
    case id = "_id"
    // The vendor's spelling.
    case organizationID = "organizaiton_id"
    case eventID = "event_id"
    case slug, name, options, beneficiaries
    case updatedAt = "updated_at"
    case createdAt = "created_at"
  }
}

/// One price and the window in which it holds, in seconds from the event's start, half-open.
package struct SandboxRateOption: Sendable, Equatable, Codable {
  package var id: String
  package var additionalInfo: String
  /// Euros.
  package var price: Decimal
  package var content: String
  package var from: Int
  package var until: Int

  enum CodingKeys: String, CodingKey {
    case id = "_id"
    case additionalInfo = "additional_info"
    case price, content, from, until
  }
}
