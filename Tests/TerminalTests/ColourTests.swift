import DoorScreen
import ScreenReader
import Terminal
import Testing

extension TerminalTests {
  @Suite struct Colours {
    /// A row for each role, with its name in it.
    static func frame(_ size: Size) -> Frame {
      var frame = Frame(size: size)
      for (row, role) in Style.Role.allCases.enumerated() {
        frame.fill(row: row, role)
        frame.write("\(role)!", row: row, column: 2, role)
      }
      return frame
    }

    static func screen(_ stage: Stage) async throws -> Screen {
      try await stage.show(frame(stage.terminal.size), until: "\(Style.Role.allCases.last!)!")
    }

    /// The panel's colour as a person names it, by the emulator's red, green and blue.
    static func name(_ colour: ScreenColour) -> String {
      let (red, green, blue) = (Int(colour.red), Int(colour.green), Int(colour.blue))
      // From orange to yellow, the console's brown left out, and little blue.
      if red > 200 && 5 * green >= 3 * red && green < red + 10 && 2 * blue < red { return "amber" }
      if red > 2 * green && red > 2 * blue { return "red" }
      // A traffic light's green has blue in it.
      if green > 2 * red && green > blue { return "green" }
      if blue > red && blue > green { return "blue" }
      return "\(red), \(green), \(blue)"
    }

    @Test(
      arguments: TerminalTests.colourful, [Theme.standard, .highContrast])
    func `Verdicts have the contract's colours`(_ terminal: String, _ theme: Theme) async throws {
      let screen = try await Self.screen(Stage(terminal, theme: theme))
      let expected = [
        "admit": "green", "refuse": "red", "unverified": "amber", "look": "blue",
      ]
      for (role, colour) in expected {
        let row = try #require(screen.position(of: "\(role)!")).row
        let names = Set(screen.cells[row].map { Self.name($0.background) })
        #expect(names == [colour], "\(role)")
        #expect(screen.cells[row].allSatisfy { !$0.isReverse })
      }
    }

    @Test(arguments: TerminalTests.colourful, Theme.allCases)
    func `Everything is readable`(_ terminal: String, _ theme: Theme) async throws {
      let screen = try await Self.screen(Stage(terminal, theme: theme))
      // WCAG's strictest level is 7, and 3 is for large and bold text. The hues of eight colours are
      // the terminal's, not ours, but for the console's.
      let least = isOurs(terminal) ? 7.0 : 3
      for role in Style.Role.allCases {
        let cell = try #require(screen.cell(at: "\(role)!"))
        let contrast = cell.foreground.contrast(to: cell.background)
        #expect(contrast >= least, "\(role): \(contrast)")
      }
    }

    private func isOurs(_ terminal: String) -> Bool {
      terminal.contains("256") || terminal == "linux"
    }

    @Test(arguments: TerminalTests.colourful)
    func `Without red and green admit and refuse differ in lightness`(_ terminal: String)
      async throws
    {
      let screen = try await Self.screen(Stage(terminal, theme: .colourBlind))
      func panel(_ role: Style.Role) throws -> ScreenColour {
        try #require(screen.cell(at: "\(role)!")).background
      }
      let (admit, refuse, look) = try (panel(.admit), panel(.refuse), panel(.look))
      let least = isOurs(terminal) ? 3 : 2.5
      #expect(admit.contrast(to: refuse) >= least)
      #expect(admit.luminance > refuse.luminance)
      #expect(admit.blue > admit.red && refuse.red > refuse.blue)
      #expect(admit.contrast(to: look) >= least)
      let panels = try [Style.Role.admit, .refuse, .unverified, .look].map(panel)
      #expect(Set(panels.map { "\($0)" }).count == 4)
    }

    @Test func `The eight colours of the console need no bright background`() async throws {
      let screen = try await Self.screen(Stage("linux"))
      for cell in screen.cells.joined() { #expect((cell.background.index ?? 0) < 8) }
    }

    @Test(arguments: TerminalTests.colourful)
    func `No colour is sent with NO_COLOR`(_ terminal: String) async throws {
      let stage = try Stage(terminal, environment: ["NO_COLOR": "1"])
      let screen = try await Self.screen(stage)
      for cell in screen.cells.joined() {
        #expect(cell.foreground.isDefault && cell.background.isDefault)
      }
      try expectPanelsStandOut(screen)
    }

    @Test func `An empty NO_COLOR means nothing`() async throws {
      let screen = try await Self.screen(Stage(environment: ["NO_COLOR": ""]))
      #expect(try #require(screen.cell(at: "admit!")).background.isDefault == false)
    }

    @Test func `A terminal without colours has panels as well`() async throws {
      let stage = try Stage("vt100")
      #expect(stage.terminal.colours == 0)
      try expectPanelsStandOut(try await Self.screen(stage))
    }

    /// An admission is white and everything else black; what parts those are the frames in the
    /// pictures. Nothing is underlined: it is the panel that must be read.
    private func expectPanelsStandOut(_ screen: Screen) throws {
      func panel(_ role: Style.Role) throws -> ScreenCell {
        let row = try #require(screen.position(of: "\(role)!")).row
        return screen.cells[row][screen.columns - 1]
      }
      #expect(try panel(.admit).isReverse)
      for role in [Style.Role.plain, .neutral, .refuse, .unverified, .look] {
        #expect(try panel(role).isReverse == false, "\(role)")
        #expect(try panel(role).isUnderlined == false, "\(role)")
      }
    }

    @Test(arguments: zip(TerminalTests.names, [256, 8, 8, 0, 8, 256]))
    func `Colours are those of terminfo`(_ terminal: String, _ colours: Int) throws {
      #expect(try Stage(terminal).terminal.colours == colours)
    }

    @Test func `Bold is shown where it keeps text readable`() async throws {
      let stage = try Stage()
      var frame = Frame(size: stage.terminal.size)
      frame[0, 0] = Cell("B", style: Style(.plain, isBold: true))
      frame[0, 1] = Cell("n")
      let screen = try await stage.show(frame, until: "Bn")
      #expect(screen.cells[0][0].isBold && !screen.cells[0][1].isBold)
    }
  }
}
