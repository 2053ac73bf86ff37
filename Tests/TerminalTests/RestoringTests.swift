import DoorScreen
import Glibc
import ScreenReader
import Terminal
import Testing

extension TerminalTests {
  @Suite struct Restoring {
    enum Way: CaseIterable {
      case restore, twice, emergency, emergencyThenRestore, deinitialize
    }

    @Test(arguments: TerminalTests.names, Way.allCases)
    func `The terminal is as it was`(_ name: String, _ way: Way) async throws {
      let session = try TerminalSession(drawingOn: name, columns: 90, rows: 40)
      let before = session.terminal.modes
      try await Self.drawAndLeave(session, name, way)
      // What a shell prints next must come in its colours, and scroll over the whole screen.
      let text = Array("\u{1B}[H\(String(repeating: "\r\n", count: 35))prompt$".utf8)
      _ = text.withUnsafeBytes { write(session.terminal.slave, $0.baseAddress, $0.count) }
      let screen = try await session.waitFor(text: "prompt$")
      #expect(screen.position(of: "prompt$")! == (35, 0))
      #expect(session.terminal.modes == before)
      #expect(!screen.isAlternate)
      #expect(screen.isCursorVisible)
      #expect(!screen.contains("guest"))
      let cell = try #require(screen.cell(at: "prompt$"))
      #expect(cell.foreground.isDefault && cell.background.isDefault)
      #expect(!cell.isBold && !cell.isReverse && !cell.isUnderlined)
    }

    static func drawAndLeave(
      _ session: TerminalSession, _ name: String, _ way: Way, blankingMinutes: Int? = 0
    ) async throws {
      let terminal = try Terminal.open(
        input: session.terminal.slave, output: session.terminal.slave,
        environment: ["TERM": name, "LC_ALL": "C.UTF-8"], blankingMinutes: blankingMinutes)
      #expect(!session.terminal.modes.isCanonical)
      var frame = Frame(size: terminal.size)
      frame.write("guest", row: 30, column: 3, .refuse)
      terminal.draw(frame)
      try await session.waitFor(text: "guest")
      switch way {
      case .restore: terminal.restore()
      case .twice:
        terminal.restore()
        terminal.restore()
      case .emergency: terminal.emergencyRestore()
      case .emergencyThenRestore:
        terminal.emergencyRestore()
        terminal.restore()
      case .deinitialize: break
      }
      if way == .deinitialize { return }
      let wasTaken = terminal.draw(frame)
      #expect(!wasTaken)
    }

    @Test func `What nobody has read does not reach the shell`() throws {
      let stage = try Stage()
      try stage.session.type("rm -rf /\n")
      stage.terminal.restore()
      let descriptor = stage.session.terminal.slave
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      #expect(poll(&request, 1, 0) == 0)
    }

    @Test func `A terminal that does not read holds nothing up`() async throws {
      let stage = try Stage("xterm-256color", columns: 200, rows: 60)
      let before = stage.session.terminal.modes
      stage.session.stopReading()
      let clock = ContinuousClock()
      let begin = clock.now
      var frame = Frame(size: stage.terminal.size)
      var wasStuck = false
      // More than the kernel keeps for a terminal.
      for picture in 0..<40 where !wasStuck {
        for row in 0..<60 {
          for column in 0..<200 {
            let role: Style.Role = (row + column + picture).isMultiple(of: 2) ? .admit : .refuse
            frame[row, column] = Cell("\(picture % 10)", style: Style(role))
          }
        }
        wasStuck = !stage.terminal.draw(frame)
      }
      try #require(wasStuck)
      for _ in 0..<20 {
        let wasTaken = stage.terminal.draw(frame)
        #expect(!wasTaken)
      }
      // Once it reads again, the newest picture comes, and whole.
      frame = Frame(size: stage.terminal.size)
      frame.write("newest", row: 30, column: 30)
      stage.terminal.draw(frame)
      stage.session.resumeReading()
      var isShown = false
      while !isShown && clock.now - begin < .seconds(20) { isShown = stage.terminal.draw(frame) }
      try await stage.session.waitFor { screen in
        screen.contains("newest") && screen.text.filter { !$0.isWhitespace } == "newest"
      }
      #expect(stage.session.terminal.modes == before)
    }

    @Test func `Leaving a terminal that does not read does not hang`() throws {
      let session = try TerminalSession(drawingOn: "xterm-256color", columns: 200, rows: 60)
      let before = session.terminal.modes
      let terminal = try Terminal.open(
        input: session.terminal.slave, output: session.terminal.slave,
        environment: ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8"])
      session.stopReading()
      let filler = [UInt8](repeating: 0x20, count: 4096)
      let flags = fcntl(session.terminal.slave, F_GETFL)
      _ = fcntl(session.terminal.slave, F_SETFL, flags | O_NONBLOCK)
      while write(session.terminal.slave, filler, filler.count) > 0 {}
      _ = fcntl(session.terminal.slave, F_SETFL, flags)
      let clock = ContinuousClock()
      let time = clock.measure { terminal.restore() }
      #expect(time < .seconds(10))
      #expect(session.terminal.modes == before)
    }

    @Test func `A terminal that has hung up holds nothing up`() throws {
      let stage = try Stage()
      stage.session.hangUp()
      let frame = Frame(size: stage.terminal.size)
      for _ in 0..<3 {
        let wasTaken = stage.terminal.draw(frame)
        #expect(!wasTaken)
      }
      #expect(stage.terminal.resize().rows >= 1)
      stage.terminal.redraw()
      stage.terminal.ring(Bell.admit.strokes[0])
      stage.terminal.restore()
      _ = try Stage()
    }
  }
}
