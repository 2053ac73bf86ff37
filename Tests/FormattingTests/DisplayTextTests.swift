import Formatting
import Testing

/// Names, states and codes are hostile text (Contract: Scans).
@Suite struct DisplayTextTests {
  @Test(arguments: [
    ("Ana\u{1B}[31mGarcía", "Ana[31mGarcía"),  // escape
    ("a\u{0}b\u{3}c\u{7F}d\u{9B}e", "abcde"),  // C0, delete, C1
    ("tab\tline\nreturn\rend", "tab line return end"),
    ("a\u{2028}b\u{2029}c\u{85}d", "a b c d"),  // line separators
    ("a\u{A0}b\u{3000}c", "a b c"),  // blanks of other kinds
    ("\u{202E}gro.live\u{202C}", "gro.live"),  // override
    ("\u{2066}a\u{2069}\u{200F}\u{61C}b", "ab"),  // isolates and marks
    ("a\u{200B}b\u{200D}c\u{FEFF}d\u{AD}e", "abcde"),  // zero width
    ("❤\u{FE0F}", "❤"), ("👨\u{200D}👩", "👨👩"), ("a\u{E0041}b", "ab"),
    ("\u{E000}a\u{FFFF}\u{378}b", "ab"),  // private, noncharacter, unassigned
    ("\u{301}a", "a"), (" \u{301}a", " a"),  // a mark without a base
    ("e\u{301}", "e\u{301}"),
    ("Z\u{301}\u{302}\u{303}\u{304}\u{305}a", "Z\u{301}\u{302}a"),
    ("מיכל", "מיכל"), ("\u{3164}\u{115F}x", "x"),
  ])
  func `Text is cleaned for the screen`(_ text: String, expected: String) {
    let clean = DisplayText.cleaned(text)
    #expect(Array(clean.unicodeScalars) == Array(expected.unicodeScalars))
    #expect(DisplayText.cleaned(clean) == clean)
  }

  @Test(arguments: [
    ("", 0), ("abc", 3), ("García", 6), ("e\u{301}", 1), ("王小明", 6), ("ﾊﾝｶｸ", 4), ("Ａ", 2),
    ("🍾", 2), ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("כהן", 3), ("█✓✗…·›", 6), ("⌚", 2),
    ("𠀀", 2), ("ไทย", 3),
  ])
  func `Every text has its width in columns`(_ text: String, columns: Int) {
    #expect(DisplayText(text).width == columns)
  }

  @Test(arguments: [
    ("García", 6), ("…", 3), ("王", 1), ("Straße", 7), ("Æsir", 5), ("Łódź", 4), ("✓", 1),
  ])
  func `Text has its width in ASCII too`(_ text: String, columns: Int) {
    #expect(DisplayText(text, charset: .ascii).width == columns)
  }

  @Test func `A hostile length is cut`() {
    #expect(DisplayText(String(repeating: "a", count: 100_000)).width <= 1024)
  }
}
