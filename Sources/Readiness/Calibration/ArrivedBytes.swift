import Admission
import Formatting
import Scanner

/// A scan in which no code was recognised, byte by byte, for somebody who was not there: characters as
/// they are, everything else by its name or number.
///
/// What may be a guest's code is cut as in the log, and what is nobody's business is left out. The test
/// code opens nothing, so where that arrived in disguise, all of it is shown.
struct ArrivedBytes {
  let scan: RecordedScan
  /// The code that was asked for.
  let expected: String
  /// This box's staff cards, where there are any.
  var cards: StaffCards?

  /// Of a longer scan, the rest is counted: it is no code either (Contract: Scans).
  private static let mostShown = 512

  /// So many letters and digits side by side may be a code.
  private static let shortestCode = 4

  private var bytes: [UInt8] { scan.bytes }
  private var text: String { String(decoding: bytes, as: UTF8.self) }

  /// As in `]Q1TK:<SP>47…112<CR>`; a byte beyond ASCII is its two digits, as in `<C3><A9>`.
  var shown: String {
    if let withheld { return "\(bytes.count) bytes, not shown: \(withheld)" }
    var shown = ""
    var run: [UInt8] = []
    var rest = bytes.prefix(Self.mostShown)
    while let byte = rest.first {
      let identifier = run.isEmpty ? Self.identifier(rest) : nil
      if identifier == nil, Self.isOfCode(byte) {
        run.append(byte)
        rest = rest.dropFirst()
      } else {
        let apart = identifier ?? rest.prefix(1)
        shown += cut(run) + apart.map(Self.name).joined()
        run = []
        rest = rest.dropFirst(apart.count)
      }
    }
    shown += cut(run)
    let more = bytes.count - Self.mostShown
    return shown + (more > 0 ? " and \(more) bytes more" : "")
  }

  private func cut(_ run: [UInt8]) -> String {
    let text = String(decoding: run, as: UTF8.self)
    let isOfExpected = expected.lowercased().contains(text.lowercased())
    return run.count < Self.shortestCode || isOfExpected || isTestCodeInDisguise
      ? text : masked(code: text)
  }

  /// Each character of the test code, which are all different, has become another one of its own.
  private var isTestCodeInDisguise: Bool {
    let characters = text.unicodeScalars.filter { $0.value > 0x20 }
    return expected == TestCode.text && characters.count == expected.unicodeScalars.count
      && Set(characters).count == characters.count
  }

  /// What kind of thing it is that is not to be passed on; nil for anything else.
  private var withheld: String? {
    let printed = text.filter { !$0.isWhitespace }
    if StaffCards.hidden(in: printed) != printed
      || StaffCards.reading(printed, cards: cards) != nil
    {
      return "a staff card"
    }
    let isDocument = text.split(whereSeparator: \.isNewline).contains {
      Document(beginning: String($0)) != nil
    }
    return isDocument ? "a licence, business card, calendar or Wi-Fi label" : nil
  }

  /// An AIM identifier (`]`, a letter, a letter or digit), which is no part of the code behind it.
  private static func identifier(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let identifier = bytes.prefix(3)
    guard identifier.count == 3, identifier.first == UInt8(ascii: "]"),
      identifier.dropFirst().allSatisfy(isOfCode)
    else { return nil }
    return identifier
  }

  private static func isOfCode(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func name(_ byte: UInt8) -> String {
    switch byte {
    case 0..<0x20: "<\(controls[Int(byte)])>"
    case 0x20: "<SP>"
    // The brackets of the names.
    case UInt8(ascii: "<"): "<LT>"
    case UInt8(ascii: ">"): "<GT>"
    case 0x7F: "<DEL>"
    case 0x80...: "<\(hexadecimal(byte))>"
    default: "\(Unicode.Scalar(byte))"
    }
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    String(byte, radix: 16, uppercase: true)
  }

  /// By their names in ASCII.
  private static let controls = [
    "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "TAB", "LF", "VT", "FF", "CR",
    "SO", "SI", "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC",
    "FS", "GS", "RS", "US",
  ]
}

/// The scans of a self-test of which it can tell nothing more than what arrived.
struct ArrivedScans {
  let scans: [RecordedScan]
  let expected: String
  let cards: StaffCards?

  /// The number of each, from 1, and its bytes.
  private var unknown: [(number: Int, bytes: String)] {
    // Num Lock and ALT mode are told by their names.
    guard Calibration(of: scans, expected: expected).keys == nil else { return [] }
    return scans.enumerated().compactMap { index, scan in
      guard Calibration(of: [scan], expected: expected).recognised == 0 else { return nil }
      let arrived = ArrivedBytes(scan: scan, expected: expected, cards: cards)
      return (index + 1, arrived.shown)
    }
  }

  /// - Parameter columns: cells of a line; nil breaks none.
  func textLines(columns: Int?) -> [String] {
    let unknown = unknown
    guard !unknown.isEmpty else { return [] }
    let head =
      "What arrived, to send to whoever helps you. What may be a guest's code is cut, as in the log:"
    return [""] + WrappedText(head, columns: columns).lines
      + unknown.flatMap { number, bytes in
        let lines = WrappedText(bytes, columns: columns.map { $0 - 10 }).lines
        return zip(
          lines, ["  scan \(number)  "] + Array(repeating: "          ", count: lines.count)
        )
        .map { $1 + $0 }
      }
  }

  /// A line a scan, after the findings.
  var jsonLines: [String] {
    unknown.map { number, bytes in
      var line = JSONLine()
      line.add("point", "arrived")
      line.add("status", "fail")
      line.add("message", "scan \(number): \(bytes)")
      line.add("next_step", "send it to whoever helps you")
      return line.text
    }
  }
}
