import CNcurses
package import DoorScreen
import Glibc

/// What the terminal at hand can show, told without taking it over.
package struct TerminalAbilities: Sendable, Equatable {
  /// `TERM`; empty where it is not set.
  package var name: String
  /// Colours that terminfo knows, 0 for none; nil where this box does not know the terminal, or where
  /// it cannot place its cursor.
  package var colours: Int?
  /// Whether characters beyond ASCII can be shown, by the locale.
  package var usesUnicode: Bool
  /// Nil where the tty does not know.
  package var size: Size?

  package init(name: String, colours: Int?, usesUnicode: Bool, size: Size?) {
    self.name = name
    self.colours = colours
    self.usesUnicode = usesUnicode
    self.size = size
  }

  /// - Parameters:
  ///   - output: the terminal whose size is meant.
  ///   - environment: `TERM`, `LC_ALL`, `LC_CTYPE` and `LANG` count.
  package static func probe(
    output: Int32 = STDOUT_FILENO, environment: [String: String]
  ) -> TerminalAbilities {
    let name = environment["TERM"] ?? ""
    var window = winsize()
    let isSized =
      ioctl(output, UInt(TIOCGWINSZ), &window) == 0 && window.ws_col > 0 && window.ws_row > 0
    let colours = Int(curses_colours_of(name, output))
    return TerminalAbilities(
      name: name, colours: name.isEmpty || colours < 0 ? nil : colours,
      usesUnicode: TerminalLocale.adopt(from: environment),
      size: isSized ? Size(columns: Int(window.ws_col), rows: Int(window.ws_row)) : nil)
  }
}
