import Admission
import Formatting
import Foundation
import Testing

@testable import DoorScreen

/// Every language says everything, and nothing of it is cut on the smallest screen.
@Suite struct LanguageTests {
  private static let sizes = [(80, 24), (40, 12)]

  @Test(arguments: Language.allCases, Reason.allCases) func `No reason is cut`(
    _ language: Language, _ reason: Reason
  ) {
    for (columns, rows) in Self.sizes {
      var state = state(language)
      state.scan(
        Night.outcome(
          reason, tonight: reason == .noEvent ? .none(.noneTonight) : .chosen(Night.event)))
      expectNothingCut(state.seen(columns: columns, rows: rows), "\(language) \(reason)")
    }
  }

  @Test(arguments: Language.allCases, Self.moments.map(\.name)) func `No text is cut`(
    _ language: Language, _ name: String
  ) throws {
    for screen in try screens(language, name) { expectNothingCut(screen, "\(language) \(name)") }
  }

  /// A moment in each size.
  private func screens(_ language: Language, _ name: String) throws -> [Frame] {
    let moment = try #require(Self.moments.first { $0.name == name })
    return Self.sizes.map { columns, rows in
      var state = state(language)
      moment.change(&state)
      return state.seen(after: moment.after, columns: columns, rows: rows)
    }
  }

  private static let failures: [HookFailure] = [
    .notStarted("No such file or directory"), .exited(255), .killed(signal: 11), .overdue, .behind,
  ]

  @Test(arguments: Language.allCases, failures) func `Every failure of a hook has a fitting form`(
    _ language: Language, _ failure: HookFailure
  ) {
    var state = state(language)
    // With others below it in rank, so that it shares its line with how many more there are.
    for notice in [Notice.hookFailed(failure), .slowService, .preloadForbidden(kinds: [.pass])] {
      state.take(.notice(notice, isActive: true))
    }
    state.scan(Night.outcome(.alreadyUsed))
    let frame = state.seen(columns: 40, rows: 12)
    #expect(frame.contains("hooks.verdict") && frame.contains("+2"), "\(frame.text)")
    expectNothingCut(frame, "\(language) \(failure)")
  }

  @Test(arguments: Language.allCases, Night.notices) func `Every banner has a fitting form`(
    _ language: Language, _ notice: Notice
  ) {
    var state = state(language)
    state.take(.notice(notice, isActive: true))
    // Over a verdict there is one line, and it also says how many more there are.
    let others = Night.notices.filter { $0.kind != notice.kind }
    state.scan(Night.outcome(.alreadyUsed))
    expectNothingCut(state.seen(columns: 40, rows: 12), "\(language) \(notice.kind)")
    for other in others { state.take(.notice(other, isActive: true)) }
    expectNothingCut(state.seen(columns: 40, rows: 12), "\(language) \(notice.kind) and others")
  }

  /// The three verdicts, and what staff did, are big and distinct at both sizes.
  @Test(arguments: Language.allCases, sizes) func `The words are big and distinct`(
    _ language: Language, _ size: (Int, Int)
  ) {
    var pictures: Set<String> = []
    for reason in [Reason.valid, .alreadyUsed, .offline, .unreadableCode] {
      var state = state(language)
      state.scan(Night.outcome(reason))
      let big = state.seen(columns: size.0, rows: size.1).lines.filter {
        $0.count { $0 == "█" } >= 2
      }
      #expect(big.count >= 5, "\(language) \(reason)")
      pictures.insert(big.joined(separator: "\n"))
    }
    #expect(pictures.count == 4)
    for count in [2, 9, 12, 40] {
      var state = state(language)
      state.scan(
        Night.outcome(.valid, count: HeadCount(allowed: count, used: 0, admitted: count)))
      var plain = self.state(language)
      plain.scan(Night.outcome(.valid))
      let frames = [state, plain].map { $0.seen(columns: size.0, rows: size.1) }
      #expect(
        frames[0].lines[2..<7] != frames[1].lines[2..<7], "the number of people is in the big line")
    }
  }

  @Test(arguments: [
    (Language.english, "already used: at 23:31"),
    (.spanish, "ya usado: a las 23:31"),
    (.french, "déjà utilisé : à 23:31"), (.italian, "già usato: alle 23:31"),
    (.portuguese, "já usado: às 23:31"),
  ])
  func `A reason says when, in every language`(_ language: Language, text: String) {
    let entry = Entry(at: Night.now.wall.addingTimeInterval(-600))
    let outcome = Night.outcome(.alreadyUsed, entry: entry)
    #expect(message(for: outcome, language: language, time: Night.time) == text)
  }

  @Test(arguments: [
    (Language.english, "Let 1 in", "Let 4 in"),
    (.spanish, "Deja pasar a 1", "Deja pasar a 4"),
    (.french, "Faire entrer 1", "Faire entrer 4"),
    (.italian, "Fai entrare 1", "Fai entrare 4"),
    (.portuguese, "Deixe entrar 1", "Deixe entrar 4"),
  ])
  func `One and several people have their own words`(
    _ language: Language, one: String, four: String
  ) {
    var state = state(language)
    state.scan(Night.outcome(.valid))
    #expect(state.seen(columns: 40, rows: 12).contains(one))
    state.scan(Night.group)
    #expect(state.seen(columns: 40, rows: 12).contains(four))
  }

  /// Big words carry the accent in the row above them, where there is one.
  @Test func `Big words have their accents`() throws {
    for (columns, rows) in Self.sizes {
      var state = state(.portuguese)
      state.scan(Night.outcome(.offline))
      let frame = state.seen(columns: columns, rows: rows)
      let first = try #require(frame.lines.firstIndex { $0.contains("█") })
      // The accent of the U, right of its middle, and nothing else in that row.
      let accents = frame.lines[first].split(separator: " ")
      #expect(accents.count == 1 && accents[0].count <= 4, "\(frame.text)")
      if rows == 24 { #expect(frame.contains("? DÚVIDA")) }
    }
  }

  /// What a Linux console's font lacks is a lozenge there. The sign of an admission is exchanged on the
  /// console by the terminal.
  @Test(arguments: Language.allCases, moments.map(\.name)) func `The console's font has every sign`(
    _ language: Language, _ name: String
  ) throws {
    for screen in try screens(language, name) {
      let text = screen.text
      let missing = text.unicodeScalars.filter {
        $0 != "\n" && $0 != "✓" && !ConsoleFont.scalars.contains($0)
      }
      #expect(missing.isEmpty, "\(missing)\n\(text)")
    }
  }

  @Test(arguments: Language.allCases, Refusal.allCases)
  func `A refusal's letters have their shapes`(
    _ language: Language, _ refusal: Refusal
  ) {
    let word = language.texts.reasonWord(refusal)
    #expect(word.count <= 13 && BlockWord(parts: [word]).width <= 80, "\(word)")
    for letter in word { #expect(BlockFont.letter(of: letter) != nil, "\(letter)") }
    #expect(ConsoleFont.scalars.contains("█"))
  }

  /// French sets off ":", ";", "?" and "!" by a blank, and no row begins with one of them.
  @Test(arguments: moments.map(\.name)) func `French has its spaces before punctuation`(
    _ name: String
  ) throws {
    let moment = try #require(Self.moments.first { $0.name == name })
    for (columns, rows) in Self.sizes {
      var state = state(.french)
      moment.change(&state)
      let frame = state.seen(after: moment.after, columns: columns, rows: rows)
      for line in frame.lines {
        for (mark, before) in zip(line.dropFirst(), line) where ":;?!".contains(mark) {
          let isTime = before.isNumber && mark == ":"
          #expect(before == " " || isTime, "\(name)\n\(frame.text)")
        }
        let start = line.drop { $0 == " " }
        #expect(!start.hasPrefix(": ") && !start.hasPrefix("; "), "\(name)\n\(frame.text)")
      }
    }
  }

  /// No language lets a word of another one through where it has its own.
  @Test(arguments: Language.allCases.filter { $0 != .english }) func `No English is left`(
    _ language: Language
  ) {
    for moment in Self.moments {
      var state = state(language)
      moment.change(&state)
      let text = state.seen(after: moment.after, columns: 100, rows: 40).text.lowercased()
      for word in ["scan a", " people", " admitted", " since ", "rate:", " looks", "come in"] {
        #expect(!text.contains(word), "\(moment.name): \(word)\n\(text)")
      }
    }
  }

  private struct Moment: Sendable {
    var name: String
    var after: TimeInterval = 0
    var change: @Sendable (inout DoorState) -> Void
  }

  /// Everything that has words of its own, apart from the reasons and the banners.
  private static let moments: [Moment] =
    Scene.everyKind.filter { $0.name != "rates" }
    .map { Moment(name: $0.name, change: $0.change) }
    + Scene.everyDoorKind.map { name, change in
      Moment(name: "doors: \(name)") {
        $0.share(Night.doors)
        change(&$0)
      }
    }
    + Scene.everyLeavingKind.map { name, setup, change in
      Moment(name: "leaving: \(name)") {
        var setup = setup
        setup.language = $0.setup.language
        setup.countsThisDoorOnly = true
        $0 = Night.state(setup: setup)
        $0.take(.night(.crowd(Night.crowd)))
        change(&$0)
      }
    } + [
      Moment(name: "stored") {
        $0.scan(
          Night.outcome(
            .valid, source: .cache(fetchedAt: Night.at(hours: -0.2), because: .offline)))
      },
      Moment(name: "stored may not admit") {
        $0.scan(
          Night.outcome(
            .offline, source: .cache(fetchedAt: Night.at(hours: -0.2), because: .offline)))
      },
      Moment(name: "early") { $0.scan(Night.outcome(.valid, hours: .beforeStart)) },
      Moment(name: "late") { $0.scan(Night.outcome(.valid, hours: .afterEnd)) },
      Moment(name: "too early for the rate") {
        $0.scan(
          Night.outcome(
            .tooEarly, pass: Night.pass(),
            rate: Night.rate(
              "VIP table", [Night.option(20, 10_800, nil)])))
      },
      Moment(name: "rest of a group") {
        $0.scan(Night.outcome(.valid, count: HeadCount(allowed: 4, used: 1, admitted: 1)))
      },
      Moment(name: "collect") {
        $0.scan(
          Night.outcome(
            .valid,
            rate: Night.rate("VIP", [Night.option(10, 0, nil), Night.option(15.5, 0, nil)]),
            count: HeadCount(allowed: 3, used: 1, admitted: 2)))
      },
      Moment(name: "collect unknown") {
        $0.take(.night(.rates(nil, asOf: nil, isStale: false)))
        $0.scan(Night.outcome(.valid))
      },
      Moment(name: "collect nothing") {
        $0.scan(Night.outcome(.valid, rate: Night.rates[5]))
      },
      Moment(name: "looking up") {
        for number in 12...14 {
          $0.take(.scan(.taken(number: number, code: "AB12CD9123", isRepeat: false)))
        }
      },
      Moment(name: "repeat", after: 2) {
        $0.scan(Night.outcome(.valid))
        $0.scan(Night.outcome(.valid, number: 13, isRepeat: true), after: 2)
      },
      Moment(name: "marked") {
        $0.scan(Night.outcome(.valid))
        $0.scan(Night.outcome(.valid, number: 13, isRepeat: true))
      },
      Moment(name: "typing") { $0.take(.typing(.draft("AB12CD9123"))) },
      Moment(name: "burst dropped") {
        $0.take(.typing(.burstDropped("AB12CD9123", isScanners: true)))
      },
      Moment(name: "dropped") { $0.take(.typing(.draftDropped("AB12CD9123"))) },
      Moment(name: "picker") { $0.take(.night(.tonight(.none(.several(Night.events(2)))))) },
      Moment(name: "not chosen") { $0.take(.night(.tonight(.none(.notChosen)))) },
      Moment(name: "none tonight") { $0.take(.night(.tonight(.none(.noneTonight)))) },
      Moment(name: "unreachable") { $0.take(.night(.tonight(.none(.unreachable)))) },
      Moment(name: "ended") { $0.take(.night(.tonight(.none(.ended(Night.event))))) },
      Moment(name: "over", after: 6.5 * 3600) { _ in },
      Moment(name: "offline with a store") {
        $0.take(.service(ServiceHealth(.offline(since: Night.at(hours: -0.5)))))
        $0.take(.night(.preload(.finished(count: 3012, at: Night.at(hours: -0.6)))))
      },
      Moment(name: "failing") {
        $0.take(.service(ServiceHealth(.failing(since: Night.at(hours: -0.5)))))
      },
      Moment(name: "key refused") {
        $0.take(.service(ServiceHealth(.keyRefused(since: Night.at(hours: -1)))))
      },
      Moment(name: "preloading") { $0.take(.night(.preload(.running(done: 1200, of: 3012)))) },
      Moment(name: "look mode") { $0.press(.function(3)) },
      Moment(name: "look mode over a verdict") {
        $0.take(.scan(.taken(number: 12, code: "AB12CD9123", isRepeat: false)))
        $0.press(.function(3))
        $0.take(.scan(.verdict(Night.outcome(.valid))))
      },
      Moment(name: "look at a refusal") {
        $0.press(.function(3))
        $0.scan(Night.outcome(.alreadyUsed), isLook: true)
      },
      Moment(name: "look in vain") {
        $0.press(.function(3))
        $0.scan(Night.outcome(.offline), isLook: true)
      },
      Moment(name: "correcting") {
        $0.scan(Night.group)
        $0.press(.down)
      },
      Moment(name: "let in") {
        $0.scan(Night.outcome(.offline))
        $0.press(.function(6))
        $0.take(.staff(.letIn(Night.letIn(.offline))))
      },
      Moment(name: "undone") {
        $0.press(.function(8))
        $0.take(.staff(.undone(Night.entry)))
      },
      Moment(name: "undo one more") {
        $0.take(.staff(.undoOffered(Night.entry)))
        $0.press(.function(8))
        $0.take(.staff(.undoOffered(Night.entry)))
      },
      Moment(name: "next friend") {
        $0.scan(Night.outcome(.valid, count: HeadCount(allowed: 99, used: 1, admitted: 1)))
      },
      Moment(name: "next friend, repeated") {
        let outcome = Night.outcome(.valid, count: HeadCount(allowed: 99, used: 1, admitted: 1))
        $0.scan(outcome)
        $0.scan(Night.outcome(.valid, number: 13, isRepeat: true))
      },
      Moment(name: "too old to undo") {
        $0.press(.function(8))
        $0.take(.staff(.tooOldToUndo(Night.entry)))
      },
      Moment(name: "several by hand") {
        $0.scan(Night.outcome(.alreadyUsed))
        $0.press(.function(6))
        $0.take(.staff(.letIn(Night.letIn(.alreadyUsed, people: 12))))
      },
      Moment(name: "nothing to undo") {
        $0.press(.function(8))
        $0.take(.staff(.nothingToUndo))
      },
      Moment(name: "recorded late") {
        var outcome = Night.outcome(.valid)
        outcome.isRecordedLate = true
        $0.scan(outcome)
      },
      Moment(name: "card without effect") {
        $0.take(.card(.byHand, isAgain: false))
      },
      Moment(name: "card again") { $0.take(.card(.undo, isAgain: true)) },
      Moment(name: "card of another box") {
        $0.scan(
          Night.outcome(
            .unreadableCode, code: StaffCommand.cardMark, unreadable: .staffCard))
      },
    ]
    + UnreadableCause.allCases.map { cause in
      Moment(name: "unreadable: \(cause)") {
        $0.scan(Night.outcome(.unreadableCode, unreadable: cause))
      }
    }
    + UnreadableCause.allCases.map { cause in
      Moment(name: "unreadable again: \(cause)") {
        var outcome = Night.outcome(.unreadableCode, unreadable: cause)
        outcome.decision.isUnreadableAgain = true
        $0.scan(outcome)
      }
    } + [
      Moment(name: "card during a look-up") {
        $0.scan(Night.group)
        $0.take(.scan(.taken(number: 13, code: "AB12CD9123", isRepeat: false)))
        $0.take(.card(.fewer, isAgain: false))
      },
      Moment(name: "find") { $0.press(.function(4)) },
      Moment(name: "found") {
        $0.press(.function(4))
        $0.take(.typing(.draft("Ana")))
        $0.take(.staff(.found(Array(Night.found.prefix(2)), query: "Ana")))
      },
      Moment(name: "found nobody") {
        $0.press(.function(4))
        $0.take(.typing(.draft("Ana")))
        $0.take(.staff(.found([], query: "Ana")))
      },
      Moment(name: "no rates") {
        $0.take(.night(.rates([], asOf: Night.now.wall, isStale: false)))
        $0.press(.function(2))
      },
      Moment(name: "old rates") {
        let rate = Night.rate("VIP", [Night.option(10, 0, 18_000)])
        $0.take(.night(.rates([rate], asOf: Night.at(hours: -0.6), isStale: true)))
        $0.press(.function(2))
      },
    ]

  private func state(_ language: Language) -> DoorState {
    var setup = Night.collecting()
    setup.countsOneAScan = true
    setup.language = language
    return Night.state(setup: setup)
  }

  /// No text ends in an ellipsis; a masked code has its own in the middle. The list of the last
  /// scans, below on a large screen, may be cut.
  private func expectNothingCut(_ frame: Frame, _ what: String) {
    let isLarge = frame.size.rows >= 20
    for (row, line) in frame.lines.enumerated() where !isLarge || row < 19 || row == 23 {
      let text = line.replacing(/[A-Z0-9]{2}…([A-Z0-9]…)?[A-Z0-9]{3}/, with: "")
      #expect(!text.contains("…"), "\(what)\n\(frame.text)")
    }
  }
}
