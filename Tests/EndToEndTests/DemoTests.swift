import Foundation
import ScreenReader
import Testing

extension EndToEndTests {
  /// The demo as somebody tries it who has nothing but the program.
  @Suite struct DemoTests {
    private func demo(_ environment: [String: String] = [:]) throws -> TerminalSession {
      try TerminalSession(
        running: BuiltProgram.path, ["demo"], environment: BuiltProgram.environment(environment))
    }

    @Test func `It finds people, names its F9 and leaves nothing behind`() async throws {
      let folder = FileManager.default.temporaryDirectory
        .appending(path: "demo-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let session = try demo(["TMPDIR": folder.path])
      _ = try await session.waitFor("the idle screen", deadline: .seconds(60)) {
        $0.contains("F9 network") && $0.contains("passes stored")
      }
      try session.type("\u{1B}OS")
      _ = try await session.waitFor("the search") { $0.contains("FIND") }
      // By hand: a burst is a scan, also in a search.
      try await session.type(slowly: "Carmen", every: .milliseconds(120))
      _ = try await session.waitFor("Carmen Ortega found") { $0.contains("Carmen Ortega") }
      try await pauseOfTyping(.milliseconds(100))
      try session.type("\r")
      _ = try await session.waitFor("her green panel", deadline: .seconds(60)) {
        $0.contains("Let 4 in")
      }
      session.program?.send(signal: SIGTERM)
      #expect(try await session.waitForEnd() == .exited(0))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test func `It speaks the box's language in the box's theme`() async throws {
      let session = try demo([
        "DOORCHECK_SCREEN_LANGUAGE": "es", "DOORCHECK_SCREEN_THEME": "colour_blind",
      ])
      _ = try await session.waitFor("Spanish", deadline: .seconds(60)) {
        $0.contains("Escanea un pase")
      }
      try session.type("GROUP4XYZ\r")
      let green = try await session.waitFor("an admission") { $0.contains("Deja pasar a 4") }
      #expect(green.panelColour == .blue, "\(green.text)")
      session.program?.send(signal: SIGTERM)
      #expect(try await session.waitForEnd() == .exited(0))
    }
  }
}
