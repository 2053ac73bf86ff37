import Formatting
import Foundation
import Testing

@testable import DoorConfiguration

/// Files that are no decent YAML, or that are meant to harm.
@Suite struct FileFormTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: Data
    /// Nil: the file is taken, and the door's name is "Main".
    var line: String?

    init(_ name: String, _ yaml: String, _ line: String? = nil) {
      self.init(name, bytes: Data(yaml.utf8), line)
    }

    init(_ name: String, bytes: Data, _ line: String? = nil) {
      self.name = name
      self.bytes = bytes
      self.line = line
    }

    var testDescription: String { name }
  }

  static let samples: [Sample] = [
    .init("byte order mark", "\u{FEFF}door: {name: Main}\n"),
    .init(
      "byte order mark, and a fault behind it", "\u{FEFF}dor: {name: Main}\n",
      #"doorcheck.yaml:1:1: unknown section "dor"; did you mean "door"?"#),
    .init("carriage returns", "door:\r\n  name: Main\r\n  capacity: 5\r\n"),
    .init(
      "carriage returns, and a fault behind them", "door:\r\n  name: Main\r\n  capcity: 5\r\n",
      #"doorcheck.yaml:3:3: unknown key "door.capcity"; did you mean "door.capacity"?"#),
    .init("document marks", "%YAML 1.1\n---\ndoor: {name: Main}\n...\n"),
    .init("quoted keys", "\"door\":\n  'name': \"Main\"\n"),
    .init("block text", "door:\n  name: |\n    Main\n"),
    .init("a tag for texts", "door:\n  name: !!str Main\n"),
    .init(
      "another tag", "door:\n  name: !!binary TWFpbg==\n",
      #"doorcheck.yaml:2:9: "door.name" must be one line of text, not a YAML tag"#),
    .init(
      "several documents", "door: {name: Main}\n---\ndoor: {name: Main}\n",
      """
      doorcheck.yaml:2:1: not valid YAML: but found another document, expected a single document \
      in the stream from line 1
      """),
    .init(
      "a tab for blanks", "door:\n\tname: Main\n",
      """
      doorcheck.yaml:2:1: not valid YAML: found character that cannot start any token; indent \
      with blanks, not with tabs
      """),
    .init(
      "unfinished quotes", "door:\n  name: 'Main\n",
      """
      doorcheck.yaml:3:1: not valid YAML: found unexpected end of stream, while scanning a quoted \
      scalar from line 2
      """),
    .init(
      "an unknown alias", "door:\n  name: *main\n",
      "doorcheck.yaml:2:9: not valid YAML: found undefined alias"),
    .init(
      "a control character", "door:\n  name: Ma\u{7}in\n",
      "doorcheck.yaml:2:11: not valid YAML: control characters are not allowed"),
    .init(
      "Latin-1", bytes: Data("door:\n  name: Caf".utf8) + [0xE9, 0x0A],
      "doorcheck.yaml:2:12: not UTF-8: save the file as UTF-8"),
    .init(
      "UTF-16", bytes: Data([0xFF, 0xFE, 0x64, 0x00]),
      "doorcheck.yaml:1:1: not UTF-8: save the file as UTF-8"),
    .init(
      "a key twice", "door:\n  name: Main\n  help: x\n  name: Side\n",
      #"doorcheck.yaml:4:3: "door.name" is given twice; the first is in line 2"#),
    .init(
      "a section twice, quoted", "\"door\":\n  name: Main\nevent:\n\"door\":\n  help: x\n",
      #"doorcheck.yaml:4:1: "door" is given twice; the first is in line 1"#),
    .init(
      "a key twice in braces", "door: {name: Main, capacity: 5, name: Side}\n",
      #"doorcheck.yaml:1:33: "door.name" is given twice; the first is in line 1"#),
    .init(
      "larger than 1 MiB", bytes: Data(repeating: 0x23, count: 10 << 20),
      "doorcheck.yaml: larger than 1 MiB: this is no configuration"),
    .init("just 1 MiB", "door: {name: Main}\n#" + String(repeating: "x", count: (1 << 20) - 20)),
  ]

  @Test(arguments: samples) func `Is taken or refused with its place`(_ sample: Sample) throws {
    let outcome = try ConfigurationSandbox().load(sample.bytes)
    #expect(outcome.lines == [sample.line].compactMap(\.self))
    if sample.line == nil { #expect(outcome.settings?.door.name == "Main") }
  }

  /// Yams gives an alias the place of its anchor.
  @Test func `An anchor and its aliases are refused`() throws {
    #expect(
      try load("event: {name: &n Main}\ndoor: {name: *n}\n").lines == [
        #"doorcheck.yaml:1:15: "event.name" must be one line of text, not a YAML anchor or alias"#,
        #"doorcheck.yaml:1:15: "door.name" must be one line of text, not a YAML anchor or alias"#,
      ])
  }

  @Test func `Every repetition of a key is named`() throws {
    let yaml = "door:\n  name: a\n  name: b\n  name: c\nrules:\n  hours: warn\n  hours: warn\n"
    #expect(
      try load(yaml).lines == [
        #"doorcheck.yaml:3:3: "door.name" is given twice; the first is in line 2"#,
        #"doorcheck.yaml:4:3: "door.name" is given twice; the first is in line 2"#,
        #"doorcheck.yaml:7:3: "rules.hours" is given twice; the first is in line 6"#,
      ])
  }

  static let harmful: [Sample] = [
    .init("brackets", String(repeating: "[", count: 500_000)),
    .init("braces", String(repeating: "{a: ", count: 200_000)),
    .init("dashes", String(repeating: "- ", count: 500_000)),
    .init(
      "question marks", String(repeating: "? ", count: 500_000)),
    .init("deep", (0..<900).map { String(repeating: " ", count: $0) + "a:\n" }.joined()),
    .init(
      "aliases in lists", bomb { "[\(Array(repeating: $0, count: 9).joined(separator: ","))]" }),
    .init("aliases for keys", bomb { "{? [\($0), \($0), \($0), \($0)] : 1}" }),
    .init("one key a thousand times", String(repeating: "door: 1\n", count: 1000)),
    .init("many lists", "door:\n  name: [" + String(repeating: "[],", count: 100_000) + "]\n"),
  ]

  /// Each line several times the one before it: enough to take long, and to end some time, since
  /// the thread that reads it is left behind.
  private static func bomb(_ nest: (String) -> String) -> String {
    var lines = ["a0: &a0 x"]
    for level in 1...13 { lines.append("a\(level): &a\(level) \(nest("*a\(level - 1)"))") }
    return lines.joined(separator: "\n")
  }

  @Test(.timeLimit(.minutes(1)), arguments: harmful)
  func `Harmful files are refused`(_ sample: Sample) throws {
    let lines = try ConfigurationSandbox().load(sample.bytes).lines
    #expect(!lines.isEmpty)
    #expect(lines.allSatisfy { $0.hasPrefix("doorcheck.yaml:") || $0.hasPrefix("and ") })
  }
}
