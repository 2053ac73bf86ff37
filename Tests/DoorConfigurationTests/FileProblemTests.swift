import Foundation
import Testing

@testable import DoorConfiguration

/// The exact lines of what is wrong in a file, with their places.
@Suite struct FileProblemTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    var yaml: String
    var lines: [String]

    init(_ yaml: String, _ lines: String...) {
      self.yaml = yaml
      self.lines = lines
    }

    var testDescription: String { String(yaml.prefix(60)) }
  }

  static let samples: [Sample] = [
    // Names.
    .init(
      "fourvenues:\n  api_kee: x\n",
      #"doorcheck.yaml:2:3: unknown key "fourvenues.api_kee"; did you mean "fourvenues.api_key"?"#),
    .init(
      "fourvenues:\n  apiKey: x\n",
      #"doorcheck.yaml:2:3: unknown key "fourvenues.apiKey"; did you mean "fourvenues.api_key"?"#),
    .init(
      "door:\n  anme: x\n",
      #"doorcheck.yaml:2:3: unknown key "door.anme"; did you mean "door.name"?"#),
    .init(
      "door:\n  api_key: x\n",
      #"doorcheck.yaml:2:3: unknown key "door.api_key"; did you mean "fourvenues.api_key"?"#),
    .init(
      "rules:\n  show_name: x\n",
      #"doorcheck.yaml:2:3: unknown key "rules.show_name"; did you mean "door.show_names"?"#),
    .init(
      "fourvenue:\n  deadline_ms: 1500\n",
      #"doorcheck.yaml:1:1: unknown section "fourvenue"; did you mean "fourvenues"?"#),
    .init(
      "api_key: x\n",
      #"doorcheck.yaml:1:1: unknown key "api_key"; did you mean "fourvenues.api_key"?"#),
    .init(
      "id: x\n",
      #"doorcheck.yaml:1:1: unknown key "id"; did you mean "event.id"?"#),
    .init(
      "name: x\n",
      #"doorcheck.yaml:1:1: unknown key "name"; did you mean "event.name" or "door.name"?"#),
    .init(
      "door.name: x\n",
      """
      doorcheck.yaml:1:1: unknown key "door.name" at the top: write "name:" indented beneath \
      "door:"
      """),
    .init("elephants: 5\n", #"doorcheck.yaml:1:1: unknown section "elephants""#),
    .init("door:\n  elephants: 5\n", #"doorcheck.yaml:2:3: unknown key "door.elephants""#),
    .init(
      "door:\n  <<: {name: x}\n", #"doorcheck.yaml:2:3: unknown key "door.<<""#),
    .init("? [a, b]\n: c\n", "doorcheck.yaml:1:3: a key must be a word"),
    // Shapes.
    .init(
      "door: Main\n",
      """
      doorcheck.yaml:1:7: "door" is a section: lines such as "key: value" belong beneath it, not \
      a text (a blank must follow each colon)
      """),
    .init(
      "door:\n  - name: x\n",
      """
      doorcheck.yaml:2:3: "door" is a section: lines such as "key: value" belong beneath it, not \
      a list
      """),
    .init(
      "door:\n  name: [a, b]\n",
      #"doorcheck.yaml:2:9: "door.name" must be one line of text, not a list"#),
    .init(
      "door:\n  name:\n    first: a\n",
      #"doorcheck.yaml:3:5: "door.name" must be one line of text, not keys of its own"#),
    .init(
      "rules:\n  active_states: activated\n",
      """
      doorcheck.yaml:2:18: "rules.active_states" must be a list of texts such as [one, two], with \
      at least one, not "activated"
      """),
    .init(
      "rules:\n  active_states:\n    - activated\n    - [x]\n",
      """
      doorcheck.yaml:4:7: "rules.active_states" must be a list of texts such as [one, two], with \
      at least one, not a list within it
      """),
    .init(
      "rules:\n  active_states:\n    - activated\n    -\n",
      """
      doorcheck.yaml:4:6: "rules.active_states" must be a list of texts such as [one, two], with \
      at least one, not nothing
      """),
    .init(
      "- door\n",
      """
      doorcheck.yaml:1:1: the file must be sections such as "door:" with their keys indented \
      beneath, not a list
      """),
    .init(
      "door\n",
      """
      doorcheck.yaml:1:1: the file must be sections such as "door:" with their keys indented \
      beneath, not a text
      """),
    // Values.
    .init(
      "fourvenues:\n  deadline_ms: fast\n",
      """
      doorcheck.yaml:2:16: "fourvenues.deadline_ms" must be a whole number from 100 to 60000 \
      (milliseconds), not "fast"
      """),
    .init(
      "scanner:\n    case:   uper\n",
      """
      doorcheck.yaml:2:13: "scanner.case" must be one of keep, upper, lower, not "uper"; did you \
      mean "upper"?
      """),
    .init(
      "door: {time_zone: Europe/Madird}\n",
      """
      doorcheck.yaml:1:19: "door.time_zone" must be a time zone by its IANA name, such as \
      Europe/Madrid, not "Europe/Madird"; did you mean "Europe/Madrid"?
      """),
    .init(
      "event:\n  starts_at: 2026-11-21T23:00:00\n",
      """
      doorcheck.yaml:2:14: "event.starts_at" must be a time as in ISO 8601, with offset, such as \
      2026-11-21T23:00:00+01:00, not "2026-11-21T23:00:00"; its offset is missing
      """),
    .init(
      "fourvenues:\n  base_url: https://anna:word@example.com\n",
      """
      doorcheck.yaml:2:13: "fourvenues.base_url" must be an https URL (http only to a loopback \
      address) without query or fragment; a user name or password does not belong in it
      """),
    .init(
      "fourvenues:\n  api_key: two words\n",
      """
      doorcheck.yaml:2:12: "fourvenues.api_key" must be visible ASCII characters without blanks, \
      at most 4096
      """),
    .init(
      "scanner:\n  extract: '(a)(b)'\n",
      """
      doorcheck.yaml:2:12: "scanner.extract" must be a regular expression with exactly one group, \
      not "(a)(b)"; it has 2; (?:…) groups without taking out
      """),
    .init(
      "door:\n  name: \"\\e]0;x\\a\\u202E\"\n",
      """
      doorcheck.yaml:2:9: "door.name" must be one line of text, not "\\u{1b}]0;x\\u{7}\\u{202e}"; \
      it holds line breaks or control characters
      """),
    .init(
      "screen:\n  theme: \(String(repeating: "x", count: 200))\n",
      """
      doorcheck.yaml:2:10: "screen.theme" must be one of standard, colour_blind, high_contrast, \
      not "\(String(repeating: "x", count: 40))…"
      """),
    .init(
      "rules:\n  active_states: [activated, ' ']\n",
      """
      doorcheck.yaml:2:30: "rules.active_states" must be a list of texts such as [one, two], with \
      at least one, not " "; it is blank
      """),
    .init(
      "rules:\n  active_states: []\n",
      """
      doorcheck.yaml:2:18: "rules.active_states" must be a list of texts such as [one, two], with \
      at least one, not an empty list
      """),
    // Several keys together.
    .init(
      "event:\n  ends_at: 2026-11-21T23:00:00Z\n  starts_at: 2026-11-21T23:00:00Z\n",
      #"doorcheck.yaml:2:12: "event.ends_at" must be later than "event.starts_at""#),
    .init(
      "fourvenues:\n  integration_id: abc\n",
      """
      doorcheck.yaml:2:19: "fourvenues.integration_id" needs "fourvenues.secret" too, which is \
      missing
      """),
    .init(
      "fourvenues:\n  api_key: abc\n  secret: abc\n",
      """
      doorcheck.yaml:3:11: "fourvenues.secret" needs "fourvenues.integration_id" too, which is \
      missing
      """),
    // All of them, from top to bottom.
    .init(
      """
      fourvenues:
        secret: bad secret
        deadline_ms: 5
      doors:
        capacity: 0
      event:
        starts_at: soon
        ends_at: 2026-11-21T23:00:00Z
        nmae: x
      rules:
        hours: maybe
        hours: warn
      """,
      """
      doorcheck.yaml:2:11: "fourvenues.secret" must be visible ASCII characters without blanks, \
      at most 4096
      """,
      """
      doorcheck.yaml:3:16: "fourvenues.deadline_ms" must be a whole number from 100 to 60000 \
      (milliseconds), not "5"
      """,
      #"doorcheck.yaml:4:1: unknown section "doors"; did you mean "door"?"#,
      """
      doorcheck.yaml:5:13: "door.capacity" must be a whole number from 1 to 1000000 (people), not \
      "0"
      """,
      """
      doorcheck.yaml:7:14: "event.starts_at" must be a time as in ISO 8601, with offset, such as \
      2026-11-21T23:00:00+01:00, not "soon"
      """,
      #"doorcheck.yaml:9:3: unknown key "event.nmae"; did you mean "event.name"?"#,
      #"doorcheck.yaml:11:10: "rules.hours" must be one of warn, enforce, ignore, not "maybe""#,
      #"doorcheck.yaml:12:3: "rules.hours" is given twice; the first is in line 11"#),
  ]

  @Test(arguments: samples) func `An unknown key is named with the nearest one`(_ sample: Sample)
    throws
  {
    #expect(try load(sample.yaml).lines == sample.lines)
  }

  @Test func `The environment's problems follow the files`() throws {
    let outcome = try load(
      "door:\n  capacity: 0\n",
      environment: [
        "DOORCHECK_DOOR_CAPACITY": "all", "DOORCHECK_FOURVENUES_APIKEY": "x",
        "DOORCHECK_ELEPHANTS": "x", "DOORCHECK_API_KEY": "x", "DOORCHECK_WRITE_GOLDEN": "1",
        "DOOR_NAME": "x",
      ])
    #expect(
      outcome.lines == [
        """
        doorcheck.yaml:2:13: "door.capacity" must be a whole number from 1 to 1000000 (people), \
        not "0"
        """,
        """
        DOORCHECK_API_KEY: unknown variable: there is no such key; did you mean \
        "DOORCHECK_FOURVENUES_API_KEY"?
        """,
        """
        DOORCHECK_DOOR_CAPACITY: "door.capacity" must be a whole number from 1 to 1000000 \
        (people), not "all"
        """,
        "DOORCHECK_ELEPHANTS: unknown variable: there is no such key",
        """
        DOORCHECK_FOURVENUES_APIKEY: unknown variable: there is no such key; did you mean \
        "DOORCHECK_FOURVENUES_API_KEY"?
        """,
      ])
  }

  /// What seems to be missing may be in the part that was not read.
  @Test func `A file that cannot be read is the only problem`() throws {
    let outcome = try load(
      "fourvenues:\n  integration_id: x\n  - y\n",
      environment: ["DOORCHECK_FOURVENUES_SECRET": "x"])
    #expect(outcome.lines.count == 1)
    #expect(outcome.lines.first?.hasPrefix("doorcheck.yaml:3:3: not valid YAML: ") == true)
  }

  @Test func `Thousands of problems are cut`() throws {
    let yaml = "door:\n" + (0..<3000).map { "  elephant\($0): x\n" }.joined()
    let lines = try load(yaml).lines
    #expect(lines.count == 101)
    #expect(lines.last == "and 2900 more problems")
  }
}
