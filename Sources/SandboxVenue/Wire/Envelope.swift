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
  /// The bytes as published, to be served unchanged.
  static var passByCode: [UInt8] { PackageResources.pass_by_code_json }

  static let pass = decode(SandboxPass.self, PackageResources.pass_by_code_json)
  static let rates = decode([SandboxRate].self, PackageResources.passes_rates_json)

  private static func decode<Content: Decodable>(_: Content.Type, _ bytes: [UInt8]) -> Content {
    do {
      return try JSONDecoder().decode(Envelope<Content>.self, from: Data(bytes)).data
    } catch {
      // The samples are compiled in, and a test decodes both: this cannot happen at a venue.
      preconditionFailure("The vendor's sample does not decode: \(error)")
    }
  }
}
