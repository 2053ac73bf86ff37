import Admission
import FaultServer
import Fourvenues
import Testing

/// Look-ups over real HTTP (FourvenuesAPI: When it does not say yes).
@Suite struct LookUpTests {
  typealias Step = FaultServer.Step

  @Test func `A look-up asks for the pass by its code`() async throws {
    try await TestClient.scripted { _, request in
      [.answer(200, Sample.pass(Sample.code(in: request.target)))]
    } _: { client, server, observed in
      #expect(
        await client.lookUp(code: "ABC1").finding
          == .found(
            Pass(
              id: "id-ABC1", code: "ABC1", customerName: "Ana Gil", state: "activated", usages: []),
            .live)
      )
      let request = try #require(server.requests.first)
      #expect(request.head.hasPrefix("GET /integrations/v2/passes/by-code/ABC1 HTTP/1.1\r\n"))
      #expect(request.header("x-api-key") == TestClient.key)
      #expect(request.header("integration_id") == nil)
      #expect(request.header("host") == "127.0.0.1:\(server.port)")
      let exchange = try #require(observed.exchanges.first)
      #expect(
        exchange.endpoint == .lookUp(.pass) && exchange.status == 200 && exchange.failure == nil)
      #expect(observed.exchanges.count == 1)
    }
  }

  @Test func `Every complete scheme is sent`() async throws {
    try await FaultServer.serving { _, _ in
      [.answer(404, "")]
    } _: { server in
      let both = Credentials(apiKey: "k", integrationID: "i", secret: "s")
      let old = Credentials(integrationID: "i", secret: "s")
      let half = Credentials(apiKey: "k", integrationID: "i")
      for credentials in [both, old, half] {
        try await TestClient.using(server.url, credentials: credentials) { test in
          #expect(await test.client.lookUp(code: "ABC1").finding == .unknown(.live))
        }
      }
      let sent = server.requests.map { request in
        ["x-api-key", "integration_id", "secret"].map { request.header($0) }
      }
      #expect(sent == [["k", "i", "s"], [nil, "i", "s"], ["k", nil, nil]])
    }
  }

  @Test(arguments: [
    ("..", "%2E%2E"), (".", "%2E"), ("a/b?c#d%", "a%2Fb%3Fc%23d%25"), ("é €", "%C3%A9%20%E2%82%AC"),
    ("%2F", "%252F"), ("a\r\nx: y", "a%0D%0Ax%3A%20y"),
  ])
  func `Any code is one path component`(code: String, component: String) async throws {
    try await TestClient.scripted { _, _ in
      [.answer(404, "")]
    } _: { client, server, _ in
      #expect(await client.lookUp(code: code).finding == .unknown(.live))
      #expect(
        server.requests.map(\.target) == ["/integrations/v2/passes/by-code/\(component)"])
    }
  }

  @Test func `No code no request`() async throws {
    try await TestClient.scripted { _, _ in
      [.answer(404, "")]
    } _: { client, server, _ in
      #expect(await client.lookUp(code: "").finding == .failed(.serviceError))
      #expect(server.requests.isEmpty)
    }
  }

  @Test(arguments: [
    (404, #"{"error":"none"}"#, Finding.unknown(.live)),
    (200, #"{"success":false}"#, .unknown(.live)),
    (200, #"{"success":true,"data":null}"#, .unknown(.live)),
    (200, #"{"success":true}"#, .unknown(.live)),
    (401, "", .failed(.unauthorized)), (403, "<html>", .failed(.unauthorized)),
    (500, #"{"message":"x"}"#, .failed(.serviceError)), (501, "", .failed(.serviceError)),
    (400, "", .failed(.serviceError)), (418, "", .failed(.serviceError)),
    (200, "", .failed(.serviceError)), (200, "<html>", .failed(.serviceError)),
    (200, "null", .failed(.serviceError)), (200, Sample.pass("OTHER"), .failed(.serviceError)),
  ])
  func `Answers that end the look-up at once`(status: Int, body: String, expected: Finding)
    async throws
  {
    try await TestClient.scripted { _, _ in
      [.answer(status, body)]
    } _: {
      client, server, observed in
      #expect(await client.lookUp(code: "ABC1").finding == expected)
      #expect(server.requests.count == 1)
      var failure: LookUpFailure?
      if case .failed(let expected) = expected { failure = expected }
      #expect(observed.exchanges.map(\.failure) == [failure])
      #expect(observed.exchanges.map(\.status) == [status])
    }
  }

  @Test(arguments: [
    ([Step.answer(502, "")], Finding.failed(.serviceError)),
    ([.answer(503, "")], .failed(.serviceError)), ([.answer(504, "")], .failed(.serviceError)),
    ([.close], .failed(.offline)), ([.reset], .failed(.offline)),
    ([.text("HTTP/1.1 20"), .close], .failed(.offline)),
    ([.text("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"), .close], .failed(.offline)),
    (
      [
        .text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"suc\r\n"),
        .wait(milliseconds: 20), .reset,
      ], .failed(.offline)
    ),
  ])
  func `One retry, and no more`(fault: [Step], expected: Finding) async throws {
    try await TestClient.scripted { number, _ in
      number < 2 ? fault : [.answer(200, Sample.pass("ABC1"))]
    } _: { client, server, observed in
      #expect(await client.lookUp(code: "ABC1").finding == expected)
      #expect(server.requests.count == 2)
      #expect(observed.exchanges.count == 2)
      #expect(observed.exchanges.allSatisfy { $0.failure != nil })
    }
    try await TestClient.scripted { number, _ in
      number < 1 ? fault : [.answer(200, Sample.pass("ABC1"))]
    } _: { client, server, _ in
      #expect(await client.lookUp(code: "ABC1").finding.isFound)
      #expect(server.requests.count == 2)
    }
  }

  @Test func `Not HTTP is not retried`() async throws {
    try await TestClient.scripted { _, _ in
      [.text("SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    } _: {
      client, server, _ in
      #expect(await client.lookUp(code: "ABC1").finding == .failed(.serviceError))
      #expect(server.requests.count == 1)
    }
  }

  @Test func `Refused connection fails long before the deadline`() async throws {
    let port = try await FaultServer.refusedPort()
    try await TestClient.using("http://127.0.0.1:\(port)", deadline: .seconds(60)) { test in
      let start = ContinuousClock.now
      #expect(await test.client.lookUp(code: "ABC1").finding == .failed(.offline))
      #expect(ContinuousClock.now - start < .seconds(20))
      #expect(test.observed.exchanges.map(\.status) == [nil, nil])
      #expect(test.observed.exchanges.map(\.failure) == [.offline, .offline])
    }
  }

  @Test func `Redirects are not followed`() async throws {
    try await FaultServer.serving { _, _ in
      [.answer(200, Sample.pass("ABC1"))]
    } _: { other in
      for status in [301, 302, 303, 307, 308] {
        let location = "Location: \(other.url)/v2/passes/by-code/ABC1"
        try await TestClient.scripted { _, _ in
          [.answer(status, "", headers: [location])]
        } _: {
          client, server, _ in
          #expect(await client.lookUp(code: "ABC1").finding == .failed(.serviceError))
          #expect(server.requests.count == 1)
        }
      }
      #expect(other.requests.isEmpty)
    }
  }

  @Test func `Bodies have a cap`() async throws {
    let blank = [UInt8](repeating: 0x20, count: 1 << 20)
    let announced = Step.answer(200, blank + Array(Sample.pass("ABC1").utf8))
    let endless: [Step] =
      [.text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")]
      + (0..<3).map { _ in .send(Array("100000\r\n".utf8) + blank + Array("\r\n".utf8)) }
    for steps in [[announced], endless] {
      try await TestClient.scripted { number, _ in
        number == 0 ? steps : [.answer(200, Sample.pass("ABC2"))]
      } _: { client, server, _ in
        #expect(await client.lookUp(code: "ABC1").finding == .failed(.serviceError))
        #expect(server.requests.count == 1)
        #expect(await client.lookUp(code: "ABC2").finding.isFound)
      }
    }
  }

  @Test func `Errors stay errors over the cap`() async throws {
    let huge = [UInt8](repeating: 0x20, count: (1 << 20) + 1)
    for (status, failure) in [
      (401, LookUpFailure.unauthorized), (404, .serviceError), (500, .serviceError),
    ] {
      try await TestClient.scripted { _, _ in
        [.answer(status, huge)]
      } _: { client, _, _ in
        #expect(await client.lookUp(code: "ABC1").finding == .failed(failure))
      }
    }
  }

  @Test func `Logs hide secrets and codes`() async throws {
    try await TestClient.scripted { number, _ in
      number == 0
        ? [.answer(401, "{\"error\":\"no key \(TestClient.key) for\\u001b[2J secretcode99\"}")]
        : [.answer(200, Sample.pass("OTHER"))]
    } _: { client, _, observed in
      _ = await client.lookUp(code: "SECRETCODE99").finding
      _ = await client.lookUp(code: "SECRETCODE99").finding
      let lines = observed.lines.joined(separator: "\n")
      #expect(lines.contains("no key … for […"))
      #expect(lines.contains("SE…E99"))
      #expect(lines.contains("another code"))
      for hidden in [TestClient.key, "SECRETCODE99", "secretcode99", "Ana Gil", "OTHER", "\u{1B}"] {
        #expect(!lines.contains(hidden), "\(hidden)")
      }
    }
  }
}

extension Finding {
  var isFound: Bool {
    if case .found = self { true } else { false }
  }
}
