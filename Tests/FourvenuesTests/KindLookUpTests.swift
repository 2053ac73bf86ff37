import Admission
import FaultServer
import Fourvenues
import Synchronization
import TestSupport
import Testing
import Waiting

/// Look-ups of several kinds over real HTTP (Contract: Every code at the same door).
@Suite(.timeLimit(.minutes(3))) struct KindLookUpTests {
  typealias Step = FaultServer.Step

  /// The answers to a question, each once.
  private final class Answers: Sendable {
    private let answers = Mutex<[PassKind: [FourvenuesClient.TimedFinding]]>([:])

    var all: [PassKind: [FourvenuesClient.TimedFinding]] { answers.withLock { $0 } }

    func add(_ answer: FourvenuesClient.TimedFinding, of kind: PassKind) {
      answers.withLock { $0[kind, default: []].append(answer) }
    }
  }

  private static func ask(
    _ question: PassQuestion, _ client: FourvenuesClient
  ) async throws -> [PassKind: Finding] {
    try await timed(question, client).mapValues(\.finding)
  }

  private static func timed(
    _ question: PassQuestion, _ client: FourvenuesClient
  ) async throws -> [PassKind: FourvenuesClient.TimedFinding] {
    let answers = Answers()
    client.begin(question) { answers.add($1, of: $0) }
    try await wait(for: "an answer of each kind", within: .seconds(60)) {
      answers.all.count == question.kinds.count
    }
    #expect(answers.all.allSatisfy { $0.value.count == 1 })
    return answers.all.compactMapValues(\.first)
  }

  private static let outcomes: [(step: Step, expected: Finding)] = [
    (.answer(404, ""), .unknown(.live)), (.answer(404, #"{"error":"none"}"#), .unknown(.live)),
    (.answer(200, #"{"success":false}"#), .unknown(.live)),
    (.answer(200, #"{"success":true,"data":null}"#), .unknown(.live)),
    (.answer(401, ""), .failed(.unauthorized)),
    (.answer(403, #"{"error":"no scope"}"#), .failed(.unauthorized)),
    (.answer(404, "<html>404</html>"), .failed(.serviceError)),
    (.answer(429, "", headers: ["Retry-After: 60"]), .failed(.rateLimited)),
    (.answer(500, ""), .failed(.serviceError)), (.answer(503, ""), .failed(.serviceError)),
    (.answer(200, "nonsense"), .failed(.serviceError)), (.answer(200, ""), .failed(.serviceError)),
    (.answer(200, #"{"success":true,"data":{}}"#), .failed(.serviceError)),
    (.close, .failed(.offline)),
  ]

  @Test(arguments: PassKind.allCases)
  func `Each kind is asked at its own endpoint`(kind: PassKind) async throws {
    try await TestClient.scripted { _, _ in
      [.answer(200, KindSample.answer(kind, "A/B1"))]
    } _: { client, server, observed in
      let expected = Finding.found(KindSample.pass(kind, "A/B1"), .live)
      #expect(await client.lookUp(code: "a/b1", as: kind).finding == expected)
      let found = try await Self.ask(PassQuestion(code: "A/B1", kinds: [kind]), client)
      #expect(found == [kind: expected])
      #expect(
        server.requests.map(\.target)
          == ["a%2Fb1", "A%2FB1"].map { "/integrations\(KindSample.path(kind))\($0)" })
      #expect(observed.exchanges.map(\.endpoint) == [.lookUp(kind), .lookUp(kind)])
    }
  }

  /// What becomes of one kind's request is no matter of the others.
  @Test(arguments: PassKind.allCases)
  func `A kind fails alone`(failing: PassKind) async throws {
    let others = PassKind.allCases.filter { $0 != failing }
    let wrong = Step.answer(200, KindSample.answer(failing, "OTHER"))
    for (step, expected) in Self.outcomes + [(wrong, .failed(.serviceError))] {
      for othersKnow in [true, false] {
        try await TestClient.scripted { _, request in
          guard let kind = KindSample.kind(askedBy: request.target) else { return [.close] }
          if kind == failing { return [step] }
          return [othersKnow ? .answer(200, KindSample.answer(kind, "ABC1")) : .answer(404, "")]
        } _: { client, _, _ in
          let found = try await Self.ask(
            PassQuestion(code: "ABC1", kinds: PassKind.allCases, isKnown: false), client)
          #expect(found[failing] == expected)
          for kind in others {
            #expect(
              found[kind]
                == (othersKnow ? .found(KindSample.pass(kind, "ABC1"), .live) : .unknown(.live)),
              "\(kind) beside \(expected) of \(failing)")
          }
        }
      }
    }
  }

  @Test(arguments: PassKind.allCases)
  func `A silent kind ends at the deadline, and holds up no other`(silent: PassKind) async throws {
    try await TestClient.scripted(deadline: .seconds(2)) { _, request in
      guard let kind = KindSample.kind(askedBy: request.target), kind != silent else { return [] }
      return [.answer(200, KindSample.answer(kind, "ABC1"))]
    } _: { client, _, _ in
      let answers = try await Self.timed(
        PassQuestion(code: "ABC1", kinds: PassKind.allCases, isKnown: false), client)
      for (kind, answer) in answers {
        #expect(answer.finding.isFound == (kind != silent))
        #expect((answer.elapsed < .seconds(2)) == (kind != silent))
      }
      #expect(answers[silent]?.finding == .failed(.offline))
    }
  }

  @Test func `What is spent is gone from the deadline`() async throws {
    try await TestClient.scripted(deadline: .seconds(60)) { _, _ in
      []
    } _: { client, server, _ in
      let late = PassQuestion(code: "ABC1", kinds: [.ticket, .list], spent: .milliseconds(59_500))
      let answers = try await Self.timed(late, client)
      #expect(answers.allSatisfy { $0.value.finding == .failed(.offline) })
      #expect(
        answers.allSatisfy { (.milliseconds(500) ... .seconds(30)).contains($0.value.elapsed) })
      let asked = server.requests.count
      #expect(asked >= 2)
      let over = PassQuestion(code: "ABC1", kinds: [.ticket, .list], spent: .seconds(60))
      let nothing = try await Self.ask(over, client)
      #expect(nothing == [.ticket: .failed(.offline), .list: .failed(.offline)])
      #expect(server.requests.count == asked)
    }
  }

  @Test func `No code no request of any kind`() async throws {
    try await TestClient.scripted { _, _ in
      [.answer(200, "")]
    } _: { client, server, _ in
      let found = try await Self.ask(PassQuestion(code: "", kinds: PassKind.allCases), client)
      #expect(found.values.allSatisfy { $0 == .failed(.serviceError) })
      #expect(found.count == PassKind.allCases.count && server.requests.isEmpty)
    }
  }

  @Test func `The requests of a question leave together`() async throws {
    let count = PassKind.allCases.count
    try await TestClient.scripted(requestsPerSecond: count) { _, request in
      let kind = KindSample.kind(askedBy: request.target) ?? .pass
      return [.wait(milliseconds: 500), .answer(200, KindSample.answer(kind, "ABC1"))]
    } _: { client, server, _ in
      let found = try await Self.ask(
        PassQuestion(code: "ABC1", kinds: PassKind.allCases, isKnown: false), client)
      #expect(found.count == count && found.values.allSatisfy { $0.isFound })
      // Each had to be under way before another was answered.
      #expect(server.connections == count)
    }
  }

  @Test func `A question over the rate still holds it`() async throws {
    try await TestClient.scripted(deadline: .seconds(30), requestsPerSecond: 3) { _, request in
      let kind = KindSample.kind(askedBy: request.target) ?? .pass
      return [.answer(200, KindSample.answer(kind, Sample.code(in: request.target)))]
    } _: { client, server, _ in
      async let one = Self.ask(PassQuestion(code: "ABC1", kinds: PassKind.allCases), client)
      async let other = Self.ask(PassQuestion(code: "ABC2", kinds: PassKind.allCases), client)
      let found = try await [one, other]
      #expect(found.allSatisfy { $0.values.allSatisfy { $0.isFound } })
      let times = server.requests.map(\.at)
      #expect(times.count == 8)
      for (index, time) in times.enumerated().dropFirst(3) {
        #expect(time - times[index - 3] >= .seconds(1))
      }
    }
  }

  @Test(arguments: [502, 503, 504])
  func `Each kind is asked again by itself`(status: Int) async throws {
    let isFirst = Mutex<Set<PassKind>>([])
    try await TestClient.scripted { _, request in
      guard let kind = KindSample.kind(askedBy: request.target) else { return [.close] }
      let comesFirst = isFirst.withLock { $0.insert(kind).inserted }
      if comesFirst, kind == .list || kind == .booking { return [.answer(status, "")] }
      return [.answer(200, KindSample.answer(kind, "ABC1"))]
    } _: { client, server, _ in
      let found = try await Self.ask(
        PassQuestion(code: "ABC1", kinds: PassKind.allCases, isKnown: false), client)
      #expect(found.values.allSatisfy { $0.isFound })
      #expect(server.requests.count == PassKind.allCases.count + 2)
    }
  }

  // MARK: A bare 404

  @Test(arguments: PassKind.allCases)
  func `Where all is 404, no code is unknown of any kind`(kind: PassKind) async throws {
    try await TestClient.scripted { _, _ in
      [.answer(404, "")]
    } _: { client, _, _ in
      await #expect(throws: FourvenuesError.notFound) { try await client.event(id: "E") }
      #expect(await client.lookUp(code: "ABC1", as: kind).finding == .failed(.serviceError))
    }
  }

  @Test(
    arguments: [
      (.pass, "Pass not found"), (.ticket, "Ticket not found"), (.ticket, "Entrada no encontrada"),
      (.list, "Guest list not found"), (.list, "No se ha encontrado la lista"),
      (.booking, "Booking not found"), (.booking, "Reserva no encontrada"),
    ] as [(PassKind, String)])
  func `What the service alone can say of a kind counts`(kind: PassKind, says: String) async throws
  {
    try await TestClient.scripted { _, request in
      let isLookUp = KindSample.kind(askedBy: request.target) != nil
      return [.answer(404, isLookUp ? "{\"error\":\"\(says)\"}" : "")]
    } _: { client, _, _ in
      _ = try? await client.event(id: "E")
      #expect(await client.lookUp(code: "ABC1", as: kind).finding == .unknown(.live))
    }
  }

  /// A venue whose key has no tickets: the event is there, and its listing of tickets is not.
  @Test(arguments: [PassKind.ticket, .list, .booking])
  func `A kind that is not there knows nothing of a code`(lost: PassKind) async throws {
    try await TestClient.scripted { number, request in
      if request.target.contains("GOOD") { return [.answer(200, KindSample.answer(lost, "GOOD1"))] }
      if request.target.contains("event_id=") || request.target.contains("date=") {
        return [
          request.target.contains(KindSample.listPath(lost)) ? .answer(404, "") : .answer(200, "[]")
        ]
      }
      return [.answer(404, "")]
    } _: { client, _, _ in
      #expect(await client.lookUp(code: "ABC1", as: lost).finding == .unknown(.live))
      for kind in PassKind.allCases {
        var pages = client.passes(kind: kind, eventID: "E", days: ["2027-01-01"])
          .makeAsyncIterator()
        _ = try? await pages.next()
      }
      for kind in PassKind.allCases {
        #expect(
          await client.lookUp(code: "ABC1", as: kind).finding
            == (kind == lost ? .failed(.serviceError) : .unknown(.live)), "\(kind)")
      }
      #expect(!client.isAddressInDoubt)
      // It is there after all.
      #expect(await client.lookUp(code: "GOOD1", as: lost).finding.isFound)
      #expect(await client.lookUp(code: "ABC1", as: lost).finding == .unknown(.live))
    }
  }

  @Test func `Listings of an event that is not known say nothing of the kinds`() async throws {
    try await TestClient.scripted { _, request in
      [request.target.contains("/events/?") ? .answer(200, "[]") : .answer(404, "")]
    } _: { client, _, _ in
      _ = try await client.events(from: "2027-01-01", to: "2027-01-02")
      for kind in PassKind.allCases {
        var pages = client.passes(kind: kind, eventID: "E", days: ["2027-01-01"])
          .makeAsyncIterator()
        _ = try? await pages.next()
        #expect(await client.lookUp(code: "ABC1", as: kind).finding == .unknown(.live), "\(kind)")
      }
    }
  }
}
