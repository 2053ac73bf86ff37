import DoorScreen
import ScreenReader
import SeededRandom
import Terminal
import Testing

extension TerminalTests {
  /// A frame that is likely to come next is worked out before it is drawn.
  @Suite struct Preparing {
    private func frame(_ text: String, like stage: Stage, _ role: Style.Role = .plain) -> Frame {
      var frame = Frame(size: stage.terminal.size)
      for row in 3..<7 { frame.fill(row: row, role) }
      frame.write(text, row: 4, column: 2, role)
      return frame
    }

    @Test(arguments: TerminalTests.names)
    func `Nothing of a prepared frame is seen before it is drawn`(_ name: String) async throws {
      let stage = try Stage(name)
      var looking = frame("looking", like: stage, .neutral)
      try await stage.show(looking, until: "looking")
      let green = frame("welcome", like: stage, .admit)
      stage.terminal.prepare(green)
      // Something that is sent behind it shows that it was not.
      looking.write("later", row: 9, column: 0)
      let between = try await stage.show(looking, until: "later")
      #expect(between.contains("looking"))
      #expect(!between.contains("welcome"))
      stage.terminal.prepare(green)
      let shown = try await stage.show(green, until: "welcome")
      #expect(!shown.contains("looking"))
      #expect(!shown.contains("later"))
    }

    @Test(arguments: TerminalTests.names)
    func `Another frame than the prepared one is drawn as always`(_ name: String) async throws {
      let stage = try Stage(name)
      try await stage.show(frame("looking", like: stage, .neutral), until: "looking")
      stage.terminal.prepare(frame("welcome", like: stage, .admit))
      let shown = try await stage.show(frame("refused", like: stage, .refuse), until: "refused")
      #expect(shown.text(row: 4) == "  refused")
      #expect(!shown.contains("welcome"))
      #expect(!shown.contains("looking"))
    }

    @Test(arguments: TerminalTests.names)
    func `What a prepared frame would have changed leaves nothing behind`(
      _ name: String
    ) async throws {
      let stage = try Stage(name)
      try await stage.show(frame("looking", like: stage, .neutral), until: "looking")
      stage.terminal.prepare(frame("", like: stage))
      stage.terminal.restore()
      try await stage.session.waitFor("an empty screen") { !$0.contains("looking") }
    }

    @Test(arguments: [false, true])
    func `A cleared terminal gets the whole frame that was prepared`(_ isResized: Bool)
      async throws
    {
      let stage = try Stage()
      try await stage.show(frame("looking", like: stage, .neutral), until: "looking")
      let green = frame("welcome", like: stage, .admit)
      stage.terminal.prepare(green)
      if isResized { stage.terminal.resize() } else { stage.terminal.redraw() }
      let shown = try await stage.show(green, until: "welcome")
      #expect(!shown.contains("looking"))
    }

    @Test func `Any frames in any order are seen as without preparing`() async throws {
      let seed = UInt64.random(in: 0...999_999)
      let expected = try await screens(of: seed, isPrepared: false)
      let shown = try await screens(of: seed, isPrepared: true)
      for (number, pair) in zip(shown, expected).enumerated() {
        try #require(pair.0.cells == pair.1.cells, "seed \(seed), frame \(number)")
        #expect(pair.0.isCursorVisible == pair.1.isCursorVisible, "seed \(seed)")
      }
    }

    /// Of each two frames that chance makes the second is drawn; one of them was prepared, or none.
    private func screens(of seed: UInt64, isPrepared: Bool) async throws -> [Screen] {
      var random = SplitMix64(seed: seed)
      let stage = try Stage()
      defer { stage.terminal.restore() }
      var screens: [Screen] = []
      for number in 0..<40 {
        let frames = (0..<2).map { _ in
          randomFrame(number, size: stage.terminal.size, &random)
        }
        let prepared = (frames + [nil]).randomElement(using: &random)!
        if isPrepared, let prepared { stage.terminal.prepare(prepared) }
        screens.append(try await stage.show(frames[1], until: "mark \(number) "))
      }
      return screens
    }

    private func randomFrame(_ number: Int, size: Size, _ random: inout SplitMix64) -> Frame {
      var frame = Frame(size: size)
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        let role = Style.Role.allCases.randomElement(using: &random)!
        let row = Int.random(in: 0..<22, using: &random)
        if Bool.random(using: &random) { frame.fill(row: row, role) }
        frame.write("Zoë ■ \(row)", row: row, column: 70 - row, role)
      }
      if Bool.random(using: &random) { frame.cursor = Position(row: 2, column: 5) }
      frame.write("mark \(number) ", row: 23, column: 0)
      frame.write("|", row: 23, column: 12)
      return frame
    }
  }
}
