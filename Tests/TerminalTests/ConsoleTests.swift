import DoorScreen
import Glibc
import ScreenReader
import Terminal
import Testing

extension TerminalTests {
  /// What only the Linux console understands: its colours, its blanking, its bell.
  @Suite struct Console {
    @Test(arguments: TerminalTests.names.filter { $0 != "linux" })
    func `No other terminal is sent the console's escapes`(_ name: String) async throws {
      let stage = try Stage(name, blankingMinutes: 10)
      try await use(stage)
      stage.terminal.restore()
      // What a console would have made of it.
      let console = ScreenEmulator(columns: 80, rows: 24, isLinuxConsole: true)
      _ = console.feed(stage.session.output)
      #expect(console.console.rung == [nil])
      var untouched = ConsoleState()
      untouched.rung = [nil]
      #expect(console.console == untouched)
    }

    @Test func `The console shines and stays lit`() async throws {
      let stage = try Stage("linux", blankingMinutes: 10)
      try await use(stage)
      let console = stage.session.console
      #expect(console.blankingMinutes == 0)
      // The panels' colours, also where bold text stands in them; black and white.
      #expect(
        Set(console.redefinedColours.keys).isSuperset(of: [0, 1, 2, 3, 4, 7, 9, 10, 11, 12, 15]))
      // On arrival, and by the scan.
      #expect(console.wakes == 2)
      #expect(console.rung == [1500])
    }

    /// No font of the console has the check mark.
    @Test(arguments: [("linux", "+ ADMIT × …"), ("xterm-256color", "✓ ADMIT × …")])
    func `A sign that its fonts lack is replaced`(_ name: String, _ shown: String) async throws {
      let stage = try Stage(name)
      var frame = Frame(size: stage.terminal.size)
      frame.write("✓ ADMIT × …", row: 3, column: 3, .admit)
      try await stage.show(frame, until: shown)
    }

    /// On a framebuffer, only what is drawn afterwards has the new colours, or the old ones again.
    @Test func `Colours are set before anything is drawn`() async throws {
      let stage = try Stage("linux")
      try await use(stage)
      stage.terminal.restore()
      try await stage.session.waitFor { !$0.contains("scan") }
      let output = stage.session.output
      let clear = Array("\u{1B}[H\u{1B}[J".utf8)
      let redefined = try #require(output.firstRange(of: Array("\u{1B}]P".utf8)))
      let cleared = try #require(output.firstRange(of: clear))
      #expect(redefined.lowerBound < cleared.lowerBound)
      let restored = try #require(output.firstRange(of: Array("\u{1B}]R".utf8)))
      let isClearedAfterwards = output[restored.upperBound...].contains(clear)
      #expect(isClearedAfterwards)
    }

    @Test func `Painting anew sets them anew`() async throws {
      let stage = try Stage("linux")
      try await use(stage)
      let noise = Array("\u{1B}[H\u{1B}]R\u{1B}[9;5]noise".utf8)
      _ = noise.withUnsafeBytes { write(stage.session.terminal.slave, $0.baseAddress, $0.count) }
      try await stage.session.waitFor(text: "noise")
      stage.terminal.redraw()
      try await stage.session.waitFor { !$0.contains("noise") }
      #expect(stage.session.console.blankingMinutes == 0)
      #expect(!stage.session.console.redefinedColours.isEmpty)
    }

    @Test(arguments: Restoring.Way.allCases, [0, 10, 60])
    func `It is as it was before`(_ way: Restoring.Way, _ minutes: Int) async throws {
      let session = try TerminalSession(drawingOn: "linux", rows: 40)
      try await Restoring.drawAndLeave(session, "linux", way, blankingMinutes: minutes)
      try await session.waitFor { !$0.contains("guest") }
      let console = session.console
      #expect(console.redefinedColours == [:])
      #expect(console.blankingMinutes == minutes)
      #expect(console.pitch == nil && console.milliseconds == nil)
      // What it was cannot be asked; to leave UTF-8 would spoil what nearly every console is in.
      #expect(console.isUTF8 == true)
    }

    @Test func `A console is asked for UTF-8 where that is written before anything is drawn`()
      async throws
    {
      let stage = try Stage("linux")
      try await use(stage)
      #expect(stage.session.console.isUTF8 == true)
      let output = stage.session.output
      let asked = try #require(output.firstRange(of: Array("\u{1B}%G".utf8)))
      let drawn = try #require(output.firstRange(of: Array("scan".utf8)))
      #expect(asked.lowerBound < drawn.lowerBound)
      stage.terminal.restore()
    }

    @Test func `Where ASCII is written its characters are left alone`() async throws {
      let stage = try Stage("linux", environment: ["LC_ALL": "C"])
      #expect(!stage.terminal.usesUnicode)
      try await use(stage)
      #expect(stage.session.console.isUTF8 == nil)
      stage.terminal.restore()
    }

    /// Nothing but the kernel presses Scroll Lock here; what it does to a line is what this does.
    @Test func `Scroll Lock holds no picture`() async throws {
      let stage = try Stage("linux")
      try await use(stage)
      tcflow(stage.session.terminal.slave, TCOOFF)
      var frame = Frame(size: stage.terminal.size)
      frame.write("held", row: 0, column: 0)
      // As the loop does: what was not taken is drawn again.
      var tries = 0
      while !stage.terminal.draw(frame), tries < 100 { tries += 1 }
      #expect(tries > 0)
      try await stage.session.waitFor(text: "held")
      stage.terminal.restore()
    }

    @Test func `Where nobody knows its blanking it stays off`() async throws {
      let stage = try Stage("linux", blankingMinutes: nil)
      try await use(stage)
      stage.terminal.restore()
      try await stage.session.waitFor { !$0.contains("scan") }
      #expect(stage.session.console.blankingMinutes == 0)
    }

    @Test func `Without colours none is redefined`() async throws {
      let stage = try Stage("linux", environment: ["NO_COLOR": "1"])
      try await use(stage)
      #expect(stage.session.console.redefinedColours == [:])
      #expect(stage.session.console.blankingMinutes == 0)
      stage.terminal.restore()
      let hasEscape = stage.session.output.contains(Array("\u{1B}]".utf8))
      #expect(!hasEscape)
    }

    @Test(arguments: Bell.allCases)
    func `A bell has its pitch on the console`(_ bell: Bell) async throws {
      let stage = try Stage("linux")
      for stroke in bell.strokes { stage.terminal.ring(stroke) }
      try await stage.session.waitFor { $0.bells == bell.strokes.count }
      #expect(stage.session.console.rung == bell.strokes.map(\.pitch))
      #expect(stage.session.console.milliseconds == bell.strokes.last?.milliseconds)
    }

    @Test func `A console that does not read is not sent a night's bells`() async throws {
      let stage = try Stage("linux")
      stage.session.stopReading()
      var frame = Frame(size: stage.terminal.size)
      var isStuck = false
      for picture in 0..<1000 where !isStuck {
        for row in 0..<24 {
          let role: Style.Role = (row + picture).isMultiple(of: 2) ? .admit : .refuse
          frame.fill(row: row, role)
          frame.write("\(picture)", row: row, column: picture % 70, role)
        }
        isStuck = !stage.terminal.draw(frame)
      }
      try #require(isStuck)
      for _ in 0..<100 { stage.terminal.ring(Bell.admit.strokes[0]) }
      stage.session.resumeReading()
      frame = Frame(size: stage.terminal.size)
      frame.write("newest", row: 0, column: 0)
      while !stage.terminal.draw(frame) {}
      let screen = try await stage.session.waitFor(text: "newest")
      #expect(screen.bells < 100)
    }

    /// A picture, a scan and a bell.
    private func use(_ stage: Stage) async throws {
      var frame = Frame(size: stage.terminal.size)
      frame.write("scan", row: 3, column: 3, .refuse)
      try await stage.show(frame, until: "scan")
      stage.terminal.wake()
      stage.terminal.ring(Bell.admit.strokes[0])
      try await stage.session.waitFor { $0.bells == 1 }
    }
  }
}
