import Admission
import Formatting
import Foundation
import Testing

@testable import DoorScreen

/// What a panel says of tickets, guest lists and bookings (Contract: Every code at the same door).
@Suite struct KindTests {
  private static let sizes = [Size(columns: 80, rows: 24), Size(columns: 40, rows: 12)]

  private func text(
    _ outcome: Outcome, _ setup: ScreenSetup = Night.everyKind(), size: Size, isLook: Bool = false
  ) -> String {
    var state = Night.state(setup: setup)
    if isLook { state.press(.function(3)) }
    state.scan(outcome, isLook: isLook)
    let frame = state.seen(after: 0.3, columns: size.columns, rows: size.rows)
    let lines = frame.lines.map {
      $0.replacing("#12", with: "").trimmingCharacters(in: .whitespaces)
    }
    return lines.joined(separator: " ")
  }

  /// What must be read of each guest, in whatever language.
  private static let readable: [String: [String]] = [
    "ticket-with-a-bus": ["Early Ticket", "Bus, Copa", "Ana García"],
    "birthday-list": ["General Access", "Birthday: bring the cake", "Miguel Román", "10"],
    "table": ["Terraza, S1, ", " 02:00", "Sergio Centeno Pérez"],
    "age-limit": ["21+", "General Access", "Ana García"],
    "women-only-option": ["10 €", "15 €", "Ana García"],
    "everything-at-its-longest": [
      "21+", "Birthday: bring", "Terraza, S1", "Maximil", "10 €", "15 €",
    ],
  ]

  @Test(arguments: Language.allCases, Night.guests.map(\.name))
  func `What matters is never cut`(_ language: Language, name: String) throws {
    let outcome = try #require(Night.guests.first { $0.name == name }?.outcome)
    let words = try #require(Self.readable[name])
    for size in Self.sizes {
      let text = text(outcome, Night.everyKind(language), size: size)
      for word in words + [language.texts.words(outcome.pass!.kind).name] {
        #expect(text.contains(word), "\(word) at \(size): \(text)")
      }
    }
  }

  /// A stored answer says so and how old it is, whatever the pass holds.
  @Test(arguments: Language.allCases, Night.guests.map(\.name))
  func `Stored is said whatever the pass holds`(_ language: Language, name: String) throws {
    var outcome = try #require(Night.guests.first { $0.name == name }?.outcome)
    outcome.source = .cache(fetchedAt: Night.at(hours: -0.2), because: .offline)
    let words = try #require(Self.readable[name])
    for size in Self.sizes {
      let text = text(outcome, Night.everyKind(language), size: size)
      for word in words + ["12 min"] { #expect(text.contains(word), "\(word) at \(size): \(text)") }
    }
  }

  /// Every mix of what an admitted guest may hold, on the smallest screen.
  @Test(arguments: Language.allCases) func `Stored is said beside any mix of details`(
    _ language: Language
  ) {
    for mix in 0..<64 {
      func has(_ bit: Int) -> Bool { mix >> bit & 1 == 1 }
      let details = PassDetails(
        note: has(0) ? "Birthday: bring the cake when the band stops" : nil,
        extras: has(1) ? ["Bus", "Copa"] : [], minimumAge: has(2) ? 21 : nil,
        place: has(3) ? "Terraza, S1" : nil)
      let people = has(4) ? 12 : 1
      let outcome = Night.outcome(
        .valid, count: HeadCount(allowed: people + 1, used: 1, admitted: people),
        pass: Night.code(.list, type: "General Access", holding: details),
        source: .cache(fetchedAt: Night.at(hours: -0.2), because: .offline),
        rate: has(5)
          ? Night.listRate([Night.listOption(10, .women), Night.listOption(15, .men)]) : nil)
      let text = text(outcome, Night.everyKind(language), size: Self.sizes[1])
      #expect(text.contains("12 min"), "mix \(mix): \(text)")
      #expect(text.contains("Ana"), "mix \(mix): \(text)")
    }
  }

  @Test(arguments: PassKind.allCases) func `The kind stands beside the type`(_ kind: PassKind) {
    let name = Language.english.texts.words(kind).name
    for size in Self.sizes {
      let typed = text(Night.outcome(.valid, pass: Night.code(kind, type: "Early")), size: size)
      #expect(typed.contains("\(name) · Early"))
      let bare = text(Night.outcome(.valid, pass: Night.code(kind, type: nil)), size: size)
      #expect(bare.contains(name) && !bare.contains("\(name) ·"))
    }
    let alone = text(
      Night.outcome(.valid, pass: Night.pass(type: "Early")), Night.setup(), size: Self.sizes[0])
    #expect(!alone.contains("Pass · "))
  }

  @Test func `A private remark is shown by a look alone`() throws {
    let table = try #require(Night.guests.first { $0.name == "table" }?.outcome)
    for size in Self.sizes {
      #expect(!text(table, size: size).contains("Prefers table 10"))
      #expect(text(table, size: size, isLook: true).contains("Private: Prefers table 10"))
    }
  }

  @Test(arguments: [
    ("2:00", "02:00"), ("23:15", "23:15"), ("2:00:00", "02:00"), ("25:00", "25:00"),
    ("about two", "about two"), ("2.30", "2.30"), ("2:5", "2:5"), ("２:00", "２:00"),
    ("1\u{1B}[2J", "1\u{1B}[2J"), ("-1:00", "-1:00"),
  ])
  func `An hour is shown as one, anything else as it is`(_ given: String, shown: String) {
    let pass = Night.code(.booking, holding: PassDetails(expectedAt: given))
    let text = text(Night.outcome(.valid, pass: pass), size: Self.sizes[0])
    #expect(
      text.contains("Expected \(DisplayText.cleaned(shown).trimmingCharacters(in: .whitespaces))"),
      "\(text)")
    #expect(!text.contains("\u{1B}"))
  }

  @Test func `Hostile remarks are cleaned`() {
    let hostile = "\u{1B}]0;x\u{7}\u{202E}Cake\n\u{200B}" + String(repeating: "a b ", count: 40_000)
    let details = PassDetails(
      note: hostile, extras: [hostile, "\u{202E}"], place: hostile, expectedAt: hostile)
    for size in Self.sizes {
      let text = text(Night.outcome(.valid, pass: Night.code(.list, holding: details)), size: size)
      #expect(text.contains("Cake") && text.contains("Ana García"))
      #expect(!text.unicodeScalars.contains { $0.value < 32 || $0.value == 0x202E })
    }
  }

  /// Nothing of a blank text is to be read.
  @Test func `Blank details take no line`() {
    let blank = PassDetails(note: " ", extras: ["", "\u{200B}"], minimumAge: 0, place: "\n")
    let plain = text(Night.outcome(.valid, pass: Night.code(.list)), size: Self.sizes[0])
    #expect(
      text(Night.outcome(.valid, pass: Night.code(.list, holding: blank)), size: Self.sizes[0])
        == plain)
  }

  // MARK: Prices

  @Test(
    arguments: [
      ([Night.listOption(10)], 1, "COLLECT 10,00 €"),
      ([Night.listOption(10)], 3, "COLLECT 10,00 € per person"),
      ([Night.listOption(10, .women)], 1, "COLLECT women 10 €"),
      ([Night.listOption(0, .women)], 1, "COLLECT women 0 €"),
      ([Night.listOption(0, .women), Night.listOption(0, .men)], 1, "nothing to collect"),
      (
        [Night.listOption(15), Night.listOption(10, .women)], 1,
        "COLLECT 15 €, women 10 €"
      ),
    ] as [([RateOption], Int, String)])
  func `What a guest list pays is said`(_ options: [RateOption], people: Int, words: String) {
    let outcome = Night.outcome(
      .valid, count: HeadCount(allowed: 7, used: 7 - people, admitted: people),
      pass: Night.code(.list, type: "General Access"), rate: Night.listRate(options))
    for size in Self.sizes {
      let text = text(outcome, size: size)
      #expect(text.contains(words), "\(text)")
      #expect(!text.contains("if unpaid"))
    }
  }

  @Test func `Only the kinds that pay at the door are asked to`() {
    var outcome = Night.outcome(
      .valid, pass: Night.code(.ticket), rate: Night.listRate([Night.listOption(10)]))
    #expect(!text(outcome, size: Self.sizes[0]).contains("COLLECT"))
    outcome.pass?.kind = .list
    #expect(text(outcome, size: Self.sizes[0]).contains("COLLECT"))
  }

  /// Each kind is headed where there are several.
  @Test func `Rates stand kind by kind`() {
    var state = Night.state(setup: Night.everyKind())
    let list = Night.listRate([Night.listOption(10, age: 18, .women)])
    state.take(.night(.rates([list, Night.sampleRate], asOf: nil, isStale: false)))
    state.press(.function(2))
    for size in Self.sizes {
      let lines = state.seen(columns: size.columns, rows: size.rows).lines
      let passes = lines.firstIndex { $0.contains("PASS") && !$0.contains("€") }
      let lists = lines.firstIndex { $0.contains("LIST") }
      #expect(passes != nil && lists != nil && passes! < lists!, "\(lines)")
      #expect(lines.contains { $0.contains("18+") && $0.contains("10,00 €") }, "\(lines)")
    }
    state.take(.night(.rates([list], asOf: nil, isStale: false)))
    #expect(!state.seen().contains("LIST"))
  }

  // MARK: Words of refusals

  @Test(
    arguments: [
      ([PassKind.pass], "No such pass", "Is it a ticket or a guest-list code?"),
      ([.pass, .ticket], "No such pass or ticket", "Is it a guest-list code or a booking?"),
      ([.ticket], "No such ticket", "Is it a pass or a guest-list code?"),
      ([.list, .pass, .ticket], "No such guest-list code, pass or ticket", "Is it a booking?"),
      (PassKind.allCases, "No such pass, ticket, guest-list code or booking", "Find by name"),
    ] as [([PassKind], String, String)])
  func `An unknown code is not asked to be of a kind that was asked`(
    _ accepted: [PassKind], reason: String, step: String
  ) {
    var setup = Night.setup()
    setup.accepts = accepted
    for size in Self.sizes {
      let text = text(Night.outcome(.unknownPass), setup, size: size)
      #expect(text.contains(reason) && text.contains(step), "\(text)")
    }
  }

  @Test(arguments: [
    (PassKind.list, "removed", "No longer on the list"),
    (.ticket, "refunded", "Ticket not active: refunded"),
    (.booking, "pending", "Booking not active: pending"),
    (.booking, "rejected", "Booking not active: rejected"),
    (.booking, "released", "Booking not active: released"),
    (.pass, "removed", "Pass not active: removed"),
    (.ticket, "odd\u{1B}", "Ticket not active: odd"),
  ])
  func `States are told in words`(_ kind: PassKind, state: String, words: String) {
    for size in Self.sizes {
      let text = text(
        Night.outcome(.notActive, pass: Night.code(kind, state: state)), size: size)
      #expect(text.contains(words), "\(text)")
    }
  }

  /// Adjectives follow the kind's gender.
  @Test(arguments: [
    (Language.spanish, PassKind.ticket, "Entrada no activa: reembolsada"),
    (.spanish, .pass, "Pase no activo: reembolsado"),
    (.french, .booking, "Réservation non active : remboursée"),
    (.italian, .ticket, "Biglietto non attivo: rimborsato"),
    (.portuguese, .booking, "Reserva não ativa: reembolsada"),
  ])
  func `States agree with their kind`(_ language: Language, kind: PassKind, words: String) {
    let outcome = Night.outcome(.notActive, pass: Night.code(kind, state: "refunded"))
    #expect(text(outcome, Night.everyKind(language), size: Self.sizes[0]).contains(words))
  }

  /// A type's name that ends in a question mark is no question of ours.
  @Test func `Under a wrong door stand the type and what to do`() {
    let pass = Night.code(.ticket, type: "VIP?")
    for size in Self.sizes {
      let text = text(Night.outcome(.wrongDoor, pass: pass), size: size)
      #expect(text.contains("Wrong door: Ticket · VIP?"), "\(text)")
      #expect(text.contains("Another door takes this type"))
    }
  }

  // MARK: Constant lines

  @Test(
    arguments: [
      ([PassKind.pass], "Scan a pass"), (PassKind.allCases, "Scan a pass, a ticket,"),
      ([.ticket, .list], "Scan a pass: a ticket or a guest-list code"),
    ] as [([PassKind], String)])
  func `The words that scripts wait for stand when ready`(_ accepted: [PassKind], words: String) {
    var setup = Night.setup()
    setup.accepts = accepted
    for size in Self.sizes {
      let frame = Night.state(setup: setup).seen(columns: size.columns, rows: size.rows)
      #expect(frame.contains(String(words.prefix(30))), "\(frame.text)")
    }
  }

  @Test func `What is stored is told by kind`() {
    var state = Night.state(setup: Night.everyKind())
    state.take(.night(.preload(.finished(count: 426, at: Night.now.wall))))
    state.take(.night(.preload(.running(done: 0, of: nil), of: .ticket)))
    state.take(.night(.preload(.running(done: 1500, of: nil), of: .ticket)))
    #expect(state.seen().contains("storing tickets: 1500"))
    state.take(.night(.preload(.finished(count: 2000, at: Night.now.wall), of: .ticket)))
    state.take(.night(.preload(.running(done: 10, of: nil), of: .list)))
    state.take(.night(.preload(.stopped, of: .list)))
    #expect(state.seen().contains("426 passes stored + 2000 tickets"))
    #expect(state.seen(columns: 40, rows: 12).contains("426 passes"))
    state.take(.night(.preload(.lost)))
    #expect(!state.seen().contains("426"))
  }

  @Test func `A code counts as missing only where every kind is stored`() {
    var state = Night.state(setup: Night.everyKind(), service: .offline(since: Night.now.wall))
    state.take(.night(.preload(.finished(count: 426, at: Night.at(hours: -0.05)))))
    state.scan(Night.outcome(.offline))
    #expect(!state.seen().contains("Not among"))
    for kind in PassKind.allCases {
      state.take(.night(.preload(.finished(count: 10, at: Night.at(hours: -0.05)), of: kind)))
    }
    state.scan(Night.outcome(.offline, number: 13))
    #expect(state.seen().contains("Not among the 40 codes stored at 23:38"))
  }

  @Test func `The key that may not list some kinds is said by kind`() {
    var state = Night.state(setup: Night.everyKind())
    state.take(.notice(.preloadForbidden(kinds: [.ticket, .booking]), isActive: true))
    #expect(state.seen().contains("may not list tickets, bookings"))
    state.take(.notice(.preloadForbidden(kinds: [.ticket, .booking]), isActive: false))
    #expect(!state.seen().contains("may not list"))
  }

  @Test func `What is found says of which kind it is`() {
    var state = Night.state(setup: Night.everyKind())
    state.press(.function(4))
    state.take(.typing(.draft("ana")))
    let found = FoundPass(kind: .booking, code: "XLLF3W73D", customer: "Ana")
    state.take(.staff(.found([found], query: "ana")))
    #expect(state.seen().contains("Ana · Booking"))
  }
}
