import Door
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
}
