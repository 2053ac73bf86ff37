import Admission
import DoorScreen
import Foundation
import Testing

/// What was typed by hand, and is unknown, offers the stored codes that differ by one character.
@Suite struct NearMissTests {
  private static let sizes = [(80, 24), (40, 12), (100, 30)]

  /// Typed by hand, and judged.
  private func typed(
    _ outcome: Outcome = Night.mistyped, isTyped: Bool = true, isLook: Bool = false
  ) -> (state: DoorState, effects: [Effect]) {
    var state = Night.state()
    let effects = state.judge(outcome, isTyped: isTyped, isLook: isLook)
    return (state, effects)
  }

  private func offering(_ passes: [FoundPass]) -> DoorState {
    var (state, _) = typed()
    state.take(.staff(.nearMisses(passes, number: 12)))
    return state
  }

  private static let asked = Effect.findNearMisses(of: "P6J2IFF2S", number: 12)

  @Test(arguments: Reason.allCases) func `Only what nobody knows is looked for`(_ reason: Reason) {
    let effects = typed(Night.outcome(reason, code: "P6J2IFF2S")).effects
    #expect(effects.contains(Self.asked) == (reason == .unknownPass), "\(effects)")
  }

  @Test(arguments: UnreadableCause.allCases)
  func `So is what is nearly a stored code`(_ cause: UnreadableCause) {
    let effects = typed(
      Night.outcome(.unreadableCode, code: "P6J2IFF2S", unreadable: cause)
    ).effects
    #expect(effects.contains(Self.asked) == (cause == .capsLock || cause == .cutShort))
  }

  @Test func `A scanner's code offers nothing, and a look neither`() {
    #expect(!typed(isTyped: false).effects.contains(Self.asked))
    #expect(!typed(isLook: true).effects.contains(Self.asked))
  }

  @Test(arguments: sizes) func `It stands on the red panel`(columns: Int, rows: Int) {
    let frame = offering([Night.near[0]]).seen(columns: columns, rows: rows)
    #expect(frame.mainRole == .refuse)
    #expect(frame.contains("F4: P6…1…F2S, Miguel P.?"), "\(frame.text)")
    #expect(!frame.contains("P6J21FF2S"))
  }

  @Test func `Of several the first ones stand there`() {
    let frame = offering(Night.near).seen(columns: 100, rows: 30)
    #expect(frame.contains("F4: P6…1…F2S, Miguel P.? P6…L…F2S? P6…FFS?"), "\(frame.text)")
    let more = offering(Night.near + Night.found).seen(columns: 100, rows: 30)
    #expect(more.contains("P6…FFS? +4"), "\(more.text)")
  }

  @Test func `F4 lists them, and Enter scans the selected`() {
    var state = offering(Night.near)
    #expect(state.press(.enter, after: 1) == [], "nobody has seen the list")
    #expect(state.press(.function(4), after: 1) == [])
    let frame = state.seen(after: 1)
    for text in ["P6J2IFF2S", "Miguel P. · Season", "P6…1…F2S", "1/3"] {
      #expect(frame.contains(text), "\(text)\n\(frame.text)")
    }
    var second = state
    #expect(state.press(.enter, after: 2) == [.scan("P6J21FF2S")])
    #expect(!state.isFinding)
    #expect(second.press(.down, after: 2) == [])
    #expect(second.press(.enter, after: 2) == [.scan("P6J2LFF2S")])
  }

  @Test func `What is typed into the list searches as always`() {
    var state = offering(Night.near)
    state.press(.function(4), after: 1)
    #expect(state.take(.typing(.draft("Ana")), after: 2) == [.find("Ana")])
    #expect(state.press(.enter, after: 2) == [], "the offers are gone")
    state.take(.staff(.found(Night.found, query: "Ana")), after: 2)
    #expect(state.seen(after: 2).contains("AB…123"))
    #expect(state.press(.enter, after: 3) == [.scan("AB12CD9123")])
  }

  @Test func `F4 with something typed searches for that`() {
    var state = offering(Night.near)
    state.take(.typing(.draft("Ana")), after: 1)
    #expect(state.press(.function(4), after: 1) == [.find("Ana")])
  }

  @Test func `A card chooses the only one, and of several in the list`() {
    var one = offering([Night.near[0]])
    #expect(one.take(.card(.choose, isAgain: false), after: 1) == [.scan("P6J21FF2S")])
    var several = offering(Night.near)
    #expect(several.take(.card(.choose, isAgain: false), after: 1) == [])
    #expect(several.seen(after: 1).contains("1/3"))
    #expect(several.take(.card(.choose, isAgain: true), after: 2) == [], "the card read again")
    #expect(several.seen(after: 2).contains("1/3"), "what it opened stays open")
    #expect(several.take(.card(.more, isAgain: false), after: 3) == [])
    #expect(several.seen(after: 3).contains("2/3"))
    #expect(several.take(.card(.choose, isAgain: false), after: 4) == [.scan(Night.near[1].code)])
  }

  @Test func `By hand is still by hand`() {
    var state = offering(Night.near)
    #expect(state.press(.function(6), after: 1) == [.letIn(number: 12)])
  }

  @Test func `An answer about another scan changes nothing`() {
    var (state, _) = typed()
    let before = state
    state.take(.staff(.nearMisses(Night.near, number: 11)))
    #expect(state == before)
    state.scan(Night.outcome(.unknownPass, number: 13, code: "OTHER9999"), after: 1)
    let newer = state
    state.take(.staff(.nearMisses(Night.near, number: 12)), after: 1)
    #expect(state == newer)
    var gone = typed().state
    gone.take(.staff(.nearMisses(Night.near, number: 12)), after: 60)
    #expect(gone.seen(after: 60).mainRole != .refuse)
  }

  @Test func `Once the panel is gone, F4 finds by name`() {
    var state = offering(Night.near)
    #expect(state.press(.function(4), after: 30) == [])
    #expect(!state.seen(after: 30).contains("1/3"))
  }

  /// Typed, stored, and how the stored one stands on the screen.
  @Test(arguments: [
    ("P6J2IFF2S", "P6J21FF2S", "P6…1…F2S"), ("P6X21FF2S", "P6J21FF2S", "P6J…F2S"),
    ("P6J21XF2S", "P6J21FF2S", "P6…FF2S"), ("P6J21FF2X", "P6J21FF2S", "P6…F2S"),
    ("X6J21FF2S", "P6J21FF2S", "P6…F2S"), ("P6J1FF2S", "P6J21FF2S", "P6…2…F2S"),
    ("P6JJ21FF2S", "P6J21FF2S", "P6…F2S"), ("p6j2iff2s", "P6J21FF2S", "P6…1…F2S"),
    ("ABCDX", "ABCDE", "AB…"),
  ])
  func `The character that differs is shown`(typed: String, stored: String, shown: String) {
    var state = Night.state()
    state.judge(Night.outcome(.unknownPass, code: typed), isTyped: true)
    state.take(.staff(.nearMisses([FoundPass(code: stored)], number: 12)))
    #expect(state.seen().contains("F4: \(shown)?"), "\(state.seen().text)")
  }
}

extension Night {
  static let mistyped = outcome(.unknownPass, code: "P6J2IFF2S")
  /// Stored codes that differ from it by one character.
  static let near = [
    FoundPass(code: "P6J21FF2S", customer: "Miguel P.", type: "Season"),
    FoundPass(code: "P6J2LFF2S"), FoundPass(code: "P6J2FFS", type: "Season"),
  ]
}

extension DoorState {
  /// A scan, typed by hand or not, and its verdict at once.
  @discardableResult
  mutating func judge(_ outcome: Outcome, isTyped: Bool, isLook: Bool = false) -> [Effect] {
    take(
      .scan(
        .taken(
          number: outcome.number, code: outcome.code, isRepeat: false, isLook: isLook,
          isTyped: isTyped)))
    var outcome = outcome
    outcome.isLook = isLook
    return take(.scan(.verdict(outcome)))
  }
}
