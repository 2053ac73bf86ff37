import Admission
import Testing

@testable import Scanner

/// Expressions of the configuration (Contract: Configuration, PCRE2, bounded matches).
struct RegularExpressionTests {
  @Test(arguments: [
    ("^[A-Za-z0-9_-]{4,64}$", "P6J21FF2S", RegularExpression.Match.found(group: nil)),
    ("^[A-Za-z0-9_-]{4,64}$", "P6J", .none),
    ("code=([A-Za-z0-9]+)", "https://x/?code=P6J2&y", .found(group: "P6J2")),
    ("^(?:TICKET|PASS)-([A-Z0-9]{6,12})$", "PASS-ABC123", .found(group: "ABC123")),
    // A group that took nothing is not an empty code.
    ("^A(B)?$", "A", .found(group: nil)),
    ("^A(B?)$", "A", .found(group: "")),
    // "$" is the very end, not the place before a line break.
    ("^AB$", "AB\n", .none),
    // A character is a character, however many bytes it has.
    ("^.{4}$", "ñandú".dropLast().description, .found(group: nil)),
    ("(ñ.)", "mañana", .found(group: "ña")),
    ("", "anything", .found(group: nil)),
    (#"a\Kb(?=(c))"#, "abc", .found(group: "c")),
  ])
  func `An expression finds its match and groups`(
    expression: String, text: String, expected: RegularExpression.Match
  ) throws {
    #expect(try RegularExpression(expression).firstMatch(in: text) == expected)
  }

  /// Each of these takes longer than the night, or memory without end, on 512 characters.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      ("^(a+)+$", "a"), ("^(a|a)*$", "a"), ("^(a|aa)+$", "a"), ("^(x+x+)+y", "x"),
      (#"^(\d+|[0-9a-f]+)*$"#, "1"), (#"(\d+)(\d+)(\d+)(\d+)(\d+)x"#, "1"),
      ("^(a?){40}a{40}$", "a"),
      ("^(?:(?:a+)+)+$", "a"), (#"^(?:a|(?R)a)*b"#, "a"), (#"^(\w+\s?)*$"#, "a"),
    ])
  func `A slow expression is given up`(expression: String, letter: String) throws {
    let text = String(repeating: letter, count: 511) + "!"
    let match = try RegularExpression(expression).firstMatch(in: text)
    #expect(match == .tooCostly || match == .none)
    var format = CodeFormat()
    format.pattern = expression
    let cleaned = try CodeCleaner(format: format).clean(text)
    #expect(cleaned.unreadable == (match == .tooCostly ? .patternTooCostly : .notACode))
  }

  @Test func `A scan over the bound is no code`() throws {
    let text = String(repeating: "a", count: 40) + "!"
    #expect(try RegularExpression("^(a+)+$").firstMatch(in: text) == .tooCostly)
    var format = CodeFormat()
    format.extract = "^(?:a+)+([bc])$"
    let expected = CleanedCode(text: text, unreadable: .extractTooCostly)
    #expect(try CodeCleaner(format: format).clean(text) == expected)
  }

  @Test(arguments: [
    ("^[A-Za-z0-9_-]{4,64}$", 0), ("^https://.*[?&]code=([^&]+)", 1), (#"^\p{L}+$"#, 0),
    ("^(?<code>.+)$", 1), (#"^([A-Z]{2})-?(\d+)$"#, 2), ("^((a)(b(c)))$", 4), ("^(a+)+$", 1),
    ("(?x) ^ A  # a comment", 0),
  ])
  func `The groups of an expression are counted`(expression: String, groups: Int) throws {
    #expect(try RegularExpression(expression).groupCount == groups)
  }

  @Test(arguments: [
    ("(", 2), ("[", 2), ("*a", 1), ("abc)", 4), (#"\p{Elephant}"#, 13), (#"\1"#, 2), ("ñ(", 3),
    ("\\", 2), (#"a\C"#, 4),
  ])
  func `Tells where an expression is wrong`(expression: String, position: Int) {
    #expect {
      try RegularExpression(expression)
    } throws: { error in
      guard let fault = error as? RegularExpression.Fault else { return false }
      return !fault.complaint.isEmpty && fault.position == position
        && fault.description.hasSuffix("(at character \(position))")
    }
  }
}
