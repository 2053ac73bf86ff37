import Admission
import FaultServer
import FoundationEssentials
import Fourvenues
import Testing

/// How an entry of each kind is reported (FourvenuesAPI: Tickets, guest lists and bookings).
@Suite(.timeLimit(.minutes(2))) struct KindReportTests {
  private static func report(
    _ kind: PassKind, id: String = "I/1", code: String = "C 1", event: String = "E1",
    people: Int = 3, at seconds: TimeInterval? = 1_795_806_600.25
  ) -> EntryReport {
    EntryReport(
      admissionID: 1, kind: kind, passID: id, code: code, eventID: event, optionID: "O1",
      people: people,
      enteredAt: seconds.map { Date(timeIntervalSince1970: $0) } ?? .distantPast)
  }

  private static let rows = #"[{"_id":"O1","men":0,"no_gender":3,"price":0,"women":0}]"#

  @Test(
    arguments: [
      (report(.pass), "/passes/I%2F1/checkin?event_id=E1", rows),
      (report(.list), "/lists/I%2F1/checkin", rows),
      (
        report(.ticket), "/tickets/by-code/C%201/checkin",
        #"{"enter":3,"entry_date":"2026-11-27T19:10:00.250Z"}"#
      ),
      (report(.ticket, at: nil), "/tickets/by-code/C%201/checkin", #"{"enter":3}"#),
      // A ticket is known by its code, the others by their id.
      (report(.ticket, id: "", at: nil), "/tickets/by-code/C%201/checkin", #"{"enter":3}"#),
      (report(.list, code: "", event: ""), "/lists/I%2F1/checkin", rows),
      (report(.booking), "/bookings/I%2F1/status", #"{"status":"arrival"}"#),
    ] as [(EntryReport, String, String)])
  func `Is sent as the API page says`(entry: EntryReport, target: String, body: String)
    async throws
  {
    try await TestClient.scripted { _, _ in
      [.answer(200, #"{"success":true}"#)]
    } _: { client, server, observed in
      #expect(await client.outcome(of: entry) == nil)
      let request = try #require(server.requests.first)
      #expect(request.head.hasPrefix("PUT /integrations\(target) HTTP/1.1\r\n"))
      #expect(request.header("content-type") == "application/json")
      #expect(String(decoding: request.body, as: UTF8.self) == body)
      #expect(observed.exchanges.map(\.endpoint) == [.checkIn])
    }
  }

  @Test(arguments: [
    report(.pass, id: ""), report(.pass, event: ""), report(.ticket, code: ""),
    report(.list, id: ""), report(.booking, id: ""), report(.pass, people: 0),
    report(.ticket, people: 0), report(.list, people: -1), report(.booking, people: 0),
  ])
  func `What is no entry is not sent`(entry: EntryReport) async throws {
    try await TestClient.scripted { _, _ in
      [.answer(200, "")]
    } _: { client, server, _ in
      #expect(await client.outcome(of: entry) == .refused(status: nil))
      #expect(server.requests.isEmpty)
    }
  }

  @Test(
    arguments: PassKind.allCases,
    [
      (.answer(401, ""), .keyRefused(status: 401)), (.answer(403, ""), .keyRefused(status: 403)),
      (.answer(404, "<html>"), .refused(status: 404)),
      (.answer(200, #"{"success":false}"#), .refused(status: 200)),
      (
        .answer(429, "", headers: ["Retry-After: 9"]), .tryLater(status: 429, after: .seconds(9))
      ),
      (.answer(500, ""), .tryLater(status: 500, after: nil)), (.close, .mayHaveArrived),
    ] as [(FaultServer.Step, EntryReportFailure)])
  func `What may become of it`(
    kind: PassKind, outcome: (step: FaultServer.Step, failure: EntryReportFailure)
  ) async throws {
    try await TestClient.scripted { _, _ in
      [outcome.step]
    } _: { client, server, _ in
      #expect(await client.outcome(of: Self.report(kind)) == outcome.failure)
      #expect(server.requests.count == 1)
    }
  }

  /// Told again, the service could forget that they sit by now.
  @Test func `A booking arrives once`() async throws {
    try await TestClient.scripted { number, _ in
      [number == 0 ? .answer(500, "") : .answer(200, #"{"success":true}"#)]
    } _: { client, server, _ in
      let first = Self.report(.booking)
      #expect(await client.outcome(of: first) == .tryLater(status: 500, after: nil))
      for _ in 0..<3 { #expect(await client.outcome(of: first) == nil) }
      #expect(server.requests.count == 2)
      // What another kind or another booking has to say is said all the same.
      for entry in [Self.report(.list), Self.report(.list), Self.report(.booking, id: "I2")] {
        #expect(await client.outcome(of: entry) == nil)
      }
      #expect(server.requests.count == 5)
    }
  }
}
