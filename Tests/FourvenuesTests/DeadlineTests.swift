import Admission
import FaultServer
import FoundationEssentials
import Fourvenues
import TestSupport
import Testing

/// The deadline of a whole look-up, and 429 within it. A server that never answers cannot pass by
/// accident; the upper bounds are only against hanging.
@Suite(.serialized) struct DeadlineTests {
  typealias Step = FaultServer.Step

  @Test(
    arguments: [
      [], [Step.drip(Array("HTTP/1.1 200 OK\r\n".utf8), everyMilliseconds: 200)],
      [.text("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")],
      [
        .text("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"),
        .drip(Array(repeating: 0x20, count: 5000), everyMilliseconds: 20),
      ],
    ] as [[Step]])
  func `No answer before the deadline is offline, and the next scan is none the worse`(
    steps: [Step]
  ) async throws {
    // Long enough for a busy machine to connect and ask within it.
    try await TestClient.scripted(deadline: .seconds(1)) { number, _ in
      number == 0 ? steps : [.answer(200, Sample.pass("ABC2"))]
    } _: { client, server, observed in
      let start = ContinuousClock.now
      #expect(await client.lookUp(code: "ABC1").finding == .failed(.offline))
      let took = ContinuousClock.now - start
      #expect(took >= .seconds(1) && took < .seconds(20))
      #expect(server.requests.count == 1)
      #expect(observed.exchanges.map(\.failure) == [.offline])
      // A busy machine may miss a short deadline too; a broken pool would never answer again.
      var isFound = false
      while !isFound, ContinuousClock.now - start < .seconds(30) {
        isFound = await client.lookUp(code: "ABC2").finding.isFound
      }
      #expect(isFound)
    }
  }

  @Test func `A retry gets no time of its own`() async throws {
    try await TestClient.scripted(deadline: .seconds(2)) { number, _ in
      number == 0 ? [.close] : []
    } _: { client, server, observed in
      let start = ContinuousClock.now
      #expect(await client.lookUp(code: "ABC1").finding == .failed(.offline))
      #expect(ContinuousClock.now - start < .seconds(20))
      #expect(server.requests.count == 2)
      #expect(observed.exchanges.count == 2)
    }
  }

  @Test func `Cancelled look-ups say nothing of the service`() async throws {
    try await TestClient.scripted(deadline: .seconds(60)) { number, _ in
      number < 5 ? [] : [.answer(200, Sample.pass("ABC2"))]
    } _: { client, server, observed in
      let start = ContinuousClock.now
      let lookUps = (0..<5).map { _ in Task { await client.lookUp(code: "ABC1").finding } }
      try await wait(for: "the look-ups") { server.requests.count >= 5 }
      for lookUp in lookUps {
        lookUp.cancel()
        #expect(await lookUp.value == .failed(.offline))
      }
      #expect(observed.exchanges.isEmpty)
      #expect(await client.lookUp(code: "ABC2").finding.isFound)
      #expect(ContinuousClock.now - start < .seconds(30))
    }
  }

  @Test(arguments: ["Retry-After: 0", "Retry-After: 1"])
  func `A 429 is asked again within the deadline`(header: String) async throws {
    try await TestClient.scripted { number, _ in
      number == 0 ? [.answer(429, "", headers: [header])] : [.answer(200, Sample.pass("ABC1"))]
    } _: { client, server, observed in
      #expect(await client.lookUp(code: "ABC1").finding.isFound)
      #expect(server.requests.count == 2)
      if header.hasSuffix("1") {
        #expect(server.requests[1].at - server.requests[0].at >= .milliseconds(990))
      }
      #expect(observed.exchanges.map(\.failure) == [.rateLimited, nil])
    }
  }

  @Test func `A Retry-After date is read by the server's clock`() async throws {
    let headers = [
      "Date: Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After: Sun, 06 Nov 1994 08:49:38 GMT",
    ]
    try await TestClient.scripted { number, _ in
      number == 0 ? [.answer(429, "", headers: headers)] : [.answer(200, Sample.pass("ABC1"))]
    } _: { client, server, observed in
      #expect(await client.lookUp(code: "ABC1").finding.isFound)
      #expect(server.requests[1].at - server.requests[0].at >= .milliseconds(990))
      #expect(observed.exchanges[0].serverDate == Date(timeIntervalSince1970: 784_111_777))
    }
  }

  @Test(arguments: ["Retry-After: 60", "Retry-After: Fri, 31 Dec 2100 00:00:00 GMT"])
  func `A 429 past the deadline is rate limited at once`(header: String) async throws {
    try await TestClient.scripted(deadline: .seconds(30)) { _, _ in
      [.answer(429, "", headers: [header])]
    } _: { client, server, _ in
      let start = ContinuousClock.now
      #expect(await client.lookUp(code: "ABC1").finding == .failed(.rateLimited))
      #expect(ContinuousClock.now - start < .seconds(20))
      #expect(server.requests.count == 1)
    }
  }

  @Test func `A 429 twice is rate limited`() async throws {
    try await TestClient.scripted { _, _ in
      [.answer(429, "", headers: ["Retry-After: 0"])]
    } _: { client, server, _ in
      #expect(await client.lookUp(code: "ABC1").finding == .failed(.rateLimited))
      #expect(server.requests.count == 2)
    }
  }

  @Test func `A 429 delays no other look-up`() async throws {
    try await TestClient.scripted(deadline: .seconds(60)) { number, request in
      number == 0
        ? [.answer(429, "", headers: ["Retry-After: 2"])]
        : [.answer(200, Sample.pass(Sample.code(in: request.target)))]
    } _: { client, server, observed in
      let delayed = Task { await client.lookUp(code: "FIRST").finding }
      try await wait(for: "the first answer") { !observed.exchanges.isEmpty }
      #expect(await client.lookUp(code: "SECOND").finding.isFound)
      #expect(server.requests.map { Sample.code(in: $0.target) } == ["FIRST", "SECOND"])
      #expect(await delayed.value.isFound)
    }
  }

  @Test(arguments: ["Retry-After: 2", "Retry-After: 90"])
  func `A 429 holds background fetches of its endpoint alone`(header: String) async throws {
    try await TestClient.scripted { number, request in
      if number == 0 { return [.answer(429, "", headers: [header])] }
      return request.target.contains("by-code")
        ? [.answer(200, Sample.pass(Sample.code(in: request.target)))]
        : [.answer(200, #"{"success":true,"data":{"_id":"E"}}"#)]
    } _: { client, server, observed in
      let held = Task { try? await client.event(id: "E") }
      try await wait(for: "the first answer") { !observed.exchanges.isEmpty }
      let heldToo = Task { try? await client.event(id: "E") }
      // Another endpoint, the recovery and the look-up go on.
      _ = try? await client.rates(eventID: "E")
      for _ in 0..<4 {
        let isAnswered = await client.probe(eventID: "E", timeLimit: .seconds(20))
        #expect(isAnswered)
      }
      #expect(await client.lookUp(code: "CODE1").finding.isFound)
      let targets = server.requests.map(\.target)
      #expect(targets.filter { $0.contains("/events/") }.count == 3)
      #expect(targets.filter { $0.contains("/by-code/") }.count == 3)
      #expect(targets.filter { $0.contains("rates") }.count == 1)
      if header.hasSuffix("90") {
        held.cancel()
        heldToo.cancel()
      }
      let event = await held.value
      let other = await heldToo.value
      guard header.hasSuffix("2") else { return }
      #expect(event?.id == "E" && other?.id == "E")
      let later = server.requests.suffix(2).map { $0.at - server.requests[0].at }
      #expect(later.allSatisfy { $0 >= .milliseconds(1990) })
    }
  }

  @Test func `A 429 until the deadline is rate limited`() async throws {
    // The pace is down to 1, so that the second attempt gets no turn before the deadline.
    try await TestClient.scripted(deadline: .seconds(1), requestsPerSecond: 1) { _, _ in
      [.answer(429, "", headers: ["Retry-After: 0"])]
    } _: { client, server, _ in
      #expect(await client.lookUp(code: "ABC1").finding == .failed(.rateLimited))
    }
    // The second attempt hears nothing: an answer there was all the same.
    try await TestClient.scripted(deadline: .seconds(1)) { number, _ in
      number == 0 ? [.answer(503, "")] : []
    } _: { client, server, _ in
      #expect(await client.lookUp(code: "ABC1").finding == .failed(.serviceError))
      #expect(server.requests.count == 2)
    }
  }
}
