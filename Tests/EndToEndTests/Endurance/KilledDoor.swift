import Foundation
import Glibc
import SandboxVenue
import ScreenReader
import Testing

/// A door that is killed again and again on one store. It remembers what people were told, and holds
/// the store to it after each restart.
struct KilledDoor {
  /// A verdict that somebody saw before the kill.
  struct Told {
    var code: String
    var reason: String
    /// When the verdict was reached, to the second; nil where it was not looked at.
    var at: Date?
    /// Nil where it was not looked at.
    var people: Int?
    /// False: it was said that it is not recorded, or not yet.
    var isPromised = true
    /// It was said to be recorded late.
    var isLate = false

    var isGreen: Bool { reason == "valid" }
  }

  /// What came of it all.
  struct Tally {
    var kills = 0
    var killsOnScreen = 0
    var killsBeforeAnyVerdict = 0
    var verdicts = 0
    var greens = 0
    /// Admissions that were durable when the kill came, and that nobody saw.
    var unseen = 0
    /// Greens that were marked as not recorded, and are not.
    var lostAsSaid = 0
    /// Kills after commits had begun to fail.
    var killsWhenFull = 0
  }

  let venue: RunningVenue
  let folder: String
  let seed: UInt64
  var crowd: Crowd
  var tally = Tally()
  /// Of the journal, when the run before this one was over.
  private var lastJournalLine: Int64 = 0

  /// - Parameter folder: of the store, which is made by the first run.
  init(seed: UInt64, folder: String) async throws {
    var options = SandboxOptions()
    options.generatedPasses = 20_000
    options.faults.seed = seed
    options.faults.jitterMilliseconds = 4
    venue = try await SandboxVenue.start(options)
    self.folder = folder
    self.seed = seed
    crowd = Crowd(seed: seed) { SandboxVenue.generatedCode($0) }
  }

  /// Nothing here is about a service that fails, however busy the machine is.
  private var settings: [String: String] {
    DoorUnderTest.settings(for: venue).merging([
      "DOORCHECK_STORE_PATH": folder, "DOORCHECK_FOURVENUES_DEADLINE_MS": "60000",
      "DOORCHECK_FOURVENUES_PATIENCE_MS": "60000", "DOORCHECK_RULES_REPEAT_SECONDS": "60",
    ]) { $1 }
  }

  func scan() throws -> ScanStream {
    try ScanStream(environment: settings, event: venue.tonightEventID)
  }

  /// Scans at the door screen, each after the verdict before it, and kills it in the last one.
  /// - Returns: what stood on the screen.
  mutating func showUntilKilled(at last: Int) async throws -> [Told] {
    let pause = Duration.microseconds(crowd.number(in: 0...30_000))
    let door = try await DoorUnderTest(at: venue, environment: settings)
    var told: [Told] = []
    for number in 1...last {
      let scan = crowd.draw(repeats: false)
      try door.scan(scan.code)
      if number == last { break }
      let screen = try await door.session.waitFor(
        "#\(number) \(scan.reason)", deadline: .seconds(60)
      ) {
        $0.reason(of: number) != nil
      }
      told.append(Told(scan, number, on: screen))
    }
    // The moment of the kill is what is tried; nothing is waited for.
    try await Task.sleep(for: pause)
    door.session.program?.send(signal: SIGKILL)
    _ = try await door.session.waitForEnd()
    // The last one may have been painted, or may not.
    if let scan = crowd.drawn.last, door.session.screen.reason(of: last) != nil {
      told.append(Told(scan, last, on: door.session.screen))
    }
    tally.killsOnScreen += 1
    return told
  }

  private var place: Comment { "kill \(tally.kills), seed \(seed)" }

  /// The program has been killed. Starts it again, and compares what it kept with what was told.
  /// - Parameter isJournalWhole: whether every scan could be written down.
  mutating func restart(after told: [Told], isJournalWhole: Bool = true) async throws {
    let report = try await BuiltProgram.run(
      ["report", "--format", "json", "--event", venue.tonightEventID], environment: settings)
    var contents = StoreContents()
    // Killed before there was a whole store, there is none, or a part of one.
    let isWithoutStore = ["no store at", "start doorcheck once on it"].contains {
      report.errors.contains($0)
    }
    if tally.greens > 0 || !isWithoutStore {
      try #require(report.exitCode == 0 && report.errors.isEmpty, "\(report.errors): \(place)")
      contents = try StoreContents(folder: folder)
      let admitted = try report.objects().first { $0["figure"] as? String == "admitted" }
      try #require(
        admitted?["people"] as? Int == contents.people.values.reduce(0, +), "the report: \(place)")
    }
    try compare(contents, with: told, isJournalWhole: isJournalWhole)
  }

  /// The program has been killed. Compares what it left, without starting it.
  mutating func look(after told: [Told], isJournalWhole: Bool) throws {
    try compare(StoreContents(copyOf: folder), with: told, isJournalWhole: isJournalWhole)
  }

  private mutating func compare(
    _ contents: StoreContents, with told: [Told], isJournalWhole: Bool
  ) throws {
    tally.kills += 1
    tally.verdicts += told.count
    if told.isEmpty { tally.killsBeforeAnyVerdict += 1 }
    try #require(told.count <= crowd.drawn.count, place)
    for (told, scan) in zip(told, crowd.drawn) {
      try #require("\(told.code) \(told.reason)" == "\(scan.code) \(scan.reason)", place)
    }

    try #require(contents.problems == [], place)
    let recorded = contents.people
    try #require(recorded.count == contents.admissions.count, "somebody is in twice: \(place)")
    let greens = told.filter(\.isGreen)
    tally.greens += greens.count
    for green in greens where green.isPromised || recorded[green.code] != nil {
      let people = try #require(recorded[green.code], "\(green.code) was green: \(place)")
      try #require(people == green.people ?? people, "\(green.code): \(place)")
    }
    let seen = greens.map(\.code).filter { recorded[$0] != nil }
    tally.lostAsSaid += greens.count - seen.count
    if isJournalWhole { try expectJournal(contents.journal, tells: told) }
    lastJournalLine = contents.journal.last?.id ?? lastJournalLine

    let next = crowd.drawn.dropFirst(told.count).first?.code
    tally.unseen += crowd.settle(seen: Set(seen), recorded: Set(recorded.keys), next: next)
    // Nobody of any run so far is missing, and nobody is there who did not scan.
    try #require(Set(recorded.keys) == crowd.isIn, place)
  }

  /// At most the last scan of the run is written and was not told. Whom nobody let in has its line
  /// within a second of the panel: what was told just before the kill may lack it.
  private func expectJournal(_ journal: [StoreContents.JournalLine], tells told: [Told]) throws {
    var written = journal.filter { $0.id > lastJournalLine }.sorted {
      ($0.at, $0.id) < ($1.at, $1.id)
    }
    .map { "\($0.code) \($0.reason)" }[...]
    let end = told.last?.at
    for one in told {
      if written.first == "\(one.code) \(one.reason)" {
        written.removeFirst()
      } else {
        let age = one.at.flatMap { end?.timeIntervalSince($0) } ?? 0
        try #require(!one.isGreen && age <= 2, "\(one.code) is not written down: \(place)")
      }
    }
    let unseen = crowd.drawn.dropFirst(told.count).first.map { "\($0.code) \($0.reason)" }
    try #require(written.isEmpty || unseen.map { Array(written) == [$0] } == true, place)
  }
}

extension StoreContents {
  /// People by the code of the generated pass that they came in on.
  fileprivate var people: [String: Int] {
    let prefix = "Plsandbox"
    let counted = admissions.filter { !$0.isUndone && $0.passID.hasPrefix(prefix) }
    return Dictionary(counted.map { (String($0.passID.dropFirst(prefix.count)), $0.people) }) {
      $0 + $1
    }
  }
}

extension KilledDoor.Tally: CustomStringConvertible {
  var description: String {
    """
    \(kills) kills (\(killsOnScreen) of the door screen, \(killsBeforeAnyVerdict) before any \
    verdict, \(killsWhenFull) after commits had failed), \(verdicts) verdicts, \(greens) greens; \
    \(unseen) admissions were durable and not yet seen, \(lostAsSaid) greens were lost as was said
    """
  }
}

extension KilledDoor.Told {
  init(_ line: VerdictLine) {
    self.init(
      code: line.code, reason: line.reason, at: line.at,
      people: line.reason == "valid" ? line.admitted : nil,
      isPromised: !line.isRecordedLate, isLate: line.isRecordedLate)
  }

  fileprivate init(_ scan: Crowd.Scan, _ number: Int, on screen: Screen) {
    let text = screen.text.lowercased()
    self.init(
      code: scan.code, reason: screen.reason(of: number) ?? "",
      isPromised: !text.contains("not recording") && !text.contains("recording late"))
  }
}
