import Foundation
import GRDB
import Glibc
import SandboxVenue
import ScreenReader
import SeededRandom
import TestSupport
import Testing

/// Two processes on one store, a scan and a door screen, while the box's disk and clock are at fault
/// and the processes are killed. It keeps who is in a second time, and holds every green to it.
struct FaultyNight {
  /// What came of it.
  struct Tally {
    var scans = 0
    var greens = 0
    var late = 0
    var ambers = 0
    var takenBack = 0
    /// Said to be recorded late, and lost with a killed process.
    var lostAsSaid = 0
    var faults: [String: Int] = [:]
  }

  enum Place: CaseIterable { case stream, screen }

  /// What of a door's the store need not hold yet, by codes.
  struct Risk {
    var admitted: [String: Int] = [:]
    var takenBack: [String: Int] = [:]
  }

  let seed: UInt64
  var tally = Tally()
  let venue: RunningVenue
  let box: BoxFaults
  let folder = BuiltProgram.newFolder()
  var random: SplitMix64
  private let codes: [String]
  private let allowed: [String: Int]
  private var isIn: [String: Int] = [:]
  /// Who was let in and taken back, for whoever has to find out why.
  private var history: [(code: String, what: String)] = []
  var risks: [Place: Risk] = [:]
  var stream: ScanStream
  var lines: AsyncStream<ScanStream.Line>.Iterator
  var screen: DoorUnderTest
  var scansOnScreen = 0
  var lock: Task<Void, any Error>?
  /// Scans until the disk and the clock are right again.
  var scansUntilCalm = 0

  init(seed: UInt64) async throws {
    self.seed = seed
    random = SplitMix64(seed: seed)
    box = try BoxFaults()
    var options = SandboxOptions()
    options.generatedPasses = 500
    options.seed = seed
    venue = try await SandboxVenue.start(options)
    // Fifty groups and fifty people by themselves.
    codes = ((0..<50).map { $0 * 10 + 9 } + (0..<50).map { $0 * 10 })
      .map(SandboxVenue.generatedCode)
    let environment = Self.environment(venue, box, folder)
    stream = try ScanStream(environment: environment, event: venue.tonightEventID)
    lines = stream.lines.makeAsyncIterator()
    screen = try await DoorUnderTest(at: venue, environment: environment)
    allowed = try await Self.allowed(codes, at: venue)
  }

  static func environment(
    _ venue: RunningVenue, _ box: BoxFaults, _ folder: String
  ) -> [String: String] {
    DoorUnderTest.settings(for: venue).merging(box.environment) { $1 }.merging([
      "DOORCHECK_STORE_PATH": folder, "DOORCHECK_RULES_REPEAT_SECONDS": "0",
      "DOORCHECK_FOURVENUES_DEADLINE_MS": "60000", "DOORCHECK_FOURVENUES_PATIENCE_MS": "60000",
    ]) { $1 }
  }

  /// What the passes allow, as the program says it where nobody is let in.
  private static func allowed(
    _ codes: [String], at venue: RunningVenue
  ) async throws -> [String: Int] {
    let run = try await BuiltProgram.run(
      ["scan", "--dry-run", "--event", venue.tonightEventID, "--format", "json"] + codes,
      environment: DoorUnderTest.settings(for: venue))
    return try run.objects().reduce(into: [:]) { allowed, line in
      allowed[line["code"] as? String ?? ""] = line["allowed"] as? Int
    }
  }

  private var place: Comment { "scan \(tally.scans), seed \(seed)" }

  // MARK: The night

  mutating func run(scans: Int) async throws {
    try #require(allowed.count == codes.count)
    while tally.scans < scans {
      if Int.random(in: 0..<100, using: &random) < 5 { try await strike() }
      try await scan()
      scansUntilCalm -= 1
      if scansUntilCalm == 0 { calmDown() }
    }
    try await endOfNight()
  }

  private mutating func scan() async throws {
    let code = codes.randomElement(using: &random)!
    let places: [Place] =
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<5: [.stream]
      case 5..<8: [.screen]
      default: [.stream, .screen]
      }
    tally.scans += 1
    for place in places {
      switch place {
      case .stream: stream.feed([code])
      case .screen:
        try screen.scan(code)
        scansOnScreen += 1
      }
    }
    var admitted = 0
    for place in places {
      switch place {
      case .stream:
        let line = try await nextLine()
        if line.verdict == "unverified" { tally.ambers += 1 }
        guard line.verdict == "admit" else { continue }
        admitted += note(line.admitted ?? 0, code, isLate: line.isRecordedLate, .stream)
      case .screen:
        let (number, here) = (scansOnScreen, screen)
        let panel = try await here.session.waitFor(
          "#\(number) \(self.place)", deadline: .seconds(60)
        ) {
          $0.reason(of: number) != nil
        }
        let reason = panel.reason(of: number)
        if reason != "valid", reason != "already_used" { tally.ambers += 1 }
        guard reason == "valid" else { continue }
        // It lets in all who are left; where it were first, nobody would be left for the other.
        let people = max(1, allowed[code]! - isIn[code, default: 0])
        admitted += note(people, code, isLate: panel.contains("recording late"), .screen)
        if Int.random(in: 0..<8, using: &random) == 0 {
          try await takeBack(people, code)
          admitted = 0
        }
      }
    }
    let past = past(of: code)
    try #require(
      isIn[code, default: 0] <= allowed[code]!, "too many on \(code): \(self.place); \(past)")
  }

  private mutating func note(_ people: Int, _ code: String, isLate: Bool, _ place: Place) -> Int {
    tally.greens += 1
    isIn[code, default: 0] += people
    history.append((code, "scan \(tally.scans) \(place): \(people)\(isLate ? " late" : "")"))
    if isLate {
      tally.late += 1
      risks[place, default: Risk()].admitted[code, default: 0] += people
    }
    return people
  }

  private mutating func takeBack(_ people: Int, _ code: String) async throws {
    try await screen.press("\u{1B}[19~")
    let panel = try await screen.session.waitFor("taken back, \(place)", deadline: .seconds(30)) {
      $0.contains("off the count")
    }
    isIn[code, default: 0] -= people
    history.append((code, "scan \(tally.scans): \(people) taken back"))
    tally.takenBack += 1
    if panel.contains("recording late") {
      risks[.screen, default: Risk()].takenBack[code, default: 0] += people
    }
  }

  /// What may be said of the faults.
  private static let diagnostics = [
    "not recording", "the store was damaged", "the store's file was deleted or replaced",
    // By a clock that was moved on.
    "THE EVENT IS OVER",
  ]

  private mutating func nextLine() async throws -> VerdictLine {
    while let line = await lines.next() {
      switch line {
      case .verdict(let verdict): return verdict
      case .diagnostic(let text):
        let isExpected =
          Self.diagnostics.contains { text.hasPrefix("doorcheck: \($0)") }
          || text.contains("that an earlier end could not save")
        try #require(isExpected, "\(text): \(place)")
      }
    }
    throw Timeout(what: "the scan ended: \(place)")
  }

  // MARK: The truth

  /// Holds what processes left to what they said.
  mutating func compare(_ places: [Place]) async throws {
    calmDown()
    try await lock?.value
    lock = nil
    let risk = places.reduce(into: Risk()) { all, place in
      guard let risk = risks.removeValue(forKey: place) else { return }
      all.admitted.merge(risk.admitted, uniquingKeysWith: +)
      all.takenBack.merge(risk.takenBack, uniquingKeysWith: +)
    }
    // What the other process has yet to write or to mend.
    _ = await comes(within: .seconds(30)) {
      guard let stored = try? Self.stored(folder) else { return false }
      return codes.allSatisfy { range(of: $0, at: risk).contains(stored[$0, default: 0]) }
    }
    let stored = try Self.stored(folder)
    for code in codes {
      let told = isIn[code, default: 0]
      let found = stored[code, default: 0]
      let range = range(of: code, at: risk)
      try #require(
        found >= range.lowerBound,
        "\(code) was green and is forgotten: \(past(of: code)), \(self.place)")
      try #require(
        found <= range.upperBound,
        "\(code) was taken back and is in: \(past(of: code)), \(self.place)")
      if found < told { tally.lostAsSaid += told - found }
      isIn[code] = found
    }
  }

  mutating func note(_ fault: String) {
    for code in codes { history.append((code, "scan \(tally.scans): \(fault)")) }
  }

  /// What was shown of a code, and the faults meanwhile.
  private func past(of code: String) -> [String] {
    history.filter { $0.code == code }.map(\.what)
  }

  /// How many the store may have on a code, where a process that is gone left some unwritten.
  private func range(of code: String, at risk: Risk) -> ClosedRange<Int> {
    let told = isIn[code, default: 0]
    return (told - risk.admitted[code, default: 0])...(told + risk.takenBack[code, default: 0])
  }

  private mutating func endOfNight() async throws {
    calmDown()
    try await lock?.value
    stream.endInput()
    while await lines.next() != nil {}
    screen.session.program?.send(signal: SIGTERM)
    _ = try await screen.session.waitForEnd(deadline: .seconds(30))
    try await mend()
    let stored = try Self.stored(folder)
    for code in codes {
      try #require(stored[code, default: 0] == isIn[code, default: 0], "\(code): \(place)")
    }
    try #require(try StoreContents(folder: folder).problems == [], place)
    await venue.stop()
  }

  /// People in, by codes, as the store has them.
  private static func stored(_ folder: String) throws -> [String: Int] {
    let prefix = "Plsandbox"
    let contents = try StoreContents(folder: folder)
    let standing = contents.admissions.filter { !$0.isUndone && $0.passID.hasPrefix(prefix) }
    return Dictionary(standing.map { (String($0.passID.dropFirst(prefix.count)), $0.people) }) {
      $0 + $1
    }
  }
}

extension FaultyNight.Tally: CustomStringConvertible {
  var description: String {
    let faults = faults.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    return """
      \(scans) scans, \(greens) greens (\(late) late), \(ambers) ambers, \(takenBack) taken back, \
      \(lostAsSaid) people lost as was said; \(faults.joined(separator: ", "))
      """
  }
}
