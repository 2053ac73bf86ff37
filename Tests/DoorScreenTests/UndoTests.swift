import Admission
import DoorScreen
import Foundation
import Testing

/// F8 once more with nobody let in between asks first (Contract: The door screen).
@Suite struct UndoTests {
  private static let sizes = [(80, 24), (40, 12)]

  private static let before = UndoneEntry(
    code: "ZZ12CD9888", name: "Bruno Díaz", people: 2, time: Night.now.wall.addingTimeInterval(-90),
    reference: .own(7))

  /// After F8 took somebody back, and once more with the question up.
  private func asking() -> DoorState {
    var state = Night.state()
    state.scan(Night.group)
    #expect(state.press(.function(8)) == [.undo])
    state.take(.staff(.undone(Night.entry)))
    #expect(state.press(.function(8)) == [.offerUndo])
    state.take(.staff(.undoOffered(Self.before)))
    return state
  }

  private func isAsking(_ state: DoorState, after seconds: TimeInterval = 0) -> Bool {
    state.seen(after: seconds).contains("Undo one more?")
  }

  @Test(arguments: sizes) func `The question names who how many and when`(columns: Int, rows: Int) {
    let frame = asking().seen(columns: columns, rows: rows)
    for text in [
      "Undo one more?", "Bruno Díaz", "2 people, admitted at 23:39:37", "F8 within 10 s",
    ] {
      #expect(frame.contains(text), "\(text)\n\(frame.text)")
    }
  }

  @Test func `Only the same key confirms`() {
    var state = asking()
    #expect(state.press(.function(8), after: 9.9) == [.confirmUndo(.own(7))])
    #expect(!isAsking(state, after: 9.9))
    state.take(.staff(.undone(Self.before)), after: 9.9)
    #expect(state.seen(after: 9.9).contains("2 people off the count"))
    #expect(state.press(.function(8), after: 10) == [.offerUndo], "a third one is asked about, too")
  }

  @Test(arguments: [
    DoorKey.enter, .escape, .up, .down, .pageUp, .pageDown, .function(6), .function(1),
    .function(2), .function(4), .function(5), .function(12),
  ])
  func `Any other key ends it`(_ key: DoorKey) {
    var state = asking()
    let effects = state.press(key)
    #expect(effects.allSatisfy { $0 == .refresh || $0 == .find("") }, "\(effects)")
    #expect(!isAsking(state))
    #expect(state.press(.function(8)) == [.offerUndo], "it is asked anew")
  }

  @Test func `It ends by itself`() {
    var state = asking()
    #expect(isAsking(state, after: 9.9) && !isAsking(state, after: 10))
    #expect(state.press(.function(8), after: 10) == [.offerUndo])
  }

  @Test func `What is typed ends it`() {
    var state = asking()
    state.take(.typing(.draft("A")))
    #expect(!isAsking(state))
  }

  /// A scan is neither blocked nor an answer; whom it lets in may be taken back at once.
  @Test(arguments: [Reason.valid, .alreadyUsed, .offline]) func `A scan ends it`(_ reason: Reason) {
    var state = asking()
    state.take(.scan(.taken(number: 13, code: "YY12CD9777", isRepeat: false)))
    #expect(!isAsking(state))
    state.take(.scan(.verdict(Night.outcome(reason, number: 13, code: "YY12CD9777"))))
    #expect(state.seen().contains("#13"))
    // Of a refusal nothing can be taken back: it would be the guest before.
    #expect(state.press(.function(8)) == [reason == .valid ? .undo : .offerUndo])
  }

  @Test func `A repeat ends it and is no guest`() {
    var state = asking()
    state.take(.scan(.taken(number: 13, code: "AB12CD9123", isRepeat: true)))
    #expect(!isAsking(state))
    state.take(.scan(.verdict(Night.outcome(.valid, number: 13, isRepeat: true))))
    #expect(state.press(.function(8)) == [.offerUndo])
  }

  @Test func `Somebody let in by hand may be taken back at once`() {
    var state = asking()
    state.scan(Night.outcome(.notActive, number: 13))
    state.press(.function(6))
    state.take(.staff(.letIn(Night.letIn(.notActive, number: 13))))
    #expect(state.press(.function(8)) == [.undo])
  }

  @Test func `A look lets nobody in`() {
    var state = asking()
    state.press(.function(3))
    state.scan(Night.outcome(.valid, number: 13), isLook: true)
    #expect(state.press(.function(8)) == [.offerUndo])
  }

  @Test func `An answer that comes after a scan is not asked`() {
    var state = Night.state()
    state.press(.function(8))
    state.press(.function(8))
    state.scan(Night.outcome(.valid, number: 13))
    state.take(.staff(.undoOffered(Self.before)))
    #expect(!isAsking(state) && state.seen().mainRole == .admit)
  }

  @Test func `A contradiction is seen at once`() {
    var state = Night.state()
    state.scan(Night.outcome(.valid))
    state.press(.function(8))
    state.take(.staff(.nothingToUndo))
    state.press(.function(8))
    state.take(.staff(.undoOffered(Self.before)))
    state.take(.scan(.contradicted(Night.outcome(.archived))))
    #expect(state.seen().mainRole == .refuse)
  }

  // MARK: While a scan waits

  /// How F8 is pressed.
  private enum Undo: CaseIterable {
    case key, card

    var event: DoorEvent {
      switch self {
      case .key: .key(.function(8))
      case .card: .card(.undo, isAgain: false)
      }
    }
  }

  /// Somebody is in, and the next scan has no verdict.
  private func waiting(after first: Outcome = Night.outcome(.valid)) -> DoorState {
    var state = Night.state()
    state.scan(first)
    state.take(.scan(.taken(number: 13, code: "YY12CD9777", isRepeat: false)))
    return state
  }

  @Test(arguments: Undo.allCases) private func `While a scan waits it is asked first`(_ undo: Undo)
  {
    var state = waiting()
    #expect(state.take(undo.event) == [.offerUndo])
    state.take(.staff(.undoOffered(Self.before)))
    #expect(isAsking(state))
    #expect(state.seen().contains("Bruno Díaz"))
    #expect(state.take(undo.event) == [.confirmUndo(.own(7))])
  }

  @Test func `After its verdict the first one is not asked`() {
    var state = waiting()
    state.take(.scan(.verdict(Night.outcome(.valid, number: 13, code: "YY12CD9777"))))
    #expect(state.press(.function(8)) == [.undo])
  }

  // MARK: Right before a verdict

  /// The key was pressed, and by the time that it is known to be one, another guest's verdict stands.
  @Test(arguments: Undo.allCases) private func `Whoever pressed it before the verdict is asked`(
    _ undo: Undo
  ) {
    var state = waiting()
    state.take(.scan(.verdict(Night.outcome(.valid, number: 13, code: "YY12CD9777"))), after: 0.05)
    #expect(state.take(undo.event, after: 0.04) == [.offerUndo])
    #expect(state.take(undo.event, after: 0.06) == [.offerUndo], "it is asked about since")
  }

  @Test func `What was pressed before the verdict changes nobody`() {
    var state = waiting()
    state.take(
      .scan(.verdict(Night.outcome(.archived, number: 13, code: "YY12CD9777"))), after: 0.05)
    #expect(state.press(.function(6), after: 0.04) == [])
    #expect(state.take(.card(.byHand, isAgain: false), after: 0.04) == [])
    #expect(state.press(.function(6), after: 0.05) == [.letIn(number: 13)])
    var group = Night.state()
    group.scan(Night.group, after: 0.05)
    for key in [DoorKey.up, .down] { #expect(group.press(key, after: 0.04) == []) }
    for card in [StaffCommand.more, .fewer] {
      #expect(group.take(.card(card, isAgain: false), after: 0.04) == [])
    }
    #expect(!group.press(.down, after: 0.05).isEmpty)
  }

  /// What happens to a question that was asked while the scan waited, before its answer and after.
  @Test(
    arguments: Undo.allCases.flatMap { [($0, true), ($0, false)] },
    [Reason.valid, .alreadyUsed, .offline])
  private func `The verdict is seen and ends the question`(
    _ asked: (undo: Undo, isAnsweredBefore: Bool), _ reason: Reason
  ) {
    let (undo, isAnsweredBefore) = asked
    var state = waiting()
    state.take(undo.event)
    if isAnsweredBefore { state.take(.staff(.undoOffered(Self.before))) }
    state.take(.scan(.verdict(Night.outcome(reason, number: 13, code: "YY12CD9777"))))
    if !isAnsweredBefore { state.take(.staff(.undoOffered(Self.before))) }
    #expect(!isAsking(state) && state.seen().contains("#13"))
    // It confirms nobody, and whoever was let in is not taken back unasked either.
    #expect(state.take(undo.event, after: 4) == [.offerUndo])
    #expect(state.seen(after: 4).contains("#13"))
  }

  @Test func `After the next scan the first one is not asked`() {
    var state = waiting()
    state.press(.function(8))
    state.take(.scan(.verdict(Night.outcome(.valid, number: 13, code: "YY12CD9777"))))
    state.scan(Night.outcome(.valid, number: 14, code: "XX12CD9666"))
    #expect(state.press(.function(8)) == [.undo])
  }

  /// Two wait, F8 is pressed, and staff have seen neither verdict.
  @Test func `Each scan that waited is asked about`() {
    var state = waiting()
    state.take(.scan(.taken(number: 14, code: "XX12CD9666", isRepeat: false)))
    #expect(state.press(.function(8)) == [.offerUndo])
    state.take(.scan(.verdict(Night.outcome(.valid, number: 13, code: "YY12CD9777"))))
    #expect(state.press(.function(8)) == [.offerUndo], "14 still waits")
    state.take(.scan(.verdict(Night.outcome(.valid, number: 14, code: "XX12CD9666"))))
    #expect(state.press(.function(8)) == [.offerUndo])
  }

  /// The answer to what was confirmed while a scan waited displaces its verdict no more than any other.
  @Test(arguments: [
    DoorEvent.staff(.undone(before)), .staff(.tooOldToUndo(before)), .staff(.nothingToUndo),
    .staff(.undoOffered(before)),
  ])
  func `No answer covers a verdict that came since`(_ answer: DoorEvent) {
    var state = waiting()
    state.press(.function(8))
    state.take(.staff(.undoOffered(Self.before)))
    #expect(state.press(.function(8)) == [.confirmUndo(.own(7))])
    state.take(.scan(.verdict(Night.outcome(.valid, number: 13, code: "YY12CD9777"))))
    state.take(answer)
    #expect(state.seen().mainRole == .admit && state.seen().contains("#13"))
  }

  /// What acts on a verdict acts on none while nobody sees one; by a card, on the newest shown.
  @Test(arguments: [DoorKey.function(6), .up, .down]) func `While a scan waits no key corrects`(
    _ key: DoorKey
  ) {
    for first in [Night.group, Night.outcome(.notActive)] {
      var state = waiting(after: first)
      #expect(state.press(key) == [])
      state.take(.scan(.verdict(Night.outcome(.valid, number: 13, code: "YY12CD9777"))))
      #expect(state.seen().contains("#13"))
    }
  }

  /// The scan that waits admits as it was read; the next one only looks.
  @Test func `A look asked for while a scan waits is of the next one`() {
    var state = waiting()
    state.press(.function(3))
    state.take(.scan(.verdict(Night.outcome(.valid, number: 13, code: "YY12CD9777"))))
    #expect(state.seen().mainRole == .admit && state.looks(at: Night.now))
  }

  @Test func `The card asks and confirms as the key does`() {
    var state = asking()
    #expect(state.take(.card(.undo, isAgain: true), after: 2) == [], "the same reading once more")
    #expect(isAsking(state, after: 2))
    #expect(state.take(.card(.undo, isAgain: false), after: 6) == [.confirmUndo(.own(7))])
  }

  @Test(arguments: [StaffCommand.fewer, .more, .byHand, .look, .choose])
  func `Another card ends it`(
    _ command: StaffCommand
  ) {
    var state = asking()
    #expect(state.take(.card(command, isAgain: false)) == [])
    #expect(!isAsking(state))
  }

  @Test(arguments: sizes) func `What is too old is said`(columns: Int, rows: Int) {
    var state = Night.state()
    state.press(.function(8))
    state.take(.staff(.tooOldToUndo(Self.before)))
    let frame = state.seen(columns: columns, rows: rows)
    for text in ["Over 10 minutes ago: not undone", "Bruno Díaz", "23:39:37"] {
      #expect(frame.contains(text), "\(text)\n\(frame.text)")
    }
  }

  @Test func `What is too old displaces no verdict`() {
    var state = Night.state()
    state.scan(Night.outcome(.alreadyUsed))
    state.press(.function(8))
    state.take(.staff(.tooOldToUndo(Self.before)))
    #expect(state.seen().mainRole == .refuse)
    #expect(state.seen().contains("Over 10 minutes ago"))
  }

  @Test func `A PIN stands before the question and not before its answer`() {
    var setup = Night.setup()
    setup.kiosk = Kiosk(guarded: [.undo])
    var state = Night.state(setup: setup)
    func give() -> [Effect] {
      state.press(.function(8))
      _ = state.take(.pin(.entered(isWellFormed: true)))
      return state.take(.pin(.checked(isRight: true)))
    }
    #expect(give() == [.undo])
    state.take(.staff(.undone(Night.entry)))
    #expect(give() == [.offerUndo])
    state.take(.staff(.undoOffered(Self.before)))
    #expect(state.press(.function(8)) == [.confirmUndo(.own(7))])
  }
}
