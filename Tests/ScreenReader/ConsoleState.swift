/// What a program has made of the Linux console, beside its picture (console_codes(4)).
package struct ConsoleState: Sendable, Equatable {
  /// By their number: red, green, blue.
  package var redefinedColours: [Int: [UInt8]] = [:]
  /// Minutes without a key until it goes dark; nil as long as nobody has set it.
  package var blankingMinutes: Int?
  /// Whether bytes are UTF-8; nil as long as nobody has chosen.
  package var isUTF8: Bool?
  /// How often it was told to light up.
  package var wakes = 0
  /// Hertz and milliseconds of the bell; nil is the kernel's own.
  package var pitch: Int?
  package var milliseconds: Int?
  /// The pitch of each bell that rang, nil for the kernel's own.
  package var rung: [Int?] = []

  package init() {}

  /// - Parameter numbers: of `ESC [ numbers ]`.
  mutating func set(_ numbers: [Int]) {
    let value = numbers.dropFirst().first
    switch numbers.first {
    case 9: blankingMinutes = value ?? 0
    case 10: pitch = value
    case 11: milliseconds = value
    case 13: wakes += 1
    default: break
    }
  }
}
