import FoundationEssentials

/// How every answer is decoded.
enum AnswerJSON {
  /// - Throws: `Problem` or a `DecodingError` where the answer cannot be used.
  static func decode<Value: Decodable>(_ type: Value.Type, from body: Data) throws -> Value {
    try RepeatedKeys.check(body)
    return try JSONDecoder().decode(type, from: body)
  }
}
