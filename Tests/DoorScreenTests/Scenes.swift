import Admission
import DoorScreen
import Formatting
import Foundation
import Testing

/// A state worth looking at, at the sizes at which its picture is kept.
struct Scene: Sendable, CustomTestStringConvertible {
  var name: String
  var state: DoorState
  /// Seconds after `Night.now` at which the picture is taken: when the beat of a verdict at 0 is over.
  var after: TimeInterval = 0.3
  var sizes = Self.usualSizes
  var charset = Charset.unicode
  var isColoured = true

  static let usualSizes = [Size(columns: 80, rows: 24), Size(columns: 40, rows: 12)]
  static let allSizes =
    usualSizes + [Size(columns: 100, rows: 30), Size(columns: 200, rows: 60)]

  var testDescription: String { name }
}

extension Scene {
  static let all: [Scene] =
    idle + picking + banners + rates + staff + pin + languages + kinds + doors + leaving + verdicts
    + sequences
    + pages
    + hostile + withoutColours

  private static let idle: [Scene] = [
    Scene(name: "idle", state: Night.state(), sizes: allSizes),
    Scene(name: "idle-demo", state: Night.state(setup: Night.setup(demoCodes: Night.demoCodes))),
    Scene(
      name: "idle-over-offline-clock",
      state: {
        var event = Night.event
        event.endsAt = Night.at(hours: -0.2)
        var state = Night.state(
          tonight: .chosen(event), service: .offline(since: Night.at(hours: -0.5)))
        state.take(.notice(.clockWrong, isActive: true))
        return state
      }()),
  ]

  private static let verdicts: [Scene] =
    Reason.allCases.map { reason in
      Scene(
        name: reason.rawValue.replacingOccurrences(of: "_", with: "-"),
        state: busy { state in
          if reason == .noEvent { state.take(.night(.tonight(.none(.noneTonight)))) }
          state.scan(
            Night.outcome(
              reason,
              tonight: reason == .noEvent ? .none(.noneTonight) : .chosen(Night.event)))
        },
        sizes: reason == .valid || reason == .alreadyUsed ? allSizes : usualSizes)
    } + [
      Scene(
        name: "admit-group",
        state: busy {
          $0.scan(Night.outcome(.valid, count: HeadCount(allowed: 4, used: 0, admitted: 4)))
        }, sizes: allSizes),
      Scene(
        name: "admit-group-of-twelve",
        state: busy {
          $0.scan(Night.outcome(.valid, count: HeadCount(allowed: 14, used: 2, admitted: 12)))
        }),
      Scene(
        name: "admit-one-of-four",
        state: busy {
          $0.scan(Night.outcome(.valid, count: HeadCount(allowed: 4, used: 1, admitted: 1)))
        }),
      Scene(
        name: "admit-stored-early",
        state: busy {
          $0.scan(
            Night.outcome(
              .valid,
              tonight: .chosen(Event(id: "ev1", startsAt: Night.at(hours: 0.5))),
              source: .cache(fetchedAt: Night.at(hours: -0.2), because: .offline),
              hours: .beforeStart))
        }),
      Scene(
        name: "already-used-since",
        state: busy {
          $0.scan(
            Night.outcome(.alreadyUsed, entry: Entry(at: Night.at(hours: -0.4), door: "Side door")))
        }),
      Scene(
        name: "offline-stored-may-not-admit",
        state: busy {
          $0.scan(
            Night.outcome(
              .offline, count: HeadCount(allowed: 4, used: 1), pass: Night.pass(),
              source: .cache(fetchedAt: Night.at(hours: -2), because: .offline)))
        }),
    ]

  private static func fullHouse(_ change: (inout DoorState) -> Void) -> DoorState {
    var setup = Night.setup()
    setup.capacity = 40
    return busy(setup: setup) {
      $0.take(.night(.crowd(Crowd(admitted: 41, inside: 41))))
      change(&$0)
    }
  }

  /// So many strips of other verdicts stand beneath a refusal.
  static func refusedAfter(_ strips: Int) -> DoorState {
    busy { state in
      for number in 0..<strips { state.scan(Night.outcome(.offline, number: 10 + number)) }
      state.scan(
        Night.outcome(
          .alreadyUsed, number: 14, code: "ZZ12CD9888",
          entry: Entry(at: Night.at(hours: -0.4), door: "Side door")))
    }
  }

  private static let sequences: [Scene] = [
    Scene(
      name: "admit-in-a-full-house",
      state: fullHouse {
        $0.scan(Night.outcome(.valid, count: HeadCount(allowed: 4, used: 1, admitted: 3)))
      }),
    Scene(
      name: "venue-full-for-a-group",
      state: fullHouse {
        var outcome = Night.outcome(.venueFull, count: HeadCount(allowed: 4, used: 0))
        outcome.decision.freePlaces = 2
        $0.scan(outcome)
      }),
    Scene(
      name: "strips-over-verdict",
      state: busy { state in
        for (number, reason) in [(11, Reason.offline), (12, .notTonight), (13, .unknownPass)] {
          state.scan(Night.outcome(reason, number: number))
        }
        state.scan(
          Night.outcome(
            .valid, number: 14, code: "ZZ12CD9888",
            count: HeadCount(allowed: 4, used: 0, admitted: 4)))
      }, sizes: allSizes),
    Scene(name: "strips-over-refusal", state: refusedAfter(3)),
    Scene(
      name: "already-used-third-try",
      state: busy { state in
        for number in 12...13 {
          state.scan(
            Night.outcome(
              .alreadyUsed, number: number,
              entry: Entry(at: Night.now.wall.addingTimeInterval(-12), door: "Side door")),
            after: TimeInterval(10 * (number - 12)))
        }
      }, after: 10.3),
    Scene(
      name: "not-active-cancelled",
      state: busy { $0.scan(Night.outcome(.notActive, pass: Night.pass(state: "cancelled"))) }),
    Scene(
      name: "offline-not-among-the-stored",
      state: busy {
        $0.take(.night(.preload(.finished(count: 426, at: Night.at(hours: -0.05)))))
        $0.scan(Night.outcome(.offline))
      }),
    Scene(
      name: "looking-up",
      state: busy { $0.take(.scan(.taken(number: 12, code: "AB12CD9123", isRepeat: false))) }),
    Scene(
      name: "looking-up-queue",
      state: busy { state in
        for number in 12...14 {
          state.take(.scan(.taken(number: number, code: "AB12CD9123", isRepeat: false)))
        }
      }),
    Scene(
      name: "verdict-others-waiting",
      state: busy { state in
        for number in 12...14 {
          state.take(.scan(.taken(number: number, code: "AB12CD9123", isRepeat: false)))
        }
        state.take(.scan(.verdict(Night.outcome(.valid))))
      }),
    Scene(
      name: "repeat-marked",
      state: busy {
        $0.scan(Night.outcome(.valid))
        $0.scan(Night.outcome(.valid, number: 13, isRepeat: true), after: 0.5)
      }, after: 0.5),
    Scene(
      name: "repeat-neutral",
      state: busy {
        $0.scan(Night.outcome(.valid, count: HeadCount(allowed: 4, used: 0, admitted: 4)))
        $0.scan(Night.outcome(.valid, number: 13, isRepeat: true), after: 1.5)
      }, after: 1.5),
    Scene(
      name: "repeat-neutral-of-refusal",
      state: busy {
        $0.scan(Night.outcome(.alreadyUsed))
        $0.scan(Night.outcome(.alreadyUsed, number: 13, isRepeat: true), after: 2.5)
      }, after: 2.5),
    Scene(name: "beat", state: busy { $0.scan(Night.outcome(.valid)) }, after: 0),
    Scene(
      name: "beat-of-refusal", state: busy { $0.scan(Night.outcome(.alreadyUsed)) }, after: 0),
    Scene(
      name: "strip",
      state: busy {
        $0.scan(Night.outcome(.alreadyUsed, pass: Night.pass("Bruno Díaz")))
        $0.scan(Night.outcome(.valid, number: 13), after: 0.5)
      }, after: 0.8),
    Scene(
      name: "strips",
      state: busy { state in
        for (index, reason) in [Reason.offline, .notTonight, .unknownPass, .alreadyUsed]
          .enumerated()
        {
          state.scan(Night.outcome(reason, number: 12 + index), after: 0.1 * Double(index))
        }
        state.take(.scan(.taken(number: 16, code: "ZZ12CD9123", isRepeat: false)), after: 0.5)
      }, after: 0.5),
  ]

  private static let pages: [Scene] = [
    Scene(name: "typing", state: busy { $0.take(.typing(.draft("AB12CD91"))) }),
    Scene(
      name: "typing-over-verdict",
      state: busy {
        $0.scan(Night.outcome(.alreadyUsed))
        $0.take(.typing(.draft("AB12CD91")))
      }),
    Scene(
      name: "typed-dropped",
      state: busy {
        $0.take(.typing(.draft("AB12CD91")))
        $0.take(.typing(.draftDropped("AB12CD91")))
      }),
    Scene(name: "help", state: busy { $0.take(.key(.function(1))) }),
    Scene(
      name: "help-over-verdict",
      state: busy {
        $0.scan(Night.outcome(.alreadyUsed))
        $0.take(.key(.function(1)))
      }),
  ]

  private static let hostile: [Scene] = [
    Scene(
      name: "long-names",
      state: busy {
        $0.scan(
          Night.outcome(
            .alreadyUsed,
            pass: Night.pass(
              "María del Carmen Fernández de la Vega y Rodríguez-Santamaría de los Ángeles Custodios",
              type: "Mesa VIP junto a la pista con botella incluida y acceso al reservado superior"),
            entry: Entry(at: Night.at(hours: -0.4), door: "Puerta lateral del patio de atrás")))
      }),
    Scene(
      name: "wide-names",
      state: busy {
        $0.scan(Night.outcome(.alreadyUsed, pass: Night.pass("王小明和他的朋友们", type: "贵宾桌🍾")))
      }),
    Scene(
      name: "right-to-left-names",
      state: busy {
        $0.scan(Night.outcome(.alreadyUsed, pass: Night.pass("מיכל כהן", type: "كبار الضيوف")))
      }),
    Scene(
      name: "ascii",
      state: busy {
        $0.scan(
          Night.outcome(
            .alreadyUsed, pass: Night.pass("Łukasz Müßig 王", type: "Señorío"),
            entry: Entry(at: Night.at(hours: -0.4))))
      }, charset: .ascii),
    Scene(
      name: "ascii-check", state: busy { $0.scan(Night.outcome(.offline)) }, charset: .ascii),
  ]

  private static let withoutColours: [Scene] = [
    Scene(name: "colourless-admit", state: busy { $0.scan(Night.outcome(.valid)) }),
    Scene(
      name: "colourless-refuse", state: busy { $0.scan(Night.outcome(.notTonight)) }),
    Scene(name: "colourless-unverified", state: busy { $0.scan(Night.outcome(.offline)) }),
    Scene(
      name: "colourless-look", state: busy { $0.scan(Night.outcome(.valid), isLook: true) }),
    Scene(
      name: "colourless-strips",
      state: busy { state in
        for (index, reason) in [Reason.alreadyUsed, .offline].enumerated() {
          state.scan(Night.outcome(reason, number: 12 + index), after: 0.1 * Double(index))
        }
        state.scan(Night.outcome(.valid, number: 14), after: 0.5)
      }, after: 0.8),
  ].map { scene in
    var scene = scene
    scene.isColoured = false
    return scene
  }

  /// A night with some scans already done.
  static func busy(
    setup: ScreenSetup = Night.setup(), _ change: (inout DoorState) -> Void
  ) -> DoorState {
    var state = Night.state(setup: setup)
    let earlier: [(Reason, String, String)] = [
      (.valid, "QW55TY0777", "Pau Puig"), (.notTonight, "ZX99CV1321", "Júlia Serra"),
      (.valid, "MN34BV5555", "Óscar Ruiz"), (.unknownPass, "TICKET-8841", ""),
    ]
    for (index, (reason, code, name)) in earlier.enumerated() {
      let since = TimeInterval(-60 + 12 * index)
      state.scan(
        Night.outcome(
          reason, number: 8 + index, code: code,
          pass: reason == .unknownPass ? nil : Night.pass(name),
          at: Night.now.wall.addingTimeInterval(since)), after: since)
    }
    change(&state)
    return state
  }
}
