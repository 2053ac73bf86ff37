import Admission
import DoorScreen
import Formatting
import Foundation

extension Night {
  /// Of four doors: this one, one in order, one with all that can be said of a door, a silent one.
  static let doors: [DoorOnLedger] = [
    door("d1", "Main door", unseen: 1, people: 231, scans: 260),
    door("d2", "Garden", unseen: 3, people: 92, scans: 101),
    door(
      "d3", "Side door", unseen: 12, people: 60, scans: 64, state: .alone, offset: 3.4,
      rules: "rules.hours: warn"),
    door("d4", "VIP", unseen: 190, people: 48, scans: 52, state: .silent),
  ]

  static func door(
    _ id: String, _ name: String, unseen: TimeInterval = 2, people: Int = 0, scans: Int = 0,
    state: DoorOnLedger.State = .connected, offset: TimeInterval? = 0.1, event: String? = "ev1",
    rules: String = "rules.hours: enforce"
  ) -> DoorOnLedger {
    DoorOnLedger(
      id: id, name: name, lastSeen: now.wall.addingTimeInterval(-unseen), unseen: unseen,
      people: people, scans: scans, state: state, clockOffset: offset, eventID: event, rules: rules)
  }

  static func manyDoors(_ count: Int) -> [DoorOnLedger] {
    (1...count).map { door("d\($0)", "Door \($0)", people: 10 * $0, scans: 11 * $0) }
  }

  static func sharing(
    _ doors: [DoorOnLedger] = doors, status: LedgerStatus = .together, setup: ScreenSetup = setup()
  ) -> DoorState {
    var setup = setup
    setup.countsThisDoorOnly = true
    var state = state(setup: setup)
    state.share(doors, status: status)
    return state
  }

  static let doubleEntry = DoubleEntry(
    eventID: "ev1", kind: .pass, passID: "p1", code: "AB12CD9123", passType: "VIP table",
    allowed: 2,
    parts: [
      .init(door: "Main door", at: at(hours: -0.3), people: 2),
      .init(door: "Side door", at: at(hours: -0.25), people: 1),
    ])

  static let otherDoubleEntry = DoubleEntry(
    eventID: "ev1", kind: .ticket, passID: "p2", code: "QW55TY0777", passType: nil, allowed: 1,
    parts: (1...6).map { .init(door: "Door \($0)", at: at(hours: -0.2), people: 1) })
}

extension DoorState {
  mutating func share(_ doors: [DoorOnLedger], status: LedgerStatus = .together) {
    take(.night(.ledger(status)))
    take(.night(.doors(doors)))
  }
}

/// Several doors on one ledger.
extension Scene {
  static let doors: [Scene] =
    shared.map { name, state in Scene(name: "doors-\(name)", state: state) }
    + [
      Scene(name: "doors-page-ascii", state: onPage(), charset: .ascii),
      Scene(name: "doors-page-colourless", state: onPage(), isColoured: false),
      Scene(
        name: "doors-alone-colourless", state: alone { $0.scan(Night.outcome(.valid)) },
        isColoured: false),
      Scene(
        name: "doors-double-entry-colourless", state: told { $0.scan(Night.outcome(.valid)) },
        isColoured: false),
    ]
    + Language.allCases.filter { $0 != .english }.flatMap { language in
      everyDoorKind.map { name, change in
        var setup = Night.setup()
        setup.language = language
        var state = Night.sharing(setup: setup)
        change(&state)
        return Scene(name: "\(language.rawValue)-doors-\(name)", state: state)
      }
    }

  /// What a language must fit into.
  static let everyDoorKind: [(name: String, change: @Sendable (inout DoorState) -> Void)] = [
    ("page", { $0.press(.function(7)) }),
    (
      "details",
      {
        $0.press(.function(7))
        for _ in 0..<2 { $0.press(.down) }
      }
    ),
    ("alone", { $0.take(.night(.ledger(.alone(since: Night.at(hours: -0.1))))) }),
    (
      "page-alone",
      {
        $0.take(.night(.ledger(.alone(since: Night.at(hours: -0.1)))))
        $0.press(.function(7))
      }
    ),
    ("double-entry", { $0.take(.night(.doubleEntries([Night.doubleEntry]))) }),
    (
      "double-entry-over-verdict",
      {
        $0.take(.night(.doubleEntries([Night.doubleEntry])))
        $0.scan(Night.outcome(.valid))
      }
    ),
    ("busy", { $0.scan(Night.claimedElsewhere) }),
  ]

  private static let shared: [(String, DoorState)] =
    everyDoorKind.map { name, change in
      var state = Night.sharing()
      change(&state)
      return (name, state)
    } + [
      ("together", Night.sharing()),
      ("offline", offline()),
      ("help", pressed(Night.sharing(), [.function(1), .pageDown])),
      (
        "page-of-many",
        pressed(Night.sharing(Night.manyDoors(30)), [.function(7), .pageDown, .pageDown])
      ),
      ("page-before-any", pressed(Night.sharing([]), [.function(7)])),
      ("page-over-verdict", onPage { $0.scan(Night.outcome(.alreadyUsed)) }),
      ("page-hostile", onPage(hostile)),
      ("alone-over-verdict", alone { $0.scan(Night.outcome(.alreadyUsed)) }),
      (
        "double-entries", told { $0.take(.night(.doubleEntries([Night.otherDoubleEntry]))) }
      ),
      (
        "double-entry-over-strips",
        told { state in
          for (number, reason) in [(11, Reason.offline), (12, .notTonight), (13, .unknownPass)] {
            state.scan(Night.outcome(reason, number: number))
          }
        }
      ),
    ]

  private static let hostile: [DoorOnLedger] = [
    Night.door("d1", "A\u{1B}[2J\u{202E}night" + String(repeating: " very long", count: 9)),
    Night.door("d2", "王小明の夜", unseen: 1e18, people: .max, scans: .min, offset: -.infinity),
    Night.door("d3", " ", unseen: -5, people: -1, state: .ended, offset: .nan, event: "ev9"),
  ]

  private static func onPage(
    _ doors: [DoorOnLedger] = Night.doors, _ change: (inout DoorState) -> Void = { _ in }
  ) -> DoorState {
    var state = Night.sharing(doors)
    change(&state)
    state.press(.function(7))
    return state
  }

  private static func alone(_ change: (inout DoorState) -> Void) -> DoorState {
    var state = Night.sharing(status: .alone(since: Night.at(hours: -0.1)))
    change(&state)
    return state
  }

  private static func told(_ change: (inout DoorState) -> Void) -> DoorState {
    var state = Night.sharing()
    state.take(.night(.doubleEntries([Night.doubleEntry])))
    change(&state)
    return state
  }

  private static func offline() -> DoorState {
    var state = Night.sharing(status: .alone(since: Night.at(hours: -0.1)))
    state.take(.service(ServiceHealth(.offline(since: Night.at(hours: -0.1)))))
    state.take(.night(.preload(.finished(count: 3012, at: Night.at(hours: -0.6)))))
    return state
  }

  private static func pressed(_ state: DoorState, _ keys: [DoorKey]) -> DoorState {
    var state = state
    for key in keys { state.press(key) }
    return state
  }
}

extension Night {
  /// Another door is about to admit the same pass.
  static var claimedElsewhere: Outcome {
    var outcome = outcome(.serviceError, pass: pass(), source: .live)
    outcome.decision.isClaimedElsewhere = true
    return outcome
  }
}
