import SandboxVenue
import ScreenReader
import Testing

extension EndToEndTests {
  /// The main job on every terminal, at every size, in every locale.
  @Suite struct AnyTerminalTests {
    struct Terminal: Sendable, CustomTestStringConvertible {
      var term: String
      var locale: String
      var columns: Int
      var rows: Int

      var testDescription: String { "\(term) \(locale) \(columns)×\(rows)" }
    }

    static let all: [Terminal] = ["xterm-256color", "xterm", "linux", "vt100", "screen", "tmux"]
      .flatMap { term in
        ["C.UTF-8", "C"].flatMap { locale in
          [(80, 24), (40, 12), (100, 30), (200, 60)].map {
            Terminal(term: term, locale: locale, columns: $0.0, rows: $0.1)
          }
        }
      }

    @Test(arguments: all)
    func `Green, red and amber are told apart`(terminal: Terminal) async throws {
      let door = try await DoorUnderTest(
        term: terminal.term, columns: terminal.columns, rows: terminal.rows,
        environment: ["LANG": terminal.locale, "LC_ALL": terminal.locale])
      let hasColours = terminal.term != "vt100"
      for (index, (code, reason, name, colour)) in [
        ("GROUP4XYZ", "valid", "Carmen Ortega", PanelColour.green),
        ("P6J21FF2S", "already_used", "Miguel Perez", .red),
        ("NOKEY401", "unauthorized", "NO…401", .amber),
        ("CHINESE8", "valid", "", .green),
      ].enumerated() {
        try door.scan(code)
        let screen = try await door.waitForVerdict(index + 1, reason)
        #expect(screen.panelColour == (hasColours ? colour : .none), "\(screen.text)")
        let shown = terminal.locale == "C" ? name.replacing("…", with: "...") : name
        #expect(name.isEmpty || screen.contains(shown), "\(screen.text)")
        if terminal.locale == "C" {
          #expect(screen.text.allSatisfy { $0.isASCII })
        }
      }
      // Without Unicode not one byte beyond ASCII is sent.
      if terminal.locale == "C" { #expect(door.session.output.allSatisfy { $0 < 0x80 }) }
      door.session.program?.send(signal: 15)
      #expect(try await door.session.waitForEnd() == .exited(0))
      #expect(door.session.terminal.modes == door.session.initialModes)
      await door.venue.stop()
    }
  }
}
