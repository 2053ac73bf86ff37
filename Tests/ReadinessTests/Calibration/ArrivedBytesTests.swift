import Admission
import Foundation
import SeededRandom
import Testing

@testable import Readiness
@testable import Scanner

/// What `calibrate` shows where it cannot tell more, and what it never does.
@Suite struct ArrivedBytesTests {
  static func scan(_ bytes: [UInt8]) -> RecordedScan {
    RecordedScan(bursts: bytes.map { TimedBytes(bytes: [$0], readAt: 0) })
  }

  static func shown(
    _ text: String, expected: String = TestCode.text, cards: StaffCards? = nil
  ) -> String {
    ArrivedBytes(scan: scan(Array(text.utf8)), expected: expected, cards: cards).shown
  }

  @Test(arguments: [
    ("]Q1TK: <7>\r", "]Q1TK:<SP><LT>7<GT><CR>"),
    ("\u{2}é\t\n\u{1B}[2~\u{1D}\u{7F}\0", "<STX><C3><A9><TAB><LF><ESC>[2~<GS><DEL><NUL>"),
    // A guest's code opens the door on other nights, too.
    ("P6J21FF2S\r", "P6…F2S<CR>"), ("AB12\r", "AB…<CR>"),
    ("https://v.example/P6J21FF2S\r", "ht…://v.ex…ple/P6…F2S<CR>"),
    // Parts of the test code open nothing.
    ("0123456789\r", "0123456789<CR>"), ("aqzwmy\r", "aqzwmy<CR>"),
    // Nor does it as a keyboard types it that nobody here knows: a Dvorak one.
    ("a';,mf[A\"<>MF{0123456789\r", "a';,mf[A\"<LT><GT>MF{0123456789<CR>"),
    ("axkwsr_AXKWSR+9876543210\r", "axkwsr_AXKWSR+9876543210<CR>"),
  ])
  func `Every byte is shown, and what may be a code is cut`(arrived: String, shown: String) {
    #expect(Self.shown(arrived) == shown)
  }

  @Test func `Another code is never taken for the one that was asked for in disguise`() {
    #expect(Self.shown("XYZ987WVU\r", expected: "ABC123DEF") == "XY…WVU<CR>")
    // As long as the test code, with a character twice.
    #expect(Self.shown("aqzwmyXAQZWMYX0123456789\r") == "aq…789<CR>")
  }

  @Test func `Bytes that are no text are shown as well`() {
    let arrived = ArrivedBytes(scan: Self.scan([0xFF, 0x80, 0x0D]), expected: TestCode.text)
    #expect(arrived.shown == "<FF><80><CR>")
  }

  @Test(arguments: [
    "@\n\u{1E}\rANSI 636000090002DL00410278DCAD\rDCSSAMPLE\r", "BEGIN:VCARD\rN:Ruiz;Ana\r",
    "WIFI:S:Sala;P:hush;;\r", "MECARD:N:Ruiz;;\r", "BEGIN:VEVENT\rSUMMARY:Boda\r",
  ])
  func `Nothing of a document is shown`(arrived: String) {
    let shown = Self.shown(arrived)
    #expect(shown.hasPrefix("\(arrived.utf8.count) bytes, not shown"), "\(shown)")
    for word in ["SAMPLE", "Ruiz", "hush", "Boda"] { #expect(!shown.contains(word)) }
  }

  @Test func `Nothing of a staff card is shown`() {
    var generator = SplitMix64(seed: 7)
    let cards = StaffCards(using: &generator)
    let text = cards.text(of: .byHand)
    // Whole, of another box, behind a prefix, in small letters, and without its beginning.
    let cases: [(String, StaffCards?)] = [
      (text, cards), (text, nil), ("]Q1" + text, nil), (text.lowercased(), nil),
      (String(text.dropFirst(4)), cards),
    ]
    for (arrived, cards) in cases {
      let shown = Self.shown(arrived + "\r", cards: cards)
      #expect(shown.hasSuffix("not shown: a staff card"), "\(shown)")
      #expect(!shown.uppercased().contains(text.suffix(3)))
    }
  }

  @Test func `A long scan is cut and counted`() {
    let shown = Self.shown(String(repeating: "é;", count: 300))
    #expect(shown.hasSuffix("and 388 bytes more"), "\(shown)")
  }

  @Test func `Only scans that say nothing else are shown, in the columns there are`() {
    let good = Array((TestCode.text + "\r").utf8)
    let other = Array("TK:P6J21FF2S\r".utf8)
    func arrived(_ scans: [[UInt8]]) -> ArrivedScans {
      ArrivedScans(scans: scans.map(Self.scan), expected: TestCode.text, cards: nil)
    }
    #expect(arrived([good, good]).textLines(columns: 80).isEmpty)
    #expect(arrived([good, good]).jsonLines.isEmpty)
    let lines = arrived([good, other]).textLines(columns: 40)
    #expect(lines.contains("  scan 2  TK:P6…F2S<CR>"), "\(lines)")
    #expect(lines.allSatisfy { $0.count <= 40 }, "\(lines)")
    #expect(
      arrived([good, other]).jsonLines == [
        #"{"point":"arrived","status":"fail","message":"scan 2: TK:P6…F2S<CR>","#
          + #""next_step":"send it to whoever helps you"}"#
      ])
    // The cursor keys of Num Lock have a line of their own.
    let keys = Array("aqzwmy-AQZWMY_\u{1B}[2~\u{1B}[F\u{1B}[B\u{1B}[6~\u{1B}[D\r".utf8)
    #expect(arrived([keys, keys, keys]).textLines(columns: 80).isEmpty)
  }
}
