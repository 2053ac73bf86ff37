import Admission
import FaultServer
import Fourvenues
import Testing
import Waiting

/// Connections are kept, and requests are paced.
@Suite(.serialized) struct PacingTests {
  @Test func `Connections are reused`() async throws {
    try await TestClient.scripted { number, request in
      number == 0
        ? [.answer(200, #"{"success":true,"data":{"_id":"E"}}"#)]
        : [.answer(number == 2 ? 404 : 200, Sample.pass(Sample.code(in: request.target)))]
    } _: { client, server, _ in
      _ = try await client.event(id: "E")
      for number in 1...5 {
        let answer = await client.lookUp(code: "CODE\(number)").finding
        #expect(number == 2 ? answer == .unknown(.live) : answer.isFound)
      }
      #expect(server.requests.map(\.connection) == [0, 0, 0, 0, 0, 0])
    }
  }

  @Test func `A connection that the server closed while idle is replaced`() async throws {
    try await TestClient.scripted { _, request in
      [.answer(200, Sample.pass(Sample.code(in: request.target))), .close]
    } _: { client, server, _ in
      for number in 1...5 {
        #expect(await client.lookUp(code: "CODE\(number)").finding.isFound)
      }
      #expect(server.connections >= 5)
    }
  }

  @Test func `Ten at a time`() async throws {
    try await TestClient.scripted { _, request in
      [
        .wait(milliseconds: 1000),
        .answer(200, Sample.pass(Sample.code(in: request.target))),
      ]
    } _: { client, server, _ in
      let codes = (0..<10).map { "CODE\($0)" }
      let found = await withTaskGroup(of: String?.self) { group in
        for code in codes {
          group.addTask {
            if case .found(let pass, _) = await client.lookUp(code: code).finding {
              pass.code
            } else {
              nil
            }
          }
        }
        return await group.reduce(into: Set<String?>()) { $0.insert($1) }
      }
      #expect(found == Set(codes))
      // All were under way before the first was answered.
      #expect(server.requests.count == 10)
      #expect(server.connections == 10)
    }
  }

  @Test func `Never more a second than allowed`() async throws {
    let rate = 5
    try await TestClient.scripted(deadline: .seconds(30), requestsPerSecond: rate) { _, request in
      [.answer(200, Sample.pass(Sample.code(in: request.target)))]
    } _: { client, server, _ in
      await withTaskGroup(of: Void.self) { group in
        for number in 0..<12 {
          group.addTask {
            #expect(await client.lookUp(code: "CODE\(number)").finding.isFound)
          }
        }
      }
      let times = server.requests.map(\.at)
      #expect(times.count == 12)
      for (index, time) in times.enumerated().dropFirst(rate) {
        #expect(time - times[index - rate] >= .seconds(1))
      }
    }
  }

  @Test func `Waiting for a turn is not waiting for the service`() async throws {
    try await TestClient.scripted(deadline: .milliseconds(1800), requestsPerSecond: 1) {
      _, request in
      [.answer(200, Sample.pass(Sample.code(in: request.target)))]
    } _: { client, server, _ in
      await withTaskGroup(of: Void.self) { group in
        for number in 0..<3 {
          group.addTask {
            #expect(await client.lookUp(code: "CODE\(number)").finding.isFound)
          }
        }
      }
      #expect(server.requests.count == 3)
    }
  }

  @Test func `More look-ups than connections wait for their turn`() async throws {
    try await TestClient.scripted(deadline: .seconds(3)) { _, request in
      [
        .wait(milliseconds: 150),
        .answer(200, Sample.pass(Sample.code(in: request.target))),
      ]
    } _: { client, server, _ in
      let found = await withTaskGroup(of: Bool.self) { group in
        for number in 0..<400 {
          group.addTask { await client.lookUp(code: "CODE\(number)").finding.isFound }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      // One after the other they take longer than the deadline, which starts at the request.
      #expect(found == 400)
      #expect(server.connections <= 16)
    }
  }

  @Test func `Look-ups go before background fetches`() async throws {
    try await TestClient.scripted(deadline: .seconds(30), requestsPerSecond: 2) { _, request in
      request.target.contains("by-code")
        ? [.answer(200, Sample.pass(Sample.code(in: request.target)))]
        : [.answer(200, #"{"success":true,"data":[]}"#)]
    } _: { client, server, _ in
      // The background may have one of the two turns, and the other two wait.
      _ = try await client.rates(eventID: "1")
      let background = [
        Task { _ = try await client.rates(eventID: "2") },
        Task { _ = try await client.rates(eventID: "3") },
      ]
      for number in 0..<3 {
        #expect(await client.lookUp(code: "CODE\(number)").finding.isFound)
      }
      for fetch in background { try await fetch.value }
      let order = server.requests.map { $0.target.contains("by-code") }
      #expect(order == [false, true, true, true, false, false])
    }
  }

  @Test func `The oldest scan is asked for next, though it began last`() async throws {
    try await TestClient.scripted(deadline: .seconds(30), requestsPerSecond: 1) { _, request in
      [.answer(200, Sample.pass(Sample.code(in: request.target)))]
    } _: { client, server, _ in
      let answers = [5, 7, 6, 2].map { Self.begin(scan: $0, client) }
      for answer in answers { #expect(await answer.value().finding.isFound) }
      #expect(
        server.requests.map { Sample.code(in: $0.target) } == ["CODE5", "CODE2", "CODE6", "CODE7"])
    }
  }

  /// Every third is answered with a 429: those are asked again while later ones wait.
  @Test func `A 429 costs a scan its time and no place`() async throws {
    try await TestClient.scripted(deadline: .seconds(30), requestsPerSecond: 6) {
      number, request in
      number % 3 == 0
        ? [.answer(429, "", headers: ["Retry-After: 0"])]
        : [.answer(200, Sample.pass(Sample.code(in: request.target)))]
    } _: { client, server, _ in
      let answers = (0..<20).map { Self.begin(scan: $0, client) }
      for answer in answers { _ = await answer.value() }
      var newest = 0
      for (index, request) in server.requests.enumerated() {
        let scan = Int(Sample.code(in: request.target).dropFirst(4)) ?? -1
        newest = max(newest, scan)
        // Up to six more begin while its first answer comes, and three beside the second attempt.
        #expect(scan + 9 >= newest, "request \(index) is for \(scan), after \(newest)")
      }
    }
  }

  private static func begin(
    scan: Int, _ client: FourvenuesClient
  ) -> Promise<FourvenuesClient.TimedFinding> {
    let answer = Promise<FourvenuesClient.TimedFinding>()
    client.begin(PassQuestion(code: "CODE\(scan)", scan: scan)) { answer.fulfil(with: $1) }
    return answer
  }
}
