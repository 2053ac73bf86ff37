import Admission
import DoorScreen
import Formatting
import Foundation

extension Night {
  /// A door that takes every kind of code, and collects from guest lists.
  static func everyKind(_ language: Language = .english) -> ScreenSetup {
    var setup = setup()
    setup.language = language
    setup.accepts = PassKind.allCases
    setup.collectAtDoor = [.list]
    return setup
  }

  static func code(
    _ kind: PassKind, _ customer: String? = "Ana García", type: String? = nil,
    state: String = "activated", holding details: PassDetails = PassDetails()
  ) -> PassSummary {
    PassSummary(
      kind: kind, id: "k1", customer: customer, type: type, state: state, nightsUsed: 1, nights: 1,
      details: details)
  }

  static func listRate(_ options: [RateOption], name: String = "General Access") -> Rate {
    Rate(kind: .list, id: "l-\(name)", eventID: "ev1", name: name, options: options)
  }

  /// An option of a guest list, which holds from the event's start.
  static func listOption(
    _ price: Decimal, age: Int? = nil, _ audience: RateOption.Audience = .everybody
  ) -> RateOption {
    RateOption(
      id: "lo\(price)", price: price, from: 0, until: 27_000, minimumAge: age, audience: audience)
  }

  /// What a guest may hold at a door that takes every kind.
  static let guests: [(name: String, outcome: Outcome)] = [
    (
      "ticket-with-a-bus",
      outcome(
        .valid,
        pass: code(.ticket, type: "Early Ticket", holding: PassDetails(extras: ["Bus", "Copa"])))
    ),
    (
      "birthday-list",
      outcome(
        .valid, count: HeadCount(allowed: 7, used: 4, admitted: 3),
        pass: code(
          .list, "Miguel Román", type: "General Access", state: Pass.listedState,
          holding: PassDetails(note: "Birthday: bring the cake")),
        rate: listRate([listOption(10)]))
    ),
    (
      "table",
      outcome(
        .valid, count: HeadCount(allowed: 5, used: 0, admitted: 5),
        pass: code(
          .booking, "Sergio Centeno Pérez", state: "accepted",
          holding: PassDetails(
            privateNote: "Prefers table 10", place: "Terraza, S1", expectedAt: "2:00")))
    ),
    (
      "age-limit",
      outcome(
        .valid, pass: code(.ticket, type: "General Access", holding: PassDetails(minimumAge: 21)))
    ),
    (
      "women-only-option",
      outcome(
        .valid,
        pass: code(.list, type: "General Access", state: Pass.listedState),
        rate: listRate([listOption(10, .women), listOption(15, .men)]))
    ),
    (
      "everything-at-its-longest",
      outcome(
        .valid, count: HeadCount(allowed: 14, used: 2, admitted: 12),
        pass: code(
          .list, "Maximiliana Hernández-Villanueva de la Fuente",
          type: "Friends of the house, before two", state: Pass.listedState,
          holding: PassDetails(
            note: "Birthday: bring the cake when the band stops, and ask for the manager of the "
              + "terrace, who knows where the candles are",
            extras: ["Bus from the city centre", "Copa", "Photo"], minimumAge: 21,
            place: "Terraza, S1", expectedAt: "2:00")),
        rate: listRate([listOption(10, .women), listOption(15, .men)]))
    ),
  ]
}

/// Tickets, guest lists and bookings at the same door.
extension Scene {
  static let kinds: [Scene] =
    Language.allCases.flatMap { language in
      Night.guests.map { name, outcome in
        at(Night.everyKind(language), "\(language.rawValue)-kinds-\(name)") { $0.scan(outcome) }
      }
    }
    + [
      at(Night.everyKind(), "kinds-idle") { store(in: &$0) },
      at(Night.everyKind(), "kinds-storing") {
        store(in: &$0)
        $0.take(.night(.preload(.running(done: 1500, of: nil), of: .ticket)))
      },
      at(Night.everyKind(), "kinds-offline") {
        store(in: &$0)
        $0.take(.service(ServiceHealth(.offline(since: Night.at(hours: -0.1)))))
      },
      at(Night.everyKind(), "kinds-unknown-code") { $0.scan(Night.outcome(.unknownPass)) },
      at(Night.everyKind(), "kinds-removed") {
        $0.scan(
          Night.outcome(
            .notActive,
            pass: Night.code(
              .list, type: "General Access", state: Pass.removedState,
              holding: PassDetails(note: "Birthday: bring the cake"))))
      },
      at(Night.everyKind(.spanish), "kinds-refunded") {
        $0.scan(
          Night.outcome(.notActive, pass: Night.code(.ticket, state: Pass.refundedState)))
      },
      at(Night.everyKind(), "kinds-wrong-door") {
        $0.scan(Night.outcome(.wrongDoor, pass: Night.code(.ticket, type: "Early Ticket")))
      },
      at(Night.everyKind(), "kinds-look-at-a-table") {
        $0.press(.function(3))
        $0.scan(Night.guests[2].outcome, isLook: true)
      },
      at(Night.everyKind(), "kinds-by-hand") {
        $0.scan(
          Night.outcome(
            .alreadyUsed, count: HeadCount(allowed: 5, used: 5),
            pass: Night.guests[5].outcome.pass))
        $0.press(.function(6))
        $0.take(
          .staff(
            .letIn(
              Night.outcome(
                .alreadyUsed, count: HeadCount(allowed: 6, used: 5, admitted: 1),
                pass: Night.guests[5].outcome.pass))))
      },
      at(Night.everyKind(), "kinds-found") {
        $0.press(.function(4))
        $0.take(.typing(.draft("ana")))
        $0.take(
          .staff(
            .found(
              [
                FoundPass(kind: .ticket, code: "P6J21FF2S", customer: "Ana García", type: "Early"),
                FoundPass(kind: .booking, code: "XLLF3W73D", customer: "Ana Román"),
              ], query: "ana")))
      },
      at(Night.everyKind(), "kinds-rates") {
        $0.take(
          .night(
            .rates(
              [
                Night.listRate([Night.listOption(10, age: 18, .women), Night.listOption(15, .men)]),
                Night.sampleRate,
              ], asOf: Night.at(hours: -0.02), isStale: false)))
        $0.press(.function(2))
      },
      Scene(
        name: "kinds-colourless",
        state: at(Night.everyKind(), "") { $0.scan(Night.guests[5].outcome) }.state,
        isColoured: false),
    ]

  private static func at(
    _ setup: ScreenSetup, _ name: String, change: (inout DoorState) -> Void
  ) -> Scene {
    var state = Night.state(setup: setup)
    change(&state)
    return Scene(name: name, state: state)
  }

  private static func store(in state: inout DoorState) {
    for (kind, count) in zip(PassKind.allCases, [426, 1500, 312, 40]) {
      state.take(
        .night(.preload(.finished(count: count, at: Night.at(hours: -0.05)), of: kind)))
    }
  }
}
