/// How many colours a palette may use.
package enum ColourDepth: Sendable, CaseIterable {
  /// Bold, reverse and underline only.
  case none
  /// The eight of the Linux console, whose backgrounds are never bright.
  case eight
  /// xterm's 256, of which only the fixed ones from 16 on are used: people restyle the first 16.
  case full

  /// - Parameters:
  ///   - colours: what terminfo says, 0 for none.
  ///   - noColor: the variable `NO_COLOR`; any text in it switches colours off.
  package init(colours: Int, noColor: String?) {
    if let noColor, !noColor.isEmpty {
      self = .none
      return
    }
    switch colours {
    // Above 256 (xterm-direct) a number is a colour's bytes, and only the first eight are a palette.
    case 256: self = .full
    case 8...: self = .eight
    default: self = .none
    }
  }
}
