import Admission
import FaultServer
import FoundationEssentials
import Fourvenues
import TestSupport
import Testing

/// (FourvenuesAPI: When it does not say yes): what counts as "there is no such pass", and what is a
/// fault of the service, which is never red.
@Suite struct NotFoundTests {
  private static func answer(_ status: Int, _ body: String) -> Finding {
    AnswerDecoder.answer(status: status, body: Data(body.utf8), askedCode: "ABC1")
  }

  @Test(arguments: [
    "", "{}", #"{"error":"none"}"#, #"{"success":false,"data":null}"#, #"{"message":"Not Found"}"#,
    #"{"statusCode":404,"message":"Pass not found","error":"Not Found"}"#,
    #"{"error":{"message":"Pase no encontrado"}}"#,
  ])
  func `A 404 of the service is an unknown pass`(body: String) {
    #expect(Self.answer(404, body) == .unknown(.live))
  }

  @Test(arguments: [
    "<html><body>404</body></html>", "Not Found", "null", "[]", "\"not found\"", "404", "{", "{}x",
    "{}{}", " ", "\u{FEFF}<html>", #"{"error":"a"#,
    #"{"message":"no Route matched with those values"}"#,
    #"{"message":"Cannot GET /v2/passes/by-code/ABC1"}"#, #"{"error":"API key not found"}"#,
    #"{"error":"default backend - 404"}"#,
  ])
  func `A 404 of something else is a fault`(body: String) {
    #expect(Self.answer(404, body) == .failed(.serviceError))
  }

  @Test(arguments: [
    #"{"success":false}"#, #"{"success":false,"error":""}"#, #"{"success":false,"error":null}"#,
    #"{"success":false,"error":"Pass not found"}"#, #"{"success":false,"message":"NOT FOUND."}"#,
    #"{"success":false,"error":true,"message":"not-found"}"#,
    #"{"success":false,"message":"No se ha encontrado el pase"}"#,
    #"{"success":false,"error":"Pase no encontrado"}"#,
    #"{"success":false,"error":"Código no encontrado"}"#,
    #"{"success":false,"error":"No se encontró el pase"}"#,
    #"{"success":false,"error":{"code":404,"message":"Pass not found"}}"#,
    #"{"success":true,"data":null}"#, #"{"success":true}"#,
  ])
  func `A 200 that denies success is an unknown pass`(body: String) {
    #expect(Self.answer(200, body) == .unknown(.live))
  }

  @Test(arguments: [
    #"{"success":false,"error":"Invalid API key"}"#,
    #"{"success":false,"message":"Date is empty"}"#,
    #"{"success":false,"error":"API key not found"}"#,
    #"{"success":false,"error":"Clave no encontrada"}"#,
    #"{"success":false,"error":"Route not found"}"#, #"{"success":false,"error":{"code":401}}"#,
    #"{"success":false,"error":{"message":"Internal"}}"#, #"{"success":false,"errors":["boom"]}"#,
    #"{"success":false,"error":"Not found","message":"upstream is down"}"#,
    #"{"success":false,"error":500}"#, #"{"success":false,"statusCode":503}"#,
    #"{"success":false,"msg":"Too many"}"#, #"{"success":true,"data":null,"error":"Internal"}"#,
    #"{"success":false,"error":"Se ha encontrado un fallo"}"#,
  ])
  func `A 200 that is no answer of the service is a fault`(body: String) {
    #expect(Self.answer(200, body) == .failed(.serviceError))
  }

  /// Nobody's word about a pass: a server without that route says the same.
  static let bare = [
    "", "{}", #"{"error":"Not Found"}"#, #"{"message":"Not Found"}"#, #"{"detail":"Not Found"}"#,
    #"{"success":false}"#, #"{"success":false,"error":"Resource not found"}"#,
    #"{"statusCode":404,"message":"Not Found"}"#,
    #"{"status":404,"error":"Not Found","path":"/v2"}"#,
    #"{"error":"Request failed with status code 404: not found"}"#,
  ]

  @Test(arguments: bare)
  func `Where all is 404, no pass is unknown`(body: String) async throws {
    try await TestClient.scripted { _, _ in
      [.answer(404, body)]
    } _: { client, _, observed in
      await #expect(throws: FourvenuesError.notFound) { try await client.event(id: "E") }
      #expect(await client.lookUp(code: "ABC1").finding == .failed(.serviceError))
      #expect(observed.exchanges.last?.failure == .serviceError)
      #expect(client.isAddressInDoubt)
    }
  }

  @Test(arguments: [
    #"{"error":"Pass not found"}"#, #"{"message":"Pase no encontrado"}"#,
    #"{"success":false,"message":"Código no encontrado"}"#, #"{"error":"code does not exist"}"#,
  ])
  func `What the service alone can say counts`(body: String) async throws {
    try await TestClient.scripted { _, request in
      [.answer(404, request.target.contains("by-code") ? body : "")]
    } _: { client, _, _ in
      _ = try? await client.event(id: "E")
      #expect(await client.lookUp(code: "ABC1").finding == .unknown(.live))
    }
  }

  @Test(arguments: bare)
  func `One answer of the service proves the address`(body: String) async throws {
    for proof in ["/events/?", "/v2/passes/?", "/passes-rates/?", "by-code/GOOD"] {
      try await TestClient.scripted { _, request in
        guard request.target.contains(proof) else { return [.answer(404, body)] }
        return [.answer(200, proof.contains("GOOD") ? Sample.pass("GOOD1") : "[]")]
      } _: { client, _, _ in
        _ = try? await client.event(id: "E")
        _ = try? await client.events(from: "2027-01-01", to: "2027-01-02")
        var pages = client.passes(eventID: "E").makeAsyncIterator()
        _ = try? await pages.next()
        _ = await client.lookUp(code: "GOOD1")
        _ = try? await client.rates(eventID: "E")
        // Something may have been 404 after the proof: one thing, of which there may be none.
        #expect(await client.lookUp(code: "ABC1").finding == .unknown(.live), "\(proof)")
      }
    }
  }

  @Test func `An address that is lost later is noticed`() async throws {
    try await TestClient.scripted { number, _ in
      [number == 0 ? .answer(200, "[]") : .answer(404, "")]
    } _: { client, _, _ in
      _ = try await client.rates(eventID: "E")
      #expect(await client.lookUp(code: "ABC1").finding == .unknown(.live))
      _ = try? await client.event(id: "E")
      #expect(
        await client.lookUp(code: "ABC1").finding == .unknown(.live), "an event may be unknown")
      _ = try? await client.events(from: "2027-01-01", to: "2027-01-02")
      #expect(await client.lookUp(code: "ABC1").finding == .failed(.serviceError))
    }
  }

  @Test(arguments: [200, 404])
  func `A pass waits for what is being asked of the address`(status: Int) async throws {
    try await TestClient.scripted { _, request in
      request.target.contains("by-code")
        ? [.answer(404, "")]
        : [.wait(milliseconds: 300), .answer(status, status == 200 ? #"{"_id":"E"}"# : "")]
    } _: { client, server, _ in
      let asking = Task { try? await client.event(id: "E") }
      try await wait(for: "the question") { !server.requests.isEmpty }
      let answer = await client.lookUp(code: "ABC1").finding
      #expect(answer == (status == 200 ? .unknown(.live) : .failed(.serviceError)))
      _ = await asking.value
    }
  }

  @Test func `With nothing else asked the service is believed`() async throws {
    try await TestClient.scripted { _, _ in
      [.answer(404, "")]
    } _: { client, _, _ in
      #expect(await client.lookUp(code: "ABC1").finding == .unknown(.live))
    }
  }

  /// The list is always there, whatever it holds.
  @Test(arguments: bare)
  func `A list of events that is not found is no answer`(body: String) async throws {
    try await TestClient.scripted { number, _ in
      [number == 0 ? .answer(404, body) : .answer(200, "[]")]
    } _: { client, _, observed in
      await #expect(throws: FourvenuesError.failed(.serviceError)) {
        try await client.events(from: "2027-01-01", to: "2027-01-02")
      }
      #expect(observed.exchanges.last?.failure == .serviceError)
      let events = try await client.events(from: "2027-01-01", to: "2027-01-02")
      #expect(events.isEmpty)
      #expect(!client.isAddressInDoubt)
    }
  }

  @Test func `Lost routes of events are no unknown events`() async throws {
    for (body, error) in [
      ("<html>", FourvenuesError.failed(.serviceError)), ("{}", .notFound), ("", .notFound),
    ] {
      try await TestClient.scripted { _, _ in
        [.answer(404, body)]
      } _: { client, _, _ in
        await #expect(throws: error) { try await client.event(id: "E") }
        await #expect(throws: error) { try await client.rates(eventID: "E") }
      }
    }
  }
}
