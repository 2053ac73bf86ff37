import FaultServer
import Foundation
import SandboxVenue
import ScreenReader
import Testing

extension EndToEndTests {
  /// The door is set to one event, and the guests come for another.
  @Suite struct OtherEventTests {
    /// What the service says of a code.
    private static func pass(_ code: String, of event: Substring) -> FaultServer.Step {
      .answer(
        200,
        """
        {"success":true,"data":{"_id":"p\(code)","code":"\(code)","state":"activated",
        "passes_usages":[{"event_id":"\(event)","beneficiaries":1}]}}
        """)
    }

    /// Of a service that knows the events E and F; a code's first letter is its pass's event.
    private func start() async throws -> FaultServer {
      try await FaultServer.start { _, request in
        let last = request.target.split(separator: "/").last.map(String.init) ?? ""
        if request.target.contains("by-code") {
          return [Self.pass(last, of: last.prefix(1))]
        }
        let events = ["E": "Late Night", "F": "Gala"]
        if let name = events[last] {
          return [.answer(200, "{\"_id\":\"\(last)\",\"name\":\"\(name)\"}")]
        }
        if request.target.contains("/events/?") {
          return [.answer(200, "[{\"_id\":\"E\"},{\"_id\":\"F\",\"name\":\"Gala\"}]")]
        }
        return request.target.contains("/events/")
          ? [.answer(404, #"{"error":"Event not found"}"#)] : [.answer(200, "[]")]
      }
    }

    private func environment(_ server: FaultServer) -> [String: String] {
      ["DOORCHECK_FOURVENUES_BASE_URL": server.url, "DOORCHECK_FOURVENUES_API_KEY": "k"]
    }

    @Test(arguments: ["refuse", "admit"])
    func `Where the service does not know the event, nobody is refused for it`(
      rule: String
    ) async throws {
      let server = try await start()
      let result = try await BuiltProgram.run(
        ["scan", "--event", "zzz", "--format", "json", "EGUEST1", "FGUEST2", "zzzGUEST"],
        environment: environment(server).merging([
          "DOORCHECK_RULES_EVENT_WITHOUT_USAGE": rule
        ]) { $1 })
      // A pass with a usage for it is judged by it; this one's is for another, `z`.
      #expect(
        try result.objects().map { $0["reason"] as? String } == [
          "no_event", "no_event", "no_event",
        ])
      #expect(result.exitCode == 2)
      #expect(result.errors.contains("zzz"))
      let check = try await BuiltProgram.run(
        ["check", "--event", "zzz", "--format", "json"], environment: environment(server))
      let event = try check.objects().first { $0["point"] as? String == "event" }
      #expect(event?["status"] as? String == "fail")
      try await server.stop()
    }

    /// The events are slower than the pass; nobody is sent away before they have been looked at.
    @Test func `The first red names the event, however late that is told`() async throws {
      let server = try await FaultServer.start { _, request in
        let last = request.target.split(separator: "/").last.map(String.init) ?? ""
        if request.target.contains("by-code") {
          return [Self.pass(last, of: "F")]
        }
        let late = FaultServer.Step.wait(milliseconds: 500)
        if last == "F" { return [late, .answer(200, #"{"_id":"F","name":"Gala"}"#)] }
        if last == "zzz" { return [late, .answer(404, #"{"error":"Event not found"}"#)] }
        if last == "E" { return [late, .answer(200, #"{"_id":"E","name":"Late Night"}"#)] }
        return [late, .answer(200, "[]")]
      }
      for (event, reason) in [("E", "not_tonight"), ("zzz", "no_event")] {
        let session = try TerminalSession.door(
          at: server, event: event,
          environment: ["DOORCHECK_FOURVENUES_DEADLINE_MS": "20000"], rows: 30)
        _ = try await session.waitFor("an idle screen", deadline: .seconds(60)) {
          $0.contains("Scan a pass") || $0.contains("KNOWS NO EVENT")
        }
        try session.type("GUEST1\r")
        let screen = try await session.waitFor("#1 and a reason", deadline: .seconds(60)) {
          $0.contains("#1") && ($0.shows("not_tonight") || $0.shows("no_event"))
        }
        #expect(screen.shows(reason), "\(screen.text)")
        if reason == "not_tonight" { #expect(screen.contains("Gala"), "\(screen.text)") }
        session.program?.send(signal: SIGTERM)
        _ = try? await session.waitForEnd()
      }
      try await server.stop()
    }

    /// What `scan` says of a guest of the event E, and of one of F, by a list of events.
    private func reasons(
      _ arguments: [String], listing events: [String]
    ) async throws -> (reasons: [String?], errors: String) {
      let server = try await FaultServer.start { _, request in
        let last = request.target.split(separator: "/").last.map(String.init) ?? ""
        if request.target.contains("by-code") {
          return [Self.pass(last, of: last.prefix(1))]
        }
        if request.target.contains("/events/?") {
          return [.answer(200, "[\(events.joined(separator: ","))]")]
        }
        let told = events.first { $0.contains("\"_id\":\"\(last)\"") }
        return [told.map { .answer(200, $0) } ?? .answer(200, "[]")]
      }
      let result = try await BuiltProgram.run(
        ["scan", "--format", "json"] + arguments + ["EGUEST1", "FGUEST2"],
        environment: environment(server))
      try await server.stop()
      return (try result.objects().map { $0["reason"] as? String }, result.errors)
    }

    private func event(_ id: String, from: TimeInterval, until: TimeInterval?) -> String {
      let now = Int(Date().timeIntervalSince1970)
      let end = until.map { ",\"end\":\(now + Int($0))" } ?? ""
      return "{\"_id\":\"\(id)\",\"name\":\"\(id)\",\"start\":\(now + Int(from))\(end)}"
    }

    @Test func `An event that is listed twice is one`() async throws {
      let twice = event("E", from: -3600, until: 7200)
      let told = try await reasons([], listing: [twice, twice])
      #expect(told.reasons == ["valid", "not_tonight"], "\(told.errors)")
    }

    @Test(
      arguments: [(-3600, ["valid", "not_tonight"]), (-25 * 3600, ["not_tonight", "valid"])]
        as [(Double, [String])])
    func `An event without an end is over a day after its start`(
      start: TimeInterval, expected: [String]
    ) async throws {
      let open = event("E", from: start, until: nil)
      let next = event("F", from: start < -86_400 ? -60 : 48 * 3600, until: 50 * 3600)
      let told = try await reasons([], listing: [open, next])
      #expect(told.reasons == expected, "\(told.errors)")
    }

    @Test func `The event of --event that has just ended is obeyed though another is on`()
      async throws
    {
      let told = try await reasons(
        ["--event", "E"],
        listing: [
          event("E", from: -5 * 3600, until: -60), event("F", from: -3600, until: 5 * 3600),
        ])
      #expect(told.reasons == ["valid", "not_tonight"])
      #expect(told.errors.contains("THE EVENT IS OVER"), "\(told.errors)")
    }

    @Test func `Three passes in a row for one other event are told, until one is for tonight`()
      async throws
    {
      let server = try await start()
      let session = try TerminalSession.door(at: server, rows: 30)
      _ = try await session.waitFor(text: "Scan a pass", deadline: .seconds(60))
      let banner = "PASSES IN A ROW ARE FOR Gala"
      for number in 1...3 {
        try session.type("FGUEST\(number)\r")
        let screen = try await session.waitFor("verdict \(number)", deadline: .seconds(60)) {
          $0.contains("#\(number)") && $0.shows("not_tonight")
        }
        // The words name the event from the first one on.
        #expect(screen.contains("Gala"), "\(screen.text)")
        if number < 3 { #expect(!screen.contains(banner)) }
      }
      _ = try await session.waitFor(text: banner, deadline: .seconds(60))
      try session.type("EGUEST1\r")
      _ = try await session.waitFor("green, without the banner", deadline: .seconds(60)) {
        $0.contains("#4") && $0.shows("valid") && !$0.contains(banner)
      }
      session.program?.send(signal: SIGTERM)
      _ = try? await session.waitForEnd()
      try await server.stop()
    }

    @Test func `The picked event is kept over a restart, and F5 asks again`() async throws {
      var options = SandboxOptions()
      options.eventsTonight = .two
      let venue = try await SandboxVenue.start(options)
      let environment = BuiltProgram.environment(DoorUnderTest.settings(for: venue))
      func begin() throws -> TerminalSession {
        try TerminalSession(
          running: BuiltProgram.path, ["run"], environment: environment, columns: 80, rows: 24)
      }
      let first = try begin()
      _ = try await first.waitFor(text: "Enter chooses", deadline: .seconds(60))
      try first.type("\r")
      let chosen = try await first.waitFor(text: "Scan a pass", deadline: .seconds(60))
      let name = chosen.text(row: 0).contains("Sala Dos") ? "Sala Dos" : "Noche Sandbox"
      first.program?.send(signal: SIGTERM)
      _ = try? await first.waitForEnd()
      let again = try begin()
      let ready = try await again.waitFor(text: "Scan a pass", deadline: .seconds(60))
      #expect(ready.text(row: 0).contains(name), "\(ready.text)")
      // F5, as a finger presses it.
      try await pauseOfTyping(.milliseconds(80))
      try again.type("\u{1B}[15~")
      _ = try await again.waitFor(text: "Enter chooses", deadline: .seconds(60))
      again.program?.send(signal: SIGTERM)
      _ = try? await again.waitForEnd()
      await venue.stop()
    }
  }
}
