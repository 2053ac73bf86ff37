import CNcurses

/// What leaves the screen behind in order, whatever state it is in, without asking curses.
enum Farewell {
  static func bytes() -> [UInt8] {
    let names = ["sgr0", "op", "rmkx", "cnorm"]
    // Where there is no second screen to leave, names of guests must not stay on the first.
    let last = curses_string("rmcup") == nil ? "clear" : "rmcup"
    return (names + [last]).flatMap { name -> [UInt8] in
      guard let text = curses_string(name) else { return [] }
      return TerminfoString.withoutPadding(text)
    }
  }
}
