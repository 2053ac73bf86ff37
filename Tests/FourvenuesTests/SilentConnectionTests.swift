import Admission
import FaultServer
import Fourvenues
import Synchronization
import TestSupport
import Testing

/// (Contract: The look-up order): connections that lead nowhere any more. The server swallows what
/// comes on connections from before the network changed, and answers on new ones.
@Suite(.serialized) struct SilentConnectionTests {
  /// Connections with a number below it are dead.
  private final class Network: Sendable {
    private let firstAlive = Atomic(0)

    func change(before connection: Int) { firstAlive.store(connection, ordering: .releasing) }
    func isAlive(_ connection: Int) -> Bool {
      connection >= firstAlive.load(ordering: .acquiring)
    }
  }

  private func answering(_ request: FaultServer.Request) -> [FaultServer.Step] {
    request.target.contains("by-code")
      ? [.answer(200, Sample.pass(Sample.code(in: request.target)))]
      : [.answer(200, #"{"success":true,"data":{"_id":"E"}}"#)]
  }

  /// As many connections as given, kept open and idle.
  private func open(_ count: Int, _ client: FourvenuesClient) async {
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<count {
        group.addTask { _ = await client.lookUp(code: "WARM\(number)") }
      }
    }
  }

  private func changingNetwork(
    connections: Int = 10, deadline: Duration = .seconds(20), requestsPerSecond: Int = 10_000,
    _ body: (FourvenuesClient, FaultServer, TestClient.Observed, _ opened: Int) async throws -> Void
  ) async throws {
    let network = Network()
    try await TestClient.scripted(deadline: deadline, requestsPerSecond: requestsPerSecond) {
      number, request in
      guard network.isAlive(request.connection) else { return [] }
      // Long enough for all of them to be open at the same time.
      return request.target.contains("WARM")
        ? [.wait(milliseconds: 300)] + answering(request) : answering(request)
    } _: { client, server, observed in
      await open(connections, client)
      let opened = server.connections
      #expect(opened == connections)
      network.change(before: opened)
      try await body(client, server, observed, opened)
    }
  }

  @Test func `Look-ups one after the other are asked anew`() async throws {
    try await changingNetwork { client, server, observed, opened in
      var silent = 0
      for number in 0..<12 {
        let before = server.requests.count
        #expect(await client.lookUp(code: "CODE\(number)").finding.isFound)
        silent += server.requests[before...].count { $0.connection < opened }
      }
      // At most one scan is slow.
      #expect(silent == 1)
      #expect(observed.exchanges.allSatisfy { $0.failure == nil })
      #expect(observed.lines.contains { $0.contains("silent") })
    }
  }

  @Test func `Look-ups at the same time are asked anew`() async throws {
    try await changingNetwork { client, server, observed, opened in
      let found = await withTaskGroup(of: Bool.self) { group in
        for number in 0..<10 {
          group.addTask { await client.lookUp(code: "CODE\(number)").finding.isFound }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(found == 10)
      #expect(await client.lookUp(code: "LATER").finding.isFound)
      #expect(server.requests.last.map { $0.connection >= opened } == true)
    }
  }

  @Test func `Background fetches are asked anew too`() async throws {
    try await changingNetwork(connections: 2) { client, _, _, _ in
      try await #expect(client.event(id: "E").id == "E")
    }
  }

  /// The first request of all, on a connection that was made for it: without the night's event every
  /// scan is amber.
  @Test(arguments: [nil, 3000] as [Int64?])
  func `The night is asked for again, though its connection is new`(answeredAfter: Int64?)
    async throws
  {
    try await TestClient.scripted { number, request in
      let answer: [FaultServer.Step] =
        request.target.contains("/events/?")
        ? [.answer(200, #"[{"_id":"E"}]"#)] : answering(request)
      guard number.isMultiple(of: 2) else { return answer }
      return answeredAfter.map { [.wait(milliseconds: $0)] + answer } ?? []
    } _: { client, server, observed in
      let start = ContinuousClock.now
      let events = try await client.events(from: "2027-01-01", to: "2027-01-02")
      let event = try await client.event(id: "E")
      #expect(events.map(\.id) == ["E"] && event.id == "E")
      #expect(ContinuousClock.now - start < .seconds(28))
      #expect(server.requests.count == 4)
      #expect(server.connections >= 3)
      #expect(observed.exchanges.allSatisfy { $0.failure == nil })
    }
  }

  /// What begins to come is waited for.
  @Test func `An event that comes slowly is not asked for again`() async throws {
    try await TestClient.scripted { _, _ in
      [
        .text("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n"), .wait(milliseconds: 2500),
        .text(#"{"_id":"E"}"#),
      ]
    } _: { client, server, _ in
      let event = try await client.event(id: "E")
      #expect(event.id == "E" && server.requests.count == 1)
    }
  }

  @Test func `A probe needs no patience`() async throws {
    try await changingNetwork { client, server, _, opened in
      for _ in 0..<2 {
        let isAnswered = await client.probe(eventID: "E", timeLimit: .seconds(20))
        #expect(isAnswered)
      }
      #expect(server.requests.suffix(2).allSatisfy { $0.connection >= opened })
    }
  }

  @Test func `Renewed connections need no patience`() async throws {
    try await changingNetwork { client, server, _, opened in
      client.renewConnections()
      try await #expect(client.event(id: "E").id == "E")
      #expect(await client.lookUp(code: "CODE1").finding.isFound)
      #expect(server.requests.suffix(2).allSatisfy { $0.connection >= opened })
    }
  }

  /// With 9 look-ups at once and 9 a second, the second attempts need the first ones' turns.
  @Test func `What is asked anew stays within the rate`() async throws {
    try await changingNetwork(connections: 4, deadline: .seconds(8), requestsPerSecond: 4) {
      client, server, _, opened in
      let before = server.requests.count
      let found = await withTaskGroup(of: Bool.self) { group in
        for number in 0..<4 {
          group.addTask { await client.lookUp(code: "CODE\(number)").finding.isFound }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(found == 4)
      let times = server.requests[before...].map(\.at)
      #expect(times.count == 8)
      for (index, time) in times.enumerated().dropFirst(4) {
        #expect(time - times[index - 4] >= .seconds(1))
      }
    }
  }

  @Test func `A new connection is not asked again`() async throws {
    try await TestClient.scripted(deadline: .seconds(1)) { _, _ in
      []
    } _: { client, server, _ in
      for _ in 0..<2 { #expect(await client.lookUp(code: "ABC1").finding == .failed(.offline)) }
      #expect(server.requests.count == 2)
    }
  }

  @Test func `A slow service is not asked again where others are answered`() async throws {
    try await TestClient.scripted(deadline: .seconds(2)) { _, request in
      if request.target.contains("WARM") {
        return [.wait(milliseconds: 200)] + self.answering(request)
      }
      return request.target.contains("SLOW")
        ? [.wait(milliseconds: 1500)] + self.answering(request) : self.answering(request)
    } _: { client, server, _ in
      await open(2, client)
      let slow = Task { await client.lookUp(code: "SLOW1").finding }
      try await wait(for: "the slow one") {
        server.requests.contains { $0.target.contains("SLOW") }
      }
      let start = ContinuousClock.now
      var number = 0
      while ContinuousClock.now - start < .seconds(1) {
        number += 1
        #expect(await client.lookUp(code: "FAST\(number)").finding.isFound)
      }
      #expect(await slow.value.isFound)
      #expect(server.requests.filter { $0.target.contains("SLOW") }.count == 1)
    }
  }

  @Test func `A service that is slow for all is asked once`() async throws {
    try await TestClient.scripted(deadline: .seconds(4)) { _, request in
      [.wait(milliseconds: 1200)] + self.answering(request)
    } _: { client, server, _ in
      for number in 0..<4 { #expect(await client.lookUp(code: "CODE\(number)").finding.isFound) }
      // A quarter of the deadline is over by then, but it always takes so long.
      #expect(server.requests.count == 4)
    }
  }

  /// An answer that has begun is no silence.
  @Test func `An answer that drips is not asked again`() async throws {
    try await TestClient.scripted(deadline: .seconds(1)) { number, request in
      number == 0
        ? self.answering(request)
        : [
          .text("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"),
          .drip(Array(repeating: 0x20, count: 5000), everyMilliseconds: 20),
        ]
    } _: { client, server, _ in
      #expect(await client.lookUp(code: "CODE1").finding.isFound)
      #expect(await client.lookUp(code: "CODE2").finding == .failed(.offline))
      #expect(server.requests.count == 2)
    }
  }

  /// The server ends kept connections without a word, as the next request arrives.
  @Test(arguments: [FaultServer.Step.close, .reset])
  func `Closed as the request comes`(end: FaultServer.Step) async throws {
    let seen = Mutex<[Int: Int]>([:])
    try await TestClient.scripted { _, request in
      let isReused = seen.withLock {
        $0[request.connection, default: 0] += 1
        return $0[request.connection] ?? 0 > 1
      }
      return isReused ? [end] : self.answering(request)
    } _: { client, server, _ in
      for _ in 0..<3 {
        let found = await withTaskGroup(of: Bool.self) { group in
          for number in 0..<60 {
            group.addTask { await client.lookUp(code: "CODE\(number)").finding.isFound }
          }
          return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(found == 60)
      }
    }
  }

  @Test func `The ticket stays in the box`() async throws {
    try await TestClient.scripted { _, request in
      self.answering(request)
    } _: {
      client, server, _ in
      _ = await client.lookUp(code: "CODE1")
      _ = await client.probe(eventID: nil, timeLimit: .seconds(20))
      #expect(server.requests.count == 2)
      #expect(server.requests.allSatisfy { !$0.head.lowercased().contains("ticket") })
    }
  }
}
