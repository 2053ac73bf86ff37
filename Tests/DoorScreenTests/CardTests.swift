import Admission
import DoorScreen
import Foundation
import Testing

/// Staff cards act on the newest panel as their keys do (Contract: The door screen).
@Suite struct CardTests {
  private static let keys: [(StaffCommand, DoorKey)] = [
    (.fewer, .down), (.more, .up), (.undo, .function(8)), (.look, .function(3)),
    (.byHand, .function(6)),
  ]

  private static let scenes: [(String, Outcome)] = [
    ("a group", Night.outcome(.valid, count: HeadCount(allowed: 5, used: 1, admitted: 2))),
    ("one", Night.outcome(.valid)), ("refused", Night.outcome(.alreadyUsed)),
    ("not known", Night.outcome(.offline)),
  ]

  @Test(arguments: keys, scenes) func `A card does what its key does`(
    _ pair: (StaffCommand, DoorKey), _ scene: (String, Outcome)
  ) {
    var (byCard, byKey) = (Night.state(), Night.state())
    byCard.scan(scene.1)
    byKey.scan(scene.1)
    let effects = byCard.hold(pair.0, after: 1)
    let expected = byKey.press(pair.1, after: 1)
    #expect(effects == expected)
    // Where a key does nothing, a card says so in a strip.
    if byKey.seen(after: 1) == byCard.seen(after: 1) { return }
    #expect(effects.isEmpty && pair.0 != .undo && pair.0 != .look, "\(pair.0) on \(scene.0)")
    #expect(byCard.seen(after: 1).contains("CARD: NOTHING TO CHANGE"))
    #expect(byCard.seen(after: 6) == byKey.seen(after: 6))
  }

  @Test(arguments: StaffCommand.allCases) func `Read again it does nothing`(_ command: StaffCommand)
  {
    var state = Night.state()
    state.scan(Night.group)
    #expect(state.hold(command, isAgain: true) == [])
    #expect(state.seen().contains("SAME CARD, COUNTED ONCE"))
    #expect(state.seen().contains("Let 4 in"))
  }

  /// Somebody who holds a card up while the next look-up runs has seen no newer panel.
  @Test func `During a look-up it acts on the panel before`() {
    var state = Night.state()
    state.scan(Night.group)
    state.take(.scan(.taken(number: 13, code: "ZZ12CD9888", isRepeat: false)), after: 1)
    #expect(state.hold(.fewer, after: 1.1) == [.setAdmitted(number: 12, people: 3)])
    #expect(state.seen(after: 1.1).contains("= ADMIT 3 #12  Ana García"))
    #expect(state.hold(.fewer, after: 1.2) == [.setAdmitted(number: 12, people: 2)])
    // What could not be recorded is not left standing.
    let kept = Night.outcome(.valid, count: HeadCount(allowed: 4, used: 0, admitted: 4))
    state.take(.staff(.corrected(kept)), after: 1.3)
    #expect(state.seen(after: 1.3).contains("= ADMIT 4 #12"))
    state.take(
      .scan(.verdict(Night.outcome(.alreadyUsed, number: 13, code: "ZZ12CD9888"))), after: 1.4)
    #expect(state.seen(after: 1.4).mainRole == .refuse)
    #expect(state.hold(.fewer, after: 1.5) == [], "the newest panel is the red one")
    #expect(state.hold(.byHand, after: 1.6) == [.letIn(number: 13)])
  }

  @Test func `During a look-up it lets in whom the panel before refused`() {
    var state = Night.state()
    state.scan(Night.outcome(.notActive))
    state.take(.scan(.taken(number: 13, code: "ZZ12CD9888", isRepeat: false)), after: 1)
    state.take(.scan(.taken(number: 14, code: "YY12CD9888", isRepeat: false)), after: 1.2)
    #expect(state.hold(.byHand, after: 1.5) == [.letIn(number: 12)])
    #expect(state.hold(.byHand, after: 1.6) == [], "once")
    state.take(.staff(.letIn(Night.letIn(.notActive))), after: 1.7)
    #expect(state.seen(after: 1.7).contains("LET IN BY HAND #12"))
  }

  @Test func `During a look-up it says how many came in by hand`() {
    var state = Night.state()
    state.scan(Night.outcome(.notActive))
    state.take(.scan(.taken(number: 13, code: "ZZ12CD9888", isRepeat: false)), after: 1)
    #expect(state.hold(.byHand, after: 1.2) == [.letIn(number: 12)])
    #expect(state.hold(.more, after: 1.3) == [.setAdmitted(number: 12, people: 2)])
    state.take(.staff(.letIn(Night.letIn(.notActive))), after: 1.4)
    #expect(state.hold(.more, after: 1.5) == [.setAdmitted(number: 12, people: 3)])
    #expect(state.seen(after: 1.5).contains("= BY HAND 3 #12"), "\(state.seen(after: 1.5).text)")
  }

  @Test func `A panel that had gone is not acted on`() {
    var state = Night.state()
    state.scan(Night.group)
    state.take(.scan(.taken(number: 13, code: "ZZ12CD9888", isRepeat: false)), after: 30)
    #expect(state.hold(.fewer, after: 30.1) == [])
    #expect(state.seen(after: 30.1).contains("CARD: NOTHING TO CHANGE"))
    var slow = Night.state()
    slow.scan(Night.group)
    slow.take(.scan(.taken(number: 13, code: "ZZ12CD9888", isRepeat: false)), after: 7)
    #expect(slow.hold(.fewer, after: 9) == [], "its 8 seconds are over")
  }

  @Test(arguments: [DoorKey.function(1), .function(2), .function(4)]) func `It closes what is open`(
    _ key: DoorKey
  ) {
    var state = Night.state()
    state.scan(Night.group)
    state.press(key)
    #expect(state.hold(.fewer) == [.setAdmitted(number: 12, people: 3)])
    #expect(state.seen().contains("Let 3 in"))
  }

  @Test func `It moves the picker and chooses the event`() {
    var state = Night.state(tonight: .none(.several(Night.events(3))))
    #expect(state.hold(.more) == [])
    #expect(state.hold(.more) == [])
    #expect(state.hold(.fewer) == [])
    #expect(state.hold(.byHand) == [.choose(eventID: "ev2")])
  }

  @Test(arguments: [(StaffCommand.more, 3, "ev1"), (.fewer, 1, "ev3"), (.more, 4, "ev2")])
  func `From the last event it goes on to the first, and back`(
    _ command: StaffCommand, times: Int, eventID: String
  ) {
    var state = Night.state(tonight: .none(.several(Night.events(3))))
    for _ in 0..<times { #expect(state.hold(command) == []) }
    #expect(state.hold(.choose) == [.choose(eventID: eventID)])
  }

  @Test(arguments: [StaffCommand.more, .fewer, .choose])
  func `A verdict that lacks an event gives way to the choice`(_ command: StaffCommand) {
    var state = Night.state(tonight: .none(.several(Night.events(3))))
    state.scan(Night.outcome(.noEvent, tonight: .none(.several(Night.events(3)))))
    #expect(state.seen(after: 3).mainRole == .unverified)
    #expect(state.hold(command, after: 3) == [])
    #expect(state.seen(after: 3).mainRole == .neutral)
    #expect(state.hold(.choose, after: 4) == [.choose(eventID: "ev1")])
  }

  @Test(arguments: [StaffCommand.byHand, .choose])
  func `Two cards choose the event`(_ command: StaffCommand) {
    var state = Night.state(tonight: .none(.several(Night.events(3))))
    #expect(state.hold(.more) == [])
    #expect(state.hold(command) == [.choose(eventID: "ev2")])
  }

  @Test func `The card to choose scans the pass that a search found`() {
    var state = Night.state()
    state.press(.function(4))
    state.take(.typing(.draft("garcia")))
    #expect(state.hold(.choose) == [], "nothing is found yet")
    #expect(state.seen().contains("CARD: NOTHING TO CHANGE"))
    state.press(.function(4), after: 6)
    state.take(
      .staff(
        .found([FoundPass(code: "FIRST123"), FoundPass(code: "SECOND45")], query: "garcia")),
      after: 6)
    state.press(.down, after: 6)
    #expect(state.hold(.choose, after: 7) == [.scan("SECOND45")])
    #expect(!state.isFinding)
    #expect(state.hold(.choose, after: 11) == [], "the list is closed")
  }

  @Test(arguments: scenes) func `The card to choose changes nobody`(_ scene: (String, Outcome)) {
    var state = Night.state()
    state.scan(scene.1)
    #expect(state.hold(.choose, after: 1) == [])
    #expect(state.seen(after: 1).contains("CARD: NOTHING TO CHANGE"))
  }

  @Test func `A look by card is for the next scan`() {
    var state = Night.state()
    #expect(state.hold(.look) == [])
    #expect(state.looks(at: Night.now))
    state.scan(Night.outcome(.valid), after: 2, isLook: true)
    #expect(state.seen(after: 2).mainRole == .look)
    #expect(!state.looks(at: Night.now.advanced(by: 2)))
  }

  @Test func `A card takes a late contradiction away`() {
    var state = Night.state()
    state.take(.scan(.contradicted(Night.outcome(.archived))))
    state.hold(.undo)
    #expect(!state.seen().contains("CORRECTION"))
  }

  @Test(arguments: [(80, 24), (40, 12)]) func `A card of another box is to be seen`(
    columns: Int, rows: Int
  ) {
    var state = Night.state()
    state.scan(
      Night.outcome(
        .unreadableCode, code: StaffCommand.cardMark, unreadable: .staffCard))
    let frame = state.seen(columns: columns, rows: rows)
    #expect(frame.mainRole == .unverified)
    #expect(frame.contains("SCAN AGAIN"))
    #expect(frame.contains("Staff card not valid here"), "\(frame.text)")
  }
}

extension DoorState {
  /// A card under the scanner, `after` seconds into the scene.
  @discardableResult
  fileprivate mutating func hold(
    _ command: StaffCommand, isAgain: Bool = false, after: TimeInterval = 0
  ) -> [Effect] {
    take(.card(command, isAgain: isAgain), after: after)
  }
}
