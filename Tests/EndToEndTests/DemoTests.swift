import Foundation
import SandboxVenue
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
        $0.contains("F9 network") && Self.hasList($0)
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

    /// Whether all of tonight is fetched: 26 passes, 9 tickets, 10 list entries and 6 bookings.
    private static func hasList(_ screen: Screen) -> Bool {
      screen.contains("26 passes") && (screen.contains("6 bookings") || screen.contains("+ 25"))
    }

    private static let f9 = "\u{1B}[20~"

    /// The first thing that people try, on the smallest screen, too.
    @Test(arguments: [(80, 24), (40, 12)])
    func `F9 takes its network away, slows it down and brings it back`(
      columns: Int, rows: Int
    ) async throws {
      let session = try TerminalSession(
        running: BuiltProgram.path, ["demo"],
        environment: BuiltProgram.environment(["TERM": "xterm-256color"]), columns: columns,
        rows: rows)
      _ = try await session.waitFor("the idle screen", deadline: .seconds(60)) {
        $0.contains("F9 network: gone, slow, back") && Self.hasList($0)
      }
      try session.type(Self.f9)
      _ = try await session.waitFor("no network") {
        $0.contains("DEMO: OFFLINE") && $0.text(row: 1).hasPrefix("OFFLINE ")
      }
      // That stored passes decide has no row here: the codes to try take it.
      try await pauseOfTyping(.milliseconds(100))
      try session.type("ADA4M7X2\r")
      let stored = try await session.waitFor("a stored pass") {
        $0.contains("Let 1 in") && $0.contains("#1") && $0.contains("Ada Romero")
      }
      #expect(stored.panelColour == .green, "\(stored.text)")
      try session.type("NOBODY99\r")
      let amber = try await session.waitFor("a code that is not stored") {
        $0.contains("#2") && $0.contains("ot among the 51 codes")
      }
      #expect(amber.panelColour == .amber, "\(amber.text)")
      try await pauseOfTyping(.milliseconds(100))
      try session.type(Self.f9)
      _ = try await session.waitFor("a slow one") {
        $0.contains("DEMO: SLOW") && $0.text(row: 1).hasPrefix("OK")
      }
      // Slower than it is waited for where a stored pass can answer.
      try session.type("GROUP4XYZ\r")
      let slow = try await session.waitFor("the stored pass") {
        $0.contains("Let 4 in") && $0.contains("#3")
      }
      #expect(slow.panelColour == .green, "\(slow.text)")
      if rows >= 24 { #expect(slow.contains("Stored answer"), "\(slow.text)") }
      try await pauseOfTyping(.milliseconds(100))
      try session.type(Self.f9)
      _ = try await session.waitFor("the usual") {
        $0.contains("DEMO") && !$0.contains("DEMO:")
      }
      try session.type("DUO2K9P4\r")
      let live = try await session.waitFor("a live answer") { $0.contains("Let 2 in") }
      #expect(live.panelColour == .green && !live.contains("tored answer"), "\(live.text)")
      session.program?.send(signal: SIGTERM)
      #expect(try await session.waitForEnd() == .exited(0))
    }

    /// A ticket with a bus, a birthday list of 7 of whom 4 are in, a table.
    @Test func `It takes tickets, guest lists and tables`() async throws {
      let session = try demo()
      _ = try await session.waitFor("the idle screen", deadline: .seconds(60)) {
        $0.contains("F9 network")
      }
      for (code, texts) in [
        ("TKTBUS01", ["Let 1 in", "Marina Vidal", "Early Ticket"]),
        ("LSTBDAY7", ["Let 3 in", "Miguel Román", "General Access"]),
        ("TABLE5S1", ["Let 5 in", "Sergio Centeno"]),
      ] {
        try session.type("\(code)\r")
        let screen = try await session.waitFor(code) {
          $0.contains(texts[1]) && $0.contains(texts[0])
        }
        #expect(screen.panelColour == .green, "\(screen.text)")
        for text in texts { #expect(screen.contains(text), "\(text)\n\(screen.text)") }
        try await pauseOfTyping(.milliseconds(100))
      }
      session.program?.send(signal: SIGTERM)
      #expect(try await session.waitForEnd() == .exited(0))
    }

    @Test func `Without a terminal each of its guests has the verdict that is due`() async throws {
      let venue = try await SandboxVenue.start()
      let guests = venue.guests
      await venue.stop()
      let result = try await BuiltProgram.run(["demo", "--format", "json"])
      #expect(result.exitCode == 0)
      let lines = try result.objects()
      #expect(lines.count == guests.count + 3)
      for (guest, line) in zip(guests, lines) {
        #expect(line["reason"] as? String == guest.expectedReason, "\(line)")
        // Of what nobody knows, nobody is counted.
        #expect(line["admitted"] as? Int ?? 0 == guest.expectedAdmitted, "\(line)")
      }
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
