import Admission
import Formatting
import Foundation
import Testing

@testable import DoorScreen

/// What a panel says (Contract: The door screen).
@Suite struct PanelTests {
  /// Texts that must be readable at both sizes, beside name and number.
  static let words: [(Reason, [String])] = [
    (.unreadableCode, ["SCAN AGAIN"]), (.noEvent, ["No event tonight", "Marta 600 123 123"]),
    (.unauthorized, ["The service refuses our key", "Call Marta 600 123 123"]),
    (.rateLimited, ["too busy", "Scan again in a few seconds"]),
    (.serviceError, ["no usable answer", "Call Marta 600 123 123"]),
    (.offline, ["No answer from the service", "Call Marta 600 123 123"]),
    (.unknownPass, ["No such pass", "Is it a ticket or a guest-list code?"]),
    (.wrongOrganization, ["another organizer", "VIP table"]), (.archived, ["Pass withdrawn"]),
    (.notActive, ["Pass not active: blocked_by_venue"]), (.notTonight, ["Not for tonight"]),
    (.tooEarly, ["Too early", "0 of 2 in"]), (.tooLate, ["Too late", "0 of 2 in"]),
    (.alreadyUsed, ["Already used", "4 of 4 in", "wristband?", "VIP table"]),
    (.valid, ["1 PERSON comes in now", "1 of 1 in", "3 of 7 nights", "VIP table"]),
  ]

  @Test(arguments: PanelTests.words, [Size(columns: 80, rows: 24), Size(columns: 40, rows: 12)])
  func `Says what is the matter`(_ row: (Reason, [String]), size: Size) {
    let (reason, words) = row
    var state = Night.state()
    state.scan(Night.outcome(reason, tonight: tonight(reason)))
    let frame = state.seen(columns: size.columns, rows: size.rows)
    let text = frame.lines.map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
    for word in words + ["#12", reason.rawValue] {
      #expect(text.contains(word), "\(word)\n\(frame.text)")
    }
    #expect(text.contains(hasName(reason) ? "Ana García" : "AB…123"))
    #expect(!text.contains("AB12CD9123"))
  }

  @Test func `Every reason is tested`() {
    #expect(Set(Self.words.map(\.0)) == Set(Reason.allCases))
  }

  /// The word is big at both sizes, and without colour the verdicts differ in shape and place.
  @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 40, rows: 12)], Charset.allCases)
  func `Verdicts differ without colour`(_ size: Size, charset: Charset) {
    var pictures: Set<String> = []
    for reason in [Reason.valid, .alreadyUsed, .offline, .unreadableCode] {
      var state = Night.state()
      state.scan(Night.outcome(reason))
      let frame = state.seen(columns: size.columns, rows: size.rows, charset: charset)
      let block: Character = charset == .ascii ? "#" : "█"
      let big = frame.lines.filter { $0.count { $0 == block } >= 2 }
      #expect(big.count >= (size.rows >= 24 ? 10 : 5), "\(reason)\n\(frame.text)")
      pictures.insert(big.joined(separator: "\n"))
    }
    #expect(pictures.count == 4)
  }

  @Test(arguments: [
    (HeadCount(allowed: 4, used: 0, admitted: 4), "4 PEOPLE come in now", "4 of 4 in, nobody left"),
    (HeadCount(allowed: 4, used: 1, admitted: 2), "2 PEOPLE come in now", "3 of 4 in, 1 may still"),
    (
      HeadCount(allowed: 4, used: 1, admitted: 1), "1 PERSON comes in now", "2 of 4 in, 2 may still"
    ),
  ])
  func `Groups say how many`(_ count: HeadCount, people: String, usage: String) {
    var state = Night.state()
    state.scan(Night.outcome(.valid, count: count))
    for (columns, rows) in [(80, 24), (40, 12)] {
      let frame = state.seen(columns: columns, rows: rows)
      #expect(frame.contains(people))
      #expect(frame.contains(usage))
    }
  }

  /// With `rules.partial_entry: false` the next one of the group would be refused.
  @Test func `Who would be refused is not said to come still`() {
    var state = Night.state()
    var outcome = Night.outcome(.valid, count: HeadCount(allowed: 4, used: 0, admitted: 1))
    outcome.decision.othersMayFollow = false
    state.scan(outcome)
    for (columns, rows) in [(80, 24), (40, 12)] {
      let frame = state.seen(columns: columns, rows: rows)
      #expect(frame.contains("1 of 4 in, nobody left to come"))
    }
  }

  @Test func `In since when it is known`() {
    var state = Night.state()
    let at = Night.at(hours: -0.4)
    state.scan(Night.outcome(.alreadyUsed, entry: Entry(at: at)))
    #expect(state.seen(columns: 40, rows: 12).contains("In since 23:17: wristband?"))
    state.scan(Night.outcome(.alreadyUsed, number: 13, entry: Entry(at: at, door: "Side door")))
    #expect(state.seen().contains("In since 23:17: wristband? (Side door)"))
  }

  @Test(arguments: [(42.0, "42 s"), (720, "12 min"), (7300, "2 h")])
  func `Stored answers say how old they are`(seconds: Double, age: String) {
    let source = Source.cache(
      fetchedAt: Night.now.wall.addingTimeInterval(-seconds), because: .offline)
    for reason in [Reason.valid, .alreadyUsed] {
      var state = Night.state()
      state.scan(Night.outcome(reason, source: source))
      #expect(state.seen(columns: 40, rows: 12).contains("Stored answer, \(age) old (offline)"))
    }
    var state = Night.state()
    state.scan(Night.outcome(.offline, source: source))
    #expect(state.seen(columns: 40, rows: 12).contains("Stored answer (\(age)) may not admit"))
  }

  /// However long the name, the smallest screen says that an answer is a stored one.
  @Test func `Stored is said with long names too`() {
    var state = Night.state()
    let long = Night.pass(
      String(repeating: "Ana ", count: 20), type: String(repeating: "VIP ", count: 20))
    let source = Source.cache(fetchedAt: Night.at(hours: -0.2), because: .offline)
    state.scan(Night.outcome(.alreadyUsed, pass: long, source: source))
    let frame = state.seen(columns: 40, rows: 12)
    for text in ["Ana Ana", "VIP", "4 of 4 in", "Already used", "wristband?", "tored"] {
      #expect(frame.contains(text), "\(text)\n\(frame.text)")
    }
  }

  @Test func `Outside its hours an event says so beside the verdict`() {
    var state = Night.state()
    state.scan(Night.outcome(.valid, hours: .beforeStart))
    #expect(state.seen(columns: 40, rows: 12).contains("Mind: the event starts at 22:59"))
    state.scan(Night.outcome(.valid, number: 13, hours: .afterEnd))
    #expect(state.seen(columns: 40, rows: 12).contains("Mind: the event ended at 05:59"))
  }

  @Test func `Amber says what to do without help too`() {
    var state = Night.state(setup: Night.setup(help: nil))
    state.scan(Night.outcome(.offline))
    #expect(state.seen(columns: 40, rows: 12).contains("ask who is in charge"))
  }

  @Test(arguments: [
    (
      Night.outcome(.valid, count: HeadCount(allowed: 4, used: 1, admitted: 2)),
      "valid for tonight, 3 of 4 in, 1 may still come"
    ),
    (Night.outcome(.alreadyUsed, entry: Entry(at: Night.now.wall)), "already used: in since 23:41"),
    (
      Night.outcome(.alreadyUsed, entry: Entry(at: Night.now.wall, door: "Side\u{1B}[2J")),
      "already used: in since 23:41 (Side[2J)"
    ),
    (Night.outcome(.unknownPass), "no such pass: is it a ticket or a guest-list code?"),
    (Night.outcome(.notActive), "pass not active: blocked_by_venue"),
    (
      Night.outcome(.noEvent, tonight: .none(.several([Night.event, Event(id: "ev2")]))),
      "several events tonight: Noche de Luna, event ev2"
    ),
    (Night.outcome(.alreadyUsed, isRepeat: true), "SAME PASS, COUNTED ONCE: already used"),
    (
      Night.outcome(
        .alreadyUsed,
        source: .cache(fetchedAt: Night.at(hours: -0.2), because: .offline)),
      "already used: stored answer, 12 min old (offline)"
    ),
    (
      Night.outcome(.notActive, source: .cache(fetchedAt: Night.at(hours: -0.2), because: nil)),
      "pass not active: blocked_by_venue: stored answer, 12 min old (slow service)"
    ),
  ])
  func `Every reason has its message`(_ outcome: Outcome, expected: String) {
    #expect(message(for: outcome, language: .english, time: Night.time) == expected)
  }

  @Test(arguments: Language.allCases, Reason.allCases)
  func `Every message is one sentence`(_ language: Language, reason: Reason) {
    let text = message(for: Night.outcome(reason), language: language, time: Night.time)
    #expect(!text.isEmpty && !text.contains("\n"))
  }

  private func hasName(_ reason: Reason) -> Bool { Night.outcome(reason).pass != nil }

  private func tonight(_ reason: Reason) -> Tonight {
    reason == .noEvent ? .none(.noneTonight) : .chosen(Night.event)
  }

  @Test func `Wide names are never split`() {
    var state = Night.state()
    state.scan(Night.outcome(.valid, pass: Night.pass(String(repeating: "王", count: 60))))
    for columns in 34...60 {
      let frame = state.seen(columns: columns, rows: 12)
      #expect(frame.contains("王…"), "\(columns)\n\(frame.text)")
    }
  }

  @Test(arguments: UnreadableCause.allCases)
  func `The second time it says where to look and whom to call`(cause: UnreadableCause) {
    for isAgain in [false, true] {
      var outcome = Night.outcome(.unreadableCode, unreadable: cause)
      outcome.decision.isUnreadableAgain = isAgain
      for (columns, rows) in [(40, 12), (80, 24)] {
        var state = Night.state()
        state.scan(outcome)
        let frame = state.seen(columns: columns, rows: rows)
        let text = frame.lines.map { $0.trimmingCharacters(in: .whitespaces) }.joined(
          separator: " ")
        // What takes too long to match does so the first time as well.
        let isTold = isAgain || cause.costlyKey != nil
        #expect(text.contains("Find by name (F4). Call Marta") == isTold, "\(frame.text)")
        if !isTold || rows == 24 {
          #expect(text.contains(whyWords(cause)), "\(frame.text)")
        }
      }
    }
  }

  private func whyWords(_ cause: UnreadableCause) -> String {
    Language.english.texts.unreadable(cause).capitalizedFirst
  }
}
