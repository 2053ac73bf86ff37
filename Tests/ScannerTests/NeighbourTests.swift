import Scanner
import Testing

/// Byte sequences beside those of `BurstTests`: each position, each kind, each place.
@Suite struct NeighbourTests {
  /// The shortest burst, with a pause at each place that its terminator's may have.
  static let shortest: [Bytes] = [60, 300, 990].flatMap { pause in
    (1...4).map { position in
      let code = "ABCD\r"
      let (start, rest) = (String(code.prefix(position)), String(code.dropFirst(position)))
      // No four fast characters stand in it, so fingers may have typed it, but for the last one,
      // which lacks its end alone.
      return Bytes(
        "\(pause) ms after character \(position) of four", [(3000, start), (pause, rest)],
        [position == 4 ? "amber ABCD partMissing" : "typed ABCD"])
    }
  }

  /// A pause in five characters, where four stand together before or after it.
  static let shortBursts: [Bytes] = (1...5).map { position in
    let code = "ABCDE\r"
    let (start, rest) = (String(code.prefix(position)), String(code.dropFirst(position)))
    let isBurst = position == 1 || position >= 4
    return Bytes(
      "80 ms after character \(position) of five", [(3000, start), (80, rest)],
      [isBurst ? "amber ABCDE partMissing" : "typed ABCDE"])
  }

  /// Two pauses in one scan, at each pair of places.
  static let twice: [Bytes] = (1...6).flatMap { first in
    (first + 1...7).map { second in
      let code = Array("GOODONE1")
      let parts = [code[..<first], code[first..<second], code[second...]].map { String($0) }
      let isBurst = parts.contains { $0.count >= 4 }
      return Bytes(
        "80 ms after characters \(first) and \(second)",
        [(3000, parts[0]), (80, parts[1]), (80, parts[2] + "\r")],
        [isBurst ? "amber GOODONE1 partMissing" : "typed GOODONE1"])
    }
  }

  static let lostEnds: [Bytes] = [
    Bytes(
      "twice in a row, quickly",
      [(3000, "GOODONE1"), (400, "GOODTWO2"), (400, "GOODTHR3\r"), (1500, "GOODFOR4\r")],
      ["amber GOODONE1GOODTWO2GOODTHR3 partMissing", "scan GOODFOR4"]),
    Bytes(
      "twice in a row, a second apart",
      [(3000, "GOODONE1"), (1000, "GOODTWO2"), (1000, "GOODTHR3\r")],
      ["lost GOODONE1", "lost GOODTWO2", "scan GOODTHR3"]),
    Bytes(
      "twice, then Enter by hand", [(3000, "GOODONE1"), (1200, "GOODTWO2"), (1500, "\r")],
      ["lost GOODONE1", "lost GOODTWO2"]),
    Bytes(
      "between two that end", [(3000, "GOODONE1\r"), (800, "GOODTWO2"), (1200, "GOODTHR3\r")],
      ["scan GOODONE1", "lost GOODTWO2", "scan GOODTHR3"]),
    Bytes(
      "after a document", [(3000, "MECARD:N:Doe;;\r"), (400, "GOODONE1"), (1200, "GOODTWO2\r")],
      ["amber  document", "lost GOODONE1", "scan GOODTWO2"]),
    // A hand on the keyboard is no scan that was lost.
    Bytes(
      "typed before it", [(3000, "A"), (200, "B"), (500, "GOODONE1")], ["unended ABGOODONE1"]),
  ]

  private static let card = "BEGIN:VCARD\r\nN:Doe;Jane\r\nNOTE1234\r\nEND:VCARD\r\n"
  private static let licence =
    "@\n\u{1E}\rANSI 636014040002DL00410278\nDCSSAMPLE\nDBB06061986\r"

  /// A document in two writes, cut at each byte of its beginning, with and without a pause.
  static let cutDocuments: [Bytes] =
    cut(at: [1, 2, 3, 5, 8, 13, 21, 30], for: [0, 20, 280])
    // A scanner that stops for so long would look the rest up, with names and birth dates.
    + cut(at: [13, 18, 21, 30, 32, 35, 44], for: [400, 1200, 1900])

  private static func cut(at positions: [Int], for pauses: [Int]) -> [Bytes] {
    [card, licence].flatMap { document in
      pauses.flatMap { pause in
        positions.map { position in
          let scalars = Array(document.unicodeScalars)
          func text(_ part: ArraySlice<Unicode.Scalar>) -> String {
            String(String.UnicodeScalarView(part))
          }
          return Bytes(
            "\(document.prefix(5).debugDescription), \(pause) ms after byte \(position)",
            [
              (3000, text(scalars[..<position])), (pause, text(scalars[position...])),
              (400, "GOODONE1\r"),
            ], ["amber  document", "scan GOODONE1"])
        }
      }
    }
  }

  static let documents: [Bytes] = [
    Bytes(
      "byte by byte", Bytes.paced(card, 12) + [(400, "GOODONE1\r")],
      ["amber  document", "scan GOODONE1"]),
    Bytes(
      "a line every 250 ms",
      card.split(separator: "\r\n").enumerated().map { ($0 == 0 ? 3000 : 250, $1 + "\r\n") }
        + [(301, "GOODONE1\r")], ["amber  document", "scan GOODONE1"]),
    Bytes(
      "twice", [(3000, card), (400, card), (400, "GOODONE1\r")],
      ["amber  document", "amber  document", "scan GOODONE1"]),
    Bytes(
      "after a pass in one write", [(3000, "GOODONE1\r" + card)],
      ["scan GOODONE1", "amber  document"]),
  ]

  /// Each kind of sequence that a terminal sends by itself.
  static let sequences: [(name: String, bytes: String)] = [
    ("mouse", "\u{1B}[<35;120;44M"), ("old mouse", "\u{1B}[M !!"), ("focus", "\u{1B}[I"),
    ("kitty", "\u{1B}[97;5u"), ("device", "\u{1B}[?62;22c"), ("cursor", "\u{1B}[12;40R"),
    ("OSC", "\u{1B}]11;rgb:1e1e/1e1e/1e1e\u{1B}\\"), ("OSC, BEL", "\u{1B}]0;title\u{7}"),
    ("DCS", "\u{1B}P1$r0m\u{1B}\\"), ("paste", "\u{1B}[200~"), ("paste's end", "\u{1B}[201~"),
  ]

  static let escaped: [Bytes] = sequences.flatMap { name, sequence in
    [
      Bytes(
        "\(name) before", [(3000, sequence + "GOODONE1\r"), (1500, "GOODTWO2\r")],
        ["scan GOODONE1", "scan GOODTWO2"]),
      Bytes(
        "\(name) 20 ms before", [(3000, sequence), (20, "GOODONE1\r")], ["scan GOODONE1"]),
      Bytes(
        "\(name) long before", [(3000, sequence), (800, "GOODONE1\r")], ["scan GOODONE1"]),
      Bytes("\(name) in", [(3000, "GOOD\(sequence)ONE1\r")], ["scan GOODONE1"]),
      Bytes(
        "\(name) in, cut",
        [(3000, "GOOD\(sequence.prefix(2))"), (5, "\(sequence.dropFirst(2))ONE1\r")],
        ["scan GOODONE1"]),
      Bytes(
        "\(name) before the end", [(3000, "GOODONE1\(sequence)\r")], ["scan GOODONE1"]),
      Bytes(
        "\(name) after", [(3000, "GOODONE1\r\(sequence)"), (400, "GOODTWO2\r")],
        ["scan GOODONE1", "scan GOODTWO2"]),
      Bytes(
        "\(name) while typing",
        Bytes.paced("GOOD", 200) + [(200, sequence)] + Bytes.paced("ONE1\r", 200, after: 200),
        ["typed GOODONE1"]),
    ]
  }

  @Test(
    arguments: shortest + shortBursts + twice + lostEnds + cutDocuments + documents + escaped)
  func `Beside the known sequences`(bytes: Bytes) {
    #expect(bytes.outcome == bytes.expected)
  }
}
