import DoorScreen
import Glibc
import ScreenReader
import Terminal
import Testing

extension TerminalTests {
  @Suite struct Opening {
    @Test(arguments: ["no-such-terminal", "", "dumb"])
    func `An unknown terminal is an error and changes nothing`(_ name: String) throws {
      let session = try TerminalSession(drawingOn: name)
      let before = session.terminal.modes
      #expect(throws: TerminalError.unknownTerminal(name)) {
        _ = try Terminal.open(
          input: session.terminal.slave, output: session.terminal.slave,
          environment: ["TERM": name])
      }
      #expect(session.terminal.modes == before)
      #expect(session.output.isEmpty)
      // And the next one can be opened.
      _ = try Stage()
    }

    @Test func `Without TERM there is no terminal`() throws {
      let session = try TerminalSession(drawingOn: "")
      #expect(throws: TerminalError.unknownTerminal("")) {
        _ = try Terminal.open(
          input: session.terminal.slave, output: session.terminal.slave, environment: [:])
      }
    }

    @Test func `A pipe is no terminal`() throws {
      let session = try TerminalSession(drawingOn: "xterm")
      let tty = session.terminal.slave
      var ends: [Int32] = [-1, -1]
      try #require(pipe(&ends) == 0)
      defer { for end in ends { close(end) } }
      #expect(throws: TerminalError.inputNotATerminal) {
        _ = try Terminal.open(input: ends[0], output: tty, environment: ["TERM": "xterm"])
      }
      #expect(throws: TerminalError.outputNotATerminal) {
        _ = try Terminal.open(input: tty, output: ends[1], environment: ["TERM": "xterm"])
      }
      #expect(session.output.isEmpty)
    }

    @Test func `Nothing typed means anything to the kernel`() async throws {
      let stage = try Stage()
      let modes = stage.session.terminal.modes
      #expect(!modes.isCanonical && !modes.echoes && !modes.makesSignals)
      let input = Typing(stage.session.terminal.slave)
      // Ctrl-C, Ctrl-D, Ctrl-Q, Ctrl-S, Ctrl-Z, Ctrl-\, CR, LF, NUL and DEL.
      let bytes: [UInt8] = [3, 4, 17, 19, 26, 28, 13, 10, 0, 127]
      try stage.session.type(bytes)
      var received: [UInt8] = []
      for await chunk in input.chunks {
        received += chunk.bytes
        if received.count >= bytes.count { break }
      }
      #expect(received == bytes)
    }

    @Test func `The environment does not decide the size`() throws {
      setenv("LINES", "5", 1)
      setenv("COLUMNS", "17", 1)
      defer {
        unsetenv("LINES")
        unsetenv("COLUMNS")
      }
      let stage = try Stage(columns: 100, rows: 40)
      #expect(stage.terminal.size == Size(columns: 100, rows: 40))
      try stage.session.resize(columns: 50, rows: 30)
      #expect(stage.terminal.resize() == Size(columns: 50, rows: 30))
    }

    @Test func `A terminal that does not know its size gets terminfo's`() throws {
      #expect(try Stage("vt100", columns: 0, rows: 0).terminal.size == Size(columns: 80, rows: 24))
    }

    @Test(arguments: TerminalTests.names)
    func `It grows and shrinks at any time`(_ name: String) async throws {
      let stage = try Stage(name)
      let sizes = [(1, 1), (200, 60), (40, 12), (2, 50), (80, 24)]
      for (columns, rows) in sizes {
        try stage.session.resize(columns: columns, rows: rows)
        let size = stage.terminal.resize()
        #expect(size == Size(columns: columns, rows: rows))
        var frame = Frame(size: size)
        frame[rows - 1, columns - 1] = Cell("#")
        frame[0, 0] = Cell("#")
        let wasTaken = stage.terminal.draw(frame)
        #expect(wasTaken)
        // Without insert or a switch for its margin, a terminal of one cell can show nothing.
        if columns == 1 { continue }
        try await stage.session.waitFor("both corners of \(columns)×\(rows)") { screen in
          screen.columns == columns && screen.rows == rows && screen.cells[0][0].text == "#"
            && screen.cells[rows - 1][columns - 1].text == "#"
            && screen.text.filter { $0 == "#" }.count == 2
        }
      }
    }

    /// As the program uses it: opened in one place, handed over to the actor that draws.
    @Test func `An actor can own it`() async throws {
      actor Door {
        private let terminal: Terminal
        init(_ terminal: sending Terminal) { self.terminal = terminal }

        func greet() -> Bool {
          var frame = Frame(size: terminal.size)
          frame.write("from the actor", row: 0, column: 0)
          return terminal.draw(frame)
        }
        func leave() { terminal.restore() }
      }
      let session = try TerminalSession(drawingOn: "xterm")
      let terminal = try Terminal.open(
        input: session.terminal.slave, output: session.terminal.slave,
        environment: ["TERM": "xterm", "LC_ALL": "C.UTF-8"])
      let emergencyRestore = terminal.emergencyRestore
      let door = Door(terminal)
      #expect(await door.greet())
      try await session.waitFor(text: "from the actor")
      await Task.detached { emergencyRestore() }.value
      #expect(session.terminal.modes.isCanonical)
      await door.leave()
    }

    @Test func `It can be opened again and again`() async throws {
      for round in 0..<20 {
        let stage = try Stage(TerminalTests.names[round % TerminalTests.names.count])
        var frame = Frame(size: stage.terminal.size)
        frame.write("round \(round).", row: 4, column: 4)
        try await stage.show(frame, until: "round \(round).")
        stage.terminal.restore()
      }
    }
  }
}
