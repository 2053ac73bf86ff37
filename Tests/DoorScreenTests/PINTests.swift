import Admission
import DoorScreen
import Formatting
import Foundation
import Testing

/// The supervisor's PIN in kiosk mode (Contract: Configuration, `kiosk.*`). The digits never come
/// to the screen.
@Suite struct PINTests {
  private static let sizes = [(80, 24), (40, 12)]

  static func kiosk(_ guarded: GuardedAction..., hasPIN: Bool = true) -> DoorState {
    Night.kiosk(Set(guarded), hasPIN: hasPIN)
  }

  private func typePIN(_ state: inout DoorState, after: TimeInterval = 0) -> [Effect] {
    for count in 1...4 { state.take(.pin(.typed(count: count)), after: after) }
    return state.take(.pin(.entered(isWellFormed: true)), after: after)
  }

  @Test func `Without kiosk mode F10 leaves`() {
    var state = Night.state()
    #expect(state.press(.function(10)) == [.leave])
  }

  @Test func `With it F10 asks for the PIN, and the right one leaves`() {
    var state = Self.kiosk()
    #expect(state.press(.function(10)) == [])
    #expect(state.isAskingForPIN)
    #expect(typePIN(&state) == [.checkPIN])
    #expect(state.take(.pin(.checked(isRight: true))) == [.leave])
  }

  @Test(arguments: sizes) func `It shows dots`(columns: Int, rows: Int) {
    var state = Self.kiosk()
    state.press(.function(10))
    #expect(state.seen(columns: columns, rows: rows).contains("PIN to leave"))
    state.take(.pin(.typed(count: 4)))
    #expect(state.seen(columns: columns, rows: rows).contains("• • • •"))
    state.take(.pin(.typed(count: 2)))
    let frame = state.seen(columns: columns, rows: rows)
    #expect(frame.contains("• •") && !frame.contains("• • •"))
  }

  @Test func `No key but Enter with the right PIN leaves`() {
    let keys: [DoorKey] =
      (1...12).map(DoorKey.function) + [.up, .down, .pageUp, .pageDown, .escape, .enter]
    for guarded in [true, false] {
      var state = guarded ? Self.kiosk(.byHand, .undo, .look) : Self.kiosk()
      for _ in 0..<3 {
        for key in keys {
          #expect(!state.press(key).contains(.leave), "\(key)")
          state.scan(Night.outcome(.alreadyUsed))
          #expect(!state.press(key).contains(.leave), "\(key)")
        }
      }
    }
  }

  @Test func `A wrong PIN does nothing, and the time to wait counts down`() {
    var state = Self.kiosk()
    state.press(.function(10))
    _ = typePIN(&state)
    state.take(.pin(.locked(until: Night.now.uptime + 8)))
    #expect(state.take(.pin(.checked(isRight: false))) == [])
    for (after, text) in [(0.0, "WRONG PIN. Wait 8 s"), (1.5, "Wait 7 s"), (7.5, "Wait 1 s")] {
      #expect(state.seen(after: after).contains(text), "\(state.seen(after: after).text)")
      let next = state.nextChange(after: Night.now.advanced(by: after))
      #expect(next <= Night.now.uptime + after + 1)
    }
    #expect(!state.seen(after: 8.1).contains("Wait"))
  }

  @Test func `While somebody must wait no PIN is checked, also after closing the question`() {
    var state = Self.kiosk()
    state.press(.function(10))
    state.take(.pin(.locked(until: Night.now.uptime + 8)))
    #expect(typePIN(&state, after: 1) == [])
    state.press(.escape, after: 2)
    state.press(.function(10), after: 3)
    #expect(state.seen(after: 3).contains("Wait 5 s"))
    #expect(typePIN(&state, after: 7.9) == [])
    #expect(typePIN(&state, after: 8) == [.checkPIN])
  }

  @Test func `What cannot be a PIN is not checked`() {
    var state = Self.kiosk()
    state.press(.function(10))
    #expect(state.take(.pin(.entered(isWellFormed: false))) == [])
    #expect(state.seen().contains("A PIN has 4 to 12 digits"))
    #expect(typePIN(&state) == [.checkPIN])
  }

  @Test func `It goes 15 s after the last key`() {
    var state = Self.kiosk()
    let idle = state.seen()
    state.press(.function(10))
    state.take(.pin(.typed(count: 1)), after: 10)
    #expect(state.nextChange(after: Night.now.advanced(by: 10)) <= Night.now.uptime + 25)
    state.take(.tick, after: 24.9)
    #expect(state.isAskingForPIN)
    state.take(.tick, after: 25)
    #expect(!state.isAskingForPIN)
    #expect(state.seen() == idle)
    // Whoever looks at the keys goes on typing: that is still no code.
    #expect(state.takesPIN(at: Night.now.advanced(by: 84.9)))
    #expect(!state.takesPIN(at: Night.now.advanced(by: 85)))
  }

  @Test(arguments: [DoorKey.escape, .function(1), .function(2)])
  func `A key closes it, and digits are still no code`(key: DoorKey) {
    var state = Self.kiosk()
    state.press(.function(10))
    state.press(key)
    #expect(!state.isAskingForPIN)
    #expect(state.takesPIN(at: Night.now.advanced(by: 59.9)))
    #expect(!state.takesPIN(at: Night.now.advanced(by: 60)))
  }

  @Test func `A search that closes it shows what is typed`() {
    var state = Self.kiosk()
    state.press(.function(10))
    state.press(.function(4))
    #expect(!state.takesPIN(at: Night.now) && state.isFinding)
  }

  struct Asked: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var change: @Sendable (inout DoorState) -> Void
  }

  static let asked = [
    Asked(testDescription: "at once") { _ in },
    Asked(testDescription: "half-typed") { $0.take(.pin(.typed(count: 2))) },
    Asked(testDescription: "no PIN") { $0.take(.pin(.entered(isWellFormed: false))) },
    Asked(testDescription: "wrong") {
      $0.take(.pin(.entered(isWellFormed: true)))
      $0.take(.pin(.checked(isRight: false)))
    },
  ]

  @Test(arguments: asked, [3, 6, 8, 10]) func `The same key once more keeps it and its answer`(
    of: Asked, key: Int
  ) {
    var state = Self.kiosk(.byHand, .undo, .look)
    state.scan(Night.outcome(.alreadyUsed))
    state.press(.function(key))
    of.change(&state)
    for after in [7.0, 14.0] {
      state.press(.function(key), after: after)
      #expect(state.isAskingForPIN)
    }
    #expect(!state.seen(after: 14).contains("WRONG PIN"))
    state.take(.tick, after: 28.9)
    #expect(typePIN(&state, after: 28.9) == [.checkPIN])
    state.press(.function(key), after: 29)
    #expect(state.seen(after: 29).contains("Checking"))
    let effects = state.take(.pin(.checked(isRight: true)), after: 29)
    let done: [Int: [Effect]] = [6: [.letIn(number: 12)], 8: [.undo], 10: [.leave]]
    #expect(effects == done[key] ?? [])
    #expect(state.looks(at: Night.now.advanced(by: 29)) == (key == 3))
    #expect(!state.takesPIN(at: Night.now.advanced(by: 29)), "the right one was given")
  }

  @Test(arguments: Language.allCases, sizes)
  func `What may be a PIN is dots, and its Enter asks why`(
    language: Language, size: (columns: Int, rows: Int)
  ) {
    var state = Night.kiosk([], hasPIN: true, language: language)
    state.press(.function(10))
    state.take(.tick, after: 15)
    state.take(.pin(.typed(count: 4)), after: 32)
    #expect(state.seen(after: 32, columns: size.columns, rows: size.rows).contains("••••"))
    #expect(state.take(.pin(.entered(isWellFormed: true)), after: 33) == [])
    let frame = state.seen(after: 33, columns: size.columns, rows: size.rows)
    let question = [
      Language.english: "Typing a PIN? Press its F key first",
      .spanish: "¿Un PIN? Pulsa antes su tecla",
      .french: "Un PIN ? D'abord sa touche", .italian: "Un PIN? Premi prima il suo tasto",
      .portuguese: "Um PIN? Prima antes a tecla F dele",
    ]
    #expect(frame.contains(question[language]!) && !frame.contains("••••"))
    #expect(state.takesPIN(at: Night.now.advanced(by: 60)), "and once more")
    // What stands there when the time is up is not uncovered.
    state.take(.pin(.typed(count: 2)), after: 74)
    #expect(state.takesPIN(at: Night.now.advanced(by: 103.9)))
    #expect(!state.takesPIN(at: Night.now.advanced(by: 104)))
  }

  @Test func `A scan closes it and is shown as always; its PIN is still no code`() {
    var state = Self.kiosk()
    state.press(.function(10))
    state.take(.pin(.typed(count: 2)))
    state.scan(Night.outcome(.valid))
    #expect(!state.isAskingForPIN)
    #expect(state.seen().mainRole == .admit)
    #expect(state.takesPIN(at: Night.now.advanced(by: 59.9)))
    state.take(.pin(.typed(count: 1)), after: 2.9)
    #expect(state.take(.pin(.entered(isWellFormed: true)), after: 5) == [])
    #expect(state.seen(after: 5).mainRole == .admit)
  }

  @Test func `An answer that comes after a scan lets nobody leave`() {
    var state = Self.kiosk()
    state.press(.function(10))
    _ = typePIN(&state)
    state.scan(Night.outcome(.valid))
    #expect(state.take(.pin(.checked(isRight: true))) == [])
    state.press(.function(10))
    #expect(state.take(.pin(.checked(isRight: true))) == [], "that was for another question")
  }

  struct Guarded: Sendable {
    var action: GuardedAction
    var key: DoorKey
    var effects: [Effect]
  }

  static let actions = [
    Guarded(action: .byHand, key: .function(6), effects: [.letIn(number: 12)]),
    Guarded(action: .undo, key: .function(8), effects: [.undo]),
    Guarded(action: .look, key: .function(3), effects: []),
  ]

  @Test(arguments: actions) func `More can be put behind it`(of: Guarded) {
    var free = Self.kiosk()
    free.scan(Night.outcome(.alreadyUsed))
    #expect(free.press(of.key) == of.effects)
    #expect(free.looks(at: Night.now) == (of.action == .look))

    var state = Self.kiosk(of.action)
    state.scan(Night.outcome(.alreadyUsed))
    #expect(state.press(of.key) == [])
    #expect(!state.looks(at: Night.now))
    #expect(typePIN(&state, after: 7) == [.checkPIN])
    // The panel would have gone, but it is what the question is about.
    #expect(state.take(.pin(.checked(isRight: true)), after: 9) == of.effects)
    #expect(state.looks(at: Night.now.advanced(by: 9)) == (of.action == .look))
    // Leaving needs it all the same.
    #expect(state.press(.function(10), after: 9) == [])
  }

  @Test func `What there is nothing to let in by hand for asks nothing`() {
    var state = Self.kiosk(.byHand)
    state.press(.function(6))
    #expect(!state.isAskingForPIN)
    state.scan(Night.outcome(.valid))
    state.press(.function(6))
    #expect(!state.isAskingForPIN)
  }

  @Test func `A look ends without it`() {
    var state = Self.kiosk(.look)
    state.press(.function(3))
    _ = typePIN(&state)
    state.take(.pin(.checked(isRight: true)))
    #expect(state.looks(at: Night.now))
    state.press(.function(3))
    #expect(!state.looks(at: Night.now) && !state.isAskingForPIN)
  }

  @Test func `Without a PIN nobody leaves by the keyboard, and the screen says so`() {
    var state = Self.kiosk(hasPIN: false)
    #expect(!state.seen(columns: 200, rows: 40).contains("F10"))
    #expect(state.press(.function(10)) == [])
    #expect(state.seen().contains("No PIN set"))
    #expect(typePIN(&state) == [])
    #expect(state.take(.pin(.checked(isRight: true))) == [])
  }

  @Test func `What stands typed does not become part of it`() {
    var state = Self.kiosk()
    state.take(.typing(.draft("AB12")))
    state.press(.function(10))
    #expect(!state.seen().contains("AB12"))
  }

  @Test(arguments: Language.allCases, GuardedAction.allCases + [.turn]) func `Nothing of it is cut`(
    language: Language, action: GuardedAction
  ) {
    let keys: [GuardedAction: DoorKey] = [
      .leave: .function(10), .byHand: .function(6), .undo: .function(8), .turn: .function(9),
      .look: .function(3),
    ]
    let changes: [(inout DoorState) -> Void] = [
      { _ in },
      { $0.take(.pin(.typed(count: 12))) },
      { $0.take(.pin(.entered(isWellFormed: false))) },
      { $0.take(.pin(.entered(isWellFormed: true))) },
      {
        $0.take(.pin(.entered(isWellFormed: true)))
        $0.take(.pin(.locked(until: Night.now.uptime + 300)))
        $0.take(.pin(.checked(isRight: false)))
      },
    ]
    for (columns, rows) in Self.sizes {
      // Where there is no PIN, a question stands before turning the door.
      for hasPIN in action == .turn ? [true] : [true, false] {
        for change in changes {
          var state = Night.kiosk(
            Set(GuardedAction.allCases), hasPIN: hasPIN, language: language)
          if action == .byHand { state.scan(Night.outcome(.alreadyUsed)) }
          state.press(keys[action]!)
          change(&state)
          #expect(state.isAskingForPIN)
          let lines = state.seen(columns: columns, rows: rows).lines.prefix(rows >= 20 ? 18 : 12)
          #expect(
            !lines.contains { $0.replacing("AB…123", with: "").contains("…") },
            "\(lines.joined(separator: "\n"))")
        }
      }
    }
  }
}
