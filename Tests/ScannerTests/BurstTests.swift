import Admission
import FoundationEssentials
import Scanner
import Testing

/// Bytes with their times, and what becomes of them on the door screen.
struct Bytes: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// Milliseconds since the byte before, and what was read then.
  var pieces: [(after: Int, text: String)]
  /// `scanner.gap_ms`.
  var gap = 50
  /// "scan", "typed", "amber" with its cause, "lost" and "dropped", each with what it is about.
  var expected: [String]

  init(_ name: String, gap: Int = 50, _ pieces: [(Int, String)], _ expected: [String]) {
    testDescription = name
    self.gap = gap
    self.pieces = pieces
    self.expected = expected
  }

  /// Each character so many milliseconds after the one before.
  static func paced(_ text: String, _ milliseconds: Int, after first: Int = 3000) -> [(Int, String)]
  {
    text.unicodeScalars.enumerated().map { ($0 == 0 ? first : milliseconds, String($1)) }
  }

  /// With times between two characters that differ, as fingers' do.
  static func fingers(_ text: String, _ milliseconds: [Int]) -> [(Int, String)] {
    text.enumerated().map { ($0 == 0 ? 3000 : milliseconds[$0 % milliseconds.count], String($1)) }
  }

  var outcome: [String] {
    var decoder = ScanDecoder(input: .keyboard(gap: Double(gap) / 1000), keys: Self.keys)
    var events: [ScannerEvent] = []
    // In whole milliseconds, so that no time is rounded to the wrong side of a limit.
    var now = 1_000_000
    for piece in pieces + [(10_000, "")] {
      let next = now + piece.after
      while let deadline = decoder.nextDeadline, deadline < Double(next) / 1000 {
        events += decoder.advance(to: deadline)
      }
      now = next
      events += decoder.feed(
        Array(piece.text.utf8), at: Double(now) / 1000, judge: TestJudge.codes.kind)
    }
    return events.compactMap(Self.words)
  }

  private static let keys = KeySequences([
    (Array("\u{1B}OP".utf8), .function(1)), (Array("\u{1B}[A".utf8), .up),
  ])

  static func words(_ event: ScannerEvent) -> String? {
    switch event {
    case .scan(let scan):
      let code = TestJudge.code(of: scan)
      if let cause = code.unreadable { return "amber \(code.text) \(cause)" }
      return (scan.isTyped ? "typed " : "scan ") + code.text
    case .draftDropped(let text): return "dropped \(text)"
    case .burstDropped(let text, let isScanners, _):
      return (isScanners ? "lost " : "unended ") + text
    case .key(let key): return "key \(key)"
    case .draft: return nil
    }
  }
}

/// (Contract: Scans): what a burst is, what belongs to it, and what becomes of one without an end.
@Suite struct BurstTests {
  static let scanners: [Bytes] =
    [1, 5, 12, 35, 50].map {
      Bytes("a character every \($0) ms", Bytes.paced("GOODONE1\r", $0), ["scan GOODONE1"])
    } + [
      Bytes("slow host, gap 150", gap: 150, Bytes.paced("GOODONE1\r", 100), ["scan GOODONE1"]),
      Bytes(
        "slow host that stumbles, gap 150", gap: 150,
        Bytes.fingers("GOODONE1\r", [100, 60, 140]), ["scan GOODONE1"]),
      // Every character stands alone, as if fingers had typed it; nothing of it is missing.
      Bytes("slow host, default gap", Bytes.paced("GOODONE1\r", 100), ["typed GOODONE1"]),
      Bytes("all at once", [(3000, "GOODONE1\r")], ["scan GOODONE1"]),
      Bytes(
        "two in one write", [(3000, "GOODONE1\rGOODTWO2\r")], ["scan GOODONE1", "scan GOODTWO2"]),
      Bytes("four characters", [(3000, "ABCD\r")], ["scan ABCD"]),
      Bytes(
        "a pair a second apart", [(3000, "GOODONE1\r"), (400, "GOODTWO2\r")],
        ["scan GOODONE1", "scan GOODTWO2"]),
    ]

  static let hiccups: [Bytes] =
    (1...7).map { position in
      let code = "GOODONE1"
      let start = String(code.prefix(position))
      let rest = String(code.dropFirst(position)) + "\r"
      return Bytes(
        "80 ms after character \(position)", [(3000, start), (80, rest)],
        ["amber GOODONE1 partMissing"])
    } + [
      Bytes("990 ms", [(3000, "GO"), (990, "ODONE1\r")], ["amber GOODONE1 partMissing"]),
      Bytes("1 s", [(3000, "GO"), (1000, "ODONE1\r")], ["dropped GO", "scan ODONE1"]),
      Bytes("before Enter", [(3000, "GOODONE1"), (80, "\r")], ["amber GOODONE1 partMissing"]),
      Bytes(
        "before a late Enter", [(3000, "GOODONE1"), (990, "\r")], ["amber GOODONE1 partMissing"]),
      Bytes(
        "twice", [(3000, "GOODO"), (80, "NE"), (80, "1\r"), (2000, "GOODTWO2\r")],
        ["amber GOODONE1 partMissing", "scan GOODTWO2"]),
      Bytes(
        "an end that was lost, and the next at once",
        [(3000, "GOODONE1"), (600, "GOODTWO2\r")], ["amber GOODONE1GOODTWO2 partMissing"]),
    ]

  static let typists: [Bytes] = [
    Bytes("slow", Bytes.paced("GOODONE1\r", 300), ["typed GOODONE1"]),
    Bytes("fast", Bytes.paced("GOODONE1\r", 70), ["typed GOODONE1"]),
    Bytes(
      "three keys within 50 ms", Bytes.fingers("GOODONE1\r", [120, 20, 20]), ["typed GOODONE1"]),
    Bytes(
      "three, then Enter at once",
      [(3000, "G"), (200, "O"), (200, "A"), (20, "B"), (20, "C"), (20, "\r")],
      ["typed GOABC"]),
    Bytes("pairs", Bytes.fingers("GOODONE1\r", [150, 10]), ["typed GOODONE1"]),
    Bytes(
      "with a rest of 20 s", Bytes.paced("GOOD", 200) + Bytes.paced("ONE1\r", 200, after: 20_000),
      ["typed GOODONE1"]),
    Bytes("with a slow Enter", Bytes.paced("GOODONE1", 200) + [(8000, "\r")], ["typed GOODONE1"]),
    Bytes(
      "with a gap that fingers keep within", gap: 200,
      Bytes.fingers("GOODONE1", [70, 180, 120]) + [(700, "\r")], ["typed GOODONE1"]),
    Bytes(
      "then a scan", Bytes.paced("AB", 200) + [(1500, "GOODONE1\r")],
      ["dropped AB", "scan GOODONE1"]),
    Bytes(
      "right before a scan", Bytes.paced("AB", 200) + [(700, "GOODONE1\r")],
      ["amber ABGOODONE1 partMissing"]),
    Bytes(
      "some older, some not", [(3000, "A"), (600, "B"), (600, "GOODONE1\r")],
      ["dropped A", "amber BGOODONE1 partMissing"]),
    // Half a code must not be looked up, whoever made it.
    Bytes(
      "four keys within 50 ms each",
      [(3000, "G"), (300, "O"), (20, "O"), (20, "D"), (20, "O"), (300, "N"), (300, "\r")],
      ["amber GOODON partMissing"]),
    Bytes("a key held down", Bytes.paced("AAAAAAAAAA", 33), ["unended AAAAAAAAAA"]),
    Bytes(
      "Esc",
      Bytes.paced("ABC", 200) + [(300, "\u{1B}")] + Bytes.paced("GOODONE1\r", 200, after: 400),
      ["key escape", "typed GOODONE1"]),
  ]

  static let withoutEnd: [Bytes] =
    ["", "\u{3}", "\u{4}", "\0", ";"].map { end in
      Bytes(
        "ended by \(end.debugDescription)",
        [(3000, "GOODONE1\(end)"), (4000, "GOODTWO2\(end)"), (1500, "GOODTHR3\(end)")],
        ["lost GOODONE1\(end)", "lost GOODTWO2\(end)", "lost GOODTHR3\(end)"])
    } + [
      Bytes(
        "Enter first", [(3000, "\rGOODONE1"), (4000, "\rCANCEL02"), (4000, "\rGOODTWO2")],
        ["lost GOODONE1", "lost CANCEL02", "lost GOODTWO2"]),
      Bytes(
        "Enter first, quickly", [(3000, "\rGOODONE1"), (600, "\rCANCEL02")],
        ["lost GOODONE1", "lost CANCEL02"]),
      Bytes(
        "Enter first, byte by byte",
        Bytes.paced("\rGOODONE1", 5) + Bytes.paced("\rCANCEL02", 5, after: 1500),
        ["lost GOODONE1", "lost CANCEL02"]),
      Bytes(
        "CR LF first", [(3000, "\r\nGOODONE1"), (4000, "\r\nCANCEL02")],
        ["lost GOODONE1", "lost CANCEL02"]),
      Bytes(
        "TAB first", [(3000, "\tGOODONE1"), (1200, "\tCANCEL02")],
        ["lost GOODONE1", "lost CANCEL02"]),
      Bytes("then Enter by hand", [(3000, "GOODONE1"), (1500, "\r")], ["lost GOODONE1"]),
      Bytes(
        "then Enter by hand, later", [(3000, "GOODONE1"), (5000, "\r")],
        ["lost GOODONE1", "key enter"]),
      Bytes(
        "then a code by hand", [(3000, "GOODONE1")] + Bytes.paced("GOODTWO2\r", 200, after: 1200),
        ["lost GOODONE1", "typed GOODTWO2"]),
      Bytes(
        "then one that ends", [(3000, "GOODONE1"), (1200, "GOODTWO2\r")],
        ["lost GOODONE1", "scan GOODTWO2"]),
      Bytes("600 bytes", [(3000, String(repeating: "AB", count: 300))], ["lost …"]),
    ]

  static let texts: [Bytes] = [
    Bytes(
      "vCard", [(3000, "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Doe;Jane\r\nNOTE1234\r\nEND:VCARD\r\n")],
      ["amber  document"]),
    Bytes(
      "vCard, slowly",
      [
        (3000, "BEGIN:VCARD\r"), (290, "N:Doe\r"), (290, "DOEJANE1\r"), (300, "END:VCARD\r"),
        (301, "GOODONE1\r"),
      ],
      ["amber  document", "scan GOODONE1"]),
    Bytes(
      "licence",
      [
        (
          3000,
          "@\n\u{1E}\rANSI 636014040002DL00410278ZC03190018DLDAQT64235789\nDCSSAMPLE\nDBB06061986\r"
        ),
        (400, "GOODONE1\r"),
      ],
      ["amber  document", "scan GOODONE1"]),
    Bytes(
      "licence, byte by byte",
      Bytes.paced("@\n\u{1E}\rANSI 636014040002DL\nDCSSAMPLE\nDBB06061986\r", 5),
      ["amber  document"]),
    Bytes("Wi-Fi", [(3000, "WIFI:T:WPA;S:Home;P:secret;;\r")], ["amber  document"]),
    Bytes("meCard", [(3000, "MECARD:N:Doe,Jane;TEL:600123123;;\r\n")], ["amber  document"]),
    Bytes(
      "calendar, after two passes",
      [(3000, "GOODONE1\rGOODTWO2\rBEGIN:VCALENDAR\rSUMMARY1\r")],
      ["scan GOODONE1", "scan GOODTWO2", "amber  document"]),
    Bytes(
      "right after typed keys", Bytes.paced("46", 200) + [(500, "MECARD:N:Doe,Jane;TEL:600;;\r")],
      ["amber  document"]),
    Bytes(
      "meCard with a hiccup", [(3000, "MEC"), (80, "ARD:N:Doe,Jane;TEL:600123123;;\r")],
      ["amber  document"]),
    Bytes("Caps Lock", [(3000, "begin:vcard\rDOEJANE1\r")], ["amber  document"]),
    Bytes(
      "another text", [(3000, "Dear guest,\rWELCOME1\rGOODONE1\r"), (301, "GOODTWO2\r")],
      ["amber Dear guest, notACode", "scan GOODTWO2"]),
    Bytes(
      "a code that only looks like one", [(3000, "WIFI-1234\rMECARD99\r")],
      ["scan WIFI-1234", "scan MECARD99"]),
    Bytes(
      "a bad code by hand, and the next at once",
      Bytes.paced("??\r", 200) + Bytes.paced("GOODONE1\r", 120, after: 120),
      ["amber ?? notACode", "typed GOODONE1"]),
  ]

  @Test(arguments: scanners + hiccups + typists + withoutEnd + texts)
  func `Bytes with their times`(bytes: Bytes) {
    #expect(bytes.outcome == bytes.expected)
  }

  @Test func `A thousand pasted codes are a thousand scans`() {
    let codes = (1...1000).map { "CODE\($0 + 10_000)" }
    let pasted = "\u{1B}[200~" + codes.joined(separator: "\n") + "\n\u{1B}[201~"
    #expect(Bytes("", [(3000, pasted)], []).outcome == codes.map { "scan \($0)" })
  }

  @Test func `A burst without an end is told after 2 s`() throws {
    var decoder = ScanDecoder(input: .keyboard(gap: 0.05))
    _ = decoder.feed(Array("GOODONE1".utf8), at: 100)
    #expect(decoder.advance(to: 101.9) == [.draft("GOODONE1")])
    let deadline = try #require(decoder.nextDeadline)
    #expect((102...102.01).contains(deadline))
    let told = decoder.advance(to: deadline)
    #expect(told == [.draft(""), .burstDropped("GOODONE1", isScanners: true, isFast: true)])
    #expect(decoder.nextDeadline == nil)
  }
}
