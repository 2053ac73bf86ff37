import TestSupport
import Testing

@testable import Barcode

@Suite struct QRCodeTests {
  static let texts = [
    "A", "DOORCHECK", "P6J21FF2S", "0012345678", "Aa-_09", "https://example.org/p?c=A1",
    "DOORCARD" + String(repeating: "7Q", count: 14),
  ]

  @Test(arguments: texts)
  func `What is encoded reads as the text`(text: String) throws {
    let code = try QRCode(text)
    let modules = (0..<code.size).map { row in
      (0..<code.size).map { code.isDark(row: row, column: $0) }
    }
    #expect(QRReader.text(of: modules) == text)
  }

  @Test(arguments: texts, [true, false])
  func `What a terminal shows reads as the text`(text: String, usesUnicode: Bool) throws {
    for ink in QRCode.Ink.allCases {
      let code = try QRCode(text)
      let lines = code.textLines(usesUnicode: usesUnicode, ink: ink)
      let shown = DrawnCode(lines: lines, usesUnicode: usesUnicode)
      #expect(shown.columns == code.textColumns(usesUnicode: usesUnicode))
      #expect(shown.margin(is: QRCode.quietZone))
      #expect(QRReader.text(of: shown.inner(margin: QRCode.quietZone)) == text)
    }
  }

  @Test(arguments: texts)
  func `What the path draws reads as the text`(text: String) throws {
    let code = try QRCode(text)
    let drawn = DrawnCode(path: code.path, side: code.side)
    #expect(drawn.margin(is: QRCode.quietZone))
    #expect(QRReader.text(of: drawn.inner(margin: QRCode.quietZone)) == text)
  }

  @Test
  func `A text that does not fit, and one that says nothing, are errors`() throws {
    _ = try QRCode(String(repeating: "a", count: 2331))
    _ = try QRCode(String(repeating: "A", count: 3391))
    #expect(throws: QRCodeError.tooLong) { try QRCode(String(repeating: "a", count: 2332)) }
    #expect(throws: QRCodeError.tooLong) { try QRCode(String(repeating: "A", count: 3392)) }
    #expect(throws: QRCodeError.nothingToSay) { try QRCode("") }
    #expect(throws: QRCodeError.nothingToSay) { try QRCode("AB\u{0}CD") }
  }

  @Test
  func `A reader of other codes does not read everything`() {
    let light = Array(repeating: Array(repeating: false, count: 21), count: 21)
    #expect(QRReader.text(of: light) != "A")
    #expect(QRReader.text(of: Array(light.dropLast())) == nil)
  }
}
