import FoundationEssentials
import Scanner
import SeededRandom
import Testing

@Suite struct CalibrationTests {
  /// A scanner with a US keyboard on some console.
  struct Typing: Sendable, CustomTestStringConvertible {
    var console = KeyboardLayoutTests.consoles[0]
    var isLocked = false
    var before = ""
    var after = ""
    var terminator: [UInt8] = [0x0D]
    /// Seconds between two characters; 0 sends everything at once.
    var gap: TimeInterval = 0.004

    var testDescription: String {
      "\(console.layout) locked:\(isLocked) \(before.debugDescription) \(after.debugDescription) "
        + "\(terminator) \(gap)"
    }

    func text(_ code: String) -> String {
      let arrived = console.withDeadKeys(before + code + after)
      return isLocked ? CalibrationTests.withOtherCase(arrived) : arrived
    }

    func scan(_ code: String = TestCode.text, at start: TimeInterval = 100) -> RecordedScan {
      CalibrationTests.recorded(text(code), terminator, at: start, gap: gap)
    }
  }

  static func withOtherCase(_ text: String) -> String {
    // By character, where that has one: a "ß" stays.
    String(
      text.map { character in
        let other = character.isLowercase ? character.uppercased() : character.lowercased()
        return other.count == 1 ? Character(other) : character
      })
  }

  static func recorded(
    _ text: String, _ terminator: [UInt8], at start: TimeInterval = 100, gap: TimeInterval = 0.004
  ) -> RecordedScan {
    let characters = text.map { Array(String($0).utf8) } + terminator.map { [$0] }
    return RecordedScan(
      bursts: characters.enumerated().map { index, bytes in
        TimedBytes(bytes: bytes, readAt: start + Double(index) * gap)
      })
  }

  static func calibration(
    _ typing: Typing, preferred: [KeyboardLayout] = []
  ) -> Calibration {
    Calibration(of: (0..<3).map { typing.scan(at: Double($0) * 100) }, preferred: preferred)
  }

  /// Layouts that do the same to the characters of a code as one; none for those that leave it.
  static func lookalikes(_ layout: KeyboardLayout) -> Set<KeyboardLayout> {
    switch layout {
    case .us, .uk: []
    case .fr, .be, .de, .ch: [layout]
    case .es, .it, .pt: [.es, .it, .pt]
    }
  }

  static func layouts(_ layout: Calibration.Layout) -> Set<KeyboardLayout> {
    switch layout {
    case .fits, .scanner: []
    case .console(let layouts): Set(layouts)
    }
  }

  // MARK: What is told

  @Test(arguments: KeyboardLayoutTests.consoles, [false, true])
  func `The console's layout and Caps Lock, each alone and both`(
    console: KeyboardLayoutTests.Console, isLocked: Bool
  ) {
    let result = Self.calibration(Typing(console: console, isLocked: isLocked))
    #expect(result.recognised == 3)
    #expect(Self.layouts(result.layout) == Self.lookalikes(console.layout), "\(result.layout)")
    #expect(result.capitals == (isLocked ? .locked : .asPrinted))
    #expect(result.faults.isEmpty)
    #expect(result.prefix.isEmpty && result.suffix.isEmpty)
  }

  /// Where Caps Lock leaves the accented letters of the number row, as the kernel's keymaps may.
  @Test func `Caps Lock that leaves accents`() {
    let console = KeyboardLayoutTests.consoles[2]
    let text = console.withDeadKeys(TestCode.text)
    let locked = String(text.map { $0.isASCII ? Character(Self.withOtherCase(String($0))) : $0 })
    let result = Calibration(of: [Self.recorded(locked, [0x0D])])
    #expect(result.layout == .console([.fr]))
    #expect(result.capitals == .locked)
    #expect(result.faults.isEmpty)
  }

  @Test func `Caps Lock that holds Shift for every key`() {
    let shifted = "AQZWMY_aqzwmy-)!@#$%^&*("
    let result = Calibration(of: [Self.recorded(shifted, [0x0D])])
    #expect(result.capitals == .locked)
    #expect(result.layout == .fits)
    #expect(result.faults.isEmpty)
  }

  @Test(arguments: [
    (TestCode.text.uppercased(), Calibration.Capitals.upper), (TestCode.text.lowercased(), .lower),
  ])
  func `A scanner that makes all letters capital or small`(
    text: String, capitals: Calibration.Capitals
  ) {
    let result = Calibration(of: [Self.recorded(text, [0x0D])])
    #expect(result.capitals == capitals)
    #expect(result.layout == .fits)
    #expect(result.faults.isEmpty)
  }

  /// Where the keys are on those keyboards: what a US console makes of them.
  @Test(arguments: [
    (KeyboardLayout.fr, "qawz;y6QAWZ:Y8)!@#$%^&*("), (.de, "aqywmz/AQYWMZ?0123456789"),
    (.es, "aqzwmy/AQZWMY?0123456789"),
  ])
  func `A scanner that is set to another keyboard`(layout: KeyboardLayout, text: String) {
    let result = Calibration(of: [Self.recorded(text, [0x0D])])
    guard case .scanner(let layouts) = result.layout else {
      Issue.record("\(result.layout)")
      return
    }
    #expect(layouts.contains(layout), "\(layouts)")
    #expect(result.faults.isEmpty)
  }

  @Test(arguments: [
    ([UInt8](), Terminator.none), ([0x0D], .cr), ([0x0A], .lf), ([0x0D, 0x0A], .crlf),
    ([0x09], .tab), ([0x09, 0x0D], .several),
  ])
  func `How a scan ends`(bytes: [UInt8], terminator: Terminator) {
    #expect(Self.calibration(Typing(terminator: bytes)).terminators == [terminator])
  }

  static let affixes:
    [(before: String, after: String, aim: [String], prefix: String, suffix: String)] = [
      ("]Q1", "", ["]Q1"], "", ""), ("", "#", [], "", "#"), ("TK:", "", [], "TK:", ""),
      ("]C1TK:", ";x", ["]C1"], "TK:", ";x"), ("  ", "  ", [], "", ""),
      ("\u{2}]d2\\000026", "\u{3}", ["]d2"], "", ""), ("a", "9", [], "a", "9"),
      ("\u{1D}", "\u{1D}", [], "\u{1D}", "\u{1D}"),
    ]

  @Test(arguments: affixes.indices)
  func `What is put before and after the code`(index: Int) {
    let row = Self.affixes[index]
    let result = Self.calibration(Typing(before: row.before, after: row.after))
    #expect(result.aimIdentifiers == row.aim)
    #expect(result.prefix == row.prefix)
    #expect(result.suffix == row.suffix)
    #expect(result.faults.isEmpty)
  }

  @Test(arguments: [
    (0.0, 0.0), (0.004, 0.004), (0.035, 0.035), (0.1, 0.1),
  ])
  func `The delay between characters`(gap: TimeInterval, median: TimeInterval) throws {
    let result = Self.calibration(Typing(gap: gap))
    #expect(abs(try #require(result.medianGap) - median) < 1e-6)
    #expect(abs(try #require(result.longestGap) - median) < 1e-6)
    #expect(!result.isTyped)
  }

  @Test func `Fingers are no scanner`() {
    var at = 0.0
    let bursts = (TestCode.text + "\r").utf8.enumerated().map { index, byte in
      at += [0.09, 0.21, 0.13][index % 3]
      return TimedBytes(bytes: [byte], readAt: at)
    }
    #expect(Calibration(of: [RecordedScan(bursts: bursts)]).isTyped)
  }

  @Test func `A lost and a doubled character have their scan and their name`() {
    let texts = [
      TestCode.text, "aqzwmy-AQZWMY_012456789", "aqqzwmy-AQZWMY_0123456789",
    ]
    let result = Calibration(of: texts.map { Self.recorded($0, [0x0D]) })
    #expect(result.recognised == 3)
    #expect(result.faults == [1: [.lost("3")], 2: [.doubled("q")]])
    #expect(result.prefix.isEmpty && result.suffix.isEmpty)
    // At the ends it is no prefix, unless it comes each time.
    let ends = ["aaqzwmy-AQZWMY_0123456789", TestCode.text, "aqzwmy-AQZWMY_01234567899"]
    let atEnds = Calibration(of: ends.map { Self.recorded($0, [0x0D]) })
    #expect(atEnds.faults == [0: [.doubled("a")], 2: [.doubled("9")]])
    #expect(atEnds.prefix.isEmpty && atEnds.suffix.isEmpty)
  }

  @Test func `Losses are told through a layout and a prefix, too`() {
    let console = KeyboardLayoutTests.consoles[2]
    let texts = [
      "T:aqzwmy-AQZWMY_0123456789", "T:aqzwm-AQZWMY_0123456789", "T:aqzwmy-AQZWMY_0123456789",
    ]
    let result = Calibration(
      of: texts.map { Self.recorded(console.withDeadKeys($0), [0x0D, 0x0A]) })
    #expect(result.layout == .console([.fr]))
    #expect(result.prefix == "T:")
    #expect(result.faults == [1: [.lost("y")]])
    #expect(result.terminators == [.crlf])
  }

  @Test func `Something else than the test code is not taken for it`() {
    for text in ["P6J21FF2S", "https://example.com/pass/P6J21FF2S", "", "4006381333931"] {
      let result = Calibration(of: [Self.recorded(text, [0x0D])])
      #expect(result.recognised == 0, "\(text)")
      #expect(result.layout == .fits)
      #expect(result.terminators == [.cr])
    }
    #expect(Calibration(of: []).scans == 0)
  }

  @Test func `A code of the venue's own does as well`() {
    let scans = [Self.recorded("P)J21FFéS", [0x0D])]
    #expect(Calibration(of: scans, expected: "P6J21FF2S").recognised == 1)
  }

  @Test func `Which of several layouts comes from the box`() {
    let spanish = KeyboardLayoutTests.consoles.first { $0.layout == .es }!
    let typing = Typing(console: spanish)
    #expect(Self.calibration(typing, preferred: [.it, .fr]).layout == .console([.it, .es, .pt]))
    #expect(Self.calibration(typing).layout == .console([.es, .it, .pt]))
  }

  @Test func `The changes are those that a person sees`() {
    let french = KeyboardLayoutTests.consoles[2]
    let changes = Self.calibration(Typing(console: french)).changes
    let shown = changes.map { "\($0.printed)\($0.arrived)" }.joined(separator: " ")
    #expect(shown.hasPrefix("aq qa zw wz m, -) AQ QA ZW WZ M? _° 0à 1& 2é"), "\(shown)")
    #expect(Self.calibration(Typing()).changes.isEmpty)
  }

  // MARK: What is proposed

  /// With the proposed settings the door reads what was printed, whatever console, prefix and
  /// terminator there are.
  @Test(arguments: KeyboardLayoutTests.consoles, ["", "]Q1", "TK-", "]C1X_"])
  func `What is proposed makes the code readable`(
    console: KeyboardLayoutTests.Console, before: String
  ) throws {
    for after in ["", "_Z"] {
      let typing = Typing(console: console, before: before, after: after, terminator: [0x09])
      let format = Self.calibration(typing).format(over: CodeFormat())
      let cleaner = try CodeCleaner(format: format)
      for code in [TestCode.text, "P6J21FF2S", "zy-AM_mq"] {
        let cleaned = cleaner.clean(.bytes(Array(typing.text(code).utf8)))
        #expect(cleaned == CleanedCode(text: code))
      }
    }
  }

  @Test func `What needs no setting is set to nothing, and what is not looked at stays`() {
    var current = CodeFormat()
    (current.prefix, current.suffix, current.layout) = ("X", "Y", .fr)
    current.pattern = "^[0-9]+$"
    current.letterCase = .upper
    var expected = current
    (expected.prefix, expected.suffix, expected.layout) = (nil, nil, nil)
    #expect(Self.calibration(Typing()).format(over: current) == expected)
    // Of layouts that do the same, the one that is set stays.
    current.layout = .pt
    let spanish = KeyboardLayoutTests.consoles.first { $0.layout == .es }!
    #expect(Self.calibration(Typing(console: spanish)).format(over: current).layout == .pt)
    current.layout = .uk
    #expect(Self.calibration(Typing()).format(over: current).layout == .uk)
    // Nothing was found, so nothing is known.
    #expect(Calibration(of: []).format(over: current) == current)
  }

  @Test(arguments: [
    (0.004, 50, 50), (0.033, 50, 50), (0.04, 50, 60), (0.1, 50, 150), (0.9, 50, 1000),
    (0.02, 10, 50), (0.002, 10, 10), (0.1, 400, 400),
  ])
  func `The gap leaves half as much to spare`(gap: TimeInterval, current: Int, proposed: Int) {
    #expect(Self.calibration(Typing(gap: gap)).gapMilliseconds(over: current) == proposed)
  }

  // MARK: Parting what arrives

  @Test func `Scans are parted by terminators, else by silence`() {
    var recorder = ScanRecorder()
    #expect(recorder.feed(Array("AB".utf8), at: 0) == [])
    #expect(recorder.feed(Array("C\r".utf8), at: 0.1) == [])
    #expect(recorder.feed(Array("\n".utf8), at: 0.11) == [])
    // Two at once behind it.
    let two = recorder.feed(Array("DE\rFG\t".utf8), at: 0.12)
    #expect(two.map(Self.bytes) == [Array("ABC\r\n".utf8), Array("DE\r".utf8)])
    #expect(recorder.advance(to: 0.2) == nil)
    #expect(recorder.advance(to: 0.4).map(Self.bytes) == Array("FG\t".utf8))
    #expect(recorder.feed(Array("HI".utf8), at: 1) == [])
    #expect(recorder.advance(to: 2) == nil)
    #expect(recorder.advance(to: 2.3).map(Self.bytes) == Array("HI".utf8))
    #expect(recorder.advance(to: 9) == nil)
  }

  @Test func `Keys and bare terminators are no scans`() {
    var recorder = ScanRecorder()
    for bytes in [[0x0D], [0x03], [0x1B], [0x0D, 0x0A], [0x41, 0x0D]] as [[UInt8]] {
      #expect(recorder.feed(bytes, at: 0) == [])
      #expect(recorder.advance(to: 5) == nil)
      recorder = ScanRecorder()
    }
  }

  @Test func `Whatever arrives is parted and read without a crash`() {
    let seed = UInt64.random(in: .min ... .max)
    var random = SplitMix64(seed: seed)
    for _ in 0..<60 {
      var recorder = ScanRecorder()
      var scans: [RecordedScan] = []
      var at = 0.0
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        let count = Int.random(in: 0...20, using: &random)
        let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        at += Double.random(in: 0...2, using: &random)
        scans += recorder.feed(bytes, at: at)
      }
      let result = Calibration(of: scans)
      #expect(result.recognised <= result.scans, "seed \(seed)")
      _ = result.format(over: CodeFormat())
    }
  }

  private static func bytes(_ scan: RecordedScan) -> [UInt8] { scan.bursts.flatMap(\.bytes) }
}
