import Admission
import FaultServer
import FoundationEssentials
import Testing

@testable import Fourvenues

/// Listings and price lists by kind (FourvenuesAPI: Tickets, guest lists and bookings).
@Suite struct KindListTests {
  private typealias Step = FaultServer.Step

  /// So many of a kind from that number on, created a second after the other.
  private static func page(
    _ kind: PassKind, _ numbers: Range<Int>, event: String = "E", isDated: Bool = true
  ) -> String {
    let rows = numbers.map { number in
      KindSample.object(
        kind, "C\(number)",
        ["event_id": "\"\(event)\"", "created_at": isDated ? "\"\(created(number))\"" : ""])
    }
    return "{\"success\":true,\"data\":[\(rows.joined(separator: ","))]}"
  }

  private static func created(_ number: Int) -> String {
    let (minutes, seconds) = (number / 60, number % 60)
    return "2026-11-27T\(10 + minutes / 60):\(two(minutes % 60)):\(two(seconds)).250Z"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private struct Listed {
    var codes: [String] = []
    var isWhole = false
    var newest: String?
    var targets: [String] = []
  }

  private static func list(
    _ kind: PassKind, days: [String] = [], since: String? = nil,
    _ script: @escaping FaultServer.Script
  ) async throws -> Listed {
    var listed = Listed()
    try await TestClient.scripted(script) { client, server, _ in
      var pages = client.passes(kind: kind, eventID: "E", days: days, since: since)
      pages.pause = .zero
      var iterator = pages.makeAsyncIterator()
      while let page = try await iterator.next() {
        #expect(page.allSatisfy { $0.kind == kind })
        listed.codes += page.map(\.code)
      }
      (listed.isWhole, listed.newest) = (iterator.isWhole, iterator.newest)
      listed.targets = server.requests.map { String($0.target.dropFirst("/integrations".count)) }
    }
    return listed
  }

  @Test(
    arguments: [
      (.pass, "/v2/passes/?event_id=E"), (.ticket, "/tickets/?event_id=E"),
      (.list, "/lists/?event_id=E"), (.booking, "/bookings/?date=2026-11-27"),
    ] as [(PassKind, String)])
  func `A listing of each kind, page by page`(kind: PassKind, path: String) async throws {
    let listed = try await Self.list(kind, days: ["2026-11-27"]) { number, _ in
      [.answer(200, Self.page(kind, number == 0 ? 0..<500 : 500..<620))]
    }
    #expect(listed.codes == (0..<620).map { "C\($0)" })
    #expect(listed.isWhole)
    #expect(listed.targets == [path, path + "&limit=500&offset=500"])
    #expect(listed.newest == (kind == .ticket ? Self.created(619) : nil))
  }

  @Test func `Only tickets that are new`() async throws {
    let start = "2026-11-27T10:00:09.250Z"
    let listed = try await Self.list(.ticket, since: start) { _, _ in
      [.answer(200, Self.page(.ticket, 10..<13))]
    }
    #expect(listed.targets == ["/tickets/?event_id=E&start_date=2026-11-27T10%3A00%3A09%2E250Z"])
    #expect(listed.codes == ["C10", "C11", "C12"])
    // They are not all there are, and the next listing goes on from here.
    #expect(!listed.isWhole && listed.newest == Self.created(12))
    let none = try await Self.list(.ticket, since: start) { _, _ in [.answer(200, "[]")] }
    #expect(none.newest == start && !none.isWhole)
    let old = try await Self.list(.ticket, since: start) { _, _ in
      [.answer(200, Self.page(.ticket, 0..<3))]
    }
    #expect(old.newest == start)
    for kind in [PassKind.pass, .list] {
      let all = try await Self.list(kind, since: start) { _, _ in
        [.answer(200, Self.page(kind, 0..<3))]
      }
      #expect(all.isWhole && all.newest == nil && all.targets.allSatisfy { !$0.contains("start") })
    }
  }

  @Test(arguments: ["", "null", "5", "\"soon\"", "[]"])
  func `Without its creation no ticket is a place to go on from`(value: String) async throws {
    let rows = [
      KindSample.object(.ticket, "C1", ["created_at": "\"\(Self.created(1))\""]),
      KindSample.object(.ticket, "C2", ["created_at": value]),
    ]
    let listed = try await Self.list(.ticket) { _, _ in
      [.answer(200, "[\(rows.joined(separator: ","))]")]
    }
    #expect(listed.codes == ["C1", "C2"] && listed.isWhole && listed.newest == nil)
  }

  @Test func `What is missing is fetched the next time`() async throws {
    let broken = KindSample.object(.ticket, "C2", ["status": "5"])
    let listed = try await Self.list(.ticket) { _, _ in
      [
        .answer(
          200,
          "[\(KindSample.object(.ticket, "C1", ["created_at": "\"\(Self.created(1))\""])),\(broken)]"
        )
      ]
    }
    #expect(listed.codes == ["C1"] && !listed.isWhole && listed.newest == nil)
  }

  @Test func `A listing that ended early is neither whole nor a place to go on from`() async throws
  {
    try await TestClient.scripted { number, _ in
      number == 0 ? [.answer(200, Self.page(.ticket, 0..<500))] : [.answer(500, "")]
    } _: { client, _, _ in
      var pages = client.passes(kind: .ticket, eventID: "E")
      pages.pause = .zero
      var iterator = pages.makeAsyncIterator()
      _ = try await iterator.next()
      #expect(iterator.newest == nil)
      await #expect(throws: FourvenuesError.failed(.serviceError)) { try await iterator.next() }
      let (isWhole, newest) = (iterator.isWhole, iterator.newest)
      #expect(!isWhole && newest == nil)
    }
  }

  /// A night has two days, and each holds other events too.
  @Test func `Bookings of the event's days`() async throws {
    let listed = try await Self.list(.booking, days: ["2026-11-27", "2026-11-28"]) { _, request in
      let isFirst = request.target.contains("2026-11-27")
      guard isFirst else { return [.answer(200, Self.page(.booking, 700..<703))] }
      return [
        request.target.contains("offset")
          ? .answer(200, Self.page(.booking, 500..<502))
          : .answer(200, Self.page(.booking, 0..<500, event: "OTHER"))
      ]
    }
    #expect(listed.codes == ["C500", "C501", "C700", "C701", "C702"])
    #expect(listed.isWhole)
    #expect(
      listed.targets == [
        "/bookings/?date=2026-11-27", "/bookings/?date=2026-11-27&limit=500&offset=500",
        "/bookings/?date=2026-11-28",
      ])
  }

  /// A table of the night may be told under the day on which it begins and under the next.
  @Test func `A booking that stands under both days is one`() async throws {
    let listed = try await Self.list(.booking, days: ["2026-11-27", "2026-11-28"]) { _, _ in
      [.answer(200, Self.page(.booking, 0..<3))]
    }
    #expect(listed.codes == ["C0", "C1", "C2"])
    #expect(listed.isWhole)
  }

  @Test func `Without a day no bookings are known`() async throws {
    let listed = try await Self.list(.booking) { _, _ in [.answer(200, "[]")] }
    #expect(listed.targets.isEmpty && !listed.isWhole)
  }

  @Test(arguments: PassKind.allCases)
  func `Pages go out two a second`(kind: PassKind) async throws {
    try await TestClient.scripted { number, _ in
      [.answer(200, Self.page(kind, number == 0 ? 0..<500 : 500..<501))]
    } _: { client, server, _ in
      for try await _ in client.passes(kind: kind, eventID: "E", days: ["2026-11-27"]) {}
      let times = server.requests.map(\.at)
      #expect(times.count == 2)
      // Both are stamped where they arrive, and the way there takes its time.
      #expect(times[1] - times[0] >= .milliseconds(400))
    }
  }

  // MARK: Price lists

  @Test func `The vendor's sample of lists rates`() async throws {
    let body = String(decoding: PackageResources.lists_rates_json, as: UTF8.self)
    try await TestClient.scripted { _, _ in
      [.answer(200, body)]
    } _: { client, server, observed in
      let rates = try await client.rates(of: .list, eventID: "a&b")
      #expect(
        rates == [
          Rate(
            kind: .list, id: "plryuiyps0006msyw2pri1tem1LpJwSx", name: "General Access",
            options: [
              RateOption(
                id: "PrbxvjKCVsv9LjzOB4uWE5KfWGrpvxl3", information: "Valid only for erasmus.",
                price: 10, from: 0, until: 27_000, minimumAge: 18)
            ])
        ])
      #expect(server.requests.map(\.target) == ["/integrations/lists-rates/?event_id=a%26b"])
      #expect(observed.exchanges.map(\.endpoint) == [.rates(.list)])
    }
  }

  @Test(arguments: [PassKind.ticket, .booking])
  func `A kind without a price list is not asked for one`(kind: PassKind) async throws {
    try await TestClient.scripted { _, _ in
      [.answer(500, "")]
    } _: { client, server, _ in
      let rates = try await client.rates(of: kind, eventID: "E")
      #expect(rates.isEmpty && server.requests.isEmpty)
    }
  }

  @Test(
    arguments: [
      ("true", "true", .everybody), ("false", "false", .everybody), ("true", "false", .women),
      ("false", "true", .men), ("", "", .everybody), ("true", "", .women), ("null", "true", .men),
      ("1", "0", .women), ("\"yes\"", "[]", .everybody),
    ] as [(String, String, RateOption.Audience)])
  func `For whom an option is`(girls: String, boys: String, audience: RateOption.Audience)
    async throws
  {
    let fields = [("girls", girls), ("boys", boys), ("price", "5"), ("age", "\"21\"")]
      .filter { $0.1 != "" }.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",")
    try await TestClient.scripted { _, _ in
      [.answer(200, "[{\"_id\":\"R\",\"name\":\"N\",\"options\":[{\(fields)}]}]")]
    } _: { client, _, _ in
      for kind in [PassKind.pass, .list] {
        let rate = try #require(try await client.rates(of: kind, eventID: "E").first)
        #expect(rate.kind == kind)
        #expect(rate.options.map(\.audience) == [audience])
        #expect(rate.options.map(\.minimumAge) == [21])
      }
    }
  }
}
