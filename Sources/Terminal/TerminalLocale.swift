import Glibc

package enum TerminalLocale {
  /// Takes the locale that the environment asks for, for the whole process: curses translates by it.
  /// - Returns: whether characters beyond ASCII reach the terminal, that is, in UTF-8.
  static func adopt(from environment: [String: String]) -> Bool {
    setlocale(LC_ALL, "")
    // No library below us shall read or write a price with a comma.
    setlocale(LC_NUMERIC, "C")
    let wanted = name(in: environment)
    if setlocale(LC_CTYPE, wanted) == nil {
      // A locale of another box, over SSH: its language is not here, but its encoding is.
      setlocale(LC_CTYPE, namesUTF8(wanted) ? "C.UTF-8" : "C")
    }
    guard let codeset = nl_langinfo(nl_item(CODESET)) else { return false }
    return namesUTF8(String(cString: codeset))
  }

  /// Whether the environment asks for UTF-8, for who writes without curses.
  package static func isUTF8(_ environment: [String: String]) -> Bool {
    namesUTF8(name(in: environment))
  }

  private static func name(in environment: [String: String]) -> String {
    let variables = ["LC_ALL", "LC_CTYPE", "LANG"]
    return variables.compactMap { environment[$0] }.first { !$0.isEmpty } ?? "C"
  }

  private static func namesUTF8(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.hasSuffix("utf-8") || name.hasSuffix("utf8")
  }
}
