import Admission
import Door
import DoorConfiguration
import DoorScreen
import Formatting
import Foundation
import Terminal
import Testing

@testable import Readiness

@Suite struct CheckOutputTests {
  static let findings: [CheckFinding] = [
    .pass(.store, "all well"),
    .fail(
      .key, "may not use the list of passes, a rather long text of many words", next: "do this"),
    .skipped(.scanner, "no terminal"),
  ]

  @Test(arguments: [40, 80, nil], [true, false])
  func `Text fits its columns, and tells pass from fail without colour`(
    columns: Int?, usesUnicode: Bool
  ) {
    let output = FindingOutput<CheckPoint>(
      format: .text, isColoured: false, usesUnicode: usesUnicode, columns: columns)
    let lines = Self.findings.flatMap(output.lines) + output.summary(of: Self.findings)
    for line in lines {
      #expect(DisplayText(line).width <= columns ?? .max, "\(line)")
      #expect(usesUnicode || line.unicodeScalars.allSatisfy(\.isASCII), "\(line)")
      #expect(!line.contains("\u{1B}"))
    }
    let words = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
    for text in usesUnicode
      ? ["✓ store", "✗ key", "– scanner", "→ do this"]
      : ["ok store", "FAIL key", "skip scanner", "-> do this"]
    {
      #expect(words.contains(text), "\(words)")
    }
    #expect(words.contains("NOT READY: key; not looked at: scanner"))
    #expect(words.contains("a rather long text of many words"), "nothing is lost")
  }

  @Test func `Colours are green and red`() {
    let output = FindingOutput<CheckPoint>(
      format: .text, isColoured: true, usesUnicode: true, columns: 80)
    let lines = Self.findings.flatMap(output.lines)
    #expect(lines[0].hasPrefix("\u{1B}[32m✓ store\u{1B}[0m"))
    #expect(lines[1].hasPrefix("\u{1B}[1;31m✗ key\u{1B}[0m"))
  }

  @Test func `What is worth doing although nothing fails stands in the last line`() {
    let output = FindingOutput<CheckPoint>(
      format: .text, isColoured: false, usesUnicode: true, columns: nil)
    #expect(output.summary(of: [.pass(.store, "")]) == ["Ready for the night"])
    #expect(
      output.summary(of: [.pass(.configuration, "", next: "set door.help"), .pass(.store, "")])
        == ["Ready for the night; worth doing: configuration"])
  }

  @Test func `JSON is one object a line`() throws {
    let output = FindingOutput<CheckPoint>(
      format: .json, isColoured: true, usesUnicode: true, columns: 40)
    let lines = Self.findings.flatMap(output.lines)
    #expect(lines.count == Self.findings.count)
    #expect(output.summary(of: Self.findings).isEmpty)
    #expect(lines[0] == #"{"point":"store","status":"pass","message":"all well","next_step":null}"#)
    let failing = try #require(
      try JSONSerialization.jsonObject(with: Data(lines[1].utf8)) as? [String: String])
    #expect(failing["status"] == "fail")
    #expect(failing["next_step"] == "do this")
  }

  @Test func `A configuration goes over a silent service, and that over the rest`() {
    func exit(_ codes: [Int32]) -> ProgramExit {
      .of(
        codes.map { CheckFinding.fail(.key, "", next: "", exit: ProgramExit($0)) } + [
          .pass(.store, ""), .skipped(.scanner, ""),
        ])
    }
    #expect(exit([]) == .success)
    #expect(exit([1]) == ProgramExit(1))
    #expect(exit([1, 69]) == ProgramExit(69))
    #expect(exit([69, 78, 1]) == ProgramExit(78))
  }

  @Test func `Text breaks between words, and across those that are too wide`() {
    #expect(WrappedText("one two three", columns: 8).lines == ["one two", "three"])
    #expect(WrappedText("abcdefghijkl mn", columns: 8).lines == ["abcdefgh", "ijkl mn"])
    #expect(WrappedText("日本語日本 語", columns: 8).lines == ["日本語日", "本 語"])
    #expect(WrappedText("a\nb", columns: 8).lines == ["a", "b"])
    #expect(WrappedText("one two three", columns: nil).lines == ["one two three"])
  }
}

@Suite struct TerminalFindingTests {
  static func findings(
    _ change: (inout TerminalAbilities) -> Void = { _ in }
  ) -> [CheckPoint: FindingStatus] {
    var abilities = TerminalAbilities(
      name: "xterm-256color", colours: 256, usesUnicode: true,
      size: Size(columns: 80, rows: 24))
    change(&abilities)
    return statuses(TerminalFindings(abilities: abilities, refusesColour: false))
  }

  static func statuses(_ findings: TerminalFindings) -> [CheckPoint: FindingStatus] {
    Dictionary(uniqueKeysWithValues: findings.all.map { ($0.point, $0.status) })
  }

  static let failed = FindingStatus.fail(ProgramExit(1))

  @Test(arguments: [(40, 12, true), (39, 12, false), (40, 11, false), (200, 60, true)])
  func `40 by 12 is the smallest`(columns: Int, rows: Int, passes: Bool) {
    let statuses = Self.findings { $0.size = Size(columns: columns, rows: rows) }
    #expect(statuses == [.terminal: passes ? .pass : Self.failed, .colours: .pass, .locale: .pass])
  }

  @Test(arguments: [(256, true), (8, true), (0, false), (nil, false)])
  func `Without colours, or on a terminal that is not known, it fails`(
    colours: Int?, passes: Bool
  ) {
    #expect(Self.findings { $0.colours = colours }[.colours] == (passes ? .pass : Self.failed))
  }

  @Test func `Another encoding than UTF-8 fails; no terminal is neither good nor bad`() {
    #expect(Self.findings { $0.usesUnicode = false }[.locale] == Self.failed)
    let none = Self.statuses(TerminalFindings(abilities: nil, refusesColour: false))
    #expect(none == [.terminal: .skipped, .colours: .skipped, .locale: .skipped])
  }

  struct ConsoleRow: Sendable {
    var size: Size
    /// In pixels.
    var height: Int?
    /// Nil where the letters can be read.
    var advice: String?
  }

  /// A screen's height over its letters'; 10-inch panels of tonight's boxes first.
  @Test(arguments: [
    ConsoleRow(size: Size(columns: 160, rows: 50), height: 800, advice: "console-setup"),
    ConsoleRow(size: Size(columns: 80, rows: 25), height: 800),
    ConsoleRow(size: Size(columns: 160, rows: 45), height: 720, advice: "console-setup"),
    ConsoleRow(size: Size(columns: 240, rows: 67), height: 1080, advice: "console-setup"),
    ConsoleRow(size: Size(columns: 120, rows: 33), height: 1080),
    ConsoleRow(size: Size(columns: 128, rows: 37), height: 600),
    ConsoleRow(size: Size(columns: 100, rows: 30), height: 480),
    // No font is larger than this.
    ConsoleRow(size: Size(columns: 240, rows: 67), height: 2160, advice: "video="),
    // A text mode without pixels, with small letters.
    ConsoleRow(size: Size(columns: 80, rows: 50), height: nil, advice: "console-setup"),
    ConsoleRow(size: Size(columns: 80, rows: 25), height: nil),
  ])
  func `Letters too small to read pass and name the command`(row: ConsoleRow) throws {
    let abilities = TerminalAbilities(
      name: "linux", colours: 8, usesUnicode: true, size: row.size)
    func finding(_ console: ConsoleScreen?) throws -> CheckFinding {
      try #require(
        TerminalFindings(abilities: abilities, refusesColour: false, console: console).all.first)
    }
    let found = try finding(ConsoleScreen(height: row.height))
    #expect(found.status == .pass)
    #expect(found.message.hasPrefix("\(row.size.columns)×\(row.size.rows)"))
    #expect(found.message.contains("too small to read") == (row.advice != nil), "\(found)")
    if let advice = row.advice {
      #expect(found.nextStep?.contains(advice) == true, "\(found)")
    } else {
      #expect(found.nextStep == nil)
    }
    // Over ssh nobody knows how large letters are.
    #expect(try finding(nil).nextStep == nil)
  }
}

@Suite struct ConfigurationFindingTests {
  @Test(arguments: [
    ("Marta 600", false, false, []), (nil, false, false, ["door.help"]),
    (" ", false, false, ["door.help"]), ("Marta 600", true, true, []),
    ("Marta 600", true, false, ["kiosk.pin_hash", "doorcheck pin"]),
    (nil, true, false, ["door.help", "kiosk.pin_hash"]),
  ])
  func `What a night misses that the configuration leaves out is said, and passes`(
    help: String?, isKiosk: Bool, hasPIN: Bool, says: [String]
  ) throws {
    var settings = Settings(hostName: "door")
    settings.door.help = help
    settings.kiosk.isEnabled = isKiosk
    if hasPIN { settings.kiosk.pinHash = PINHash(of: try PIN("2468")) }
    let found = ConfigurationFinding(
      loaded: LoadedConfiguration(settings: settings, file: "/etc/doorcheck/doorcheck.yaml"),
      hasCards: false
    ).finding
    #expect(found.status == .pass)
    #expect(found.message == "/etc/doorcheck/doorcheck.yaml")
    for text in says { #expect(found.nextStep?.contains(text) == true, "\(found)") }
    if says.isEmpty { #expect(found.nextStep == nil) }
  }

  /// A rule that has nothing to go by does nothing, and nobody would see it.
  @Test func `Rules that have nothing to go by are said, and pass`() {
    func next(hasCards: Bool, _ change: (inout Settings) -> Void) -> String? {
      var settings = Settings(hostName: "door")
      settings.door.help = "Marta 600"
      change(&settings)
      let finding = ConfigurationFinding(
        loaded: LoadedConfiguration(settings: settings), hasCards: hasCards
      ).finding
      #expect(finding.status == .pass)
      return finding.nextStep
    }
    #expect(
      next(hasCards: false) { $0.rules.capacity = .enforce }?.contains("door.capacity") == true)
    #expect(
      next(hasCards: false) {
        $0.rules.capacity = .enforce
        $0.door.capacity = 300
      } == nil)
    #expect(next(hasCards: false) { $0.screen.keys = .cards }?.contains("doorcheck cards") == true)
    #expect(next(hasCards: true) { $0.screen.keys = .cards } == nil)
    #expect(next(hasCards: false) { $0.screen.keys = .auto } == nil)
  }
}
