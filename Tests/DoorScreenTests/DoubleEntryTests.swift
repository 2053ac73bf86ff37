import Admission
import Formatting
import Foundation
import Testing

@testable import DoorScreen

/// That one pass let more people in than it allows, at several doors (Contract: Several doors).
@Suite struct DoubleEntryTests {
  private static let sizes = [(80, 24), (40, 12)]

  @Test(arguments: sizes) func `A double entry is told in full beside an idle panel`(
    columns: Int, rows: Int
  ) {
    var state = Night.sharing()
    state.take(.night(.doubleEntries([Night.doubleEntry])))
    let frame = state.seen(columns: columns, rows: rows)
    for text in [
      "DOUBLE ENTRY AB…123 · VIP table", "Main door 23:23 (2), Side door 23:26",
      "1 too many. Ask the guest", "Scan a pass",
    ] { #expect(frame.contains(text), "\(text)\n\(frame.text)") }
    #expect(frame.text.split(separator: "\n").joined(separator: " ").contains("report"))
    #expect(!frame.contains("AB12CD9123"))
  }

  @Test(arguments: sizes) func `It is never in the way of a scan`(columns: Int, rows: Int) {
    var state = Night.sharing()
    state.take(.night(.doubleEntries([Night.doubleEntry])))
    for (number, reason) in [(12, Reason.valid), (13, .alreadyUsed), (14, .offline)] {
      state.scan(Night.outcome(reason, number: number), after: Double(number - 12) * 8)
      let after = Double(number - 12) * 8 + 0.3
      let frame = state.seen(after: after, columns: columns, rows: rows)
      #expect(frame.cells(.banner) <= columns * 2 && frame.cells(.banner) >= columns)
      #expect(frame.contains("DOUBLE ENTRY AB…123"), "\(frame.text)")
      #expect([.admit, .refuse, .unverified].contains(frame.mainRole), "\(frame.text)")
      let big = frame.lines.count { $0.count { $0 == "█" } >= 2 }
      #expect(big >= 5, "\(frame.text)")
    }
  }

  @Test func `A key or its time ends it, and then the next one is told`() {
    func told() -> DoorState {
      var state = Night.sharing()
      state.take(.night(.doubleEntries([Night.doubleEntry, Night.otherDoubleEntry])))
      return state
    }
    #expect(told().seen().contains("+1 more"))
    var state = told()
    state.press(.up, after: 1.9)
    #expect(state.seen(after: 1.9).contains("AB…123"), "nobody can have read it")
    state.press(.escape, after: 2)
    #expect(state.seen(after: 2).contains("DOUBLE ENTRY QW…777"))
    #expect(!state.seen(after: 2).contains("more ") || !state.seen(after: 2).contains("AB…123"))
    state.take(.card(.look, isAgain: false), after: 5)
    #expect(!state.seen(after: 5).contains("DOUBLE ENTRY"))

    state = told()
    state.take(.tick, after: 59.9)
    #expect(state.seen(after: 59.9).contains("AB…123"))
    #expect(state.nextChange(after: Night.now.advanced(by: 59.9)) <= Night.now.uptime + 60)
    state.take(.tick, after: 60)
    #expect(state.seen(after: 60).contains("QW…777"))
    state.take(.tick, after: 120)
    #expect(state.seen(after: 120) == Night.sharing().seen(after: 120))
  }

  @Test func `Scans do not end it`() {
    var state = Night.sharing()
    state.take(.night(.doubleEntries([Night.doubleEntry])))
    for number in 12..<20 {
      state.scan(Night.outcome(.valid, number: number), after: Double(number))
    }
    #expect(state.seen(after: 20).contains("DOUBLE ENTRY"))
  }

  /// Each row: people by door, how many are allowed, and what is said of those beyond.
  @Test(arguments: [
    ([1, 1], 1, "1 too many"), ([4, 4], 4, "4 too many"),
    ([2, 2, 2], 3, "3 too many"), ([.max, .max], 1, "too many"),
  ])
  func `It says how many more came in than allowed`(people: [Int], allowed: Int, text: String) {
    var entry = Night.doubleEntry
    entry.allowed = allowed
    entry.parts = people.map { .init(door: "Door", at: Night.now.wall, people: $0) }
    var state = Night.sharing()
    state.take(.night(.doubleEntries([entry])))
    #expect(state.seen().contains(text), "\(state.seen().text)")
  }

  @Test(arguments: sizes) func `Of many doors the first are named`(columns: Int, rows: Int) {
    var state = Night.sharing()
    state.take(.night(.doubleEntries([Night.otherDoubleEntry])))
    let text = state.seen(columns: columns, rows: rows).lines
      .map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
    #expect(text.contains("Door 4 23:29, +2"), "\(text)")
  }

  @Test func `Once codes are forgotten its type is told`() {
    var entry = Night.doubleEntry
    entry.code = nil
    var state = Night.sharing()
    state.take(.night(.doubleEntries([entry])))
    #expect(state.seen().contains("DOUBLE ENTRY VIP table"))
  }
}
