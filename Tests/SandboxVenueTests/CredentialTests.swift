import SandboxVenue
import Testing

@Suite(.timeLimit(.minutes(2)))
struct CredentialTests {
  enum Asked: CaseIterable { case key, integration, both, nothing }

  private static let key = ["x-api-key": "k-1"]
  private static let pair = ["integration_id": "i-1", "secret": "s-1"]

  struct Row: Sendable, CustomTestStringConvertible {
    var asked: Asked
    var sent: [String: String]
    var status: Int
    var testDescription: String { "\(asked) \(sent) \(status)" }
  }

  @Test(arguments: [
    Row(asked: .nothing, sent: [:], status: 200),
    Row(asked: .nothing, sent: ["x-api-key": "anything"], status: 200),
    Row(asked: .key, sent: key, status: 200),
    Row(asked: .key, sent: [:], status: 401),
    Row(asked: .key, sent: ["x-api-key": "K-1"], status: 401),
    Row(asked: .key, sent: ["x-api-key": ""], status: 401),
    Row(asked: .key, sent: pair, status: 401),
    Row(asked: .integration, sent: pair, status: 200),
    Row(asked: .integration, sent: key, status: 401),
    Row(asked: .integration, sent: ["integration_id": "i-1"], status: 401),
    Row(asked: .integration, sent: ["secret": "s-1"], status: 401),
    Row(asked: .integration, sent: ["integration_id": "i-1", "secret": "x"], status: 401),
    Row(asked: .both, sent: key, status: 200),
    Row(asked: .both, sent: pair, status: 200),
    Row(asked: .both, sent: key.merging(pair) { $1 }, status: 200),
    Row(asked: .both, sent: [:], status: 401),
  ])
  func `Credentials are checked`(row: Row) async throws {
    var options = SandboxOptions()
    if row.asked == .key || row.asked == .both { options.apiKey = "k-1" }
    if row.asked == .integration || row.asked == .both {
      options.integrationID = "i-1"
      options.secret = "s-1"
    }
    try await withVenue(options) { visit in
      for path in [
        "/v2/passes/by-code/P6J21FF2S", "/v2/passes/?event_id=\(tonightID)",
        "/passes-rates/?event_id=\(tonightID)", "/events/\(tonightID)",
        "/events/?start=2026-01-01&end=2026-01-01",
      ] {
        let answer = try await visit.get(path, headers: row.sent)
        #expect(answer.status == row.status, "\(path)")
        if row.status != 200 { #expect(try answer.json["error"].string != nil) }
      }
      #expect(try await visit.control("GET", "/guests").status == 200)
    }
  }

  @Test func `Forbidden endpoints answer 403 and the others work`() async throws {
    var options = SandboxOptions()
    options.forbiddenEndpoints = [.passes, .checkIn]
    try await withVenue(options) { visit in
      #expect(try await visit.get("/v2/passes/?event_id=\(tonightID)").status == 403)
      let checkIn = try await visit.put("/passes/x/checkin?event_id=\(tonightID)", "[]")
      #expect(checkIn.status == 403)
      #expect(try await visit.get("/v2/passes/by-code/P6J21FF2S").status == 200)
      #expect(try await visit.get("/events/\(tonightID)").status == 200)
      #expect(visit.venue.checkIns.isEmpty)
    }
  }

  @Test func `Rate limit is per key`() async throws {
    var options = SandboxOptions()
    options.rateLimit = 3
    try await withVenue(options) { visit in
      var answers: [Visit.Answer] = []
      // Far more than 3 a second even on a slow machine, or the deadline of the suite is over.
      while !answers.contains(where: { $0.status == 429 }) {
        answers = try await withThrowingTaskGroup { group in
          for _ in 0..<50 {
            group.addTask {
              try await visit.get("/events/\(tonightID)", headers: ["x-api-key": "busy"])
            }
          }
          return try await group.reduce(into: []) { $0.append($1) }
        }
      }
      #expect(answers.contains { $0.status == 200 })
      let refused = try #require(answers.first { $0.status == 429 })
      #expect(refused.headers["retry-after"] == "1")
      let other = try await visit.get("/events/\(tonightID)", headers: ["x-api-key": "calm"])
      #expect(other.status == 200)
    }
  }

  @Test func `Half a scheme is an error`() async throws {
    var options = SandboxOptions()
    options.secret = "s"
    await #expect(throws: SandboxError.self) { _ = try await SandboxVenue.start(options) }
  }
}
