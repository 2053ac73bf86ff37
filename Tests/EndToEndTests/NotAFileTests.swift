import Foundation
import SandboxVenue
import ScreenReader
import TestSupport
import Testing

extension EndToEndTests {
  /// Something else in the place of a file that the program reads: refused at once, with words, and
  /// never waited for.
  @Suite(.timeLimit(.minutes(2))) struct NotAFileTests {
    private func newFolder() throws -> String {
      let folder = BuiltProgram.newFolder()
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      return folder
    }

    struct Place: Sendable {
      /// In the folder.
      var name: String
      /// What leads there, with the folder in the place of "$".
      var arguments: [String] = []
      var environment: [String: String] = [:]
    }

    static let places = [
      Place(name: "doorcheck.yaml", arguments: ["--config", "$/doorcheck.yaml"]),
      Place(name: "doorcheck.sqlite", environment: ["DOORCHECK_STORE_PATH": "$"]),
      Place(name: "doorcheck.sqlite-wal", environment: ["DOORCHECK_STORE_PATH": "$"]),
      Place(name: "doorcheck.sqlite-shm", environment: ["DOORCHECK_STORE_PATH": "$"]),
      Place(name: "fourvenues.api_key", environment: ["CREDENTIALS_DIRECTORY": "$"]),
      Place(name: "kiosk.pin_hash", environment: ["CREDENTIALS_DIRECTORY": "$"]),
      Place(name: "hook", environment: ["DOORCHECK_HOOKS_VERDICT": "$/hook"]),
    ]

    @Test(arguments: places.indices, NotAFile.allCases)
    func `It is refused at once`(place: Int, kind: NotAFile) async throws {
      let place = Self.places[place]
      let folder = try newFolder()
      try kind.make(at: "\(folder)/\(place.name)")
      let environment = place.environment.merging([
        "DOORCHECK_FOURVENUES_API_KEY": place.name.hasPrefix("fourvenues") ? "" : "test",
        "DOORCHECK_FOURVENUES_BASE_URL": "http://127.0.0.1:9",
      ]) { $1 }.mapValues { $0.replacing("$", with: folder) }
      let arguments = place.arguments.map { $0.replacing("$", with: folder) }
      for command in [["scan", "--event", "E", "ABCD1234"], ["check", "--event", "E"]] {
        let result = try await BuiltProgram.run(command + arguments, environment: environment)
        let said = result.output + result.errors
        // A value is quoted up to a length, so a setting's name stands for it.
        let names = ["\(folder)/\(place.name)", "hooks.verdict"]
        #expect(names.contains(where: said.contains), "\(said)")
        if command[0] == "scan" {
          #expect(result.exitCode == 78, "\(said)")
        } else {
          #expect(result.exitCode != 0, "\(said)")
        }
      }
    }

    /// Neither keeps the door shut: cards do not work, and wrong PINs are forgotten at the end.
    @Test(
      arguments: ["staff-cards", "pin-tries", "picked-event", "turned-door"], NotAFile.allCases)
    func `The door opens without it, and the log says so`(name: String, kind: NotAFile) async throws
    {
      let folder = try newFolder()
      try kind.make(at: "\(folder)/\(name)")
      let log = BuiltProgram.newFolder()
      try Data().write(to: URL(fileURLWithPath: log))
      let venue = try await SandboxVenue.start()
      let session = try KioskTests.session(at: venue, store: folder, log: log)
      try await session.waitFor(text: "Scan a pass")
      try session.type("ADA4M7X2\r")
      try await session.waitFor(text: "Ada Romero")
      try await pauseOfTyping(.milliseconds(1200))
      try session.type(KioskTests.f10)
      try await session.waitFor(text: "PIN to leave")
      try await pauseOfTyping(.milliseconds(80))
      try await session.type(slowly: "\(KioskTests.pin)\r", every: .milliseconds(120))
      #expect(try await session.waitForEnd() == .exited(0))
      await venue.stop()
      let text = try String(contentsOfFile: log, encoding: .utf8)
      let isChoice = ["picked-event", "turned-door"].contains(name)
      #expect(isChoice || text.contains("\(folder)/\(name)"), "\(text)")
    }

    @Test(arguments: NotAFile.allCases)
    func `A kiosk says so on its screen, and goes on when it is put right`(kind: NotAFile)
      async throws
    {
      let folder = try newFolder()
      let store = "\(folder)/doorcheck.sqlite"
      try kind.make(at: store)
      let venue = try await SandboxVenue.start()
      let session = try TerminalSession(
        running: BuiltProgram.path, ["run", "--event", venue.tonightEventID],
        environment: BuiltProgram.environment(
          DoorUnderTest.settings(for: venue).merging([
            "DOORCHECK_STORE_PATH": folder, "DOORCHECK_KIOSK_ENABLED": "true",
          ]) { $1 }))
      // A long path goes on in the next line.
      try await session.waitFor(text: "The store cannot be opened")
      try FileManager.default.removeItem(atPath: store)
      try await session.waitFor(text: "Scan a pass")
      session.program?.send(signal: SIGTERM)
      #expect(try await session.waitForEnd() == .exited(0))
      await venue.stop()
    }
  }
}
