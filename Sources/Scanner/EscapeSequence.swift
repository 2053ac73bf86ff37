/// One escape sequence while its bytes come in (ECMA-48, and what terminals add to it).
struct EscapeSequence: Sendable {
  enum Step: Sendable, Equatable { case more, complete, notPart }

  /// What a complete one is, where it stands among the characters of a scan.
  enum Meaning: Sendable, Equatable {
    /// The terminal's own: mouse, focus, answers, marks of a paste. It changes nothing.
    case report
    /// A key of the number pad without its digit.
    case keypad
    /// Alt and a digit, as in Alt+0065.
    case altDigit
    /// Any other key.
    case key
  }

  /// One of these never ends by itself otherwise.
  static let longest = 512

  private enum State {
    case start, control, consoleKey, shifted, intermediate
    /// Bytes of one character, or of an old mouse report, that are still to come.
    case counted(Int)
    case string, stringEscape
  }

  private(set) var bytes: [UInt8] = [0x1B]
  private var state = State.start
  private(set) var isComplete = false

  /// Appends the next byte, unless it cannot belong to the sequence, which is then cut short.
  mutating func append(_ byte: UInt8) -> Step {
    guard bytes.count < Self.longest else { return .notPart }
    let step = step(byte)
    switch step {
    case .more, .complete:
      bytes.append(byte)
      isComplete = step == .complete
    case .notPart: break
    }
    return step
  }

  private mutating func step(_ byte: UInt8) -> Step {
    switch state {
    case .start: return begin(byte)
    case .control:
      switch byte {
      case 0x20...0x3F: return .more
      case UInt8(ascii: "[") where bytes.count == 2:
        state = .consoleKey
        return .more
      case UInt8(ascii: "M") where bytes.count == 2:
        state = .counted(3)
        return .more
      case 0x40...0x7E: return .complete
      default: return .notPart
      }
    case .consoleKey: return (0x20...0x7E).contains(byte) ? .complete : .notPart
    case .shifted:
      switch byte {
      case 0x30...0x39, UInt8(ascii: ";"): return .more
      case 0x20...0x7E: return .complete
      default: return .notPart
      }
    case .intermediate:
      switch byte {
      case 0x20...0x2F: return .more
      case 0x30...0x7E: return .complete
      default: return .notPart
      }
    case .counted(let left):
      guard byte >= 0x20 else { return .notPart }
      state = .counted(left - 1)
      return left > 1 ? .more : .complete
    case .string:
      switch byte {
      case 0x07: return .complete
      case 0x1B:
        state = .stringEscape
        return .more
      // The terminator of a scan, and what cancels a string.
      case 0x09, 0x0A, 0x0D, 0x18, 0x1A: return .notPart
      default: return .more
      }
    case .stringEscape: return byte == UInt8(ascii: "\\") ? .complete : .notPart
    }
  }

  private mutating func begin(_ byte: UInt8) -> Step {
    switch byte {
    case UInt8(ascii: "["): state = .control
    case UInt8(ascii: "O"): state = .shifted
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
      UInt8(ascii: "_"):
      state = .string
    case 0x20...0x2F: state = .intermediate
    // Alt and an arrow, as some terminals send it.
    case 0x1B: break
    case 0x30...0x7F: return .complete
    case 0xC0...0xDF: state = .counted(1)
    case 0xE0...0xEF: state = .counted(2)
    case 0xF0...0xF7: state = .counted(3)
    default: return .notPart
    }
    return .more
  }

  /// It carries a text, as barcodes can: other programs' barcodes have been used to attack terminals.
  var isString: Bool {
    switch state {
    case .string, .stringEscape: true
    case .start, .control, .consoleKey, .shifted, .intermediate, .counted: false
    }
  }

  /// What a complete one is.
  var meaning: Meaning {
    let body = bytes.drop { $0 == 0x1B }
    guard let first = body.first, let final = body.last else { return .key }
    let isAlt = bytes.count - body.count > 1
    switch first {
    case UInt8(ascii: "["): return isAlt ? .key : controlMeaning(Array(body.dropFirst()), final)
    case UInt8(ascii: "O"): return Self.pad.contains(final) ? .keypad : .key
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
      UInt8(ascii: "_"):
      return .report
    case 0x30...0x39: return .altDigit
    default: return .key
    }
  }

  /// The final bytes of the cursor keys and of those of the number pad.
  private static let pad = Set("ABCDEFGHpqrstuvwxyn".utf8)
  /// Home, Insert, Delete, End, Page Up and Page Down.
  private static let edits = 1...8
  /// The codes that kitty's protocol has for the number pad.
  private static let kittyPad = 57399...57427

  private func controlMeaning(_ body: [UInt8], _ final: UInt8) -> Meaning {
    guard let first = body.first else { return .key }
    // An old mouse report: three bytes after the M.
    if first == UInt8(ascii: "M") { return .report }
    if (UInt8(ascii: "<")...UInt8(ascii: "?")).contains(first) { return .report }
    let numbers = String(decoding: body.dropLast(), as: UTF8.self)
      .split(separator: ";", omittingEmptySubsequences: false)
      .map { Int($0.prefix { $0 != ":" }) ?? 0 }
    let number = numbers.first ?? 0
    let hasAlt = numbers.count > 1 && numbers[1] > 0 && (numbers[1] - 1) & 2 != 0
    switch final {
    case UInt8(ascii: "u"): return Self.kittyPad.contains(number) ? .keypad : .report
    case UInt8(ascii: "~"):
      if number == 200 || number == 201 { return .report }
      return Self.edits.contains(number) ? (hasAlt ? .altDigit : .keypad) : .key
    // On a Linux console F1 to F5 are like A to E, after a second bracket.
    case _ where first == UInt8(ascii: "["): return .key
    case UInt8(ascii: "A")...UInt8(ascii: "H"): return hasAlt ? .altDigit : .keypad
    // Focus, a mouse of another kind, and answers of the terminal.
    case UInt8(ascii: "I"), UInt8(ascii: "M"), UInt8(ascii: "c"), UInt8(ascii: "n"),
      UInt8(ascii: "t"), UInt8(ascii: "x"), UInt8(ascii: "y"):
      return .report
    case UInt8(ascii: "O") where body.count == 1: return .report
    case UInt8(ascii: "R") where numbers.count == 2 && number > 1: return .report
    default: return .key
    }
  }
}
