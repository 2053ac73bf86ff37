import FoundationEssentials

/// An error's text as a log may hold it: short, one line, without what must stay secret.
enum LogText {
  /// Bytes of a body that are looked at.
  static let longestRead = 4096
  private static let longestWritten = 200

  /// - Parameter hidden: secrets and codes, which a service may echo in either case.
  static func cleaned(_ body: Data, hiding hidden: [String]) -> String {
    var text = message(in: body) ?? String(decoding: body.prefix(longestRead), as: UTF8.self)
    for secret in hidden where !secret.isEmpty {
      text = hiding(secret, in: text)
    }
    let printable = text.unicodeScalars.lazy.map { scalar -> Character in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
        .unassigned:
        " "
      default: Character(scalar)
      }
    }
    let words = String(printable).split(separator: " ").joined(separator: " ")
    return words.count > longestWritten ? words.prefix(longestWritten) + "…" : words
  }

  /// `{"error": "…"}` or `{"message": "…"}`: what else stands beside it may be about a customer.
  private static func message(in body: Data) -> String? {
    struct Fields: Decodable {
      let text: String?

      enum Key: String, CodingKey { case error, message }

      init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        text = fields.text(.error) ?? fields.text(.message)
      }
    }
    guard let fields = try? JSONDecoder().decode(Fields.self, from: body) else { return nil }
    return fields.text ?? "(JSON without a message)"
  }

  private static func hiding(_ secret: String, in text: String) -> String {
    let needle = Array(secret.utf8).map(lowercased)
    let bytes = Array(text.utf8)
    var kept: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let end = index + needle.count
      if end <= bytes.count, bytes[index..<end].lazy.map(lowercased).elementsEqual(needle) {
        kept += Array("…".utf8)
        index = end
      } else {
        kept.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: kept, as: UTF8.self)
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}
