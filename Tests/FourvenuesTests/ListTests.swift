import Admission
import FaultServer
import FoundationEssentials
import Testing

@testable import Fourvenues

/// Events, rates and the passes of an event (FourvenuesAPI: Endpoints).
@Suite struct ListTests {
  private func answering(
    _ body: String, status: Int = 200,
    _ check: (FourvenuesClient, FaultServer, TestClient.Observed) async throws -> Void
  ) async throws {
    try await TestClient.scripted { _, _ in
      [.answer(status, body)]
    } _: {
      try await check($0, $1, $2)
    }
  }

  @Test func `Vendor sample of rates`() async throws {
    let body = String(decoding: PackageResources.passes_rates_json, as: UTF8.self)
    try await answering(body) { client, server, _ in
      let rates = try await client.rates(eventID: "a&b")
      #expect(
        rates == [
          Rate(
            id: "plryuiyps0006msyw2pri1tem1LpJwSx", eventID: "Mjo4f9o9h01fdjvmmrgn9aoh4s5IBHzX",
            name: "General Access", beneficiaries: 1,
            options: [
              RateOption(
                id: "PrbxvjKCVsv9LjzOB4uWE5KfWGrpvxl3", information: "Valid only for erasmus.",
                price: 10, content: "", from: 0, until: 27_000)
            ])
        ])
      #expect(server.requests.map(\.target) == ["/integrations/passes-rates/?event_id=a%26b"])
    }
  }

  @Test(arguments: [
    ("12.35", "12.35"), ("0", "0"), ("0.10", "0.1"), ("-3", "0"), ("10.0", "10"),
    ("99999999.99", "99999999.99"),
  ])
  func `Prices are read exactly`(written: String, expected: String) async throws {
    try await answering(#"[{"_id":"R","name":"N","options":[{"price":\#(written)}]}]"#) {
      client, _, _ in
      let rate = try #require(try await client.rates(eventID: "E").first)
      #expect(rate.options.map(\.price) == [try #require(Decimal(string: expected))])
    }
  }

  @Test func `Windows of a rate are read where they are numbers`() async throws {
    try await answering(
      #"""
      [{"_id":"R","name":"N","options":[{"price":1,"from":-60,"until":60.5},{"price":1},
      {"price":1,"from":null,"until":1e18}]}]
      """#
    ) { client, _, _ in
      let options = try #require(try await client.rates(eventID: "E").first).options
      #expect(options.map(\.from) == [-60, nil, nil])
      #expect(options[0].until == 60.5 && options[1].until == nil)
      #expect(try #require(options[2].until) >= 10 * 365 * 24 * 3600)
    }
  }

  @Test func `Broken elements lose no others`() async throws {
    try await answering(
      #"""
      {"success":true,"data":[{"_id":"1","name":"A"},{"_id":"2"},null,5,[[]],
      {"_id":"3","name":"C","options":[{"price":1,"until":9},{"price":"1"}]},
      {"_id":"4","name":"D","beneficiaries":"two","options":null,"\u0000":"]"}]}
      """#
    ) { client, _, observed in
      let rates = try await client.rates(eventID: "E")
      #expect(rates.map(\.id) == ["1", "4"])
      #expect(observed.lines.contains { $0.contains("unreadable") && $0.contains("5") })
      #expect(observed.exchanges.map(\.failure) == [nil])
    }
  }

  @Test(arguments: [
    (404, "", FourvenuesError.notFound), (200, #"{"success":false}"#, .notFound),
    (200, #"{"success":true,"data":null}"#, .notFound), (401, "", .failed(.unauthorized)),
    (400, #"{"error":"Date is empty"}"#, .failed(.serviceError)), (200, "", .failed(.serviceError)),
    (200, "{}", .failed(.serviceError)), (200, "null", .failed(.serviceError)),
    (200, #"{"success":true,"data":{}}"#, .failed(.serviceError)),
    (200, #"{"success":true,"data":[{"_id":"1","name":"A"}"#, .failed(.serviceError)),
    (200, #"[{"_id":"1","name":"A"},"#, .failed(.serviceError)),
    (200, #"{"success":true,"d\u0061ta":[{"_id":"1","name":"A"}]}"#, .failed(.serviceError)),
    (200, "<html>[1]</html>", .failed(.serviceError)),
    (200, String(repeating: "[", count: 200_000), .failed(.serviceError)),
  ])
  func `What is no list is a failure`(status: Int, body: String, expected: FourvenuesError)
    async throws
  {
    try await answering(body, status: status) { client, _, _ in
      await #expect(throws: expected) { try await client.rates(eventID: "E") }
      // The list of events is always there.
      let ofEvents = expected == .notFound ? .failed(.serviceError) : expected
      await #expect(throws: ofEvents) { try await client.events(from: "1", to: "2") }
    }
  }

  @Test func `Refused lists are retried once`() async throws {
    let port = try await FaultServer.refusedPort()
    try await TestClient.using("http://127.0.0.1:\(port)") { test in
      await #expect(throws: FourvenuesError.failed(.offline)) {
        try await test.client.rates(eventID: "E")
      }
      #expect(test.observed.exchanges.map(\.endpoint) == [.rates(.pass), .rates(.pass)])
      _ = try? await test.client.event(id: "E")
      #expect(test.observed.exchanges.count == 4)
    }
  }

  @Test(arguments: [
    #"{"_id":"E","name":"Night","start":1712861139,"end":1712890000.0,"date":"x"}"#,
    #"{"success":true,"data":{"_id":"E","name":"Night","start":1712861139,"end":1712890000}}"#,
  ])
  func `An event is read bare or wrapped`(body: String) async throws {
    try await answering(body) { client, server, _ in
      let event = try await client.event(id: "E")
      #expect(
        event
          == Event(
            id: "E", name: "Night", startsAt: Date(timeIntervalSince1970: 1_712_861_139),
            endsAt: Date(timeIntervalSince1970: 1_712_890_000)))
      await #expect(throws: FourvenuesError.failed(.serviceError)) {
        try await client.event(id: "../F")
      }
      #expect(
        server.requests.map(\.target) == [
          "/integrations/events/E", "/integrations/events/%2E%2E%2FF",
        ])
    }
  }

  @Test func `An event without hours is one`() async throws {
    try await answering(#"{"_id":"E","name":null,"start":"soon"}"#) { client, _, _ in
      let event = try await client.event(id: "E")
      #expect(event == Event(id: "E"))
    }
  }

  @Test func `Events are listed, broken ones left out`() async throws {
    try await answering(#"{"success":true,"data":[{"_id":"E"},{},{"_id":"F","name":"Later"}]}"#) {
      client, server, _ in
      let events = try await client.events(from: "2026-01-01", to: "2026-01-03")
      #expect(events == [Event(id: "E"), Event(id: "F", name: "Later")])
      #expect(
        server.requests.map(\.target)
          == ["/integrations/events/?start=2026-01-01&end=2026-01-03"])
    }
  }

  /// Passes with these numbers; every tenth that is asked to be broken has no state.
  private static func passes(_ numbers: Range<Int>, breakingEveryTenth: Bool = false) -> String {
    let passes = numbers.map { number in
      let state = breakingEveryTenth && number % 10 == 0 ? "" : ",\"state\":\"activated\""
      return "{\"_id\":\"\(number)\",\"code\":\"C\(number)\",\"passes_usages\":[]\(state)}"
    }
    return "{\"success\":true,\"data\":[\(passes.joined(separator: ","))]}"
  }

  /// Without the pause between them.
  private static func pages(_ client: FourvenuesClient) -> PassPages {
    var pages = client.passes(eventID: "E")
    pages.pause = .zero
    return pages
  }

  private static let first = "/integrations/v2/passes/?event_id=E"

  @Test(
    arguments: [
      ([0..<0], [[]]), ([0..<499], [[]]), ([0..<501], [[]]), ([0..<3000], [[]]),
      ([0..<500, 500..<500], [[], [500]]), ([0..<500, 500..<700], [[], [500]]),
      ([0..<500, 500..<1000, 1000..<1001], [[], [500], [1000]]),
      // Paging is not known there: the same again.
      ([0..<500, 0..<500, 0..<500], [[], [500]]),
    ] as [([Range<Int>], [[Int]])])
  func `Pages, and the offsets asked for`(pages: [Range<Int>], offsets: [[Int]]) async throws {
    try await TestClient.scripted { number, _ in
      [.answer(200, Self.passes(pages[number]))]
    } _: {
      client, server, _ in
      var ids: [String] = []
      for try await page in Self.pages(client) { ids += page.map(\.id) }
      #expect(Set(ids).count == ids.count)
      #expect(Set(ids) == Set(pages.prefix(offsets.count).joined().map(String.init)))
      #expect(
        server.requests.map(\.target)
          == offsets.map { offset in
            Self.first + (offset.first.map { "&limit=500&offset=\($0)" } ?? "")
          })
    }
  }

  @Test func `Broken passes count as part of the page`() async throws {
    try await TestClient.scripted { number, _ in
      [.answer(200, Self.passes(number == 0 ? 0..<500 : 500..<510, breakingEveryTenth: true))]
    } _: { client, server, observed in
      var pages: [Int] = []
      for try await page in Self.pages(client) { pages.append(page.count) }
      #expect(pages == [450, 9])
      #expect(server.requests.count == 2)
      #expect(observed.lines.contains { $0.contains("unreadable") && $0.contains("50") })
    }
  }

  @Test(
    arguments: [
      ([0..<0], true), ([0..<499], true), ([0..<3000], true), ([0..<500, 500..<500], true),
      ([0..<500, 500..<1000, 1000..<1200], true),
      // A sale between two pages moves those behind it.
      ([0..<500, 499..<700], true), ([0..<500, 500..<1000, 999..<1000], false),
      ([0..<500, 497..<997, 995..<1000], true),
      // A service that knows no paging, or pages between which passes moved.
      ([0..<500, 0..<500], false), ([0..<500, 500..<1000, 0..<500], false),
      ([0..<500, 500..<1000, 499..<700], false),
      // More than was asked for.
      ([0..<500, 500..<1001], false),
    ] as [([Range<Int>], Bool)])
  func `Whether all passes are there`(pages: [Range<Int>], isWhole: Bool) async throws {
    try await TestClient.scripted { number, _ in
      [.answer(200, Self.passes(pages[number]))]
    } _: { client, _, _ in
      var iterator = Self.pages(client).makeAsyncIterator()
      while try await iterator.next() != nil {}
      let result = iterator.isWhole
      #expect(result == isWhole)
    }
  }

  @Test func `A broken pass or a list without an end is not whole`() async throws {
    try await TestClient.scripted { _, _ in
      [.answer(200, Self.passes(0..<11, breakingEveryTenth: true))]
    } _: { client, _, _ in
      var iterator = Self.pages(client).makeAsyncIterator()
      while try await iterator.next() != nil {}
      #expect(iterator.isWhole == false)
    }
    try await TestClient.scripted { number, _ in
      [.answer(200, Self.passes(number * 500..<(number + 1) * 500))]
    } _: { client, server, _ in
      var iterator = Self.pages(client).makeAsyncIterator()
      while try await iterator.next() != nil {}
      #expect(iterator.isWhole == false)
      #expect(server.requests.count == 400)
    }
  }

  @Test func `A page that fails ends the pages`() async throws {
    try await TestClient.scripted { number, _ in
      number == 0 ? [.answer(200, Self.passes(0..<500))] : [.answer(403, "")]
    } _: { client, _, _ in
      var iterator = Self.pages(client).makeAsyncIterator()
      let page = try await iterator.next()
      #expect(page?.count == 500)
      await #expect(throws: FourvenuesError.failed(.unauthorized)) { try await iterator.next() }
      let end = try await iterator.next()
      #expect(end == nil)
    }
  }

  @Test func `Pages have a cap`() async throws {
    let blank = [UInt8](repeating: 0x20, count: 8 << 20)
    try await TestClient.scripted { _, _ in
      [.answer(200, Array("[".utf8) + blank + Array("]".utf8))]
    } _: { client, server, _ in
      await #expect(throws: FourvenuesError.failed(.serviceError)) {
        try await client.rates(eventID: "E")
      }
      #expect(server.requests.count == 1)
    }
  }
}
