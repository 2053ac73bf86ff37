import Admission
import DoorScreen
import Foundation
import Testing

/// ↑ ↓ on a group, F6 lets in by hand, F8 takes back, and what a late answer changes.
@Suite struct CorrectionTests {
  private static let sizes = [(80, 24), (40, 12)]

  private func group(_ allowed: Int, used: Int, admitted: Int, number: Int = 12) -> Outcome {
    Night.outcome(
      .valid, number: number, count: HeadCount(allowed: allowed, used: used, admitted: admitted))
  }

  /// Allowed, in before and admitted; the keys; and what is asked for.
  @Test(arguments: [
    (4, 0, 4, [DoorKey.down], [3]), (4, 0, 4, [.up], []),
    (4, 0, 4, [.down, .down, .down], [3, 2, 1]),
    (4, 0, 4, [.down, .down, .down, .down], [3, 2, 1]), (4, 0, 4, [.down, .up], [3, 4]),
    (4, 1, 1, [.up, .up, .up], [2, 3]), (4, 1, 1, [.down], []), (1, 0, 1, [.up, .down], []),
    (4, 3, 1, [.up, .down], []), (4, 0, 4, [.pageDown, .pageUp], []),
    (.max, 0, .max, [.up, .down], [.max - 1]),
  ])
  func `Arrows change how many came in`(
    allowed: Int, used: Int, admitted: Int, keys: [DoorKey], asked: [Int]
  ) {
    var state = Night.state()
    state.scan(group(allowed, used: used, admitted: admitted))
    let effects = keys.flatMap { state.press($0) }
    #expect(effects == asked.map { .setAdmitted(number: 12, people: $0) })
  }

  @Test(arguments: sizes) func `The change is seen at once and then confirmed`(
    columns: Int, rows: Int
  ) {
    var state = Night.state()
    state.scan(group(4, used: 0, admitted: 4))
    state.press(.down)
    state.press(.down)
    let pending = state.seen(columns: columns, rows: rows)
    #expect(pending.contains("Let 2 in") && pending.contains("saving #12"))
    #expect(pending.contains("Tonight 2 of 4, 2 may still come"))
    state.take(.staff(.corrected(group(4, used: 0, admitted: 3))))
    let half = state.seen(columns: columns, rows: rows)
    #expect(half.lines[2..<12] == pending.lines[2..<12], "one answer is still to come")
    #expect(half.contains("Let 2 in") && half.contains("saving #12"))
    state.take(.staff(.corrected(group(4, used: 0, admitted: 2))))
    let confirmed = state.seen(columns: columns, rows: rows)
    #expect(confirmed.contains("Let 2 in") && !confirmed.contains("saving"))
    #expect(confirmed.mainRole == .admit)
    #expect(state.seen(after: 20).contains("✓ ADMIT 2"), "the list follows")
  }

  @Test(arguments: sizes) func `What was late is so until it is recorded`(columns: Int, rows: Int) {
    var state = Night.state()
    var late = group(4, used: 0, admitted: 4)
    late.isRecordedLate = true
    state.scan(late)
    state.take(.scan(.recorded(number: 11)))
    #expect(state.seen(columns: columns, rows: rows).contains("recording late"), "another scan")
    state.take(.scan(.recorded(number: 12)))
    let recorded = state.seen(columns: columns, rows: rows)
    #expect(recorded.contains("Let 4 in") && !recorded.contains("late"))
    let undone = UndoneEntry(
      code: "AB12CD9123", people: 4, time: Night.now.wall, isRecordedLate: true, reference: .own(3))
    state.press(.function(8))
    state.take(.staff(.undone(undone)))
    state.take(.staff(.undoRecorded(.own(2))))
    #expect(state.seen(columns: columns, rows: rows).contains("recording late"), "another entry")
    state.take(.staff(.undoRecorded(.own(3))))
    #expect(!state.seen(columns: columns, rows: rows).contains("late"))
  }

  @Test func `What could not be recorded goes back`() {
    var state = Night.state()
    state.scan(group(4, used: 0, admitted: 4))
    state.press(.down)
    state.take(.staff(.corrected(group(4, used: 0, admitted: 4))))
    #expect(state.seen().contains("Let 4 in") && !state.seen().contains("saving"))
  }

  @Test func `A correction of an earlier scan leaves the panel`() {
    var state = Night.state()
    state.scan(group(4, used: 0, admitted: 4))
    state.press(.down)
    state.scan(Night.outcome(.alreadyUsed, number: 13))
    let before = state.seen()
    state.take(.staff(.corrected(group(4, used: 0, admitted: 3))))
    #expect(state.seen().mainRole == .refuse)
    #expect(state.seen().lines[2...18] == before.lines[2...18])
    #expect(state.seen(after: 30).contains("✓ ADMIT 3"))
  }

  @Test func `A key keeps the panel`() {
    var state = Night.state()
    state.scan(group(4, used: 0, admitted: 4))
    state.press(.down, after: 7)
    #expect(state.seen(after: 14).mainRole == .admit)
    #expect(state.seen(after: 15).mainRole == .neutral)
  }

  @Test func `The hint stands where there is something to change`() {
    var state = Night.state()
    state.scan(group(4, used: 0, admitted: 4))
    for (columns, rows) in Self.sizes {
      #expect(state.seen(columns: columns, rows: rows).contains("↑ ↓"))
    }
    state.scan(Night.outcome(.valid, number: 13))
    #expect(!state.seen().contains("↑ ↓"))
  }

  @Test func `A repeated panel is not corrected`() {
    var state = Night.state()
    state.scan(group(4, used: 0, admitted: 4))
    state.take(.scan(.taken(number: 13, code: "AB12CD9123", isRepeat: true)), after: 2)
    #expect(state.press(.down, after: 2) == [])
  }

  // MARK: By hand

  @Test(arguments: Reason.allCases) func `Red and amber may be let in`(_ reason: Reason) {
    var state = Night.state()
    state.scan(Night.outcome(reason))
    let asked = state.press(.function(6))
    #expect(asked == ([.admit, .out].contains(reason.verdict) ? [] : [.letIn(number: 12)]))
    #expect(state.press(.function(6)) == [], "once")
  }

  @Test func `Nobody is let in without a panel`() {
    var state = Night.state()
    #expect(state.press(.function(6)) == [])
    state.take(.scan(.taken(number: 12, code: "AB12CD9123", isRepeat: false)))
    #expect(state.press(.function(6)) == [], "while it is looked up")
    state.take(.scan(.verdict(Night.outcome(.alreadyUsed))))
    state.press(.function(1))
    #expect(state.press(.function(6)) == [], "a page hides it")
    state.press(.function(1))
    state.take(.scan(.taken(number: 13, code: "AB12CD9123", isRepeat: true)), after: 2)
    #expect(state.press(.function(6), after: 2) == [], "a repeat is no second try")
    #expect(state.press(.function(6), after: 60) == [], "the panel has gone")
  }

  @Test(arguments: sizes) func `By hand has a look of its own`(columns: Int, rows: Int) {
    var state = Night.state()
    state.scan(Night.outcome(.notActive))
    state.press(.function(6))
    state.take(.staff(.letIn(Night.letIn(.notActive))))
    let frame = state.seen(columns: columns, rows: rows)
    #expect(frame.mainRole == .field)
    for role in [Style.Role.admit, .refuse, .unverified] where rows < 20 {
      #expect(frame.cells(role) == 0)
    }
    for text in ["LET IN BY HAND", "Ana García", "1 person, counted", "pass not active", "#12"] {
      #expect(frame.contains(text), "\(text)\n\(frame.text)")
    }
    #expect(state.seen(after: 20).contains("+ BY HAND"), "the list says so")
    #expect(state.press(.function(6)) == [])
  }

  /// ↑ ↓ after F6, answered or not yet.
  @Test(arguments: Reason.allCases.filter { ![.admit, .out].contains($0.verdict) }, [true, false])
  func `Arrows say how many came in by hand`(_ reason: Reason, isAnswered: Bool) {
    var state = Night.state()
    state.scan(Night.outcome(reason))
    state.press(.function(6))
    if isAnswered { state.take(.staff(.letIn(Night.letIn(reason)))) }
    #expect(state.press(.down) == [], "one at least")
    #expect(state.press(.up) == [.setAdmitted(number: 12, people: 2)])
    #expect(state.press(.up) == [.setAdmitted(number: 12, people: 3)])
    if !isAnswered { state.take(.staff(.letIn(Night.letIn(reason)))) }
    #expect(state.seen().contains("3 people, counted") && state.seen().contains("saving #12"))
    #expect(state.press(.down) == [.setAdmitted(number: 12, people: 2)])
    for people in [2, 3, 2] { state.take(.staff(.corrected(Night.letIn(reason, people: people)))) }
    for (columns, rows) in Self.sizes {
      let frame = state.seen(columns: columns, rows: rows)
      #expect(frame.mainRole == .field)
      #expect(frame.contains("2 people, counted") && !frame.contains("saving"), "\(frame.text)")
    }
    #expect(state.seen(after: 20).contains("+2 BY HAND"), "the list says so")
  }

  @Test func `No more than two digits come in by hand`() {
    var state = Night.state()
    state.scan(Night.outcome(.alreadyUsed))
    state.press(.function(6))
    let asked = (0..<200).flatMap { _ in state.press(.up) }
    #expect(asked.last == .setAdmitted(number: 12, people: 99))
    #expect(asked.count == 98)
  }

  @Test func `What could not be recorded by hand goes back`() {
    var state = Night.state()
    state.scan(Night.outcome(.alreadyUsed))
    state.press(.function(6))
    state.take(.staff(.letIn(Night.letIn(.alreadyUsed))))
    state.press(.up)
    state.take(.staff(.corrected(Night.letIn(.alreadyUsed))))
    #expect(state.seen().contains("1 person, counted") && !state.seen().contains("saving"))
  }

  @Test func `A newer verdict keeps the panel`() {
    var state = Night.state()
    state.scan(Night.outcome(.offline))
    state.press(.function(6))
    state.scan(Night.outcome(.valid, number: 13), after: 3)
    state.take(.staff(.letIn(Night.letIn(.offline))), after: 3)
    let frame = state.seen(after: 3, columns: 40, rows: 12)
    #expect(frame.mainRole == .admit)
    #expect(frame.contains("LET IN BY HAND #12"))
    #expect(!state.seen(after: 8, columns: 40, rows: 12).contains("LET IN BY HAND"))
  }

  @Test func `Read again after by hand it was counted`() {
    var state = Night.state()
    state.scan(Night.outcome(.alreadyUsed))
    state.press(.function(6))
    state.take(.staff(.letIn(Night.letIn(.alreadyUsed))))
    state.scan(Night.outcome(.alreadyUsed, number: 13, isRepeat: true), after: 2)
    #expect(state.seen(after: 2).contains("SAME PASS, COUNTED ONCE"))
  }

  // MARK: Undo

  @Test(arguments: sizes) func `Undone is neutral`(columns: Int, rows: Int) {
    var state = Night.state()
    state.scan(Night.group)
    #expect(state.press(.function(8)) == [.undo])
    #expect(state.seen().mainRole == .admit, "until it is answered")
    state.take(.staff(.undone(Night.entry)))
    let frame = state.seen(columns: columns, rows: rows)
    #expect(frame.mainRole == .neutral)
    for text in ["Ana García", "4 people off the count", "23:40:07"] {
      #expect(frame.contains(text), "\(text)\n\(frame.text)")
    }
    #expect(state.seen(after: 20).contains("- UNDONE"), "the list says so")
    #expect(!state.seen(after: 20).contains("✓ ADMIT 4"))
    #expect(state.seen(after: 8).contains("Scan a pass"))
  }

  @Test func `A name that may not be shown is a masked code`() {
    var state = Night.state()
    state.press(.function(8))
    var entry = Night.entry
    entry.name = nil
    state.take(.staff(.undone(entry)))
    #expect(state.seen().contains("AB…123") && !state.seen().contains("AB12CD9123"))
  }

  @Test func `Nothing to undo never displaces a verdict`() {
    var state = Night.state()
    state.press(.function(8))
    state.take(.staff(.nothingToUndo))
    #expect(state.seen().mainRole == .neutral && state.seen().contains("NOTHING TO UNDO"))
    state.scan(Night.outcome(.alreadyUsed), after: 1)
    #expect(state.seen(after: 1).mainRole == .refuse)
    state.press(.function(8), after: 3)
    state.take(.staff(.nothingToUndo), after: 3)
    #expect(state.seen(after: 3).mainRole == .refuse && state.seen(after: 3).contains("NOTHING TO"))
  }

  /// A scan that came after the key was pressed is not displaced by the answer.
  @Test(arguments: [true, false]) func `A newer scan keeps the panel`(hasVerdict: Bool) {
    var state = Night.state()
    state.scan(Night.group)
    state.press(.function(8))
    state.take(.scan(.taken(number: 13, code: "ZZ12CD9888", isRepeat: false)))
    if hasVerdict {
      state.take(.scan(.verdict(Night.outcome(.valid, number: 13, code: "ZZ12CD9888"))))
    }
    state.take(.staff(.undone(Night.entry)))
    let frame = state.seen(columns: 40, rows: 12)
    #expect(frame.mainRole == (hasVerdict ? .admit : .neutral))
    #expect(frame.contains("UNDONE  Ana García"), "\(frame.text)")
  }

  // MARK: Late answers

  @Test(arguments: sizes) func `A contradiction stands for a minute`(columns: Int, rows: Int) {
    var state = Night.state()
    state.scan(Night.outcome(.valid))
    state.scan(Night.outcome(.valid, number: 13, code: "ZZ12CD9888"), after: 3)
    state.take(.scan(.contradicted(Night.outcome(.archived))), after: 4)
    for after in [4.0, 20, 63.9] {
      let frame = state.seen(after: after, columns: columns, rows: rows)
      #expect(
        frame.contains("CORRECTION: STOP #12") && frame.contains("Ana García"), "\(frame.text)")
      #expect(frame.cells(.refuse) >= columns)
    }
    #expect(!state.seen(after: 64, columns: columns, rows: rows).contains("CORRECTION"))
  }

  @Test(arguments: [DoorKey.escape, .down, .enter, .function(1), .function(12)])
  func `A key takes it away`(_ key: DoorKey) {
    var state = Night.state()
    state.take(.scan(.contradicted(Night.outcome(.archived))))
    state.press(key)
    #expect(!state.seen().contains("CORRECTION"))
  }

  @Test func `Scans do not take it away`() {
    var state = Night.state()
    state.take(.scan(.contradicted(Night.outcome(.archived))))
    for number in 13...20 {
      state.scan(Night.outcome(.alreadyUsed, number: number), after: 0.1 * Double(number - 12))
    }
    for (columns, rows) in Self.sizes {
      let frame = state.seen(after: 0.8, columns: columns, rows: rows)
      #expect(frame.contains("CORRECTION: STOP #12"))
      #expect(frame.contains("STOP #19"), "and the strip of the one before stands too")
    }
  }

  @Test func `A wrong green that still stands goes`() {
    var state = Night.state()
    state.scan(Night.outcome(.valid))
    state.take(.scan(.contradicted(Night.outcome(.archived))), after: 1)
    #expect(state.seen(after: 1).mainRole == .refuse)
    #expect(state.press(.function(6), after: 1) == [], "they are in, and counted")
  }

  /// Neither what was stored nor its green stands anywhere any more.
  @Test func `Its row and its panel become the refusal`() {
    var state = Night.state()
    state.scan(Night.outcome(.valid, pass: Night.pass("Ana García", type: "Guest")))
    state.scan(Night.outcome(.valid, number: 13, code: "ZZ12CD9888"), after: 3)
    let refusal = Night.outcome(
      .notActive, pass: Night.pass("Ana García", type: "VIP table", state: "cancelled"))
    state.take(.scan(.contradicted(refusal)), after: 4)
    var frame = state.seen(after: 4)
    #expect(frame.mainRole == .admit, "the newest scan keeps its panel")
    #expect(Self.rows(frame).allSatisfy { $0.contains("✗ STOP") }, "\(frame.text)")
    #expect(Self.rows(frame).count == 1)

    state = Night.state()
    state.scan(Night.outcome(.valid, pass: Night.pass("Ana García", type: "Guest")))
    state.take(.scan(.contradicted(refusal)), after: 1)
    frame = state.seen(after: 1)
    #expect(frame.contains("VIP table") && !frame.contains("Guest"), "\(frame.text)")
    #expect(frame.contains("cancelled"), "\(frame.text)")
    #expect(Self.rows(frame).allSatisfy { $0.contains("✗ STOP") }, "\(frame.text)")
  }

  /// Of the scan, in the list of the last ones.
  private static func rows(_ frame: Frame) -> [String] {
    frame.lines.filter { $0.contains("AB…123") }
  }

  /// ↓ was pressed on the green, and is confirmed after the service refused it.
  @Test func `No confirmation turns it green again`() {
    var state = Night.state()
    state.scan(Night.group)
    state.press(.down)
    state.take(.scan(.contradicted(Night.outcome(.archived))), after: 1)
    state.take(.staff(.corrected(Night.group)), after: 1)
    let frame = state.seen(after: 1)
    #expect(frame.mainRole == .refuse)
    #expect(!frame.contains("ADMIT"), "\(frame.text)")
  }

  @Test func `Taken back it is said so in its row`() {
    var state = Night.state()
    state.scan(Night.outcome(.valid, code: Night.entry.code))
    state.take(.scan(.contradicted(Night.outcome(.archived, code: Night.entry.code))), after: 1)
    state.press(.function(8), after: 2)
    state.take(.staff(.undone(Night.entry)), after: 2)
    #expect(state.seen(after: 2).contains("- UNDONE"), "\(state.seen(after: 2).text)")
  }

  /// Nobody was let in, so that the panel stays a look's.
  @Test func `A look stays a look`() {
    var state = Night.state()
    state.press(.function(3))
    state.scan(Night.outcome(.valid), isLook: true)
    let effects = state.take(.scan(.contradicted(Night.outcome(.archived))), after: 1)
    #expect(effects == [.ring(.attention)])
    #expect(state.seen(after: 1).mainRole == .look)
  }
}
