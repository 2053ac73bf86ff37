import Admission
import Scanner
import Testing

@Suite struct CodeCleanerTests {
  @Test(arguments: [
    ("P6J21FF2S", "P6J21FF2S", true),
    ("  P6J21FF2S \t", "P6J21FF2S", true),
    ("\u{2}P6J21FF2S\u{3}", "P6J21FF2S", true),
    ("\u{2} P6J21FF2S \u{3}", "P6J21FF2S", true),
    ("]C1P6J21FF2S", "P6J21FF2S", true),
    ("]Q3P6J21FF2S", "P6J21FF2S", true),
    ("]d2\\000026P6J21FF2S", "P6J21FF2S", true),
    ("]CXP6J21FF2S", "P6J21FF2S", true),
    ("]11P6J21FF2S", "]11P6J21FF2S", false),
    ("\\00002P6J21FF2S", "\\00002P6J21FF2S", false),
    ("0012345", "0012345", true),
    ("ABC", "ABC", false),
    ("AB CD", "AB CD", false),
    ("P6J\u{3}21FF2S", "P6J\u{3}21FF2S", false),
    ("\u{1B}OPAAAA", "\u{1B}OPAAAA", false),
    ("P6J\u{1D}21FF2S", "P6J\u{1D}21FF2S", false),
    ("P6J21FF2\u{212A}", "P6J21FF2\u{212A}", false),
    ("P6J21FF2é", "P6J21FF2é", false),
    ("", "", false),
    (String(repeating: "A", count: 64), String(repeating: "A", count: 64), true),
    (String(repeating: "A", count: 65), String(repeating: "A", count: 65), false),
    (String(repeating: "A", count: 513), "", false),
  ])
  func `The ends are cleaned, and the rest must match the pattern`(
    scan: String, code: String, isReadable: Bool
  ) throws {
    let cleaner = try CodeCleaner(format: CodeFormat())
    let cause: UnreadableCause = scan.utf8.count > 512 ? .tooLong : .notACode
    let expected = CleanedCode(text: code, unreadable: isReadable ? nil : cause)
    #expect(cleaner.clean(scan) == expected)
    if scan.utf8.count <= 512 {
      #expect(cleaner.clean(.bytes(Array(scan.utf8))) == expected)
    }
  }

  @Test func `Too long and invalid UTF-8 are unreadable`() throws {
    let cleaner = try CodeCleaner(format: CodeFormat())
    #expect(cleaner.clean(.tooLong) == CleanedCode(text: "", unreadable: .tooLong))
    #expect(
      cleaner.clean(.bytes([0x41, 0x42, 0xFF, 0x43, 0x44]))
        == CleanedCode(text: "AB\u{FFFD}CD", unreadable: .notACode))
  }

  @Test(arguments: [
    ("]C1xxABCDyy", "ABCD"), ("xxABCD", "ABCD"), ("ABCDyy", "ABCD"), ("ABCD", "ABCD"),
    ("yyABCDxx", "yyABCDxx"),
  ])
  func `Prefix and suffix go where they are there, after the identifier`(
    scan: String, code: String
  ) throws {
    var format = CodeFormat()
    format.prefix = "xx"
    format.suffix = "yy"
    #expect(try CodeCleaner(format: format).clean(scan).text == code)
  }

  @Test(arguments: [
    ("https://example.com/p?code=abcd1&x=2", "ABCD1", true),
    ("abcd1", "abcd1", false),
  ])
  func `The code is taken out, then its case is set, then it must match`(
    scan: String, code: String, isReadable: Bool
  ) throws {
    var format = CodeFormat()
    format.extract = "[?&]code=([^&]+)"
    format.letterCase = .upper
    format.pattern = "^[A-Z0-9]{5}$"
    #expect(
      try CodeCleaner(format: format).clean(scan)
        == CleanedCode(text: code, unreadable: isReadable ? nil : .notACode))
  }

  @Test(arguments: ["AB\u{0}CD", "\u{0}ABCD", "ABCD\u{0}"])
  func `What holds a NUL is no code, whatever the pattern says`(scan: String) throws {
    var format = CodeFormat()
    format.pattern = "(?s)^.+$"
    #expect(
      try CodeCleaner(format: format).clean(scan)
        == CleanedCode(text: scan, unreadable: .notACode))
  }

  @Test func `A pattern that is none is an error`() {
    var format = CodeFormat()
    format.pattern = "(["
    #expect(throws: (any Error).self) { try CodeCleaner(format: format) }
  }
}
