import Admission
import FaultServer
import FoundationEssentials
import Fourvenues
import Testing

/// An answer in which a field that the verdict needs stands twice is unusable.
@Suite struct RepeatedKeyTests {
  private static let usage =
    #"{"event_id":"E","beneficiaries":2,"usage_beneficiaries":1,"checked_in":true}"#
  private static let pass = """
    {"_id":"P","code":"ABC1","state":"activated","archived":false,"organization_id":"O",\
    "type_id":"T","type_name":"VIP","customer_fullname":"Ana","passes_usages":[\(usage)]}
    """
  private static let body = "{\"success\":true,\"data\":\(pass)}"

  private static func answer(_ body: String) -> Finding {
    AnswerDecoder.answer(status: 200, body: Data(body.utf8), askedCode: "ABC1")
  }

  @Test(arguments: [
    "success", "data", "_id", "code", "state", "archived", "organization_id", "type_id",
    "type_name", "passes_usages", "event_id", "beneficiaries", "usage_beneficiaries",
    "checked_in",
  ])
  func `Twice, before or after, the same or another value, in any spelling`(name: String) throws {
    guard case .found = Self.answer(Self.body) else { throw Problem.sample }
    let quoted = "\"\(name)\":"
    let first = try #require(name.unicodeScalars.first)
    let escaped = "\"\\u00\(String(first.value, radix: 16))\(name.dropFirst())\" :"
    let shouted = "\"\\u00\(String(first.value, radix: 16).uppercased())\(name.dropFirst())\":"
    for spelling in [quoted, escaped, shouted] {
      for value in ["null", "false", "1", "\"x\"", "[]", "{}", "{\"code\":[1,2]}"] {
        let twice = Self.body.replacing(quoted, with: "\(spelling)\(value),\(quoted)")
        #expect(twice != Self.body)
        #expect(Self.answer(twice) == .failed(.serviceError), "\(twice)")
      }
    }
  }

  private enum Problem: Error { case sample }

  @Test(arguments: [
    ("\"_id\":\"P\"", "\"_id\":\"P\",\"price\":1,\"price\":2"),
    ("\"_id\":\"P\"", "\"_id\":\"P\",\"more\":{\"code\":1,\"code\":2}"),
    ("\"_id\":\"P\"", "\"_id\":\"P\",\"more\":[{\"state\":1,\"state\":2}]"),
    ("\"_id\":\"P\"", "\"_id\":\"P\",\"note\":\"\\\"code\\\":1,\\\"code\\\":2\""),
    ("\"Ana\"", "\"code: code\""), ("\"Ana\"", "\"\\\\\""),
  ])
  func `What no verdict needs may stand twice, and so may a name in another place`(
    text: String, replacement: String
  ) {
    let body = Self.body.replacing(text, with: replacement)
    guard case .found = Self.answer(body) else {
      Issue.record("\(body)")
      return
    }
  }

  @Test func `Two rows of the same event are two rows`() {
    let body = Self.body.replacing(Self.usage, with: "\(Self.usage),\(Self.usage)")
    guard case .found(let pass, _) = Self.answer(body) else {
      Issue.record("not found")
      return
    }
    #expect(pass.usages.count == 2)
  }

  @Test func `Other encodings are unusable`() throws {
    for encoding in [String.Encoding.utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian] {
      let body = try #require(Self.body.data(using: encoding))
      #expect(
        AnswerDecoder.answer(status: 200, body: body, askedCode: "ABC1") == .failed(.serviceError))
    }
  }

  /// In a list the others stay.
  @Test func `In a list a repeated key loses no other pass`() async throws {
    let twice = Self.pass.replacing(
      "\"archived\":false", with: "\"archived\":true,\"archived\":false")
    try await TestClient.scripted { _, _ in
      [.answer(200, "{\"success\":true,\"data\":[\(twice),\(Self.pass)]}")]
    } _: { client, _, _ in
      var pages = client.passes(eventID: "E").makeAsyncIterator()
      try await #expect(pages.next()?.count == 1)
    }
    try await TestClient.scripted { _, _ in
      [.answer(200, "{\"success\":true,\"data\":[\(Self.pass)],\"data\":[]}")]
    } _: { client, _, _ in
      var pages = client.passes(eventID: "E").makeAsyncIterator()
      await #expect(throws: FourvenuesError.failed(.serviceError)) { try await pages.next() }
    }
  }
}
