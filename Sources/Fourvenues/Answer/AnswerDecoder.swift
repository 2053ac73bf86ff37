package import Admission
package import FoundationEssentials

/// Understands an answer to a look-up. A pure function of what came: nothing that a service, a
/// gateway or a stranger sends makes it fail in any other way than `.failed`.
package enum AnswerDecoder {
  /// - Parameters:
  ///   - status: the HTTP status.
  ///   - body: the whole body, whatever it holds.
  ///   - askedCode: an answer about any other code is unusable (ASCII case aside).
  ///   - kind: as which the code was asked for.
  package static func answer(
    status: Int, body: Data, askedCode: String, as kind: PassKind = .pass
  ) -> Finding {
    switch reading(status: status, body: body, askedCode: askedCode, as: kind) {
    case .found(let pass): .found(pass, .live)
    case .notFound: .unknown(.live)
    case .failed(let failure, _): .failed(failure)
    }
  }

  static func reading(
    status: Int, body: Data, askedCode: String, as kind: PassKind
  ) -> Reading<Pass> {
    reading(status: status, body: body, askedCode: askedCode, wire: kind.api.wire)
  }

  private static func reading<Wire: WireModel>(
    status: Int, body: Data, askedCode: String, wire: Wire.Type
  ) -> Reading<Pass> {
    read(status: status, body) {
      switch try AnswerJSON.decode(Envelope<Wire>.self, from: body) {
      case .nothing: return .notFound(isCertain: true)
      case .content(let wire):
        guard isSameCode(wire.pass.code, askedCode) else { throw Problem("another code") }
        return .found(wire.pass)
      }
    }
  }
}

/// How every answer is decoded.
enum AnswerJSON {
  /// - Throws: `Problem` or a `DecodingError` where the answer cannot be used.
  static func decode<Value: Decodable>(_ type: Value.Type, from body: Data) throws -> Value {
    try RepeatedKeys.check(body)
    return try JSONDecoder().decode(type, from: body)
  }
}
