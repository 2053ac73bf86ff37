import Admission
import FaultServer
import FoundationEssentials
import Fourvenues
import Testing

/// (FourvenuesAPI: When it does not say yes): what counts as "there is no such pass", and what is a
/// fault of the service, which is never red.
@Suite struct NotFoundTests {
  private static func answer(_ status: Int, _ body: String) -> LookUpAnswer {
    AnswerDecoder.answer(status: status, body: Data(body.utf8), askedCode: "ABC1")
  }

  @Test(arguments: [
    "", "{}", #"{"error":"none"}"#, #"{"success":false,"data":null}"#, #"{"message":"Not Found"}"#,
    #"{"statusCode":404,"message":"Pass not found","error":"Not Found"}"#,
    #"{"error":{"message":"Pase no encontrado"}}"#,
  ])
  func notFoundUnder404(body: String) {
    #expect(Self.answer(404, body) == .notFound)
  }

  @Test(arguments: [
    "<html><body>404</body></html>", "Not Found", "null", "[]", "\"not found\"", "404", "{", "{}x",
    "{}{}", " ", "\u{FEFF}<html>", #"{"error":"a"#,
    #"{"message":"no Route matched with those values"}"#,
    #"{"message":"Cannot GET /v2/passes/by-code/ABC1"}"#, #"{"error":"API key not found"}"#,
    #"{"error":"default backend - 404"}"#,
  ])
  func faultsUnder404(body: String) {
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
  func notFoundUnder200(body: String) {
    #expect(Self.answer(200, body) == .notFound)
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
  func faultsUnder200(body: String) {
    #expect(Self.answer(200, body) == .failed(.serviceError))
  }

  @Test func lostRoutesOfEventsAreNoUnknownEvents() async throws {
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
