import DoorScreen
import Glibc

/// What only the Linux console can do, and no entry of terminfo says (console_codes(4)): other
/// colours, no blanking, a bell with a pitch. What can be put back is, by `farewell`.
struct LinuxConsole: Sendable {
  /// To be sent before the first picture, and before one that is painted anew: what else has written
  /// there may have reset it.
  let arrival: [UInt8]
  /// Leaves the console as it would be without us. It comes before the screen is cleared: on a
  /// framebuffer only what is drawn afterwards has the old colours.
  let farewell: [UInt8]

  private static let terminalName = "linux"

  /// What is drawn for signs of ours that no font of the console has (512 glyphs at most): it would
  /// show a lozenge for the sign of an admission. The same as without Unicode.
  static func substitutes(on terminalName: String) -> [Unicode.Scalar: UInt32] {
    terminalName == Self.terminalName ? ["✓": 0x2B] : [:]
  }

  /// Nil on every other terminal, where these sequences would be printed or swallow what follows.
  /// - Parameters:
  ///   - usesUnicode: what is drawn is UTF-8.
  ///   - colours: what the eight become; nil leaves them alone.
  ///   - blankingMinutes: after which the console blanked before; nil where nobody knows.
  init?(
    terminalName: String, usesUnicode: Bool, colours: ConsoleColours?, blankingMinutes: Int?
  ) {
    guard terminalName == Self.terminalName else { return nil }
    arrival =
      (usesUnicode ? Self.utf8 : []) + (colours?.redefinition ?? [])
      + Self.blanking(afterMinutes: 0) + Self.wake
    // Kernels do not blank by themselves any more: unknown, it stays off.
    farewell =
      (colours == nil ? [] : ConsoleColours.restoration)
      + (blankingMinutes.map(Self.blanking) ?? []) + Self.usualBell
  }

  /// A console that takes bytes for Latin letters would show `âûê` for blocks. It stays so when we
  /// leave: nobody can ask what it was, nearly all are in UTF-8 from the start, and what comes after us
  /// has the same locale, so that to go back (`ESC % @`) would do harm where there was none.
  private static let utf8 = Array("\u{1B}%G".utf8)

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

/// After how long the Linux console goes dark when nobody types.
enum ConsoleBlanking {
  /// As it is now, rounded up, 0 for never; nil where the kernel does not say.
  static func minutes() -> Int? {
    guard let file = fopen("/sys/module/kernel/parameters/consoleblank", "re") else { return nil }
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 32)
    guard fgets(&buffer, Int32(buffer.count), file) != nil else { return nil }
    return minutes(seconds: strtol(buffer, nil, 10))
  }

  /// The console takes 60 minutes at most.
  static func minutes(seconds: Int) -> Int { min(max(0, (seconds + 59) / 60), 60) }
}
