/// What a terminal shows for the numbers of its colours, as long as nobody has redefined them.
enum EmulatedPalette {
  case xterm, linuxConsole

  /// - Parameter index: 0 to 255.
  func colour(_ index: Int) -> (UInt8, UInt8, UInt8) {
    switch index {
    case 0..<16: ansi(index)
    case 16..<232:
      (Self.step((index - 16) / 36), Self.step((index - 16) / 6 % 6), Self.step((index - 16) % 6))
    default: (Self.grey(index), Self.grey(index), Self.grey(index))
    }
  }

  private func ansi(_ index: Int) -> (UInt8, UInt8, UInt8) {
    switch self {
    case .xterm:
      switch index {
      case 4: (0, 0, 238)
      case 7: (229, 229, 229)
      case 8: (127, 127, 127)
      case 12: (92, 92, 255)
      default: Self.bits(index, off: 0, on: index < 8 ? 205 : 255)
      }
    case .linuxConsole:
      // The VGA's brown in the place of a dark yellow.
      index == 3
        ? (170, 85, 0) : Self.bits(index, off: index < 8 ? 0 : 85, on: index < 8 ? 170 : 255)
    }
  }

  private static func bits(_ index: Int, off: UInt8, on: UInt8) -> (UInt8, UInt8, UInt8) {
    (index & 1 != 0 ? on : off, index & 2 != 0 ? on : off, index & 4 != 0 ? on : off)
  }

  private static func step(_ value: Int) -> UInt8 { value == 0 ? 0 : UInt8(55 + 40 * value) }
  private static func grey(_ index: Int) -> UInt8 { UInt8(8 + 10 * (index - 232)) }
}
