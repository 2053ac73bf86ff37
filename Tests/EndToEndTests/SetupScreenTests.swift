import Foundation
import Glibc
import SandboxVenue
import ScreenReader
import TestSupport
import Testing

extension EndToEndTests {
  /// A kiosk whose set-up is wrong: never a dark screen, never an end, and no more to do than to put
  /// it right.
  @Suite struct SetupScreenTests {
    private func file(_ text: String) throws -> String {
      let folder = BuiltProgram.newFolder()
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      let path = "\(folder)/doorcheck.yaml"
      try write(text, to: path)
      return path
    }

    private func write(_ text: String, to path: String) throws {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      #expect(chmod(path, 0o600) == 0)
    }

    private func session(
      _ arguments: [String], environment: [String: String] = [:]
    ) throws -> TerminalSession {
      try TerminalSession(
        running: BuiltProgram.path, ["run"] + arguments,
        environment: BuiltProgram.environment(environment))
    }

    private func end(_ session: TerminalSession) async throws {
      session.program?.send(signal: SIGTERM)
      #expect(try await session.waitForEnd() == .exited(0))
      #expect(session.terminal.modes == session.initialModes)
      #expect(!session.screen.isAlternate)
    }

    @Test func `It stands in the venue's language, nothing leaves it, and it goes on by itself`()
      async throws
    {
      let venue = try await SandboxVenue.start()
      let kiosk = "kiosk: {enabled: true}\nscreen: {language: es}\ndoor: {help: Marta 600}\n"
      let path = try file(kiosk)
      let session = try session(["--config", path, "--event", venue.tonightEventID])
      let screen = try await session.waitFor(text: "Falta la clave del servicio")
      #expect(screen.contains("Marta 600") && screen.contains("fourvenues.api_key"))
      for key in ["\u{3}", "\u{1A}", "\u{1C}", "\u{4}", "\u{1B}[21~", "\u{1B}", "q", "\r"] {
        try session.type(key)
      }
      try session.type("ADA4M7X2\r")
      for signal in [SIGINT, SIGQUIT, SIGTSTP] { session.program?.send(signal: signal) }

      try write(kiosk + "rules: {hours: sometimes}\n", to: path)
      try await session.waitFor(text: "La configuración tiene errores")
      try await session.waitFor(text: "rules.hours")
      let service = "fourvenues: {base_url: \(venue.baseURL), api_key: test}\n"
      try write(kiosk + service, to: path)
      try await session.waitFor(text: "Escanea un pase")
      try session.type("GROUP4XYZ\r")
      // What was scanned at a screen that checks nothing is not looked up now.
      try await session.waitFor("the first scan") {
        $0.contains("#1") && $0.contains("Deja pasar a 4")
      }
      try await end(session)
      await venue.stop()
    }

    /// A key in a section of its own stands wrong; the rest can be read by itself.
    static let broken = "kiosk:\n  enabled: true\nscreen:\n  language: it\ndoor:\n\tname: x\n"

    @Test func `A file that is no YAML is told in its own language, and mended while it stands`()
      async throws
    {
      let venue = try await SandboxVenue.start()
      let path = try file(Self.broken)
      let session = try session(
        ["--config", path, "--event", venue.tonightEventID],
        environment: [
          "DOORCHECK_FOURVENUES_API_KEY": "test",
          "DOORCHECK_FOURVENUES_BASE_URL": venue.baseURL, "LANG": "fr_FR.UTF-8",
        ])
      let screen = try await session.waitFor(text: "La configurazione è errata")
      #expect(screen.rowTexts.joined().contains("6:1: not valid YAML"))
      try write(Self.broken.replacing("\t", with: "  "), to: path)
      try await session.waitFor(text: "Scansiona")
      try await end(session)
      await venue.stop()
    }

    @Test(arguments: [
      ["DOORCHECK_KIOSK_ENABLED": "true"],
      // Nobody listens there, which no program can tell.
      ["NOTIFY_SOCKET": "@doorcheck-nobody"],
    ])
    func `A file that says nothing is told where the environment says that nobody sits there`(
      variables: [String: String]
    ) async throws {
      let path = try file("kiosk:\n\tenabled: true\n")
      let session = try session(
        ["--config", path],
        environment: variables.merging([
          "DOORCHECK_FOURVENUES_API_KEY": "test", "LANG": "fr_FR.UTF-8",
        ]) { $1 })
      try await session.waitFor(text: "La configuration est erronée")
      try await end(session)
    }

    @Test func `A store that is not its own is told, and taken up once it is away`() async throws {
      let venue = try await SandboxVenue.start()
      let folder = BuiltProgram.newFolder()
      let store = "\(folder)/doorcheck.sqlite"
      try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: true)
      let session = try session(
        ["--event", venue.tonightEventID],
        environment: DoorUnderTest.settings(for: venue).merging([
          "DOORCHECK_KIOSK_ENABLED": "true", "DOORCHECK_STORE_PATH": folder,
        ]) { $1 })
      try await session.waitFor(text: "The store cannot be opened")
      try FileManager.default.removeItem(atPath: store)
      try await session.waitFor(text: "Scan a pass")
      try await end(session)
      await venue.stop()
    }

    @Test func `F10 with the supervisor's PIN leaves it, where that can be read`() async throws {
      let session = try session([], environment: KioskTests.settings)
      try await session.waitFor(text: "The service's key is missing")
      try session.type(KioskTests.f10)
      try await session.waitFor(text: "PIN to leave")
      try await session.type(slowly: "1111\r", every: .milliseconds(120))
      try await session.waitFor(text: "WRONG PIN. Wait")
      try await session.waitFor("the end of the wait") { !$0.contains("Wait") }
      try await session.type(slowly: "\(KioskTests.pin)\r", every: .milliseconds(120))
      #expect(try await session.waitForEnd() == .exited(0))
      #expect(session.terminal.modes == session.initialModes)
      let sent = String(decoding: session.output, as: UTF8.self)
      #expect(!sent.contains(KioskTests.pin) && !sent.contains("1111"))
    }

    @Test func `To the service manager it is ready, and lives`() async throws {
      let manager = try StandInServiceManager()
      let session = try session(
        [],
        environment: [
          "DOORCHECK_KIOSK_ENABLED": "true", "NOTIFY_SOCKET": manager.name,
          "WATCHDOG_USEC": "200000",
        ])
      try await session.waitFor(text: "The service's key is missing")
      #expect(await manager.wait(for: "READY=1"))
      #expect(await manager.wait(for: "WATCHDOG=1", times: 10))
      try await end(session)
      #expect(manager.messages.last == "STOPPING=1")
    }

    @Test func `Without kiosk mode it is an error, 78`() async throws {
      let path = try file("screen: {language: es}\n")
      let session = try session(["--config", path])
      #expect(try await session.waitForEnd() == .exited(78))
      #expect(session.screen.contains("fourvenues.api_key"))
    }
  }
}

extension Screen {
  fileprivate var rowTexts: [String] { cells.indices.map { text(row: $0) } }
}
