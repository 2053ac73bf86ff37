import Door
import DoorConfiguration
import DoorScreen
import Foundation
import Terminal
import Testing

@testable import Readiness
@testable import Scanner

@Suite struct CalibrationFindingTests {
  static func scans(
    _ texts: [String], terminator: String = "\r", gap: TimeInterval = 0.004
  ) -> [RecordedScan] {
    texts.enumerated().map { number, text in
      RecordedScan(
        bursts: (text + terminator).utf8.enumerated().map { index, byte in
          TimedBytes(bytes: [byte], readAt: Double(number) * 100 + Double(index) * gap)
        })
    }
  }

  static func findings(
    _ scans: [RecordedScan], current: Settings.Scanner = Settings.Scanner()
  ) -> CalibrationFindings {
    CalibrationFindings(Calibration(of: scans), current: current)
  }

  struct Row: Sendable {
    var texts = Array(repeating: TestCode.text, count: 3)
    var terminator = "\r"
    var gap: TimeInterval = 0.004
    var current: @Sendable (inout Settings.Scanner) -> Void = { _ in }
    var failing: [CalibrationPoint] = []
    /// What the failing points say, somewhere.
    var says: [String] = []
    var section: [String] = []
  }

  static let swapped = Array(repeating: "AQZWMY-aqzwmy_0123456789", count: 3)
  /// A US scanner on a French console.
  static let french = Array(repeating: "qawz,y)QAWZ?Y°à&é\"'(-è_ç", count: 3)

  static let rows: [Row] = [
    Row(),
    Row(terminator: "\r\n"),
    Row(terminator: "\t"),
    Row(terminator: "", failing: [.terminator], says: ["none", "Enter"]),
    Row(
      texts: Array(repeating: "]Q1" + TestCode.text, count: 3)),
    Row(
      texts: Array(repeating: "TK:" + TestCode.text + "#", count: 3), failing: [.affixes],
      says: ["prefix 'TK:'", "suffix '#'"],
      section: ["scanner:", "  prefix: 'TK:'", "  suffix: '#'"]),
    Row(
      texts: Array(repeating: "TK:" + TestCode.text, count: 3),
      current: { $0.format.prefix = "TK:" }, section: ["scanner:", "  prefix: 'TK:'"]),
    Row(current: { $0.format.prefix = "TK:" }, failing: [.affixes]),
    Row(
      texts: french, failing: [.layout], says: ["console keyboard fr", "a→q", "-→)"],
      section: ["scanner:", "  layout: fr"]),
    Row(texts: french, current: { $0.format.layout = .fr }, section: ["scanner:", "  layout: fr"]),
    Row(current: { $0.format.layout = .fr }, failing: [.layout], says: ["scanner.layout is fr"]),
    Row(texts: swapped, failing: [.capitals], says: ["Caps Lock"]),
    Row(
      texts: Array(repeating: TestCode.text.uppercased(), count: 3), failing: [.capitals],
      says: ["capital", "case conversion"]),
    Row(
      texts: Array(repeating: "qawz;y6QAWZ:Y8)!@#$%^&*(", count: 3), failing: [.layout],
      says: ["scanner keyboard fr", "US keyboard"]),
    Row(
      gap: 0.1, failing: [.speed], says: ["100 ms", "gap_ms"],
      section: ["scanner:", "  gap_ms: 150"]),
    Row(
      texts: [TestCode.text, "aqzwmy-AQZWMY_012456789", TestCode.text], failing: [.losses],
      says: ["scan 2 lost 3"]),
    Row(
      texts: ["P6J21FF2S", "P6J21FF2S", "P6J21FF2S"], failing: [.code], says: ["--code"]),
  ]

  @Test(arguments: rows.indices)
  func `Each mismatch fails at its own point, and the section mends what can be`(
    index: Int
  ) throws {
    let row = Self.rows[index]
    var current = Settings.Scanner()
    row.current(&current)
    let scans = Self.scans(row.texts, terminator: row.terminator, gap: row.gap)
    let findings = Self.findings(scans, current: current)
    let failing = findings.all.filter(\.status.isFailure)
    #expect(failing.map(\.point) == row.failing, "\(findings.all)")
    let text = failing.map { "\($0.message) \($0.nextStep ?? "")" }.joined(separator: " ")
    for words in row.says { #expect(text.contains(words), "\(text)") }
    #expect(findings.all.map(\.point) == CalibrationPoint.allCases)
    #expect(ScannerSection(scanner: findings.proposed).lines == row.section)
  }

  @Test func `A proposal says whether it is enough`() {
    func words(_ texts: [String]) -> String {
      let scans = Self.scans(texts)
      return ScannerProposal(findings: Self.findings(scans), scans: scans, code: TestCode.text)
        .textLines.joined(separator: " ")
    }
    #expect(words(Self.french).contains("layout: fr"))
    #expect(words(Self.french).contains("reads as printed"))
    for unfit in [
      Self.swapped, Self.french.map { $0.uppercased() }, [TestCode.text.lowercased()],
      Array(repeating: KeyboardLayout.fr.repaired(TestCode.text), count: 3),
      [TestCode.text, TestCode.text, String(TestCode.text.dropLast())],
    ] {
      #expect(words(unfit).contains("do not make the scanner fit"), "\(unfit)")
      #expect(!words(unfit).contains("No changes needed"), "\(unfit)")
    }
    #expect(words([TestCode.text]).contains("No changes needed"))
    #expect(words(["P6J21FF2S"]) == "")
  }

  @Test(arguments: rows.indices) func `It fits when only settings differ`(index: Int) throws {
    let row = Self.rows[index]
    var current = Settings.Scanner()
    row.current(&current)
    let scans = Self.scans(row.texts, terminator: row.terminator, gap: row.gap)
    let findings = Self.findings(scans, current: current)
    let proposal = ScannerProposal(findings: findings, scans: scans, code: TestCode.text)
    let mended: [CalibrationPoint] = [.affixes, .layout, .speed]
    let isScannersLayout = row.says.contains { $0.contains("scanner keyboard") }
    #expect(proposal.isFit == (row.failing.allSatisfy(mended.contains) && !isScannersLayout))
    let json = proposal.jsonLine
    #expect(json.contains("\"status\":\"pass\"") == row.failing.isEmpty, "\(json)")
    let text = proposal.textLines.joined(separator: " ")
    #expect(text.contains("No changes needed") == row.failing.isEmpty, "\(text)")
  }

  @Test func `Typed by hand is no scanner that fits`() {
    let typed = Self.scans([TestCode.text, TestCode.text, TestCode.text])
      .map { scan in
        var at = 0.0
        return RecordedScan(
          bursts: scan.bursts.enumerated().map { index, burst in
            at += [0.1, 0.3, 0.17][index % 3]
            return TimedBytes(bytes: burst.bytes, readAt: at)
          })
      }
    let findings = Self.findings(typed)
    #expect(findings.unmended == [.speed])
    let proposal = ScannerProposal(findings: findings, scans: typed, code: TestCode.text)
    #expect(!proposal.isFit)
    #expect(!proposal.textLines.joined().contains("No changes needed"))
  }

  @Test(arguments: KeyboardLayout.allCases.filter { $0 != .us })
  func `Each layout is named, with what to do`(layout: KeyboardLayout) throws {
    func finding(_ arrives: String, current: Settings.Scanner = Settings.Scanner()) throws
      -> CalibrationFinding
    {
      let scans = Self.scans(Array(repeating: arrives, count: 3))
      let calibration = Calibration(of: scans, preferred: [layout])
      let all = CalibrationFindings(calibration, current: current).all
      return try #require(all.first { $0.point == .layout })
    }
    let console = try finding(layout.meant(TestCode.text))
    let scanner = try finding(layout.repaired(TestCode.text))
    // The code has none of the characters in which these two differ.
    guard layout != .uk else {
      #expect(!console.status.isFailure && !scanner.status.isFailure)
      return
    }
    #expect(console.status.isFailure && scanner.status.isFailure)
    #expect(console.message.hasPrefix("console keyboard \(layout.rawValue)"), "\(console)")
    #expect(console.message.contains("→"), "\(console)")
    #expect(console.nextStep == "set it as below, or set the console to a us layout")
    var set = Settings.Scanner()
    set.format.layout = layout
    let mended = try finding(layout.meant(TestCode.text), current: set)
    #expect(!mended.status.isFailure && mended.message.hasSuffix("; the settings undo it"))
    // What both sides could have done is the console's: that one can be mended here.
    if scanner.message.hasPrefix("scanner") {
      #expect(scanner.message.hasPrefix("scanner keyboard \(layout.rawValue)"), "\(scanner)")
      #expect(scanner.nextStep?.contains("no setting here undoes it") == true)
    } else {
      #expect(scanner.message.hasPrefix("console keyboard"), "\(scanner)")
    }
  }

  @Test func `JSON ends with the section`() throws {
    let scans = Self.scans(Self.french)
    let proposal = ScannerProposal(
      findings: Self.findings(scans), scans: scans, code: TestCode.text)
    #expect(
      proposal.jsonLine
        == #"{"point":"settings","status":"fail","message":"scanner:\u000a  layout: fr","#
        + #""next_step":"put this into the configuration"}"#)
  }

  @Test(
    arguments: [
      (["XKBLAYOUT=\"fr\"\nXKBMODEL=pc105"], [:], [KeyboardLayout.fr]),
      (["KEYMAP=it-utf8"], [:], [.it]), (["XKBLAYOUT=gb,us"], [:], [.uk]),
      ([], ["LANG": "de_CH.UTF-8"], [.ch]), ([], ["LANG": "es_AR.UTF-8"], [.es]),
      (["XKBLAYOUT=\"\""], ["LANG": "C.UTF-8"], []), ([], ["LC_ALL": "", "LANG": "pt_PT"], [.pt]),
      (["XKBLAYOUT=es"], ["LANG": "it_IT"], [.es, .it]),
    ] as [([String], [String: String], [KeyboardLayout])])
  func `The box says which layout is likely`(
    files: [String], environment: [String: String], layouts: [KeyboardLayout]
  ) {
    #expect(LikelyLayouts(files: files, environment: environment).preferred == layouts)
  }

  @Test(arguments: [
    (80, 24, true), (33, 23, true), (32, 24, false), (80, 22, false), (40, 12, false),
  ])
  func `The QR code is drawn where it fits, the text always`(
    columns: Int, rows: Int, isDrawn: Bool
  ) {
    let picture = TestCodePicture(
      code: TestCode.text,
      abilities: TerminalAbilities(
        name: "xterm", colours: 8, usesUnicode: true, size: Size(columns: columns, rows: rows)),
      refusesColour: false)
    let lines = picture.lines
    #expect(lines.contains { $0.contains("█") } == isDrawn)
    #expect(lines.last?.contains(TestCode.text) == true)
    #expect(lines.count + 4 <= rows, "it does not scroll away")
    if !isDrawn { #expect(lines.joined(separator: " ").contains("--code")) }
  }

  /// After how many seconds, what is set, whether that fails, and the section.
  @Test(
    arguments: [
      (nil, nil, false, []), (nil, 800, false, ["scanner:", "  reread_ms: 800"]),
      (0.6, nil, false, ["scanner:", "  reread_ms: 600"]),
      (0.6, 700, false, ["scanner:", "  reread_ms: 700"]),
      (0.9, 700, true, ["scanner:", "  reread_ms: 900"]),
    ] as [(TimeInterval?, Int?, Bool, [String])])
  func `How soon a code is read again`(
    seconds: TimeInterval?, current: Int?, fails: Bool, section: [String]
  ) throws {
    var reread = Reread()
    if let seconds {
      for time in [0, seconds - 1e-9] {
        reread.add(
          RecordedScan(bursts: [TimedBytes(bytes: Array("CODE1234\r".utf8), readAt: time)]))
      }
    }
    var settings = Settings.Scanner()
    settings.rereadMilliseconds = current
    let scans = Self.scans(Array(repeating: TestCode.text, count: 3))
    let findings = CalibrationFindings(Calibration(of: scans), reread: reread, current: settings)
    let finding = try #require(findings.all.last)
    #expect(finding.point == .reread)
    #expect(finding.status.isFailure == fails)
    #expect(ScannerSection(scanner: findings.proposed).lines == section)
  }
}
