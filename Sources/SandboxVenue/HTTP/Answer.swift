import FoundationEssentials
import HTTPTypes
import Hummingbird

enum ContentType {
  static let json = "application/json; charset=utf-8"
  static let html = "text/html; charset=utf-8"
}

/// What the venue has to say to a request, before any fault has touched it.
struct Answer: Sendable {
  var status: Int
  var contentType = ContentType.json
  var retryAfterSeconds: Int?
  var body: [UInt8]

  /// 200 with `content` as the answer's data.
  static func data(_ content: some Encodable) throws -> Answer {
    try json(Envelope(data: content))
  }

  /// 200 with `content` as it is.
  static func json(_ content: some Encodable) throws -> Answer {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Answer(status: 200, body: [UInt8](try encoder.encode(content)))
  }

  static func error(_ status: Int, _ message: String) -> Answer {
    var answer = Answer(status: status, body: [])
    // Encoding two strings cannot fail; an error without words is still an error.
    answer.body = (try? json(ErrorBody(error: message)).body) ?? []
    return answer
  }

  var headers: HTTPFields {
    var fields: HTTPFields = [.contentType: contentType]
    if let retryAfterSeconds { fields[.retryAfter] = String(retryAfterSeconds) }
    return fields
  }

  /// - Parameter write: writes the body instead, for a fault. Nil: it is written at once.
  func response(
    write: (@Sendable (inout any ResponseBodyWriter) async throws -> Void)? = nil
  ) -> Response {
    Response(
      status: .init(code: status), headers: headers,
      body: write.map { ResponseBody(contentLength: body.count, $0) }
        ?? ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
  }
}

/// What becomes of a request.
enum Reply: Sendable {
  case answer(Answer)
  /// Nothing, for so long or until the client leaves.
  case silence(seconds: Int)
}
