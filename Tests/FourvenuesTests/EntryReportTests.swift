import Admission
import FaultServer
import FoundationEssentials
import Fourvenues
import TestSupport
import Testing

/// `PUT /passes/{passId}/checkin` (FourvenuesAPI: Endpoints). Upper bounds on
/// time are only against hanging.
@Suite(.serialized, .timeLimit(.minutes(2))) struct EntryReportTests {
  typealias Step = FaultServer.Step

  private static let entry = EntryReport(
    admissionID: 1, passID: "P1", eventID: "E1", optionID: "O1", people: 3)

  /// That one answer leads to one outcome, with one request.
  private static func expect(_ failure: EntryReportFailure?, from steps: [Step]) async throws {
    try await TestClient.scripted { _, _ in
      steps
    } _: { client, server, observed in
      #expect(await client.outcome(of: entry) == failure)
      #expect(server.requests.count == 1)
      #expect(observed.exchanges.map(\.endpoint) == [.checkIn])
    }
  }

  fileprivate struct Row: Codable, Equatable {
    var optionID: String
    var women = 0
    var men = 0
    var noGender: Int
    var price: Decimal

    enum CodingKeys: String, CodingKey {
      case optionID = "_id"
      case noGender = "no_gender"
      case women, men, price
    }
  }

  @Test(arguments: [
    (entry, "/passes/P1/checkin?event_id=E1", Row(optionID: "O1", noGender: 3, price: 0)),
    (
      EntryReport(
        admissionID: 1, passID: "a/../b?c", eventID: "é&x=1", people: 1),
      "/passes/a%2F%2E%2E%2Fb%3Fc/checkin?event_id=%C3%A9%26x%3D1",
      Row(optionID: "<special>", noGender: 1, price: 0)
    ),
    (
      EntryReport(admissionID: 1, passID: "P1", eventID: "E1", optionID: #"a"b/c"#, people: 1),
      "/passes/P1/checkin?event_id=E1", Row(optionID: #"a"b/c"#, noGender: 1, price: 0)
    ),
  ])
  fileprivate func `Is sent as the API page says`(
    entry: EntryReport, target: String, row: Row
  ) async throws {
    try await TestClient.scripted { _, _ in
      [.answer(200, #"{"success":true}"#)]
    } _: { client, server, observed in
      #expect(await client.outcome(of: entry) == nil)
      let request = try #require(server.requests.first)
      #expect(request.head.hasPrefix("PUT /integrations\(target) HTTP/1.1\r\n"))
      #expect(request.header("x-api-key") == TestClient.key)
      #expect(request.header("content-type") == "application/json")
      #expect(request.header("content-length") == "\(request.body.count)")
      #expect(try JSONDecoder().decode([Row].self, from: Data(request.body)) == [row])
      #expect(observed.exchanges.map(\.status) == [200])
      #expect(observed.exchanges.map(\.failure) == [nil])
      #expect(observed.lines == [])
    }
  }

  @Test(arguments: [
    (200, #"{"success":true,"data":{"_id":"P1"}}"#), (200, #"{"data":null}"#), (200, ""),
    (200, "OK"), (201, "[]"), (204, ""), (200, #"{"success":null}"#),
  ])
  func `A success that does not deny it is delivered`(status: Int, body: String) async throws {
    try await Self.expect(nil, from: [.answer(status, body)])
  }

  @Test(arguments: [400, 402, 404, 405, 409, 410, 418, 422, 499])
  func `The service's no is for good`(status: Int) async throws {
    try await Self.expect(.refused(status: status), from: [.answer(status, #"{"error":"no"}"#)])
    // Its status says all, whatever becomes of the rest.
    try await Self.expect(
      .refused(status: status),
      from: [.text("HTTP/1.1 \(status) No\r\nContent-Length: 50\r\n\r\n{"), .close])
  }

  @Test func `A success that denies it is for good`() async throws {
    try await Self.expect(
      .refused(status: 200), from: [.answer(200, #"{"success":false,"data":null}"#)])
  }

  @Test(arguments: [401, 403])
  func `A refused key is told apart`(status: Int) async throws {
    try await Self.expect(.keyRefused(status: status), from: [.answer(status, "")])
  }

  @Test(
    arguments: [
      (408, [], nil), (429, [], nil), (429, ["Retry-After: 17"], .seconds(17)),
      (500, [], nil), (502, [], nil), (503, ["Retry-After: 5"], .seconds(5)), (504, [], nil),
      (302, ["Location: http://127.0.0.1:1/login"], nil), (308, ["Location: /elsewhere"], nil),
      (
        429,
        ["Date: Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After: Sun, 06 Nov 1994 08:50:37 GMT"],
        .seconds(60)
      ),
    ] as [(Int, [String], Duration?)])
  func `Trouble says when to send again`(status: Int, headers: [String], after: Duration?)
    async throws
  {
    try await Self.expect(
      .tryLater(status: status, after: after), from: [.answer(status, "<html>", headers: headers)])
  }

  @Test func `A refused connection sent nothing`() async throws {
    let port = try await FaultServer.refusedPort()
    try await TestClient.using("http://127.0.0.1:\(port)") { test in
      #expect(await test.client.outcome(of: Self.entry) == .notSent)
      #expect(test.observed.exchanges.map(\.endpoint) == [.checkIn])
      #expect(test.observed.exchanges.map(\.failure) == [.offline])
    }
  }

  @Test(
    arguments: [
      [.close], [.reset], [.text("HTTP/1.1 200 OK\r\n"), .close],
      [.text("SSH-2.0-x\r\n\r\n"), .close],
      [.text("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"success\":"), .close],
      [.text("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"success\":"), .reset],
    ] as [[Step]])
  func `Without a whole answer it may have arrived`(steps: [Step]) async throws {
    try await Self.expect(.mayHaveArrived, from: steps)
  }

  @Test(arguments: [[], [.text("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n")]] as [[Step]])
  func `No answer in time may have arrived`(steps: [Step]) async throws {
    try await TestClient.scripted { number, _ in
      number == 0 ? steps : [.answer(200, Sample.pass("ABC1"))]
    } _: { client, server, observed in
      #expect(await client.outcome(of: Self.entry, timeLimit: .seconds(1)) == .mayHaveArrived)
      #expect(server.requests.count == 1)
      #expect(observed.exchanges.map(\.failure) == [.offline])
      #expect(await client.lookUp(code: "ABC1").finding.isFound)
    }
  }

  @Test func `Cancelled while under way it may have arrived`() async throws {
    try await TestClient.scripted { _, _ in
      []
    } _: { client, server, observed in
      let start = ContinuousClock.now
      let report = Task { await client.outcome(of: Self.entry) }
      try await wait(for: "the report") { !server.requests.isEmpty }
      report.cancel()
      #expect(await report.value == .mayHaveArrived)
      #expect(ContinuousClock.now - start < .seconds(25))
      // That says nothing about the service.
      #expect(observed.exchanges == [])
    }
  }

  @Test func `Cancelled before it sent nothing`() async throws {
    try await TestClient.scripted { _, _ in
      [.answer(200, "")]
    } _: { client, server, observed in
      let report = Task {
        while !Task.isCancelled { await Task.yield() }
        return await client.outcome(of: Self.entry)
      }
      report.cancel()
      #expect(await report.value == .notSent)
      #expect(server.requests.isEmpty)
      #expect(observed.exchanges == [])
    }
  }

  /// After "too many", whatever nobody waits for is held back, and a scan is not.
  @Test func `It gets no turn while the service wants quiet`() async throws {
    try await TestClient.scripted { number, _ in
      number == 0
        ? [.answer(429, "", headers: ["Retry-After: 60"])]
        : [.answer(200, Sample.pass("ABC1"))]
    } _: { client, server, observed in
      #expect(
        await client.outcome(of: Self.entry) == .tryLater(status: 429, after: .seconds(60)))
      #expect(await client.outcome(of: Self.entry, timeLimit: .milliseconds(200)) == .notSent)
      #expect(await client.lookUp(code: "ABC1").finding.isFound)
      #expect(server.requests.count == 2)
      #expect(observed.exchanges.map(\.endpoint) == [.checkIn, .lookUp(.pass)])
    }
  }

  /// A report waits behind a look-up that was asked for after it.
  @Test func `It waits behind look-ups`() async throws {
    try await TestClient.scripted(deadline: .seconds(60), requestsPerSecond: 1) { _, request in
      request.head.hasPrefix("PUT")
        ? [.answer(200, "")] : [.answer(200, Sample.pass(Sample.code(in: request.target)))]
    } _: { client, server, _ in
      // This one uses up the turn of the first second.
      #expect(await client.lookUp(code: "FIRST").finding.isFound)
      let report = Task { await client.outcome(of: Self.entry) }
      let second = Task { await client.lookUp(code: "SECOND").finding }
      #expect(await second.value.isFound)
      #expect(await report.value == nil)
      #expect(server.requests.map { $0.head.hasPrefix("PUT") } == [false, false, true])
    }
  }

  @Test func `Many failures leave the look-up its turns`() async throws {
    try await TestClient.scripted { _, request in
      request.head.hasPrefix("PUT") ? [.close] : [.answer(200, Sample.pass("ABC1"))]
    } _: { client, server, _ in
      for _ in 0..<40 { #expect(await client.outcome(of: Self.entry) == .mayHaveArrived) }
      #expect(await client.lookUp(code: "ABC1").finding.isFound)
      #expect(server.requests.count == 41)
    }
  }

  @Test(arguments: [
    EntryReport(admissionID: 1, passID: "", eventID: "E1", people: 1),
    EntryReport(admissionID: 1, passID: "P1", eventID: "", people: 1),
    EntryReport(admissionID: 1, passID: "P1", eventID: "E1", people: 0),
  ])
  func `What is no entry is not sent`(entry: EntryReport) async throws {
    try await TestClient.scripted { _, _ in
      [.answer(200, "")]
    } _: { client, server, _ in
      #expect(await client.outcome(of: entry) == .refused(status: nil))
      #expect(server.requests.isEmpty)
    }
  }

  @Test func `The log holds no key and no name`() async throws {
    try await TestClient.scripted { number, _ in
      number == 0
        ? [.answer(400, #"{"error":"bad key \#(TestClient.key)","name":"Ana Gil"}"#)]
        : [.answer(200, #"{"success":false,"data":{"customer_fullname":"Ana Gil"}}"#)]
    } _: { client, _, observed in
      for _ in 0..<2 { #expect(await client.outcome(of: Self.entry) != nil) }
      #expect(observed.lines.count == 2)
      #expect(observed.lines.first?.contains("bad key") == true)
      for line in observed.lines {
        #expect(!line.contains(TestClient.key) && !line.contains("Ana"))
      }
    }
  }
}
