import HTTPTypes
import Hummingbird
import NIOCore

/// A request as the venue reads it.
struct APIRequest: Sendable {
  private static let maximumBodyBytes = 1 << 20

  /// The variable component of the path, percent-decoded once; empty where there is none.
  let identifier: String
  let body: [UInt8]
  private let query: [String: String]

  /// A query parameter; nil where it is missing or empty.
  subscript(parameter: String) -> String? { query[parameter] }

  /// - Throws: `Refusal` where the request cannot be read; else what ended the connection.
  init(_ request: Request, context: SandboxContext) async throws {
    guard let identifier = (context.parameters.get("identifier") ?? "").percentDecoded else {
      throw Refusal(.error(400, "Path is not valid"))
    }
    self.identifier = identifier
    query = Dictionary(
      request.uri.queryParameters.compactMap { key, value in
        value.isEmpty ? nil : (String(key), String(value))
      }, uniquingKeysWith: { first, _ in first })
    guard request.method == .put else {
      body = []
      return
    }
    do {
      body = try await Array(buffer: request.body.collect(upTo: Self.maximumBodyBytes))
    } catch is NIOTooManyBytesError {
      throw Refusal(.error(413, "Body is too large"))
    }
  }
}

/// An answer that ends the handling of a request early.
struct Refusal: Error {
  let answer: Answer

  init(_ answer: Answer) {
    self.answer = answer
  }
}

extension String {
  /// Decoded once; nil where a percent sign does not begin an escape, or where it is not UTF-8.
  fileprivate var percentDecoded: String? {
    var bytes: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(hexadecimalValue),
        let low = rest.popFirst().flatMap(hexadecimalValue)
      else { return nil }
      bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

private func hexadecimalValue(_ byte: UInt8) -> UInt8? {
  Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
}
