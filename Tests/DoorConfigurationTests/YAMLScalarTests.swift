import Scanner
import SeededRandom
import Testing

@testable import DoorConfiguration

@Suite struct YAMLScalarTests {
  @Test(arguments: [
    ("fr", "fr"), ("150", "150"), ("no", "'no'"), ("y", "'y'"), ("null", "'null'"),
    ("012", "'012'"), ("TK:", "'TK:'"), ("it's", "'it''s'"), (" a", "' a'"), ("#", "'#'"),
    ("^[0-9]+$", "'^[0-9]+$'"), ("\u{1D}", "\"\\U0000001d\""),
    ("a\"\t\\", "\"a\\\"\\U00000009\\\\\""),
    ("", "''"),
  ])
  func `What could be misread is quoted`(text: String, written: String) {
    #expect(YAMLScalar.written(text) == written)
  }

  /// What `calibrate` prints is read back by the loader as it was, whatever scanners send.
  @Test func `The section of any scanner is read back as it was`() throws {
    let seed = UInt64.random(in: .min ... .max)
    var random = SplitMix64(seed: seed)
    let alphabet = Array(
      "abzAZ09 '\"\\:#-?{}[]&*!|>%@`,~\u{1D}\t\u{2}ß€\u{85}\u{2028}".unicodeScalars)
    for _ in 0..<200 {
      func text() -> String? {
        let count = Int.random(in: 0...6, using: &random)
        let scalars = (0..<count).map { _ in
          alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        }
        return count == 0 ? nil : String(String.UnicodeScalarView(scalars))
      }
      var scanner = Settings.Scanner()
      (scanner.format.prefix, scanner.format.suffix) = (text(), text())
      scanner.format.layout = [nil, .fr, .de, .pt][Int.random(in: 0..<4, using: &random)]
      scanner.gapMilliseconds = Int.random(in: 5...1000, using: &random)
      let lines = ScannerSection(scanner: scanner).lines
      let outcome = try load(lines.joined(separator: "\n") + "\n")
      #expect(outcome.settings?.scanner == scanner, "seed \(seed): \(lines) \(outcome.lines)")
    }
  }

  @Test func `Only what differs from the defaults stands in the section`() {
    #expect(ScannerSection(scanner: Settings.Scanner()).lines == [])
    var scanner = Settings.Scanner()
    scanner.format.layout = .fr
    scanner.gapMilliseconds = 150
    #expect(
      ScannerSection(scanner: scanner).lines == ["scanner:", "  layout: fr", "  gap_ms: 150"])
    scanner.format.pattern = "^[0-9]{10}$"
    #expect(ScannerSection(scanner: scanner).lines[1] == "  pattern: '^[0-9]{10}$'")
  }
}
