import FoundationEssentials

/// What the API wraps every answer in.
struct Envelope<Content> {
  var success = true
  var data: Content

  enum CodingKeys: CodingKey {
    case success, data
  }
}

extension Envelope: Encodable where Content: Encodable {}
extension Envelope: Decodable where Content: Decodable {}

/// An error's body (FourvenuesAPI: When it does not say yes).
struct ErrorBody: Encodable {
  let error: String
}

/// The vendor's own sample answers.
enum Samples {
  static let pass = decode(SandboxPass.self, PackageResources.pass_by_code_json)
  static let rates = decode([SandboxRate].self, PackageResources.passes_rates_json)
  static let listRates = decode([JSONValue].self, PackageResources.lists_rates_json)

  /// Of each kind but passes, its sample.
  static let entries: [SandboxKind: JSONValue] = [
    .ticket: decode(JSONValue.self, PackageResources.ticket_by_code_json),
    .list: decode(JSONValue.self, PackageResources.list_by_code_json),
    .booking: decode(JSONValue.self, PackageResources.booking_by_code_json),
  ]

  /// The sample of a kind as published.
  static func bytes(_ kind: SandboxKind) -> [UInt8] {
    switch kind {
    case .pass: PackageResources.pass_by_code_json
    case .ticket: PackageResources.ticket_by_code_json
    case .list: PackageResources.list_by_code_json
    case .booking: PackageResources.booking_by_code_json
    }
  }

  private static func decode<Content: Decodable>(_: Content.Type, _ bytes: [UInt8]) -> Content {
    do {
      return try JSONDecoder().decode(Envelope<Content>.self, from: Data(bytes)).data
    } catch {
      // The samples are compiled in, and a test decodes both: this cannot happen at a venue.
      preconditionFailure("The vendor's sample does not decode: \(error)")
    }
  }
}
