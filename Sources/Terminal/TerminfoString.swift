import CNcurses

enum TerminfoString {
  /// terminfo writes delays for slow terminals into its strings, as `$<5/>`; ours need none.
  static func withoutPadding(_ text: UnsafePointer<CChar>) -> [UInt8] {
    var result: [UInt8] = []
    var rest = Array(String(cString: text).utf8)[...]
    while let byte = rest.first {
      if byte == UInt8(ascii: "$"), rest.dropFirst().first == UInt8(ascii: "<"),
        let end = rest.firstIndex(of: UInt8(ascii: ">"))
      {
        rest = rest[(end + 1)...]
      } else {
        result.append(byte)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}

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
