import Foundation
import SandboxVenue
import Testing

@Suite(.timeLimit(.minutes(2)))
struct EndpointTests {
  @Test(arguments: ["P6J21FF2S", "p6j21ff2s", "P6J21FF2S/", "%506J21FF2S"])
  func `Sample is served byte for byte`(spelling: String) async throws {
    let answer = try await withVenue { try await $0.get("/v2/passes/by-code/\(spelling)") }
    #expect(answer.status == 200)
    #expect(try answer.body == sample("pass-by-code.json"))
    #expect(answer.headers["content-type"]?.hasPrefix("application/json") == true)
    #expect(answer.headers["date"]?.hasSuffix(" GMT") == true)
  }

  @Test(arguments: [
    "NOBODYHAS1", "%2506J21FF2S", "%2FP6J21FF2S", "a%20b", "%F0%9F%98%80", "SAND000005", "%00",
  ])
  func `Unknown code is 404 with an error in JSON`(code: String) async throws {
    var options = SandboxOptions()
    options.generatedPasses = 5
    let answer = try await withVenue(options) { try await $0.get("/v2/passes/by-code/\(code)") }
    #expect(answer.status == 404)
    #expect(try answer.json["error"].string != nil)
  }

  @Test func `Kelvin sign is no k`() async throws {
    // "\u{212A}" == "K" in Swift.
    let answer = try await withVenue { try await $0.get("/v2/passes/by-code/NO%E2%84%AAEY401") }
    #expect(answer.status == 404)
  }

  @Test(arguments: ["/v2/passes/by-code/%", "/v2/passes/by-code/%G0", "/v2/passes/by-code/%FF"])
  func `A broken escape is 400`(path: String) async throws {
    let received = try await withVenue { visit in
      try await exchange(
        port: visit.venue.port,
        Array("GET /integrations\(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".utf8))
    }
    #expect(String(decoding: received, as: UTF8.self).hasPrefix("HTTP/1.1 400 "))
  }

  @Test(arguments: ["/passes-rates/?event_id=", "/passes-rates?event_id="])
  func `Rates hold the vendor's sample for tonight`(path: String) async throws {
    let answer = try await withVenue { try await $0.get(path + tonightID) }
    #expect(answer.status == 200)
    let rates = try answer.json["data"].array
    let original = try JSONDecoder().decode(JSON.self, from: Data(sample("passes-rates.json")))
    guard case .object(var expected) = original["data"].array[0] else {
      Issue.record("the sample has no rate")
      return
    }
    expected["event_id"] = .string(tonightID)
    #expect(rates.first == .object(expected))
    #expect(rates.allSatisfy { $0["event_id"].string == tonightID })
    let prices = rates.flatMap { $0["options"].array }.compactMap { $0["price"].number }
    #expect(prices.contains(0))
    #expect(prices.contains(49.9))
    #expect(rates.contains { $0["options"].array.count == 2 })
  }

  @Test(arguments: [
    ("/passes-rates/", 400), ("/passes-rates/?event_id=nope", 404), ("/v2/passes/", 400),
    ("/v2/passes/?event_id=nope", 404), ("/v2/passes/?event_id=\(tonightID)&limit=x", 400),
    ("/v2/passes/?event_id=\(tonightID)&limit=0", 400),
    ("/v2/passes/?event_id=\(tonightID)&offset=-1", 400), ("/events/nope", 404),
    ("/events/?start=2026-01-01", 400), ("/events", 400), ("/events/?start=&end=", 400),
    ("/events/?start=2026-1-1&end=2026-01-02", 400), ("/nowhere", 404), ("/v2", 404),
  ])
  func `What is missing is said in JSON`(path: String, status: Int) async throws {
    let answer = try await withVenue { try await $0.get(path) }
    #expect(answer.status == status)
    #expect(try answer.json["error"].string?.isEmpty == false)
  }

  @Test func `Events without dates say so in the vendor's words`() async throws {
    let answer = try await withVenue { try await $0.get("/events/") }
    #expect(answer.text == #"{"error":"Date is empty"}"#)
  }

  @Test func `Tonight is around the start`() async throws {
    let now = Date(timeIntervalSince1970: 1_790_000_000)  // 2026-09-21 14:13:20 UTC
    let answer = try await withVenue(now: now) { try await $0.get("/events/\(tonightID)/") }
    let event = try answer.json["data"]
    #expect(event["_id"].string == tonightID)
    #expect(event["name"].string == "Noche Sandbox")
    #expect(event["start"].number == 1_789_992_000)  // 12:00 UTC
    #expect(event["end"].number == 1_790_020_800)
    #expect(event["active"].bool == true)
  }

  @Test(arguments: [
    (SandboxEventsTonight.none, 2, 404), (.one, 3, 200), (.two, 4, 200),
  ])
  func `Events tonight can be chosen`(tonight: SandboxEventsTonight, count: Int, status: Int)
    async throws
  {
    var options = SandboxOptions()
    options.eventsTonight = tonight
    try await withVenue(options) { visit in
      let list = try await visit.get("/events/?start=1990-01-01&end=2190-01-01").json["data"].array
      #expect(list.count == count)
      #expect(try await visit.get("/events/\(tonightID)").status == status)
      #expect(visit.venue.tonightEventID == tonightID)
    }
  }

  @Test func `Events are listed by their day in the venue's time zone`() async throws {
    var options = SandboxOptions()
    options.timeZone = try #require(TimeZone(secondsFromGMT: 2 * 3600))
    // 22:00 UTC on 21 September 2026, which is the 22nd here.
    options.startsAt = Date(timeIntervalSince1970: 1_790_028_000)
    try await withVenue(options) { visit in
      func ids(_ start: String, _ end: String) async throws -> [String?] {
        try await visit.get("/events/?start=\(start)&end=\(end)").json["data"].array
          .map { $0["_id"].string }
      }
      #expect(try await ids("2026-09-22", "2026-09-22") == [tonightID])
      #expect(try await ids("2026-09-21", "2026-09-23").count == 3)
      #expect(try await ids("2026-09-23", "2026-09-21") == [])
      let event = try await visit.get("/events/\(tonightID)").json["data"]
      #expect(event["date"].number == 1_790_028_000)
    }
  }

  @Test func `Own night and extra events`() async throws {
    var options = SandboxOptions()
    options.eventName = "Fiesta & Más"
    options.startsAt = Date(timeIntervalSince1970: 1_800_000_000)
    options.endsAt = Date(timeIntervalSince1970: 1_800_010_000)
    options.extraEvents = [
      SandboxEvent(
        id: "extra1", name: "Extra", startsAt: .init(timeIntervalSince1970: 1_800_000_000),
        endsAt: .init(timeIntervalSince1970: 1_800_000_001))
    ]
    try await withVenue(options) { visit in
      let event = try await visit.get("/events/\(tonightID)").json["data"]
      #expect(event["name"].string == "Fiesta & Más")
      #expect(event["start"].number == 1_800_000_000)
      #expect(event["end"].number == 1_800_010_000)
      #expect(try await visit.get("/events/extra1").json["data"]["name"].string == "Extra")
    }
  }
}
