import DoorScreen

/// What the Linux console's eight colours become while the door screen is there: those of the 256 that
/// `Palette` has for the same roles. Its own are too dark for text, or too much alike.
struct ConsoleColours: Sendable {
  /// By the console's number; a colour is red, green and blue, a byte each.
  private let colours: [(number: Int, colour: UInt32)]

  init(theme: Theme) {
    let panels: [(Int, UInt32)] =
      switch theme {
      case .standard:
        [(1, 0xAF0000), (2, 0x00AF87), (3, 0xFFFF5F), (4, 0x0000D7), (5, 0x870087), (6, 0x00AFAF)]
      // An admission is light blue (6).
      case .colourBlind:
        [(1, 0xAF0000), (2, 0x00AF87), (3, 0xFFD75F), (4, 0x0000D7), (5, 0x870087), (6, 0xAFD7FF)]
      case .highContrast:
        [(1, 0xAF0000), (2, 0x00FFD7), (3, 0xFFAF00), (4, 0x0000D7), (5, 0x5F0087), (6, 0x00FFFF)]
      }
    let light: UInt32 = theme == .highContrast ? 0xFFFFFF : 0xDADADA
    // Bold takes the bright colour: the same one, as bold text stands in the panel's colour where it
    // is reversed.
    colours =
      [(0, 0x000000), (7, light), (15, 0xFFFFFF)] + panels + panels.map { ($0.0 + 8, $0.1) }
  }

  var redefinition: [UInt8] {
    colours.flatMap { number, colour in
      Array("\u{1B}]P\(hexadecimal(UInt32(number), 1))\(hexadecimal(colour, 6))".utf8)
    }
  }

  /// The colours with which the kernel starts a console; what they were before cannot be asked.
  static let restoration = Array("\u{1B}]R".utf8)

  private func hexadecimal(_ number: UInt32, _ digits: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
