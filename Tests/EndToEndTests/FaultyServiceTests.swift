import FaultServer
import Foundation
import SandboxVenue
import ScreenReader
import Synchronization
import TestSupport
import Testing

extension EndToEndTests {
  /// What a service, a gateway or a network can answer. None of it is ever green, or red by itself.
  @Suite struct FaultyServiceTests {
    struct Fault: Sendable, CustomTestStringConvertible {
      var testDescription: String
      var reason: String
      /// Each request's answer, the last one for all that follow.
      var answers: [[FaultServer.Step]]

      init(_ name: String, _ reason: String, _ answers: [FaultServer.Step]...) {
        testDescription = name
        self.reason = reason
        self.answers = answers
      }
    }

    static let pass = """
      {"success":true,"data":{"_id":"p1","code":"ABCD1","state":"activated","archived":false,
      "customer_fullname":"Ana","passes_usages":[{"event_id":"E","beneficiaries":1}]}}
      """

    /// As it stands in a list.
    static let listedPass = String(pass.dropFirst(23).dropLast(1))

    static let faults: [Fault] = [
      Fault("as it should be", "valid", [.answer(200, pass)]),
      Fault("HTML", "service_error", [.answer(200, "<html><body>Log in</body></html>")]),
      Fault("half a JSON", "service_error", [.answer(200, String(pass.prefix(90)))]),
      Fault("null", "service_error", [.answer(200, "null")]),
      Fault("nothing", "service_error", [.answer(200, "")]),
      Fault(
        "200,000 open brackets", "service_error",
        [.answer(200, String(repeating: "[", count: 200_000))]),
      Fault(
        "40 MiB", "service_error",
        [.answer(200, [UInt8](repeating: 0x20, count: 40 << 20))]),
      Fault(
        "another code's pass", "service_error",
        [.answer(200, pass.replacingOccurrences(of: "ABCD1", with: "ABCD2"))]),
      Fault("401", "unauthorized", [.answer(401, "{\"error\":\"bad key\"}")]),
      Fault("403", "unauthorized", [.answer(403, "")]),
      Fault("404 with a body", "unknown_pass", [.answer(404, "{\"error\":\"no\"}")]),
      Fault("404 without a body", "unknown_pass", [.answer(404, "")]),
      Fault("404 with a page", "service_error", [.answer(404, "<html>Not Found</html>")]),
      Fault(
        "success false, and why", "service_error",
        [.answer(200, "{\"success\":false,\"error\":\"Invalid API key\"}")]),
      Fault(
        "archived twice", "service_error",
        [
          .answer(
            200,
            pass.replacingOccurrences(
              of: "\"archived\":false", with: "\"archived\":true,\"archived\":false"))
        ]),
      Fault("no success", "unknown_pass", [.answer(200, "{\"success\":false}")]),
      Fault("no data", "unknown_pass", [.answer(200, "{\"success\":true,\"data\":null}")]),
      Fault("429", "rate_limited", [.answer(429, "")]),
      Fault(
        "429, and to come back in a minute", "rate_limited",
        [.answer(429, "", headers: ["Retry-After: 60"])]),
      Fault(
        "429 once, and to come back at once", "valid",
        [.answer(429, "", headers: ["Retry-After: 0"])], [.answer(200, pass)]),
      Fault("500", "service_error", [.answer(500, "{\"message\":\"oops\"}")]),
      Fault("502 once", "valid", [.answer(502, "")], [.answer(200, pass)]),
      Fault("a redirect", "service_error", [.answer(302, "", headers: ["Location: /elsewhere"])]),
      Fault("hanging", "offline", [.wait(milliseconds: 60_000)]),
      Fault(
        "dripping", "offline",
        [.text("HTTP/1.1 200 OK\r\nContent-Length: \(pass.utf8.count)\r\n\r\n")]
          + [.drip(Array(pass.utf8), everyMilliseconds: 1000)]),
      Fault("resetting", "offline", [.reset]),
      Fault("closing in the middle", "offline", [.text("HTTP/1.1 200 OK\r\nContent-"), .close]),
    ]

    @Test(arguments: faults)
    func `Scan tells what it is`(fault: Fault) async throws {
      let looked = LookUps()
      let server = try await FaultServer.start { _, request in
        guard request.target.contains("by-code") else {
          return [.answer(200, #"{"_id":"E"}"#)]
        }
        return fault.answers[min(looked.next(), fault.answers.count - 1)]
      }
      let result = try await BuiltProgram.run(
        ["scan", "--event", "E", "--format", "json", "ABCD1"],
        environment: [
          "DOORCHECK_FOURVENUES_BASE_URL": server.url, "DOORCHECK_FOURVENUES_API_KEY": "sk-secret",
          "DOORCHECK_FOURVENUES_DEADLINE_MS": "1500",
        ])
      let object = try #require(try result.objects().first)
      #expect(object["reason"] as? String == fault.reason)
      let exitCodes = ["valid": Int32(0), "unknown_pass": 1]
      #expect(result.exitCode == exitCodes[fault.reason, default: 2])
      #expect(!result.errors.contains("sk-secret"))
      #expect(!(result.output + result.errors).contains("oops"), "its words stay in the log")
      let latency = try #require(object["latency_ms"] as? Int)
      // A generous bound against a deadline that does not end the look-up.
      #expect(latency < 10_000)
      try await server.stop()
    }

    /// A gateway that starts after the box, a route that is not there yet, a key that is not yet known.
    static let atTheStart: [(event: String?, status: Int, body: String)] = [
      (nil, 404, ""), (nil, 404, #"{"success":false,"error":"not found"}"#), (nil, 404, "<html>"),
      (nil, 403, ""), (nil, 200, #"{"success":false}"#), (nil, 200, "<html>Log in</html>"),
      ("E", 404, ""), ("E", 403, ""), ("E", 200, #"{"success":false,"error":"boom"}"#),
    ]

    /// Asked again after 2 s and then backing off: 60 s would be too late for the bound.
    @Test(arguments: atTheStart)
    func `What fails at the start is soon asked again`(
      event: String?, status: Int, body: String
    ) async throws {
      let isUp = Mutex(false)
      let told = Mutex<[String]>([])
      let now = Int(Date().timeIntervalSince1970)
      let night = #"{"_id":"E","name":"Night One","start":\#(now - 60),"end":\#(now + 9000)}"#
      let server = try await FaultServer.start { _, request in
        guard isUp.withLock(\.self) else { return [.answer(status, body)] }
        told.withLock { $0.append(request.target) }
        if request.target.contains("/events/?") { return [.answer(200, "[\(night)]")] }
        return [.answer(200, request.target.contains("/events/") ? night : "[]")]
      }
      let session = try TerminalSession(
        running: BuiltProgram.path, ["run"] + (event.map { ["--event", $0] } ?? []),
        environment: BuiltProgram.environment([
          "DOORCHECK_FOURVENUES_BASE_URL": server.url, "DOORCHECK_FOURVENUES_API_KEY": "k",
        ]), columns: 100, rows: 30)
      try await wait(for: "two questions for the event") {
        server.requests.count(where: { $0.target.contains("/events/") }) >= 2
      }
      isUp.withLock { $0 = true }
      let screen = try await session.waitFor(text: "Night One", deadline: .seconds(30))
      #expect(!screen.contains("KNOWS NO EVENT"), "\(screen.text)")
      // The list of events and the rates are told as soon.
      for path in ["/events/?", "rates"] {
        try await wait(for: path, within: .seconds(30)) {
          told.withLock { $0.contains { $0.contains(path) } }
        }
      }
      session.program?.send(signal: SIGTERM)
      _ = try? await session.waitForEnd()
      try await server.stop()
    }

    @Test(arguments: ["", #"{"message":"Not Found"}"#, #"{"success":false,"error":"Not found"}"#])
    func `A wrong address makes nobody's pass unknown`(body: String) async throws {
      let server = try await FaultServer.start { _, _ in [.answer(404, body)] }
      let environment = [
        "DOORCHECK_FOURVENUES_BASE_URL": server.url, "DOORCHECK_FOURVENUES_API_KEY": "k",
      ]
      let result = try await BuiltProgram.run(
        ["scan", "--event", "E", "--format", "json", "P6J21FF2S"], environment: environment)
      let object = try #require(try result.objects().first)
      #expect(object["reason"] as? String == "service_error")
      #expect(object["verdict"] as? String == "unverified")
      let check = try await BuiltProgram.run(
        ["check", "--event", "E", "--format", "json"], environment: environment)
      for point in try check.objects()
      where ["service", "event"].contains(point["point"] as? String) {
        #expect(
          (point["next_step"] as? String)?.contains("fourvenues.base_url") == true, "\(point)")
      }
      #expect(check.exitCode != 0)
      for command in ["scan", "events", "rates"] {
        let result = try await BuiltProgram.run(
          [command, "--event", "E"], environment: environment)
        #expect(result.errors.contains("fourvenues.base_url"), "\(command): \(result.errors)")
        #expect(!result.errors.contains("knows no"), "\(command): \(result.errors)")
      }
      // On the screen, where the first scan may come before any other answer.
      let session = try TerminalSession(
        running: BuiltProgram.path, ["run", "--event", "E"],
        environment: BuiltProgram.environment(
          environment.merging(["TERM": "xterm-256color"]) { $1 }), columns: 100, rows: 30)
      _ = try await session.waitFor(text: "FAILING", deadline: .seconds(60))
      try session.type("P6J21FF2S\r")
      let screen = try await session.waitFor(text: "no usable answer", deadline: .seconds(60))
      #expect(screen.panelColour(at: "#1") == .amber, "\(screen.text)")
      #expect(!screen.contains("KNOWS NO EVENT"), "nobody who knows said so\n\(screen.text)")
      session.program?.send(signal: SIGTERM)
      _ = try? await session.waitForEnd()
      try await server.stop()
    }

    @Test func `A service that goes down and comes back is told, and nothing sticks`() async throws
    {
      // Whether the pass is stored already or not, nothing stored may turn the screen green here.
      let door = try await DoorUnderTest(environment: ["DOORCHECK_RULES_OFFLINE_ADMIT": "false"])
      door.venue.setDown(true)
      try door.scan("ADA4M7X2")
      let down = try await door.waitForVerdict(1, "offline")
      #expect(down.panelColour == .amber)
      #expect(down.contains("OFFLINE"), "\(down.text)")
      door.venue.setDown(false)
      try door.scan("ADA4M7X2")
      let up = try await door.waitForVerdict(2, "valid")
      #expect(up.panelColour == .green)
      #expect(!up.contains("OFFLINE"), "\(up.text)")
      await door.end()
    }
  }
}

/// Counts the look-ups apart from what else is asked.
private final class LookUps: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock { count in
      count += 1
      return count - 1
    }
  }
}
