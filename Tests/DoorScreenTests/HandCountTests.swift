import Admission
import Formatting
import Foundation
import Testing

@testable import DoorScreen

/// People without a code are counted by keys and cards (Contract: Out and in again).
@Suite struct HandCountTests {
  /// What is typed, each at its time.
  typealias Typed = [(text: String, at: TimeInterval, isLone: Bool)]

  static let counts: [(typed: Typed, effects: [Effect])] = [
    ([("+", 0, true)], [.countByHand(.in)]),
    ([("-", 0, true)], [.countByHand(.out)]),
    (
      [("+", 0, true), ("++", 0.3, true)],
      [.countByHand(.in), .countByHand(.in)]
    ),
    // A key that is held down.
    (
      [("-", 0, true), ("--", 0.25, true), ("---", 0.34, true), ("----", 0.43, true)],
      [.countByHand(.out), .countByHand(.out)]
    ),
    // A code that begins with one, however slowly it is typed.
    ([("-", 0, true), ("-A", 0.9, true)], []), ([("-", 0, true), ("", 0.5, false)], []),
    ([("A", 0, true), ("A-", 0.5, true)], []), ([("+", 0, true), ("+-", 0.5, true)], []),
    // Bytes of a burst.
    ([("+", 0, false)], []), ([("--", 0, false)], []),
    ([("-", 0, true), ("---", 0.3, false)], []),
    ([("-", 0, true), ("--", 0.3, true), ("--X", 0.6, true)], []),
  ]

  @Test(arguments: counts.indices) func `A sign counts once it has stood alone`(_ index: Int) {
    let (typed, expected) = Self.counts[index]
    var state = Self.state(typed)
    let last = typed.last!
    #expect(state.take(.tick, after: last.at + 0.99) == [])
    if !last.text.isEmpty {
      #expect(state.seen(after: last.at + 0.99).contains("› \(last.text)"), "it is seen")
    }
    #expect(
      state.take(.tick, after: last.at + 1) == (expected.isEmpty ? [] : [.forgetTyped]) + expected)
    #expect(state.take(.tick, after: last.at + 2) == [])
    #expect(expected.isEmpty || state.typing.draft.isEmpty)
  }

  @Test(arguments: counts.indices) func `With Enter it counts at once`(_ index: Int) {
    let (typed, expected) = Self.counts[index]
    var state = Self.state(typed)
    let last = typed.last!.at
    #expect(state.hasSigns == !expected.isEmpty)
    #expect(state.take(.typing(.signsEntered), after: last + 0.3) == expected)
    #expect(state.take(.tick, after: last + 2) == [])
    #expect(expected.isEmpty || state.typing.draft.isEmpty)
  }

  private static func state(_ typed: Typed) -> DoorState {
    var state = Night.state()
    for (text, at, isLone) in typed {
      #expect(state.take(.typing(.draft(text, isLoneKey: isLone)), after: at) == [])
    }
    return state
  }

  @Test func `It wakes the screen`() {
    var state = Night.state()
    state.take(.typing(.draft("+", isLoneKey: true)))
    #expect(state.nextChange(after: Night.now) == Night.now.uptime + 1)
  }

  private static let busy: [@Sendable (inout DoorState) -> Void] = [
    { $0.press(.function(1)) }, { $0.press(.function(4)) },
    { $0.press(.function(3)) }, { $0.press(.function(9)) },
    { $0.take(.scan(.taken(number: 12, code: "AB12CD9123", isRepeat: false))) },
    { $0.take(.night(.tonight(.none(.several(Night.events(2)))))) },
  ]

  @Test(arguments: busy.indices) func `On a busy screen it is a character`(_ index: Int) {
    var state = Night.state()
    Self.busy[index](&state)
    if index == 3 { state.press(.escape) }
    if index == 3 { state.press(.function(1)) }
    _ = state.take(.typing(.draft("+", isLoneKey: true)), after: 0.1)
    #expect(!state.hasSigns)
    #expect(!state.take(.tick, after: 2).contains(.countByHand(.in)))
  }

  @Test func `Beside a verdict, too, which stays`() {
    var state = Night.state()
    state.scan(Night.outcome(.valid))
    state.take(.typing(.draft("+", isLoneKey: true)), after: 2)
    #expect(state.seen(after: 2).contains("Enter counts 1 in"))
    #expect(state.take(.tick, after: 3) == [], "never by itself")
    #expect(state.take(.typing(.signsEntered), after: 3) == [.countByHand(.in)])
    state.take(.staff(.countedByHand(.in, isLate: false)), after: 3)
    let frame = state.seen(after: 3)
    #expect(frame.mainRole == .admit && frame.contains("1 in by hand"), "\(frame.text)")
  }

  private static let interruptions: [DoorEvent] = [
    .scan(.taken(number: 12, code: "AB12CD9123", isRepeat: false)), .key(.function(2)),
    .card(.look, isAgain: false), .typing(.burstDropped("-", isScanners: true)),
    .typing(.draftDropped("-")),
  ]

  @Test(arguments: interruptions.indices) func `Whatever comes meanwhile makes it none`(
    _ index: Int
  ) {
    var state = Night.state()
    state.take(.typing(.draft("-", isLoneKey: true)))
    state.take(Self.interruptions[index], after: 0.5)
    #expect(!state.hasSigns)
    #expect(!state.take(.tick, after: 1.5).contains(.countByHand(.out)))
  }

  @Test func `The screen says who was counted`() {
    var state = Night.state()
    state.take(.staff(.countedByHand(.in, isLate: false)))
    #expect(state.seen().contains("1 in by hand"))
    state.take(.staff(.countedByHand(.in, isLate: false)), after: 2)
    #expect(state.seen(after: 2).contains("2 in by hand"))
    state.take(.staff(.countedByHand(.out, isLate: true)), after: 3)
    #expect(state.seen(after: 3).contains("1 out by hand, recording late"))
    state.take(.tick, after: 9)
    #expect(!state.seen(after: 9).contains("by hand"))
    state.take(.staff(.countedByHand(.in, isLate: false)), after: 10)
    #expect(state.seen(after: 10).contains("1 in by hand"))
  }

  @Test func `F8 takes it back, and asks before the next one`() {
    var state = Night.state()
    state.take(.staff(.countedByHand(.in, isLate: false)))
    #expect(state.press(.function(8)) == [.undo])
    let entry = UndoneEntry(code: "", direction: .out, people: 1, time: Night.now.wall)
    state.take(.staff(.undone(entry)))
    #expect(state.seen().contains("Counted by hand") && state.seen().contains("1 inside again"))
    #expect(state.press(.function(8)) == [.offerUndo])
    state.take(.staff(.countedByHand(.in, isLate: false)))
    #expect(state.press(.function(8)) == [.undo], "somebody was counted since")
  }

  @Test(arguments: [(StaffCommand.countIn, DoorDirection.in), (.countOut, .out)])
  func `A card counts one, at any panel`(_ command: StaffCommand, _ direction: DoorDirection) {
    var state = Night.state()
    #expect(state.take(.card(command, isAgain: false)) == [.countByHand(direction)])
    state.scan(Night.group)
    #expect(state.take(.card(command, isAgain: false)) == [.countByHand(direction)])
    #expect(state.take(.card(command, isAgain: true)) == [], "the scanner read it twice")
    #expect(state.seen().contains("SAME CARD, COUNTED ONCE"))
  }

  // MARK: Turning the door

  @Test func `Turning the door by a card ends a look, so that it is seen`() {
    var state = Night.state()
    state.press(.function(3))
    state.take(.night(.direction(.out)), after: 1)
    #expect(!state.looks(at: Night.now.advanced(by: 1)))
    #expect(state.seen(after: 1).contains("THIS DOOR IS AN EXIT NOW"))
  }

  @Test func `F9 asks, and F9 again turns the door`() {
    var state = Night.state()
    #expect(state.press(.function(9)) == [])
    #expect(state.seen().contains("Make this door an exit?"))
    #expect(state.press(.function(9), after: 9) == [.turn(.out)])
    state.take(.night(.direction(.out)), after: 9)
    for (columns, rows) in [(80, 24), (40, 12)] {
      let frame = state.seen(after: 9, columns: columns, rows: rows)
      #expect(frame.contains("THIS DOOR IS AN EXIT NOW"), "\(frame.text)")
      #expect(frame.contains("Scan a code on the way out"), "\(frame.text)")
    }
    #expect(state.press(.function(9), after: 10) == [])
    #expect(state.press(.function(9), after: 21) == [], "too late: it asks again")
    #expect(state.press(.function(9), after: 22) == [.turn(.in)])
    state.take(.night(.direction(.in)), after: 22)
    #expect(!state.seen(after: 22).contains("NOW"), "it is as it was set up")
  }

  @Test(arguments: [DoorKey.enter, .escape, .up, .function(1), .function(8)])
  func `Nothing else turns the door`(_ key: DoorKey) {
    var state = Night.state()
    state.press(.function(9))
    #expect(!state.press(key, after: 1).contains(.turn(.out)))
    #expect(!state.press(.function(9), after: 2).contains(.turn(.out)))
  }

  @Test func `A scan ends the question`() {
    var state = Night.state()
    state.press(.function(9))
    state.scan(Night.outcome(.valid), after: 1)
    #expect(state.seen(after: 1).mainRole == .admit)
    #expect(state.press(.function(9), after: 2) == [])
  }

  @Test func `In kiosk mode the PIN stands before it`() {
    var state = Night.kiosk([])
    #expect(state.press(.function(9)) == [])
    #expect(state.isAskingForPIN && state.seen().contains("PIN to turn the door"))
    state.take(.pin(.entered(isWellFormed: true)))
    #expect(state.take(.pin(.checked(isRight: true))) == [.turn(.out)])
  }

  @Test func `Without a PIN a kiosk asks as others do`() {
    var state = Night.kiosk([], hasPIN: false)
    #expect(state.press(.function(9)) == [] && !state.isAskingForPIN)
    #expect(state.press(.function(9), after: 1) == [.turn(.out)])
  }

  @Test func `A card turns it at once, in a demo too`() {
    var state = Night.state(setup: Night.setup(demoCodes: Night.demoCodes))
    #expect(state.press(.function(9)) == [.changeDemo])
    #expect(state.take(.card(.turn, isAgain: false)) == [.turn(.out)])
  }

  @Test(arguments: Language.allCases, [80, 40])
  func `F9 stands at the foot where a door is turned`(language: Language, columns: Int) {
    let texts = language.texts
    func foot(_ state: DoorState) -> String {
      state.seen(columns: columns, rows: 24).lines.last ?? ""
    }
    var setup = Night.setup()
    setup.language = language
    var state = Night.state(setup: setup)
    #expect(!foot(state).contains("F9"))
    state.take(.night(.direction(.out)))
    for hint in [KeyHint.makeEntrance, .undo, .help] {
      #expect(foot(state).contains(texts.key(hint)), "\(foot(state))")
    }
    setup.direction = .out
    state = Night.state(setup: setup)
    #expect(foot(state).contains(texts.key(KeyHint.makeEntrance)))
    state.take(.night(.direction(.in)))
    #expect(foot(state).contains(texts.key(KeyHint.makeExit)), "\(foot(state))")
    setup.direction = .in
    setup.allowsReentry = true
    state = Night.state(setup: setup)
    #expect(foot(state).contains(texts.key(KeyHint.makeExit)) == (columns == 80), "\(foot(state))")
  }
}
