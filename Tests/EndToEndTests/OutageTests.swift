import FaultServer
import Foundation
import SandboxVenue
import ScreenReader
import Synchronization
import Testing

extension EndToEndTests {
  /// The network or the service fails for a while, behind a door that goes on.
  @Suite struct OutageTests {
    private enum Phase { case healthy, limited, silent, cancelled }

    private static func pass(_ code: String, state: String = "activated") -> String {
      """
      {"_id":"p\(code)","code":"\(code)","state":"\(state)","archived":false,
      "passes_usages":[{"event_id":"E","beneficiaries":1}]}
      """
    }

    /// One 429 that asks for a long pause, silence, and then a service that has cancelled every pass.
    /// The recovery is waited for neither by the 429 nor by the endpoint that goes on hanging.
    @Test(arguments: [false, true])
    func `Once the service answers again no stored pass lets anybody in`(
      eventHangs: Bool
    ) async throws {
      let phase = Mutex(Phase.healthy)
      let codes = (1...9).map { "GUEST\($0)" }
      let server = try await FaultServer.start { _, request in
        let phase = phase.withLock { $0 }
        if request.target.contains("/events/"), eventHangs, phase != .healthy { return [] }
        let state = phase == .cancelled ? "cancelled" : "activated"
        switch phase {
        case .silent: return []
        case .limited: return [.answer(429, "", headers: ["Retry-After: 90"])]
        case .healthy, .cancelled: break
        }
        if request.target.contains("by-code") {
          let code = request.target.split(separator: "/").last.map(String.init) ?? ""
          return [.answer(200, "{\"success\":true,\"data\":\(Self.pass(code, state: state))}")]
        }
        if request.target.contains("/v2/passes/") {
          let list = codes.map { Self.pass($0, state: state) }.joined(separator: ",")
          return [.answer(200, "[\(list)]")]
        }
        if request.target.contains("rates") { return [.answer(200, "[]")] }
        return [.answer(200, #"{"_id":"E","name":"Late Night"}"#)]
      }
      let session = try TerminalSession.door(
        at: server,
        environment: [
          "DOORCHECK_FOURVENUES_DEADLINE_MS": "800", "DOORCHECK_FOURVENUES_PATIENCE_MS": "200",
        ])
      _ = try await session.waitFor(text: "9 passes", deadline: .seconds(60))
      func scan(_ number: Int, _ reason: String) async throws {
        try session.type("GUEST\(number)\r")
        _ = try await session.waitFor("#\(number) \(reason)", deadline: .seconds(60)) {
          $0.contains("#\(number)") && $0.shows(reason)
        }
      }
      phase.withLock { $0 = .limited }
      try await scan(1, "valid")
      phase.withLock { $0 = .silent }
      for number in 2...4 { try await scan(number, "valid") }
      _ = try await session.waitFor(text: "OFFLINE", deadline: .seconds(60))
      try await scan(5, "valid")
      phase.withLock { $0 = .cancelled }
      let healthyAgain = ContinuousClock.now
      _ = try await session.waitFor("no OFFLINE", deadline: .seconds(30)) {
        !$0.contains("OFFLINE")
      }
      // A request goes out every 2 s; the rest is for a busy machine.
      #expect(ContinuousClock.now - healthyAgain < .seconds(10))
      for number in 6...8 { try await scan(number, "not_active") }
      session.program?.send(signal: SIGTERM)
      _ = try? await session.waitForEnd()
      try await server.stop()
    }

    /// The stored pass is green before the service says that it is cancelled.
    @Test func `A late refusal stands on the panel and in the list`() async throws {
      let isSlow = Mutex(false)
      let server = try await FaultServer.start { _, request in
        if request.target.contains("by-code") {
          let pass = Self.pass("GUEST1", state: "cancelled")
          return [
            .wait(milliseconds: isSlow.withLock { $0 } ? 1000 : 0),
            .answer(200, "{\"success\":true,\"data\":\(pass)}"),
          ]
        }
        if request.target.contains("/v2/passes/") {
          return [.answer(200, "[\(Self.pass("GUEST1"))]")]
        }
        if request.target.contains("rates") { return [.answer(200, "[]")] }
        return [.answer(200, #"{"_id":"E","name":"Late Night"}"#)]
      }
      let session = try TerminalSession.door(
        at: server,
        environment: [
          "DOORCHECK_FOURVENUES_DEADLINE_MS": "9000", "DOORCHECK_FOURVENUES_PATIENCE_MS": "100",
        ])
      _ = try await session.waitFor(text: "1 pass", deadline: .seconds(60))
      isSlow.withLock { $0 = true }
      try session.type("GUEST1\r")
      _ = try await session.waitFor("#1 valid", deadline: .seconds(60)) { $0.shows("valid") }
      let screen = try await session.waitFor(text: "CORRECTION: STOP", deadline: .seconds(60))
      #expect(screen.panelColour == .red && screen.shows("not_active"), "\(screen.text)")
      #expect(screen.contains("cancelled") && !screen.contains("ADMIT"), "\(screen.text)")
      session.program?.send(signal: SIGTERM)
      _ = try? await session.waitForEnd()
      try await server.stop()
    }

    /// A router that forgets: what stood is silent, and new connections work.
    @Test func `After the network changed at most one scan is slow, and none is offline`()
      async throws
    {
      let venue = try await SandboxVenue.start()
      let port = try #require(URL(string: venue.baseURL)?.port)
      let router = try await Forwarder.start(.router, to: port)
      let door = try await DoorUnderTest(
        at: venue,
        environment: [
          "DOORCHECK_FOURVENUES_BASE_URL":
            venue.baseURL.replacingOccurrences(of: ":\(port)", with: ":\(router.port)"),
          // Any scan that is not answered live would be amber.
          "DOORCHECK_RULES_OFFLINE_ADMIT": "false", "DOORCHECK_FOURVENUES_DEADLINE_MS": "6000",
        ])
      try door.scan("CANCEL88")
      try await door.waitForVerdict(1, "not_active")
      router.forgetConnections()
      var slow = 0
      for (number, code) in ["ADA4M7X2", "DUO2K9P4", "GROUP4XYZ", "EARLYB1RD"].enumerated() {
        let began = ContinuousClock.now
        try door.scan(code)
        let screen = try await door.waitForVerdict(number + 2, "valid")
        #expect(!screen.contains("OFFLINE"), "\(screen.text)")
        // A quarter of the deadline is waited for the connection that is silent.
        if ContinuousClock.now - began > .milliseconds(1_400) { slow += 1 }
      }
      #expect(slow <= 1)
      await door.end()
      try await router.stop()
    }

    /// A server that closes its kept connections without a word, under many look-ups at once.
    @Test func `Connections that close silently make no look-up fail`() async throws {
      let server = try await FaultServer.start { number, request in
        guard request.target.contains("by-code") else { return [.answer(200, #"{"_id":"E"}"#)] }
        let code = request.target.split(separator: "/").last.map(String.init) ?? ""
        let answer = FaultServer.Step.answer(
          200, "{\"success\":true,\"data\":\(Self.pass(code))}")
        // Said to be kept, and gone a moment later.
        return number.isMultiple(of: 3)
          ? [answer, .wait(milliseconds: Int64(number % 7)), .close] : [answer]
      }
      let codes = (0..<200).map { "GUEST\($0)" }
      let result = try await BuiltProgram.run(
        ["scan", "--event", "E", "--format", "json"],
        environment: [
          "DOORCHECK_FOURVENUES_BASE_URL": server.url, "DOORCHECK_FOURVENUES_API_KEY": "k",
          "DOORCHECK_FOURVENUES_DEADLINE_MS": "10000",
          "DOORCHECK_FOURVENUES_REQUESTS_PER_SECOND": "1000",
        ], input: codes.joined(separator: "\n") + "\n")
      let objects = try result.objects()
      #expect(objects.map { $0["code"] as? String } == codes)
      #expect(objects.allSatisfy { $0["reason"] as? String == "valid" })
      try await server.stop()
    }
  }
}
