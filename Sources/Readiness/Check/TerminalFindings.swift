import DoorScreen
import Formatting
import Terminal

/// What the terminal at hand says of the door screen on it.
package struct TerminalFindings {
  /// Nil where there is no terminal.
  let abilities: TerminalAbilities?
  /// `NO_COLOR` is set.
  let refusesColour: Bool

  /// The smallest (Contract: The door screen).
  private static let smallest = Size(columns: 40, rows: 12)

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
    return .pass(.terminal, text)
  }

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
