import DoorScreen
import Formatting
import Terminal

/// What the terminal at hand says of the door screen on it.
package struct TerminalFindings {
  /// Nil where there is no terminal.
  let abilities: TerminalAbilities?
  /// `NO_COLOR` is set.
  let refusesColour: Bool
  /// Nil where the terminal is not the Linux console: nobody knows how large another one's letters are.
  var console: ConsoleScreen?

  /// The smallest (Contract: The door screen).
  private static let smallest = Size(columns: 40, rows: 12)

  /// Letters are readable from a step away while no more rows than these share the screen, whatever
  /// its size: a letter of a 10-inch screen is 3 mm high then.
  private static let mostReadableRows = 40

  /// The largest letters that console-setup has, in pixels.
  private static let largestLetter = 32

  var all: [CheckFinding] { [size, colours, locale] }

  private static func noTerminal(_ point: CheckPoint, next: String? = nil) -> CheckFinding {
    .skipped(point, "no terminal here", next: next)
  }

  private var size: CheckFinding {
    guard let abilities else {
      return Self.noTerminal(.terminal, next: "run it on the door's own terminal, too")
    }
    guard let size = abilities.size else {
      return .pass(.terminal, "it does not know its size; 80×24 is taken")
    }
    let text = "\(size.columns)×\(size.rows)"
    guard size.columns >= Self.smallest.columns, size.rows >= Self.smallest.rows else {
      return .fail(
        .terminal, "\(text) is too small",
        next: "40×12 is the least: take a smaller font or a larger window")
    }
    guard let console, size.rows > Self.mostReadableRows else { return .pass(.terminal, text) }
    guard let height = console.height else {
      return .pass(.terminal, "\(text): letters too small to read", next: Self.largerLetters)
    }
    let letter = height / size.rows
    return .pass(
      .terminal, "\(text): letters too small to read, \(letter) of the screen's \(height) pixels",
      next: letter < Self.largestLetter ? Self.largerLetters : Self.fewerPixels)
  }

  /// console-setup(5); it asks for the font, sets it at once, and again at each start.
  private static let largerLetters =
    "sudo dpkg-reconfigure console-setup: take the font TerminusBold and the size 16x32"

  /// No font of the console's is larger, so the screen is to show fewer pixels.
  private static let fewerPixels =
    "no font is larger: add video=1920x1080 to GRUB_CMDLINE_LINUX in /etc/default/grub, then "
    + "sudo update-grub and restart"

  private var colours: CheckFinding {
    guard let abilities else { return Self.noTerminal(.colours) }
    let name = DisplayText.cleaned(abilities.name)
    switch abilities.colours {
    case nil:
      return .fail(
        .colours, name.isEmpty ? "TERM is not set" : "this box does not know TERM=\(name)",
        next: "try TERM=linux or TERM=xterm-256color, or install ncurses-term")
    case let colours? where colours >= 8:
      return .pass(
        .colours, "\(colours) (TERM=\(name))" + (refusesColour ? ", switched off by NO_COLOR" : ""))
    case .some:
      return .fail(
        .colours, "TERM=\(name) has none: words, symbols and places alone tell red from green",
        next: "TERM=linux or TERM=xterm-256color, if the terminal can")
    }
  }

  private var locale: CheckFinding {
    guard let abilities else { return Self.noTerminal(.locale) }
    return abilities.usesUnicode
      ? .pass(.locale, "UTF-8")
      : .fail(
        .locale, "no UTF-8: names lose their accents", next: "set LANG=C.UTF-8")
  }
}
