import Admission
import Scanner
import Testing

/// A document in a file or a pipe, where no times tell what belongs together (Contract: Scans).
@Suite struct StreamDocumentTests {
  struct Lines: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: String
    /// The codes that are looked up, a document each time it stands as one unreadable scan.
    var scans: [String]

    init(_ name: String, _ text: String, _ scans: [String]) {
      (testDescription, self.text, self.scans) = (name, text, scans)
    }
  }

  private static let document = "document"
  private static let before = "GOODONE1\n"
  private static let after = "GOODTWO2\nGOODTRE3\n"

  /// Each stands between passes; SECRET and a digit look like codes.
  static let whole: [Lines] = [
    ("meCard", "MECARD:N:Doe;TEL:SECRET1;;\n"), ("meCard, a code", "MECARD:N:Doe;\nSECRET1\n;;\n"),
    ("meCard, a line a field", "MECARD:N:Doe,Jane;\nTEL:SECRET1;\nEMAIL:SECRET2;;\n"),
    ("meCard, its end alone", "MECARD:N:Doe;\nTEL:SECRET1;\n;\n"),
    ("meCard, a broken value", "MECARD:N:Doe;TEL:\nSECRET1\n;;\n"),
    ("meCard, some codes", "MECARD:N:Doe;\nSECRET1\nSECRET2\nSECRET3;;\n"),
    ("Wi-Fi", "WIFI:S:Home;T:WPA;P:SECRET1;;\n"),
    ("Wi-Fi, two lines", "WIFI:S:net;\nT:WPA;P:SECRET1;;\n"),
    ("Wi-Fi, a code", "WIFI:S:net;T:WPA;P:\nSECRET1\n;;\n"),
    ("Wi-Fi, without marks", "WIFI:T:WPA\nS:SECRET1\nSECRET2\n;;\n"),
    ("Wi-Fi, CRLF", "WIFI:S:net;\r\nSECRET1\r\n;;\r\n"), ("Wi-Fi, TAB", "WIFI:S:net;\tSECRET1;;\n"),
    ("Wi-Fi on another layout", "WIFIÑSÑnetñ\nSECRET1\nññ\n"),
    ("vCard", "BEGIN:VCARD\nN:Doe\nTEL:SECRET1\nEND:VCARD\n"),
    ("vCard, a code", "BEGIN:VCARD\nNOTE:a\nSECRET1\nEND:VCARD\n"),
    ("vCard, a suffix", "BEGIN:VCARD#\nN:Doe#\nSECRET1#\nEND:VCARD#\n"),
    ("vCard, framed", "\u{2}BEGIN:VCARD\nSECRET1\nEND:VCARD\u{3}\n"),
    ("vCard, codes first", "begin:vcard\r\nSECRET1\r\nSECRET2\r\nend:vcard\r\n"),
    ("vCard, folded", "BEGIN:VCARD\nNOTE:=\nSECRET1\n SECRET2\nEND:VCARD\n"),
    ("calendar", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:SECRET1\nEND:VEVENT\nEND:VCALENDAR\n"),
    ("event, a code", "BEGIN:VEVENT\nSUMMARY:x\nSECRET1\nEND:VEVENT\n"),
    ("licence", "@\n\u{1E}\rANSI 636014040002DL00410278\nDAQSECRET1\nDBB06061986\r"),
  ].map { name, text in
    Lines(name, before + text + after, ["GOODONE1", document, "GOODTWO2", "GOODTRE3"])
  }

  static let others: [Lines] = [
    Lines("two passes", "GOODONE1\nGOODTWO2\n", ["GOODONE1", "GOODTWO2"]),
    Lines(
      "documents in a row", "MECARD:N:Doe;\nSECRET1\n;;\nWIFI:S:n;\nSECRET2;;\nGOODONE1\n",
      [document, document, "GOODONE1"]),
    Lines(
      "one that begins before the other has ended",
      "MECARD:N:Doe;\nSECRET1\nBEGIN:VCARD\nSECRET2\nEND:VCARD\nGOODONE1\n",
      [document, document, "GOODONE1"]),
    // A verdict for each line that nobody can tell from a code.
    Lines("cut off at the end", "WIFI:S:net;\nSECRET1\n", [document, document]),
    Lines("cut off in a line", "BEGIN:VCARD\nNOTE:a\nSECRET1", [document, document]),
    // Its end was lost, and nobody is lost with it.
    Lines(
      "without an end, among passes",
      "WIFI:S:net;P:x;\nGOODONE1\nGOODTWO2\nGOODTRE3\nGOODFOR4\nAB12\n",
      [document, "GOODONE1", "GOODTWO2", "GOODTRE3", "GOODFOR4", "AB12"]),
  ]

  /// - Parameter length: of each read, in bytes; the bytes may be split anywhere.
  @Test(arguments: whole + others, [1, 7, 10_000])
  func `Is one unreadable scan of which nothing is looked up`(lines: Lines, length: Int) {
    var decoder = ScanDecoder(input: .stream)
    var events: [ScannerEvent] = []
    let bytes = Array(lines.text.utf8)
    for start in stride(from: 0, to: bytes.count, by: length) {
      events += decoder.feed(
        bytes[start..<min(start + length, bytes.count)], at: 0, judge: TestJudge.codes.kind)
    }
    events += decoder.finish(at: 0, judge: TestJudge.codes.kind)
    let scans = events.map { event in
      guard case .scan(let scan) = event else { return "\(event)" }
      let code = TestJudge.code(of: scan)
      return code.unreadable == .document ? Self.document : code.text
    }
    #expect(scans == lines.scans)
  }

  private static let licence = "@\n\u{1E}\rANSI 636014040002DL00410278\nDAQSECRET1\nDBB06061986\r"

  /// Where all codes of a venue begin like an element of a licence.
  @Test func `Codes like its elements are codes behind it`() {
    var decoder = ScanDecoder(input: .stream)
    func codes(_ text: String, at time: Double) -> [String] {
      decoder.feed(Array(text.utf8), at: time, judge: TestJudge.codes.kind).compactMap { event in
        guard case .scan(let scan) = event else { return nil }
        return TestJudge.code(of: scan).text
      }
    }
    let first = codes(Self.licence + "DAY10001\nDAY10002\nDAY10003\n", at: 10)
    #expect(first == ["", "DAY10002", "DAY10003"], "the first one cannot be told from an element")
    #expect(codes(Self.licence, at: 20) == [""])
    #expect(codes("DAY10001\n", at: 22.5) == ["DAY10001"])
  }

  /// Whoever scans behind a document without an end is not kept waiting for the next guests.
  @Test func `Codes behind it wait for two seconds at most`() {
    var decoder = ScanDecoder(input: .stream)
    func scans(_ events: [ScannerEvent]) -> [String] {
      events.map { event in
        guard case .scan(let scan) = event else { return "\(event)" }
        return TestJudge.code(of: scan).text
      }
    }
    _ = decoder.feed(Array("WIFI:S:net;\n".utf8), at: 10, judge: TestJudge.codes.kind)
    #expect(!decoder.holdsLines)
    let none = decoder.feed(Array("GOODONE1\n".utf8), at: 11, judge: TestJudge.codes.kind)
    #expect(none.isEmpty && decoder.holdsLines)
    #expect(decoder.advance(to: 12.9).isEmpty)
    #expect(scans(decoder.advance(to: 13)) == ["GOODONE1"])
    #expect(!decoder.holdsLines)
    let next = decoder.feed(Array("GOODTWO2\n".utf8), at: 14, judge: TestJudge.codes.kind)
    #expect(scans(next) == ["GOODTWO2"])
  }
}
