/// Takes those escapes of the Linux console out of its output that no other terminal has, and that
/// libvterm would wait for the end of, or print: `ESC ] P nrrggbb` and `ESC ] R` have no terminator.
struct ConsoleEscapes {
  enum Command: Equatable {
    case colour(index: Int, red: UInt8, green: UInt8, blue: UInt8)
    case resetColours
  }

  enum Piece: Equatable {
    case bytes([UInt8])
    case command(Command)
  }

  /// An escape that has begun and is not complete.
  private var begun: [UInt8] = []

  /// Parts of the output in order; an escape may lie across two calls.
  mutating func feed(_ bytes: [UInt8]) -> [Piece] {
    var pieces: [Piece] = []
    var plain: [UInt8] = []
    for byte in bytes {
      begun.append(byte)
      switch Self.judge(begun) {
      case .incomplete: continue
      case .plain: plain += begun
      case .command(let command):
        if !plain.isEmpty { pieces.append(.bytes(plain)) }
        plain = []
        pieces.append(.command(command))
      }
      begun = []
    }
    if !plain.isEmpty { pieces.append(.bytes(plain)) }
    return pieces
  }

  private enum Judgement {
    case incomplete, plain
    case command(Command)
  }

  private static func judge(_ bytes: [UInt8]) -> Judgement {
    switch bytes.count {
    case 1: return bytes[0] == 0x1B ? .incomplete : .plain
    case 2: return bytes[1] == UInt8(ascii: "]") ? .incomplete : .plain
    default: break
    }
    switch bytes[2] {
    case UInt8(ascii: "R"): return .command(.resetColours)
    case UInt8(ascii: "P"):
      let digits = bytes.dropFirst(3).map { Character(Unicode.Scalar($0)).hexDigitValue }
      guard digits.allSatisfy({ $0 != nil }) else { return .plain }
      let values = digits.compactMap { $0 }
      if values.count < 7 { return .incomplete }
      func byte(_ at: Int) -> UInt8 { UInt8(values[at] * 16 + values[at + 1]) }
      return .command(.colour(index: values[0], red: byte(1), green: byte(3), blue: byte(5)))
    default: return .plain
    }
  }
}
