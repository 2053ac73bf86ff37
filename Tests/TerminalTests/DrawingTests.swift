import DoorScreen
import Formatting
import Glibc
import ScreenReader
import Terminal
import Testing

extension TerminalTests {
  @Suite struct Drawing {
    @Test(arguments: TerminalTests.names)
    func `Text stands where the frame has it`(_ name: String) async throws {
      let stage = try Stage(name, columns: 60, rows: 20)
      #expect(stage.terminal.size == Size(columns: 60, rows: 20))
      #expect(stage.terminal.usesUnicode)
      var frame = Frame(size: stage.terminal.size)
      frame.write("top", row: 0, column: 0)
      frame.write("Zoë Müller", row: 7, column: 21)
      frame.write("corner", row: 19, column: 54)
      let screen = try await stage.show(frame, until: "corner")
      #expect(screen.text(row: 0) == "top")
      #expect(screen.position(of: "Zoë Müller")! == (7, 21))
      #expect(screen.position(of: "corner")! == (19, 54))
      #expect(screen.text.split(separator: "\n").count == 3)
      // vt100 cannot hide its cursor.
      #expect(screen.isCursorVisible == (name == "vt100"))
      #expect(screen.isAlternate == !["linux", "vt100"].contains(name))
    }

    @Test(arguments: TerminalTests.names)
    func `Wide and combining characters keep their cells`(_ name: String) async throws {
      let stage = try Stage(name, columns: 40, rows: 12)
      var frame = Frame(size: stage.terminal.size)
      frame[3, 5] = Cell("王")
      frame[3, 6] = Cell("")
      frame[3, 7] = Cell("e\u{301}")
      frame[3, 8] = Cell("x")
      frame[4, 38] = Cell("王")
      frame[4, 39] = Cell("")
      frame.write("end", row: 11, column: 0)
      var screen = try await stage.show(frame, until: "end")
      #expect(screen.cells[3][5].text == "王")
      #expect(screen.cells[3][5].width == 2)
      #expect(Array(screen.cells[3][7].text.unicodeScalars) == ["e", "\u{301}"])
      #expect(screen.cells[3][8].text == "x")
      #expect(screen.cells[4][38].text == "王")
      // The same cells shifted by one: no half of a character may stay behind.
      frame.write(" ", row: 3, column: 5)
      frame[3, 6] = Cell("王")
      frame[3, 7] = Cell("")
      frame.write("END", row: 11, column: 0)
      screen = try await stage.show(frame, until: "END")
      #expect(screen.text(row: 3) == "      王x")
    }

    @Test func `A character that does not fit its cells becomes a question mark`() async throws {
      let stage = try Stage(columns: 40, rows: 12)
      var frame = Frame(size: stage.terminal.size)
      frame[2, 0] = Cell("王")  // Two cells wide, and only one given.
      frame[2, 1] = Cell("a")
      frame[2, 2] = Cell("b")  // One cell wide, and two given.
      frame[2, 3] = Cell("")
      frame[2, 4] = Cell("c")
      frame[2, 39] = Cell("王")
      frame.write("end", row: 3, column: 0)
      let screen = try await stage.show(frame, until: "end")
      #expect(screen.text(row: 2).hasPrefix("?ab c"))
      #expect(screen.cells[2][39].text == "?")
    }

    @Test(arguments: [
      "\u{1B}", "\u{07}", "\u{00}", "\u{7F}", "\u{9B}", "\u{202E}", "\u{2066}", "\u{2028}", "\n",
      "\r\n", "a\u{1B}", "\u{FEFF}",
    ])
    func `Nothing in a cell acts on the terminal`(_ hostile: String) async throws {
      let stage = try Stage(columns: 40, rows: 12)
      var frame = Frame(size: stage.terminal.size)
      frame[5, 5] = Cell(hostile)
      frame.write("31mred", row: 5, column: 6)
      frame.write("end", row: 11, column: 0)
      let screen = try await stage.show(frame, until: "end")
      #expect(screen.text(row: 5) == "     ?31mred")
      #expect(screen.bells == 0)
    }

    @Test func `An emoji of several is its first`() async throws {
      let stage = try Stage(columns: 40, rows: 12)
      var frame = Frame(size: stage.terminal.size)
      for (column, text) in ["👩\u{200D}👧", "", "x", "⚠\u{FE0F}", "", "y"].enumerated() {
        frame[2, column] = Cell(text)
      }
      frame.write("end", row: 3, column: 0)
      let screen = try await stage.show(frame, until: "end")
      #expect(screen.text(row: 2) == "👩x⚠ y")
    }

    @Test func `Without Unicode other characters are question marks`() async throws {
      let stage = try Stage(columns: 40, rows: 12, environment: ["LC_ALL": "C"])
      #expect(!stage.terminal.usesUnicode)
      var frame = Frame(size: stage.terminal.size)
      frame.write("Zoë", row: 0, column: 0)
      frame.write("end", row: 1, column: 0)
      let screen = try await stage.show(frame, until: "end")
      #expect(screen.text(row: 0) == "Zo?")
      #expect(stage.session.output.allSatisfy { $0 < 0x80 })
    }

    @Test(arguments: [
      ["LC_ALL": "xx_XX.UTF-8"], ["LC_ALL": "", "LC_CTYPE": "", "LANG": "xx_XX.utf8"],
    ])
    func `A locale that is not installed still speaks its encoding`(_ environment: [String: String])
      throws
    {
      #expect(try Stage(environment: environment).terminal.usesUnicode)
    }

    @Test func `Only changed rows are sent and nothing is cleared`() async throws {
      let stage = try Stage()
      var frame = Frame(size: stage.terminal.size)
      for row in 0..<24 { frame.write("row \(row) of the first picture", row: row, column: 0) }
      try await stage.show(frame, until: "row 23 of")
      let before = stage.session.output.count
      frame.write("changed", row: 9, column: 40)
      try await stage.show(frame, until: "changed")
      let sent = String(decoding: stage.session.output[before...], as: UTF8.self)
      #expect(sent.utf8.count < 120, "\(sent.debugDescription)")
      #expect(!sent.contains("\u{1B}[2J") && !sent.contains("\u{1B}[H\u{1B}[J"))
    }

    @Test func `The cursor is shown where a code is typed`() async throws {
      let stage = try Stage()
      var frame = Frame(size: stage.terminal.size)
      frame.write("code:", row: 20, column: 2)
      frame.cursor = Position(row: 20, column: 8)
      stage.terminal.draw(frame)
      let screen = try await stage.session.waitFor { $0.isCursorVisible && $0.contains("code:") }
      #expect(screen.cursor == (20, 8))
      frame.cursor = nil
      stage.terminal.draw(frame)
      try await stage.session.waitFor { !$0.isCursorVisible }
    }

    @Test func `Redraw repairs what others have written`() async throws {
      let stage = try Stage()
      var frame = Frame(size: stage.terminal.size)
      frame.write("ours", row: 3, column: 3)
      try await stage.show(frame, until: "ours")
      let noise = Array("\u{1B}[1;1Hnoise\u{1B}[4;4Hnoise".utf8)
      _ = noise.withUnsafeBytes { write(stage.session.terminal.slave, $0.baseAddress, $0.count) }
      try await stage.session.waitFor { $0.text(row: 3).contains("noise") }
      stage.terminal.redraw()
      try await stage.session.waitFor { $0.contains("ours") && !$0.contains("noise") }
    }

    @Test func `The bell rings`() async throws {
      let stage = try Stage()
      stage.terminal.ring(Bell.admit.strokes[0])
      try await stage.session.waitFor { $0.bells == 1 }
    }

    @Test func `A frame of another size is cut`() async throws {
      let stage = try Stage(columns: 40, rows: 12)
      var frame = Frame(size: Size(columns: 200, rows: 60))
      frame.write(String(repeating: "x", count: 200), row: 0, column: 0)
      frame.write("last", row: 11, column: 0)
      let screen = try await stage.show(frame, until: "last")
      #expect(screen.text(row: 0) == String(repeating: "x", count: 40))
      var small = Frame(size: Size(columns: 10, rows: 2))
      small.write("small", row: 1, column: 0)
      let next = try await stage.show(small, until: "small")
      #expect(next.text(row: 11) == "")
    }
  }
}
