import Admission
import Formatting
import Foundation
import Testing

@testable import DoorScreen

/// Exits, who comes back in, and who is inside (Contract: Out and in again).
@Suite struct LeavingTests {
  private static let sizes = [(80, 24), (40, 12)]

  @Test(arguments: [
    (1, 1, "→ OUT 1", "1 out"), (2, 3, "→ OUT 2", "2 out, 1 stays inside"),
    (1, 4, "→ OUT 1", "1 out, 3 stay inside"), (12, 12, "→ OUT 12", "12 out"),
  ])
  func `An exit says who leaves, neither green nor red`(
    people: Int, inside: Int, word: String, text: String
  ) {
    for (columns, rows) in Self.sizes {
      var state = Night.state(setup: Night.exit())
      state.scan(Night.leaving(people, of: inside))
      let frame = state.seen(after: 1, columns: columns, rows: rows)
      #expect(frame.mainRole == .neutral && frame.cells(.admit) + frame.cells(.refuse) == 0)
      #expect(frame.contains(text) && frame.contains("Ana García"), "\(frame.text)")
      state.scan(Night.leaving(0, of: 0, number: 13), after: 1.5)
      #expect(state.seen(after: 1.5).contains(word), "in the list")
      #expect(state.strips.isEmpty, "neither leaves a strip")
    }
  }

  @Test func `One by one it says how many are left inside`() {
    var setup = Night.exit()
    setup.countsOneAScan = true
    var state = Night.state(setup: setup)
    state.scan(Night.leaving(1, of: 4))
    #expect(state.seen(columns: 40, rows: 12).contains("1 out, 3 inside, one a scan"))
  }

  @Test func `Arrows and cards say how many left`() {
    var state = Night.state(setup: Night.exit())
    state.scan(Night.leaving(3, of: 3))
    #expect(state.press(.up) == [], "nobody else was inside")
    #expect(state.press(.down) == [.setAdmitted(number: 12, people: 2)])
    #expect(state.seen(after: 1).contains("2 out, 1 stays inside"))
    #expect(state.take(.card(.fewer, isAgain: false)) == [.setAdmitted(number: 12, people: 1)])
    state.take(.staff(.corrected(Night.leaving(2, of: 3))))
    state.take(.staff(.corrected(Night.leaving(1, of: 3))))
    #expect(state.seen(after: 1).contains("1 out, 2 stay inside"))
    #expect(state.press(.function(6)) == [], "nobody is let in at an exit")
  }

  @Test func `Nobody inside is one that nobody corrects, and read again it is marked`() {
    var state = Night.state(setup: Night.exit())
    state.scan(Night.leaving(0, of: 0))
    for key in [DoorKey.up, .down, .function(6)] { #expect(state.press(key) == []) }
    state.scan(Night.outcome(.nobodyInside, number: 13, isRepeat: true), after: 2)
    #expect(state.seen(after: 2).contains("SAME PASS #12"))
    #expect(!state.seen(after: 2).contains("COUNTED ONCE"))
  }

  /// Whoever reads that nothing is counted counts by hand.
  @Test(arguments: Language.allCases)
  func `A door that is alone says that a departure is counted later`(language: Language) {
    var setup = Night.exit()
    setup.language = language
    var state = Night.state(setup: setup)
    var outcome = Night.leaving(0, of: 0)
    outcome.decision.countsLater = true
    state.scan(outcome)
    let shown = state.seen(columns: 40, rows: 12)
    #expect(shown.lines.contains { $0.contains(language.texts.countsLaterStep) }, "\(shown.text)")
    #expect(!shown.contains(language.texts.nobodyInsideStep))
  }

  @Test(arguments: Language.allCases)
  func `When the last one left stands whole on the smallest screen`(language: Language) {
    var setup = Night.exit()
    setup.language = language
    var state = Night.state(setup: setup)
    let texts = language.texts
    state.scan(Night.leaving(0, of: 0, leftAt: Night.at(hours: -0.1)))
    let rows = state.seen(columns: 40, rows: 12).lines
    for text in [texts.nobodyInside, texts.leftAt("23:35")] {
      #expect(rows.contains { $0.contains(text.capitalizedFirst) }, "\(rows)")
    }
  }

  /// A time that is cut short says nothing.
  @Test(arguments: Language.allCases, [(1, 0), (4, 0), (12, 0), (2, 1), (8, 2)])
  func `Who comes back fits the smallest screen`(language: Language, people: (Int, Int)) {
    let text = language.texts.backIn(people.0, leftAt: "23:50", new: people.1)
    #expect(text.count <= 38 && text.contains("23:50"), "\(text)")
  }

  @Test func `What was undone at an exit are people who are inside again`() {
    var state = Night.state(setup: Night.exit())
    state.scan(Night.leaving(2, of: 2))
    #expect(state.press(.function(8), after: 3) == [.undo])
    state.take(.staff(.undone(Night.departure)), after: 3)
    let frame = state.seen(after: 3)
    #expect(frame.contains("2 inside again") && frame.contains("- UNDONE"), "\(frame.text)")
  }

  /// The row of whom it let in is another one.
  @Test func `An undone departure leaves the admission's row`() {
    var state = Night.state()
    state.scan(Night.outcome(.valid))
    state.take(.staff(.undone(Night.departure)), after: 3)
    #expect(!state.scans.recent.contains { $0.isUndone })
  }

  // MARK: Coming back

  @Test(arguments: [
    (Language.english, "back in, left 23:50, tonight 1 of 1"),
    (.spanish, "vuelve a entrar, salida de las 23:50, esta noche 1 de 1"),
    (.french, "de retour, sortie à 23:50, ce soir : 1 sur 1"),
    (.italian, "rientra, uscita alle 23:50, stasera 1 su 1"),
    (.portuguese, "volta a entrar, saída das 23:50, esta noite 1 de 1"),
  ])
  func `Who comes back is told so`(_ language: Language, _ text: String) {
    let outcome = Night.back(1, of: 1)
    #expect(message(for: outcome, language: language, time: Night.time) == text)
  }

  @Test(arguments: [
    (1, 1, 0, "Back in, left 23:50"), (2, 2, 1, "2 back in, left 23:50"),
    (2, 3, 0, "2 back in (left 23:50), 1 new"),
  ])
  func `A green panel says who comes back`(back: Int, admitted: Int, used: Int, text: String) {
    for (columns, rows) in Self.sizes {
      var state = Night.state()
      state.scan(Night.back(back, of: admitted, used: used))
      let frame = state.seen(after: 1, columns: columns, rows: rows)
      #expect(frame.mainRole == .admit && frame.contains(text), "\(frame.text)")
    }
  }

  @Test func `A used pass says when somebody left`() {
    var outcome = Night.outcome(.alreadyUsed, entry: Entry(at: Night.at(hours: -0.4)))
    outcome.decision.leftAt = Night.at(hours: -0.1)
    #expect(
      message(for: outcome, language: .english, time: Night.time)
        == "already used: left 23:35")
    for (columns, rows) in Self.sizes {
      var state = Night.state()
      state.scan(outcome)
      #expect(state.seen(columns: columns, rows: rows).contains("left 23:35"))
    }
  }

  @Test func `Who may have left unseen is amber, and F6 lets them in`() {
    var state = Night.state()
    state.scan(Night.perhapsOutside)
    for (columns, rows) in Self.sizes {
      let frame = state.seen(after: 1, columns: columns, rows: rows)
      #expect(frame.mainRole == .unverified && frame.cells(.refuse) == 0)
      let text = frame.lines.map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
      #expect(text.contains("as far as this door knows"), "\(frame.text)")
      #expect(text.contains("F6"), "\(frame.text)")
    }
    #expect(state.press(.function(6), after: 1) == [.letIn(number: 12)])
  }

  // MARK: Who is inside

  @Test(arguments: [
    (Optional(300), "212 inside of 300, 431 admitted", "212 inside of 300"),
    (nil, "212 inside, 431 admitted", "212 inside, 431 admitted"),
  ])
  func `The header counts who is inside`(capacity: Int?, wide: String, narrow: String) {
    var setup = Night.setup()
    setup.capacity = capacity
    var state = Night.state(setup: setup)
    state.take(.night(.crowd(Night.crowd)))
    #expect(state.seen().lines[1].contains(wide), "\(state.seen().text)")
    #expect(state.seen(columns: 40, rows: 12).lines[1].contains(narrow))
    state.take(.night(.crowd(Crowd(admitted: 431, inside: 431))))
    #expect(state.seen().lines[1].contains("431") && !state.seen().lines[1].contains("inside"))
  }

  @Test func `The house is full of those who are inside`() {
    var setup = Night.setup()
    setup.capacity = 300
    var state = Night.state(setup: setup)
    for (inside, text) in [(212, nil), (285, "ALMOST FULL: 285 of 300"), (300, "FULL: 300 of 300")]
    {
      state.take(.night(.crowd(Crowd(admitted: 431, inside: inside, hasLeavers: true))))
      #expect(state.seen().contains("FULL") == (text != nil))
      if let text { #expect(state.seen().contains("\(text) inside")) }
    }
  }
}
