import Admission
import DoorScreen
import ScreenReader
import Terminal
import Testing

extension TerminalTests {
  @Suite struct KeySequences {
    struct Sent: Sendable, CustomTestStringConvertible {
      let terminal: String
      let key: DoorKey
      let bytes: String
      var testDescription: String { "\(terminal) \(key)" }

      init(_ terminal: String, _ key: DoorKey, _ bytes: String) {
        (self.terminal, self.key, self.bytes) = (terminal, key, "\u{1B}" + bytes)
      }
    }

    /// What those terminals send, by their own manuals: xterm's "PC-style function keys", DEC's
    /// VT100 and VT220, and the kernel's console_codes.
    static let sent: [Sent] =
      ["xterm", "xterm-256color", "screen", "tmux-256color"].flatMap { name in
        function(
          name,
          ["OP", "OQ", "OR", "OS", "[15~", "[17~", "[18~", "[19~", "[20~", "[21~", "[23~", "[24~"])
          + arrows(name) + pages(name)
      }
      + function(
        "linux",
        ["[[A", "[[B", "[[C", "[[D", "[[E", "[17~", "[18~", "[19~", "[20~", "[21~", "[23~", "[24~"])
      + arrows("linux") + pages("linux")
      + function("vt100", ["OP", "OQ", "OR", "OS"]) + arrows("vt100")

    static func function(_ name: String, _ bytes: [String]) -> [Sent] {
      bytes.enumerated().map { Sent(name, .function($0.offset + 1), $0.element) }
    }

    static func arrows(_ name: String) -> [Sent] {
      [
        Sent(name, .up, "[A"), Sent(name, .down, "[B"), Sent(name, .up, "OA"),
        Sent(name, .down, "OB"),
      ]
    }

    static func pages(_ name: String) -> [Sent] {
      [Sent(name, .pageUp, "[5~"), Sent(name, .pageDown, "[6~")]
    }

    @Test(arguments: TerminalTests.names)
    func `Every key is known`(_ name: String) throws {
      let sequences = try Stage(name).terminal.keySequences
      let expected = Self.sent.filter { $0.terminal == name }
      try #require(!expected.isEmpty)
      for sent in expected {
        let found = sequences.filter { $0.bytes == Array(sent.bytes.utf8) }
        #expect(found.map(\.key) == [sent.key], "\(sent.testDescription)")
      }
      for (index, sequence) in sequences.enumerated() {
        #expect(sequence.bytes.count > 1)
        for other in sequences[(index + 1)...] {
          #expect(!other.bytes.starts(with: sequence.bytes))
          #expect(!sequence.bytes.starts(with: other.bytes))
        }
      }
    }

    @Test(arguments: ["xterm", "xterm-256color", "vt100", "screen", "tmux-256color"])
    func `The terminal is asked for them`(_ name: String) async throws {
      let stage = try Stage(name)
      stage.terminal.ring(Bell.admit.strokes[0])
      try await stage.session.waitFor { $0.bells == 1 }
      // DECCKM: application cursor keys, as the terminfo entries count on.
      #expect(stage.session.output.contains(Array("\u{1B}[?1h".utf8)))
    }
  }
}
