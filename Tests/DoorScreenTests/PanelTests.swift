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
    (.wrongDoor, ["Wrong door: VIP table", "Another door takes this type"]),
    (.tooEarly, ["Too early", "Not yet valid"]), (.tooLate, ["Too late"]),
    (.alreadyUsed, ["Already used", "Already inside: ask for the wristband", "VIP table"]),
    (.venueFull, ["The house is full", "Nobody else now: ask your supervisor"]),
    (.left, ["2 out", "VIP table"]),
    (.nobodyInside, ["Nobody inside on this code", "nothing is counted"]),
    (.valid, ["Let 1 in", "Tonight 1 of 1", "3 of 7 nights", "VIP table"]),
  ]

  @Test(arguments: PanelTests.words, [Size(columns: 80, rows: 24), Size(columns: 40, rows: 12)])
  func `Says what is the matter`(_ row: (Reason, [String]), size: Size) {
    let (reason, words) = row
    var state = Night.state()
    state.scan(Night.outcome(reason, tonight: tonight(reason)))
    let frame = state.seen(columns: size.columns, rows: size.rows)
    let text = frame.lines.map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
    for word in words + ["#12"] {
      #expect(text.contains(word), "\(word)\n\(frame.text)")
    }
    #expect(text.contains(hasName(reason) ? "Ana García" : "AB…123"))
    #expect(!text.contains("AB12CD9123"))
    if reason.rawValue.contains("_") {
      #expect(!text.contains(reason.rawValue), "the log's name is not staff's")
    }
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
    (HeadCount(allowed: 4, used: 0, admitted: 4), "Let 4 in", "Tonight 4 of 4"),
    (
      HeadCount(allowed: 4, used: 1, admitted: 2), "Let 2 in, 1 came before",
      "Tonight 3 of 4, 1 may still"
    ),
    (
      HeadCount(allowed: 4, used: 1, admitted: 1), "Let 1 in, 1 came before",
      "Tonight 2 of 4, 2 may still"
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
      #expect(frame.contains("Tonight 1 of 4") && !frame.contains("may still"))
    }
  }

  /// In seconds while it may have been a moment ago, then by the clock.
  @Test(arguments: [
    (0.0, "0 s ago"), (12, "12 s ago"), (119, "119 s ago"), (120, "at 23:39"), (1440, "at 23:17"),
    (-3, "at 23:41"),
  ])
  func `A used pass says when and where it was used`(secondsAgo: Double, words: String) {
    let at = Night.now.wall.addingTimeInterval(-secondsAgo)
    var state = Night.state()
    state.scan(Night.outcome(.alreadyUsed, entry: Entry(at: at)))
    #expect(state.seen(columns: 40, rows: 12).contains("Already used: \(words) "))
    #expect(state.seen(columns: 40, rows: 12).contains("Ask for the wristband"))
    state.scan(
      Night.outcome(.alreadyUsed, number: 13, code: "ZZ12", entry: Entry(at: at, door: "Side door"))
    )
    #expect(state.seen().contains("Already used: \(words), Side door "))
  }

  /// The first try let somebody in; a picture that is passed around is tried again and again.
  @Test func `A used pass says how often it was tried`() {
    var state = Night.state()
    func scan(_ number: Int, code: String = "AB12CD9123", isRepeat: Bool = false) -> Frame {
      let after = 10 * Double(number)
      state.scan(
        Night.outcome(.alreadyUsed, number: number, code: code, isRepeat: isRepeat), after: after)
      return state.seen(after: after)
    }
    #expect(!scan(1).contains("try tonight"), "the second try")
    #expect(scan(2).contains("Already used, 3rd try tonight"))
    #expect(!scan(3, code: "OTHER12345").contains("try tonight"))
    #expect(!scan(4, isRepeat: true).contains("4th try"), "the scanner's repeat is no try")
    #expect(scan(5).contains("4th try tonight"))
    state.take(.night(.tonight(.chosen(Event(id: "ev2")))))
    #expect(!scan(6).contains("try tonight"), "another night")
  }

  /// Where nights stand only if there are several: "1 of 1 night" reads as used up.
  @Test func `Nights are told where there are several`() {
    for (nights, isTold) in [(1, false), (2, true)] {
      var pass = Night.pass()
      (pass.nightsUsed, pass.nights) = (1, nights)
      var state = Night.state()
      state.scan(Night.outcome(.valid, pass: pass))
      #expect(state.seen().contains("nights") == isTold)
    }
  }

  @Test(arguments: [
    ("cancelled", "CANCELLED", "Pass not active: cancelled"),
    ("Canceled", "CANCELLED", "Pass not active: cancelled"),
    ("pending", "PENDING", "Pass not active: pending"),
    ("refunded", "REFUNDED", "Pass not active: refunded"),
    ("rejected", "REJECTED", "Pass not active: rejected"),
    ("blocked_by_venue", "NOT ACTIVE", "Pass not active: blocked_by_venue"),
  ])
  func `A refusal says why in letters of half the height`(
    state raw: String, letters: String, text: String
  ) throws {
    var state = Night.state()
    state.scan(Night.outcome(.notActive, pass: Night.pass(state: raw)))
    let frame = state.seen()
    let word = BlockWord(parts: [letters])
    let broad = 2 * word.width <= 80 ? 2 : 1
    let rows = word.bitmap.map { row in
      row.map { String(repeating: $0 ? "█" : " ", count: broad) }.joined()
    }
    let first = try #require(frame.lines.firstIndex { $0.contains(rows[0]) })
    #expect(zip(frame.lines[first...], rows).allSatisfy { $0.contains($1) }, "\(frame.text)")
    #expect(frame.lines[..<first].count { $0.contains("██") } == 10, "STOP stands above it")
    #expect(frame.lines[(first + 5)...].contains { $0.contains(text) })
  }

  @Test func `Tries of before a restart and at other doors count`() {
    var state = Night.state()
    let first = Night.outcome(.alreadyUsed)
    state.take(.scan(.taken(number: 12, code: first.code, isRepeat: false)))
    #expect(state.take(.scan(.verdict(first))).contains(.countRefusals(first)))
    #expect(!state.seen().contains("try tonight"))
    state.take(.staff(.refusals(3, number: 12)))
    #expect(state.seen().contains("5th try tonight"))
    // What is known here is more, or is about another scan.
    state.take(.staff(.refusals(1, number: 12)))
    state.take(.staff(.refusals(9, number: 11)))
    #expect(state.seen().contains("5th try tonight"))
    state.scan(Night.outcome(.alreadyUsed, number: 13), after: 10)
    #expect(state.seen(after: 10).contains("6th try tonight"))
    state.scan(Night.outcome(.valid, number: 14, code: "ZZ12CD9888"), after: 20)
    state.take(.staff(.refusals(4, number: 14)), after: 20)
    #expect(!state.seen(after: 20).contains("try tonight"))
  }

  /// Strips of others, banners and frames must not take the reason away.
  @Test(arguments: 0...3, [true, false])
  func `A refusal says why in big letters beside strips`(strips: Int, isColoured: Bool) {
    let frame = view(
      Scene.refusedAfter(strips), size: Size(columns: 80, rows: 24),
      at: Night.now.advanced(by: 0.3), appearance: Appearance(isColoured: isColoured))
    let rows = BlockWord(parts: ["ALREADY USED"]).bitmap.map { row in
      row.map { $0 ? "█" : " " }.joined()
    }
    #expect(rows.allSatisfy { row in frame.lines.contains { $0.contains(row) } }, "\(frame.text)")
    for text in ["Already used: at 23:17, Side door", "Ana García"] {
      #expect(frame.contains(text), "\(frame.text)")
    }
  }

  /// Where there is room: from 100×30 on, whatever the verdict.
  @Test(arguments: [Reason.valid, .alreadyUsed, .notTonight, .archived, .tooEarly])
  func `The name stands in letters of half the height`(_ reason: Reason) throws {
    var state = Night.state()
    state.scan(Night.outcome(reason))
    let lines = state.seen(columns: 100, rows: 30).lines
    let rows = BlockWord(parts: ["ANA GARCIA"]).bitmap.map { row in
      row.map { $0 ? "█" : " " }.joined()
    }
    let first = try #require(lines.firstIndex { $0.contains(rows[0]) }, "\(lines)")
    #expect(zip(lines[first...], rows).allSatisfy { $0.contains($1) })
    #expect(lines[..<first].count { $0.contains("██") } >= 10, "the verdict's word stands above it")
    #expect(lines[(first + 5)...].contains { $0.contains("Ana García") })
    guard reason == .valid else { return }
    let word = BlockWord(parts: ["✓", "IN"]).bitmap
    let isWhole = (2...6).contains { broad in
      word.allSatisfy { row in
        let text = row.map { String(repeating: $0 ? "█" : " ", count: broad) }.joined()
        return lines[..<first].contains { $0.contains(text) }
      }
    }
    #expect(isWhole, "with its symbol")
  }

  @Test func `A full house is told in the green panel`() {
    var setup = Night.setup()
    setup.capacity = 40
    var state = Night.state(setup: setup)
    state.take(.night(.crowd(Crowd(admitted: 41, inside: 41))))
    state.scan(Night.outcome(.valid))
    let frame = state.seen()
    let bars = frame.rows.filter { $0.contains { $0.style.role == .unverified } }
    #expect(bars.map { $0.map(\.text).joined() }.contains { $0.contains("FULL: 41 of 40") })
    #expect(frame.mainRole == .admit && frame.cells(.banner) == 0)
    state.scan(Night.outcome(.alreadyUsed, number: 13), after: 1)
    #expect(state.seen(after: 1).cells(.unverified) == 0)
  }

  @Test func `An outage says what stored passes lack`() {
    var state = Night.state(service: .offline(since: Night.at(hours: -0.5)))
    state.take(.night(.preload(.finished(count: 426, at: Night.at(hours: -0.05)))))
    #expect(state.seen().contains("Stored passes decide, others are amber"))
    state.scan(Night.outcome(.offline))
    #expect(state.seen().contains("Not among the 426 passes stored at 23:38"))
    // Where a stored pass would be too old to decide, nothing follows from its not deciding.
    state.take(.night(.preload(.finished(count: 426, at: Night.at(hours: -25)))))
    #expect(!state.seen().contains("Not among"))
  }

  /// With three strips and lines enough to join, the word keeps its height.
  @Test func `Rows that are free are the word's`() {
    var state = Night.state()
    for number in 12...14 {
      state.scan(Night.outcome(.offline, number: number), after: 0.1 * Double(number - 12))
    }
    state.scan(
      Night.outcome(
        .valid, number: 15, count: HeadCount(allowed: 4, used: 1, admitted: 1),
        source: .cache(fetchedAt: Night.at(hours: -0.2), because: .offline)), after: 0.4)
    let frame = state.seen(after: 0.8)
    #expect(frame.cells(.unverified) >= 3 * 80)
    #expect(frame.lines.count { $0.contains("██") } >= 10, "\(frame.text)")
    // What stands in a strip does not stand in the list once more.
    for number in 12...14 {
      #expect(frame.lines.count { $0.contains("no answer from the service") } == 3, "#\(number)")
    }
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
    for text in ["Ana Ana", "VIP", "Already used", "ask for the wristband", "tored"] {
      #expect(frame.contains(text), "\(text)\n\(frame.text)")
    }
  }

  @Test func `Outside its hours an event says so beside the verdict`() {
    var state = Night.state()
    state.scan(Night.outcome(.valid, hours: .beforeStart))
    #expect(state.seen(columns: 40, rows: 12).contains("Note: the event starts at 22:59"))
    state.scan(Night.outcome(.valid, number: 13, hours: .afterEnd))
    #expect(state.seen(columns: 40, rows: 12).contains("Note: the event ended at 05:59"))
  }

  @Test func `Amber says what to do without help too`() {
    var state = Night.state(setup: Night.setup(help: nil))
    state.scan(Night.outcome(.offline))
    #expect(state.seen(columns: 40, rows: 12).contains("Ask your supervisor"))
  }

  @Test(arguments: [
    (
      Night.outcome(.valid, count: HeadCount(allowed: 4, used: 1, admitted: 2)),
      "valid, tonight 3 of 4, 1 may still come"
    ),
    (Night.outcome(.alreadyUsed, entry: Entry(at: Night.now.wall)), "already used: 0 s ago"),
    (
      Night.outcome(.alreadyUsed, entry: Entry(at: Night.now.wall, door: "Side\u{1B}[2J")),
      "already used: 0 s ago, Side[2J"
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

  /// The header is as bright as letters and frames are there.
  @Test(arguments: [
    Reason.alreadyUsed, .notTonight, .unknownPass, .offline, .unreadableCode, .valid,
  ])
  func `Without colours no letter hangs from the header`(reason: Reason) {
    for (columns, rows) in [(80, 24), (100, 30)] {
      var state = Night.state()
      state.scan(Night.outcome(reason), isLook: reason == .valid)
      let frame = view(
        state, size: Size(columns: columns, rows: rows), at: Night.now.advanced(by: 0.3),
        appearance: Appearance(isColoured: false))
      let first = frame.rows.first { row in row.allSatisfy { $0.style.role != .header } }
      let panel = first?.dropFirst(3).dropLast(3) ?? []
      #expect(!panel.isEmpty)
      #expect(panel.allSatisfy { $0.text == " " && !$0.style.isReversed }, "\(frame.text)")
    }
  }
}
