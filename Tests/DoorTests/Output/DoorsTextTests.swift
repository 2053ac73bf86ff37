import Admission
import CheckIn
import Formatting
import Foundation
import Testing

@testable import Door

/// (Contract: Columns): what `doorcheck doors` prints.
@Suite struct DoorsTextTests {
  private static let seen = Date(timeIntervalSince1970: 1_795_305_600)
  private static let time = LocalTime(timeZone: TimeZone(secondsFromGMT: 3600)!)

  private static func door(
    _ name: String = "North", unseen: TimeInterval = 0, state: DoorOnLedger.State = .connected,
    clockOffset: TimeInterval? = 0, people: Int = 0, scans: Int = 0
  ) -> DoorOnLedger {
    DoorOnLedger(
      id: name, name: name, lastSeen: seen, unseen: unseen, people: people, scans: scans,
      state: state, clockOffset: clockOffset)
  }

  private static func text(_ doors: [DoorOnLedger]) -> DoorsText {
    DoorsText(doors: doors, time: time)
  }

  @Test func `JSON is a line a door, with the contract's columns in their order`() {
    let lines = Self.text([
      Self.door("North", clockOffset: -0.0424, people: 412, scans: 431),
      Self.door("S\u{202E}outh", state: .alone, clockOffset: nil),
    ]).jsonLines
    #expect(
      lines == [
        #"{"door":"North","last_seen":"2026-11-22T01:00:00+01:00","people":412,"scans":431,"#
          + #""state":"connected","clock_offset_seconds":-0.042}"#,
        #"{"door":"S\u202eouth","last_seen":"2026-11-22T01:00:00+01:00","people":0,"scans":0,"#
          + #""state":"alone","clock_offset_seconds":null}"#,
      ])
  }

  @Test(arguments: DoorOnLedger.State.allCases)
  func `A state is the contract's word`(_ state: DoorOnLedger.State) throws {
    let line = try #require(Self.text([Self.door(state: state)]).jsonLines.first)
    #expect(["connected", "alone", "silent", "ended"].contains { line.contains("\"\($0)\"") })
  }

  @Test(arguments: [
    (0, 0, "0"), (1.5, 0, "1.5"), (-3, 0, "-3"), (0.0004, 0, "0"), (86400.25, 0, "86400.25"),
    (.infinity, 0, "1000000000000"),
  ])
  func `The offset is a number in milliseconds at most`(
    offset: TimeInterval, _: Int, number: String
  ) throws {
    let line = try #require(Self.text([Self.door(clockOffset: offset)]).jsonLines.first)
    #expect(line.hasSuffix("\"clock_offset_seconds\":\(number)}"), "\(line)")
  }

  @Test func `Text is a table with a heading`() {
    let lines = Self.text([
      Self.door("North", clockOffset: 0.04, people: 412, scans: 431),
      Self.door("Back door", unseen: 100, state: .silent, clockOffset: -3.24, people: 7, scans: 12),
    ]).textLines
    #expect(
      lines == [
        "door       state      people  scans  last seen  clock",
        "North      connected     412    431        now  right",
        "Back door  silent          7     12  100 s ago  3.2 s behind",
      ])
    #expect(Self.text([]).textLines == [])
  }

  @Test func `An exit is told apart, and the last line says who is inside`() {
    var exit = Self.door("Back door", scans: 219)
    exit.direction = .out
    exit.gone = 219
    exit.eventID = "e1"
    let doors = [Self.door("North", people: 431, scans: 450), exit]
    #expect(DoorsText.eventsWithExit(among: doors) == ["e1"])
    let crowd = Crowd(admitted: 431, inside: 212, hasLeavers: true)
    func lines(_ crowds: [String: Crowd], places: Int?) -> [String] {
      DoorsText(doors: doors, crowds: crowds, places: places, time: Self.time).textLines
    }
    let table = [
      "door       way  state      people  left  scans  last seen  clock",
      "North      in   connected     431     0    450        now  right",
      "Back door  out  connected       0   219    219        now  right",
    ]
    #expect(lines(["e1": crowd], places: 300) == table + ["212 inside of 300, 431 admitted"])
    #expect(lines(["e1": crowd], places: nil) == table + ["212 inside, 431 admitted"])
    #expect(
      lines(["e2": Crowd(), "e1": crowd], places: nil).suffix(2) == [
        "e1: 212 inside, 431 admitted", "e2: 0 inside, 0 admitted",
      ])
  }

  /// Programs have the contract's columns and no others.
  @Test func `JSON says nothing of an exit`() throws {
    var exit = Self.door()
    exit.direction = .out
    exit.gone = 3
    #expect(Self.text([exit]).jsonLines == Self.text([Self.door()]).jsonLines)
  }

  @Test(arguments: [
    (0.0, "now"), (9.9, "now"), (10, "10 s ago"), (119, "119 s ago"), (120, "2 min ago"),
    (3599, "59 min ago"), (3600, "01:00"), (1e15, "01:00"), (-5, "now"),
  ])
  func `How long ago is what people say`(unseen: TimeInterval, words: String) throws {
    let line = try #require(Self.text([Self.door(unseen: unseen)]).textLines.last)
    #expect(line.contains("  \(words)  "), "\(line)")
  }

  @Test(arguments: [
    (nil, "unknown"), (0.09, "right"), (0.1, "0.1 s ahead"), (-2.06, "2.1 s behind"),
    (75.4, "75 s ahead"),
  ])
  func `A clock is ahead or behind`(offset: TimeInterval?, words: String) throws {
    let line = try #require(Self.text([Self.door(clockOffset: offset)]).textLines.last)
    #expect(line.hasSuffix("  \(words)"), "\(line)")
  }

  @Test func `A hostile name stays in its cell`() throws {
    let lines = Self.text([Self.door("a\u{1B}[2Jb\n" + String(repeating: "x", count: 90))])
      .textLines
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { !$0.contains("\u{1B}") && !$0.contains("\n") && $0.count < 100 })
  }

  @Test func `What does not fit is said with what to do`() {
    var south = Self.door("Main")
    south.rules = "rules.hours: enforce"
    south.eventID = "e1"
    var north = Self.door("Main")
    north.eventID = "e1"
    let lines = DoorConflicts(among: [north, south]).lines
    #expect(lines.count == 2)
    #expect(lines.first?.hasPrefix("several doors are called Main: set door.name") == true)
    #expect(
      lines.last == "doors of the same event have different rules: rules.hours is the default at "
        + "Main, and enforce at Main")
  }
}
