import DoorScreen

/// What only the Linux console can do, and no entry of terminfo says (console_codes(4)): other
/// colours, no blanking, a bell with a pitch. Everything is put back by `farewell`.
struct LinuxConsole: Sendable {
  /// To be sent before the first picture, and before one that is painted anew: what else has written
  /// there may have reset it.
  let arrival: [UInt8]
  /// Leaves the console as it would be without us. It comes before the screen is cleared: on a
  /// framebuffer only what is drawn afterwards has the old colours.
  let farewell: [UInt8]

  /// Nil on every other terminal, where these sequences would be printed or swallow what follows.
  /// - Parameters:
  ///   - colours: what the eight become; nil leaves them alone.
  ///   - blankingMinutes: after which the console blanked before; nil where nobody knows.
  init?(terminalName: String, colours: ConsoleColours?, blankingMinutes: Int?) {
    guard terminalName == "linux" else { return nil }
    arrival = (colours?.redefinition ?? []) + Self.blanking(afterMinutes: 0) + Self.wake
    // Kernels do not blank by themselves any more: unknown, it stays off.
    farewell =
      (colours == nil ? [] : ConsoleColours.restoration)
      + (blankingMinutes.map(Self.blanking) ?? []) + Self.usualBell
  }

  /// Lights a console up that has blanked all the same.
  static let wake = Array("\u{1B}[13]".utf8)

  /// Puts a pitch and a length to the bells that follow.
  static func tuning(for stroke: Bell.Stroke) -> [UInt8] {
    Array("\u{1B}[10;\(stroke.pitch)]\u{1B}[11;\(stroke.milliseconds)]".utf8)
  }

  private static let usualBell = Array("\u{1B}[10]\u{1B}[11]".utf8)

  /// - Parameter minutes: 0 is never.
  private static func blanking(afterMinutes minutes: Int) -> [UInt8] {
    Array("\u{1B}[9;\(minutes)]".utf8)
  }
}
