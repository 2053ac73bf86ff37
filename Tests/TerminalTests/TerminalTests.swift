import DoorScreen
import Glibc
import ScreenReader
import Terminal
import Testing

/// Everything that draws. curses is one set of globals, so these run one after the other.
@Suite(.serialized) struct TerminalTests {
  /// The terminals (Contract: The door screen), with what terminfo says of each.
  static let names = ["xterm-256color", "xterm", "linux", "vt100", "screen", "tmux-256color"]
  static let colourful = ["xterm-256color", "xterm", "linux", "screen", "tmux-256color"]
}

/// A terminal that a test draws on, and an emulator that looks at it.
struct Stage {
  let session: TerminalSession
  let terminal: Terminal

  init(
    _ name: String = "xterm-256color", columns: Int = 80, rows: Int = 24,
    theme: Theme = .standard, environment: [String: String] = [:], blankingMinutes: Int? = 0
  ) throws {
    session = try TerminalSession(drawingOn: name, columns: columns, rows: rows)
    let basis = ["TERM": name, "LC_ALL": "C.UTF-8"]
    terminal = try Terminal.open(
      input: session.terminal.slave, output: session.terminal.slave,
      environment: basis.merging(environment) { $1 }, theme: theme,
      blankingMinutes: blankingMinutes)
  }

  /// Draws, and waits until the emulator shows `mark`.
  @discardableResult
  func show(_ frame: Frame, until mark: String) async throws -> Screen {
    // A name of its own: a failure shall not print the frame.
    let wasTaken = terminal.draw(frame)
    #expect(wasTaken)
    return try await session.waitFor(text: mark)
  }
}

extension Frame {
  /// One character a cell.
  mutating func write(_ text: String, row: Int, column: Int, _ role: Style.Role = .plain) {
    for (offset, character) in text.enumerated() {
      self[row, column + offset] = Cell(String(character), style: Style(role))
    }
  }

  mutating func fill(row: Int, _ role: Style.Role) {
    for column in 0..<size.columns { self[row, column] = Cell(" ", style: Style(role)) }
  }
}
