import FaultServer
import Foundation
import SandboxVenue
import ScreenReader
import Testing

extension EndToEndTests {
  /// What looks like no network, and is none.
  @Suite struct CertificateTests {
    @Test(arguments: [TestCertificates.Kind.selfSigned, .expired, .other])
    func `The screen and check name a certificate that is refused`(
      kind: TestCertificates.Kind
    ) async throws {
      let certificates = try TestCertificates()
      defer { certificates.remove() }
      let server = try await FaultServer.start(tls: try certificates.context(kind)) { _, _ in
        [.answer(404, "")]
      }
      let address = ["DOORCHECK_FOURVENUES_BASE_URL": "https://localhost:\(server.port)"]
      let door = try await DoorUnderTest(environment: address)
      _ = try await door.session.waitFor(text: "CERTIFICATE", deadline: .seconds(60))
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(1, "offline")
      let result = try await BuiltProgram.run(
        ["check", "--format", "json"],
        environment: DoorUnderTest.settings(for: door.venue).merging(address) { $1 })
      let service = try result.objects().first { $0["point"] as? String == "service" }
      #expect((service?["message"] as? String)?.contains("certificate") == true)
      #expect((service?["next_step"] as? String)?.contains("clock") == true)
      #expect(server.requests.isEmpty, "the key was sent")
      await door.end()
      try await server.stop()
    }

    @Test func `A key that is refused at start is no missing network`() async throws {
      let server = try await FaultServer.start { _, _ in [.answer(401, "")] }
      let environment = [
        "DOORCHECK_FOURVENUES_BASE_URL": server.url, "DOORCHECK_FOURVENUES_API_KEY": "k",
        "DOORCHECK_DOOR_HELP": "Marta 600", "TERM": "xterm-256color",
      ]
      let session = try TerminalSession(
        running: BuiltProgram.path, ["run"], environment: BuiltProgram.environment(environment),
        columns: 80, rows: 24)
      let screen = try await session.waitFor(
        text: "The service refuses our key", deadline: .seconds(60))
      #expect(screen.contains("Marta 600"))
      #expect(!screen.contains("F5 asks again"))
      // The panel of a scan says the same.
      try session.type("GUEST1\r")
      let panel = try await session.waitFor("#1 no_event", deadline: .seconds(60)) {
        $0.contains("#1") && $0.shows("no_event")
      }
      #expect(panel.contains("The service refuses our key"), "\(panel.text)")
      #expect(panel.contains("Marta 600") && !panel.contains("F5 asks again"), "\(panel.text)")
      session.program?.send(signal: SIGTERM)
      _ = try? await session.waitForEnd()
      let result = try await BuiltProgram.run(
        ["check", "--format", "json"], environment: environment)
      let event = try result.objects().first { $0["point"] as? String == "event" }
      #expect((event?["message"] as? String)?.contains("refuses the key") == true)
      for arguments in [
        ["scan", "GUEST1"], ["scan", "--event", "E", "GUEST1"], ["rates"],
        ["rates", "--event", "E"], ["events"],
      ] {
        let told = try await BuiltProgram.run(arguments, environment: environment).errors
        #expect(told.contains("refuses the key"), "\(arguments): \(told)")
        #expect(told.contains("Marta 600"), "\(arguments): \(told)")
      }
      try await server.stop()
    }

    @Test(arguments: [
      "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
      "HTTP/1.1 302 Found\r\nLocation: http://wifi.example/login\r\nContent-Length: 0\r\n\r\n",
      "<html><body>Log in to the Wi-Fi</body></html>\r\n\r\n",
    ])
    func `Plain text behind https is told as that`(greeting: String) async throws {
      let server = try await FaultServer.start(greeting: .text(greeting)) { _, _ in [] }
      let environment = [
        "DOORCHECK_FOURVENUES_BASE_URL": "https://localhost:\(server.port)",
        "DOORCHECK_FOURVENUES_API_KEY": "k",
      ]
      let scan = try await BuiltProgram.run(
        ["scan", "--event", "E", "--format", "json", "GUEST1"], environment: environment)
      #expect(try scan.objects().map { $0["reason"] as? String } == ["offline"])
      let check = try await BuiltProgram.run(
        ["check", "--event", "E", "--format", "json"], environment: environment)
      let service = try check.objects().first { $0["point"] as? String == "service" }
      #expect((service?["message"] as? String)?.contains("no certificate") == true)
      #expect((service?["next_step"] as? String)?.contains("log-in page") == true)
      let log = BuiltProgram.newFolder()
      try FileManager.default.createDirectory(
        atPath: (log as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try Data().write(to: URL(fileURLWithPath: log))
      let session = try TerminalSession(
        running: BuiltProgram.path, ["run", "--event", "E"],
        environment: BuiltProgram.environment(environment), columns: 100, rows: 24,
        errorPath: log)
      _ = try await session.waitFor(text: "CERTIFICATE", deadline: .seconds(60))
      try session.type("GUEST1\r")
      _ = try await session.waitFor("#1 offline", deadline: .seconds(60)) {
        $0.contains("#1") && $0.shows("offline")
      }
      session.program?.send(signal: SIGTERM)
      _ = try? await session.waitForEnd()
      let logged = try String(contentsOfFile: log, encoding: .utf8)
      #expect(logged.contains("not secured by a certificate"), "\(logged)")
      try await server.stop()
    }

    @Test func `What failed at the start is there within seconds`() async throws {
      let start = ContinuousClock.now
      let server = try await FaultServer.start { _, request in
        if ContinuousClock.now - start < .seconds(4) { return [.answer(500, "")] }
        if request.target.contains("/v2/passes/") {
          return [.answer(200, "[\(FaultyServiceTests.listedPass)]")]
        }
        if request.target.contains("rates") { return [.answer(200, "[]")] }
        return [.answer(200, #"{"_id":"E","name":"Late Night"}"#)]
      }
      let session = try TerminalSession.door(at: server)
      // Far below the minute and the five minutes of the usual intervals.
      _ = try await session.waitFor("name, and passes stored", deadline: .seconds(40)) {
        $0.contains("Late Night") && $0.contains("1 passes") || $0.contains("1 pass")
      }
      session.program?.send(signal: SIGTERM)
      _ = try? await session.waitForEnd()
      try await server.stop()
    }
  }
}
