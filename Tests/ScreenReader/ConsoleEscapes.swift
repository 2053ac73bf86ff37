/// Takes those escapes of the Linux console out of its output that no other terminal has, and that
/// libvterm would wait for the end of, or print: `ESC ] P nrrggbb` and `ESC ] R` have no terminator,
/// and `ESC [ n ; m ]` is a setting.
struct ConsoleEscapes {
  enum Command: Equatable {
    case colour(index: Int, red: UInt8, green: UInt8, blue: UInt8)
    case resetColours
    case setting([Int])
    /// `ESC % G`, or `ESC % @`.
    case utf8(Bool)
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
    case 2: return "[]%".utf8.contains(bytes[1]) ? .incomplete : .plain
    default: break
    }
    if bytes[1] == UInt8(ascii: "[") { return judgeSetting(bytes.dropFirst(2)) }
    if bytes[1] == UInt8(ascii: "%") {
      let isChoice = "G@".utf8.contains(bytes[2])
      return isChoice ? .command(.utf8(bytes[2] == UInt8(ascii: "G"))) : .plain
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
  /// - Parameter bytes: what follows `ESC [`.
  private static func judgeSetting(_ bytes: ArraySlice<UInt8>) -> Judgement {
    let numbers = bytes.dropLast()
    guard let last = bytes.last, bytes.count < 16 else { return .plain }
    if last == UInt8(ascii: "]") {
      let text = String(decoding: numbers, as: UTF8.self)
      return .command(.setting(text.split(separator: ";").compactMap { Int($0) }))
    }
    return "0123456789;".utf8.contains(last) ? .incomplete : .plain
  }
}
