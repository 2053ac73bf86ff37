import Admission
import Formatting
import Foundation
import Testing

@testable import DoorScreen

/// Several doors on one ledger (Contract: Several doors).
@Suite struct DoorsTests {
  private static let sizes = [(80, 24), (40, 12)]
  private static let aloneSince = Night.at(hours: -0.1)

  // MARK: The header

  @Test(arguments: sizes)
  func `The header counts people over all doors and says how many there are`(
    columns: Int, rows: Int
  ) {
    func seen(_ doors: [DoorOnLedger]) -> Frame {
      Night.sharing(doors).seen(columns: columns, rows: rows)
    }
    let frame = seen(Array(Night.doors.prefix(3)))
    #expect(frame.contains("123 admitted, 3 doors"), "\(frame.text)")
    #expect(!frame.contains("at this door"))
    #expect(seen([Night.doors[0]]).contains("123 admitted, 1 door"), "this one alone")
  }

  /// Each row: how the other doors are, and what the header makes of them with this one.
  @Test(arguments: [
    ([Night.door("d2", "B", state: .ended)], "1 door"),
    ([Night.door("d2", "B", state: .alone)], "2 doors"),
    ([Night.door("d2", "B", state: .silent)], "2 doors, 1 silent"),
    (
      [Night.door("d2", "B", state: .silent), Night.door("d3", "C", state: .silent)],
      "3 doors, 2 silent"
    ),
    ([Night.door("d2", "B", event: "ev9")], "1 door"),
    ([Night.door("d2", "B", event: nil)], "2 doors"),
  ])
  func `Doors that were ended or are for another event do not count, silent ones are said`(
    others: [DoorOnLedger], text: String
  ) {
    for this in [DoorOnLedger.State.connected, .silent, .ended] {
      let doors = [Night.door("d1", "A", state: this)] + others
      let line = Night.sharing(doors).seen().lines[1].trimmingCharacters(in: .whitespaces)
      #expect(line.hasSuffix("123 admitted, \(text)"), "\(line)")
    }
  }

  @Test func `On a small screen the doors are told in few words before they go`() {
    var setup = Night.setup()
    setup.capacity = 1500
    var state = Night.sharing(setup: setup)
    let offline = ServiceStatus.offline(since: Night.at(hours: -0.5))
    state.take(.service(ServiceHealth(offline)))
    let small = state.seen(columns: 40, rows: 12)
    #expect(small.contains("123/1500, 3/4 doors") && small.contains("OFFLINE"), "\(small.text)")
    let tiny = state.seen(columns: 20, rows: 12)
    #expect(tiny.contains("OFFLINE"), "\(tiny.text)")
  }

  @Test(arguments: Language.allCases) func `Beside what is stored the doors find room`(
    _ language: Language
  ) {
    var setup = Night.setup()
    setup.language = language
    var state = Night.sharing(setup: setup)
    state.take(.night(.crowd(Crowd(admitted: 1431, inside: 1431))))
    state.take(.night(.preload(.finished(count: 3012, at: Night.now.wall))))
    let line = state.seen(columns: 40, rows: 12).lines[1]
    #expect(line.contains("3012 pas") && line.contains("1431") && line.contains("3/4"), "\(line)")
    state.take(.night(.ledger(.alone(since: Self.aloneSince))))
    let alone = state.seen(columns: 40, rows: 12).lines[1]
    #expect(alone.contains("3012 pas") && alone.contains(language.texts.alone), "\(alone)")
    #expect(state.seen().lines[1].contains(language.texts.stored(3012)))
  }

  @Test(arguments: sizes) func `Without a ledger nothing of it is shown`(columns: Int, rows: Int) {
    var state = Night.state()
    let before = state.seen(columns: columns, rows: rows)
    state.share(Night.doors, status: .none)
    #expect(state.seen(columns: columns, rows: rows) == before)
    #expect(state.press(.function(7)) == [])
    #expect(state.seen(columns: columns, rows: rows) == before)
    state.press(.function(1))
    #expect(!state.seen(columns: columns, rows: 60).contains("F7"))
  }

  // MARK: Cut off

  @Test(arguments: sizes) func `Cut off is loud and since when, and gone at once`(
    columns: Int, rows: Int
  ) {
    var state = Night.sharing()
    let before = state.seen(columns: columns, rows: rows)
    state.take(.night(.ledger(.alone(since: Self.aloneSince))))
    for scan in [false, true] {
      if scan { state.scan(Night.outcome(.valid)) }
      let frame = state.seen(after: 0.3, columns: columns, rows: rows)
      #expect(frame.contains("THIS DOOR ALONE since 23:35"), "\(frame.text)")
      #expect(frame.lines[1].contains("123 admitted, ALONE"), "\(frame.text)")
      #expect(!frame.lines[1].contains("door"), "nobody knows how many there are\n\(frame.text)")
      #expect(frame.cells(.banner) >= columns)
    }
    state.take(.night(.ledger(.together)), after: 60)
    #expect(state.seen(after: 60, columns: columns, rows: rows).lines[1] == before.lines[1])
    #expect(state.seen(after: 60, columns: columns, rows: rows).cells(.banner) == 0)
  }

  /// What loses admissions, or makes all of them doubtful, comes first.
  @Test func `Being alone is more urgent than all but the clock and the recording`() {
    var state = Night.sharing(status: .alone(since: Self.aloneSince))
    for notice in Night.notices where ![.clockWrong, .notRecording].contains(notice.kind) {
      state.take(.notice(notice, isActive: true))
    }
    state.scan(Night.outcome(.alreadyUsed))
    let frame = state.seen(columns: 40, rows: 12)
    #expect(frame.lines[2].contains("THIS DOOR ALONE since 23:35"), "\(frame.text)")
    #expect(frame.lines[2].contains("more"), "\(frame.text)")
    state.take(.notice(.notRecording, isActive: true))
    #expect(state.seen(columns: 40, rows: 12).lines[2].contains("NOT RECORDING"))
    #expect(state.seen(columns: 40, rows: 12).lines[1].contains("ALONE"), "still said")
  }

  // MARK: The page

  @Test(arguments: sizes) func `The page shows every door and how it is`(columns: Int, rows: Int) {
    var state = Night.sharing()
    #expect(state.press(.function(7)) == [])
    let frame = state.seen(columns: columns, rows: rows)
    let lines = frame.lines
    for (name, words) in [
      ("Main door", ["231", "connected", "•"]), ("Garden", ["92", "3 s", "connected"]),
      ("Side door", ["60", "12 s", "ALONE", "!"]), ("VIP", ["48", "3 min", "SILENT"]),
    ] {
      let line = lines.first { $0.contains("\(name) ") && $0.contains(words[0]) }
      for word in words { #expect(line?.contains(word) == true, "\(name) \(word)\n\(frame.text)") }
    }
    if columns == 80 {
      for text in ["260", "12 s ago", "this door", "other rules, clock +3 s"] {
        #expect(frame.contains(text), "\(text)\n\(frame.text)")
      }
    }
    state.press(.function(7))
    #expect(
      state.seen(columns: columns, rows: rows) == Night.sharing().seen(columns: columns, rows: rows)
    )
  }

  @Test(arguments: sizes) func `The selected door is told in full`(columns: Int, rows: Int) {
    var state = Night.sharing()
    state.press(.function(7))
    func foot() -> String {
      let lines = state.seen(columns: columns, rows: rows).lines
      let last = lines.lastIndex { $0.contains("scans") } ?? lines.count - 1
      return lines[max(0, last - 2)...last].map { $0.trimmingCharacters(in: .whitespaces) }
        .joined(separator: " ")
    }
    #expect(foot().contains("Main door · this door · 231 people · 260 scans"), "\(foot())")
    for _ in 0..<2 { state.press(.down) }
    #expect(
      foot().contains(
        "Side door · other rules: rules.hours · clock 3 s ahead · 60 people · 64 scans"),
      "\(foot())")
  }

  @Test(arguments: sizes) func `More doors than rows are scrolled to`(columns: Int, rows: Int) {
    let doors = Night.manyDoors(30)
    var state = Night.sharing(doors)
    state.press(.function(7))
    var seen: Set<String> = []
    for step in 0..<35 {
      let frame = state.seen(columns: columns, rows: rows)
      let names = doors.map(\.name).filter { name in frame.contains(" \(name) ") }
      #expect(names.contains("Door \(min(step, 29) + 1)"), "the selected one is in sight")
      seen.formUnion(names)
      #expect(frame.contains("\(min(step, 29) + 1)/30"), "\(frame.text)")
      state.press(.down)
    }
    #expect(seen.count == 30)
    for _ in 0..<40 { state.press(.pageUp) }
    #expect(state.seen(columns: columns, rows: rows).contains("1/30"))
    // Fewer doors than were there leave something selected.
    for _ in 0..<40 { state.press(.pageDown) }
    state.take(.night(.doors(Array(doors.prefix(2)))))
    #expect(state.seen(columns: columns, rows: rows).contains("2/2"))
  }

  @Test func `A scan closes the page, and every other page gives way to it`() {
    for key in [1, 2, 4] {
      var state = Night.sharing()
      state.press(.function(key))
      state.press(.function(7))
      #expect(state.seen().contains("DOORS TONIGHT"))
      state.take(.scan(.taken(number: 12, code: "AB12CD9123", isRepeat: false)))
      #expect(!state.seen().contains("DOORS TONIGHT"))
    }
    var state = Night.sharing()
    state.press(.function(7))
    state.press(.escape)
    #expect(!state.seen().contains("DOORS TONIGHT"))
  }

  @Test func `The age of each door goes on by itself`() {
    var state = Night.sharing()
    state.press(.function(7))
    #expect(state.seen(after: 47.9).contains("59 s ago"))
    #expect(state.seen(after: 48.1).contains("1 min ago"))
    var now = Night.now
    for _ in 0..<5 {
      let next = state.nextChange(after: now)
      #expect(next <= now.uptime + 1.001)
      now = now.advanced(by: next - now.uptime)
    }
    let main = state.seen(after: 100).lines.first {
      $0.contains("Main door ") && $0.contains("231")
    }
    #expect(main?.contains(" 0 s ago") == true, "this one is here")
    // Told again, they are as old as that says.
    state.take(.night(.doors(Night.doors)), after: 100)
    #expect(state.seen(after: 100).contains("12 s ago"))
  }

  @Test(arguments: sizes) func `While this door is alone nobody knows how the others are`(
    columns: Int, rows: Int
  ) {
    var state = Night.sharing()
    state.take(.night(.ledger(.alone(since: Night.at(hours: 0.1)))), after: 360)
    state.press(.function(7), after: 600)
    let frame = state.seen(after: 600, columns: columns, rows: rows)
    #expect(frame.contains("as of 23:41"), "\(frame.text)")
    let lines = frame.lines
    #expect(lines.contains { $0.contains("Main door") && $0.contains("ALONE") }, "\(frame.text)")
    #expect(lines.contains { $0.contains("Garden") && $0.contains("not known") }, "\(frame.text)")
    #expect(!frame.contains("connected") && !frame.contains("SILENT"), "\(frame.text)")
    #expect(lines.contains { $0.contains("Garden") && $0.contains("10 min") }, "\(frame.text)")
  }

  @Test func `Before any door is known the page says so`() {
    var state = Night.sharing([])
    state.press(.function(7))
    #expect(state.seen(columns: 40, rows: 12).contains("The other doors are not known yet"))
    state.press(.down)
    state.take(.night(.doors(Night.doors)))
    #expect(state.seen(columns: 40, rows: 12).contains("Garden"))
  }

  /// Each row: this door and another one, and what is remarked of either.
  @Test(
    arguments: [
      (Night.door("d1", "A"), Night.door("d2", "B"), [], []),
      (Night.door("d1", "Main"), Night.door("d2", " main "), [.sameName], [.sameName]),
      (Night.door("d1", "A"), Night.door("d2", "A", state: .ended), [], []),
      (
        Night.door("d1", "A"), Night.door("d2", "B", rules: "rules.hours: warn"), [],
        [.otherRules(["rules.hours"])]
      ),
      (
        Night.door("d1", "A"), Night.door("d2", "B", event: "ev9", rules: "rules.hours: warn"), [],
        [.otherEvent]
      ),
      (
        Night.door("d1", "A", event: nil), Night.door("d2", "B", rules: "rules.hours: warn"), [], []
      ),
      (
        Night.door("d1", "A"), Night.door("d2", "B", state: .ended, rules: "rules.hours: warn"), [],
        []
      ),
      (
        Night.door("d1", "A", offset: 2), Night.door("d2", "B", offset: -61.2),
        [.clock(seconds: 2)], [.clock(seconds: -61)]
      ),
      (Night.door("d1", "A", offset: 1.9), Night.door("d2", "B", offset: -1.9), [], []),
      (Night.door("d1", "A", offset: nil), Night.door("d2", "B", offset: .nan), [], []),
    ] as [(DoorOnLedger, DoorOnLedger, [DoorRemark], [DoorRemark])])
  func `What is to be known of a door is remarked`(
    this: DoorOnLedger, other: DoorOnLedger, onThis: [DoorRemark], onOther: [DoorRemark]
  ) {
    var shared = SharedDoors()
    shared.ledger = .together
    shared.note([this, other], at: Night.now)
    #expect(shared.remarks(on: this) == onThis)
    #expect(shared.remarks(on: other) == onOther)
  }

  @Test func `The key stands at the foot and on the help page`() {
    #expect(Night.sharing().seen().lines.last?.contains("F7 doors") == true)
    var state = Night.sharing()
    state.press(.function(1))
    #expect(state.seen(columns: 80, rows: 40).contains("tonight's doors"))
    // Its last line can still be scrolled to.
    for _ in 0..<10 { state.press(.pageDown) }
    #expect(state.seen(columns: 40, rows: 12).contains("AB…123"))
  }

  // MARK: Verdicts

  @Test(arguments: sizes) func `Already used names the other door`(columns: Int, rows: Int) {
    for (ago, text) in [(12.0, "12 s ago"), (1440, "at 23:17")] {
      var state = Night.sharing()
      let entry = Entry(at: Night.now.wall.addingTimeInterval(-ago), door: "Side door")
      state.scan(Night.outcome(.alreadyUsed, entry: entry))
      let words = state.seen(after: 0.3, columns: columns, rows: rows).lines
        .map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
      #expect(words.contains(text) && words.contains("Side door"), "\(words)")
    }
  }

  /// A second door is no other screen of this one.
  @Test(arguments: [
    (Language.english, "eing let in elsewhere", "SCAN AGAIN"),
    (.spanish, "otro lugar", "ESCANEA OTRA VEZ"), (.french, "ailleurs", "SCANNEZ À NOUVEAU"),
    (.italian, "altra parte", "SCANSIONA DI NUOVO"),
    (.portuguese, "noutro lugar", "LEIA OUTRA VEZ"),
  ])
  func `Of a pass that another door is about to admit staff are told to scan again`(
    _ language: Language, why: String, step: String
  ) {
    for (columns, rows) in Self.sizes {
      var setup = Night.setup()
      setup.language = language
      var state = Night.sharing(setup: setup)
      state.scan(Night.claimedElsewhere)
      let frame = state.seen(after: 0.3, columns: columns, rows: rows)
      #expect(frame.contains(why) && frame.contains(step), "\(frame.text)")
      #expect(frame.mainRole == .unverified)
      // In big letters as of a code that could not be read.
      var unread = Night.sharing(setup: setup)
      unread.scan(Night.outcome(.unreadableCode))
      let unreadFrame = unread.seen(after: 0.3, columns: columns, rows: rows)
      #expect(frame.lines.filter(isBig) == unreadFrame.lines.filter(isBig), "\(frame.text)")
    }
  }

  private func isBig(_ line: String) -> Bool { line.count { $0 == "█" } >= 2 }
}
