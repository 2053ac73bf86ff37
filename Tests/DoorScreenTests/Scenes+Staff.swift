import Admission
import DoorScreen
import Foundation

extension Night {
  static let found = [
    FoundPass(code: "AB12CD9123", customer: "Ana García", type: "VIP table"),
    FoundPass(code: "QW55TY0777", customer: "Anabel Puig", type: "General Access"),
    FoundPass(code: "MN34BV5555", type: "Staff"),
    FoundPass(
      code: "ZZ12\u{1B}CD9888",
      customer: "María del Carmen Fernández de la Vega y Rodríguez-Santamaría \u{202E}Ana",
      type: "Mesa VIP junto a la pista con botella incluida"),
  ]

  static let entry = UndoneEntry(
    code: "AB12CD9123", name: "Ana García", people: 4, time: now.wall.addingTimeInterval(-60))

  static let group = outcome(.valid, count: HeadCount(allowed: 4, used: 0, admitted: 4))

  static var oneAScan: ScreenSetup {
    var setup = setup()
    setup.countsOneAScan = true
    return setup
  }

  /// Somebody let in by hand after a verdict.
  static func letIn(_ reason: Reason, number: Int = 12, people: Int = 1) -> Outcome {
    outcome(reason, number: number, count: HeadCount(allowed: people, used: 0, admitted: people))
  }
}

/// What answers to staff: looks, corrections, letting in by hand, taking back, the search.
extension Scene {
  static let staff: [Scene] =
    looks + corrections + cards + nearMisses + [
      Scene(
        name: "find-nothing-typed", state: busy { $0.press(.function(4)) }),
      Scene(name: "find", state: finding(Night.found, keys: [.down]), sizes: allSizes),
      Scene(
        name: "find-many",
        state: finding(
          (1...40).map { FoundPass(code: "CODE\($0)000", customer: "Ana \($0)", type: "VIP") },
          keys: Array(repeating: .pageDown, count: 5))),
      Scene(name: "find-nobody", state: finding([], keys: [])),
    ]

  private static let nearMisses: [Scene] = [
    Scene(name: "near-miss", state: offering([Night.near[0]]), sizes: allSizes),
    Scene(name: "near-misses", state: offering(Night.near + Night.found)),
    Scene(
      name: "near-misses-listed",
      state: {
        var state = offering(Night.near)
        state.press(.function(4))
        return state
      }()),
  ]

  private static func offering(_ passes: [FoundPass]) -> DoorState {
    busy {
      $0.judge(Night.mistyped, isTyped: true)
      $0.take(.staff(.nearMisses(passes, number: 12)))
    }
  }

  private static let looks: [Scene] =
    [Reason.valid, .alreadyUsed, .offline].map { reason in
      Scene(
        name: "look-\(reason.rawValue)",
        state: busy {
          $0.press(.function(3))
          $0.scan(Night.outcome(reason), isLook: true)
        }, sizes: reason == .valid ? allSizes : usualSizes)
    } + [
      Scene(name: "look-ready", state: busy { $0.press(.function(3)) }, after: 2.5),
      Scene(
        name: "look-ready-over-verdict",
        state: busy {
          $0.take(.scan(.taken(number: 12, code: "AB12CD9123", isRepeat: false)))
          $0.press(.function(3))
          $0.take(.scan(.verdict(Night.outcome(.valid))))
        }),
      Scene(
        name: "look-looking-up",
        state: busy {
          $0.press(.function(3))
          $0.take(.scan(.taken(number: 12, code: "AB12CD9123", isRepeat: false, isLook: true)))
        }),
    ]

  private static let corrections: [Scene] = [
    Scene(
      name: "group-pending",
      state: busy {
        $0.scan(Night.group)
        $0.press(.down)
      }),
    Scene(
      name: "group-corrected",
      state: busy {
        $0.scan(Night.group)
        $0.press(.down)
        $0.take(
          .staff(
            .corrected(Night.outcome(.valid, count: HeadCount(allowed: 4, used: 0, admitted: 3)))))
      }),
    Scene(
      name: "recorded-late",
      state: busy {
        var outcome = Night.group
        outcome.isRecordedLate = true
        $0.scan(outcome)
      }),
    Scene(
      name: "let-in-by-hand",
      state: busy {
        $0.scan(Night.outcome(.offline))
        $0.press(.function(6))
        $0.take(.staff(.letIn(Night.letIn(.offline))))
      }, sizes: allSizes),
    Scene(
      name: "let-in-by-hand-refused",
      state: busy {
        $0.scan(Night.outcome(.notActive))
        $0.press(.function(6))
        $0.take(.staff(.letIn(Night.letIn(.notActive, people: 2))))
      }),
    Scene(
      name: "let-in-by-hand-three",
      state: busy {
        $0.scan(Night.outcome(.alreadyUsed))
        $0.press(.function(6))
        $0.take(.staff(.letIn(Night.letIn(.alreadyUsed))))
        $0.press(.up)
        $0.press(.up)
        $0.take(.staff(.corrected(Night.letIn(.alreadyUsed, people: 2))))
        $0.take(.staff(.corrected(Night.letIn(.alreadyUsed, people: 3))))
      }),
    Scene(
      name: "let-in-by-hand-pending",
      state: busy {
        $0.scan(Night.outcome(.offline))
        $0.press(.function(6))
        $0.take(.staff(.letIn(Night.letIn(.offline))))
        $0.press(.up)
      }),
    Scene(
      name: "undo-question",
      state: busy {
        $0.scan(Night.group)
        $0.press(.function(8))
        $0.take(.staff(.undone(Night.entry)))
        $0.press(.function(8))
        var before = Night.entry
        (before.name, before.people, before.code) = ("Bruno Díaz", 2, "ZZ12CD9888")
        $0.take(.staff(.undoOffered(before)))
      }, sizes: allSizes),
    Scene(
      name: "undo-too-old",
      state: busy {
        $0.press(.function(8))
        var old = Night.entry
        old.time = Night.at(hours: -0.4)
        $0.take(.staff(.tooOldToUndo(old)))
      }),
    Scene(
      name: "next-friend",
      state: busy(setup: Night.oneAScan) {
        $0.scan(
          Night.outcome(.valid, count: HeadCount(allowed: 4, used: 1, admitted: 1)))
      }, sizes: allSizes),
    Scene(
      name: "next-friend-repeated",
      state: busy(setup: Night.oneAScan) {
        let outcome = Night.outcome(.valid, count: HeadCount(allowed: 4, used: 1, admitted: 1))
        $0.scan(outcome)
        $0.take(.scan(.taken(number: 13, code: outcome.code, isRepeat: true)), after: 2)
      }, after: 2),
    Scene(
      name: "let-in-by-hand-late",
      state: busy {
        $0.scan(Night.outcome(.offline))
        $0.press(.function(6))
        $0.scan(Night.outcome(.valid, number: 13), after: 3)
        $0.take(.staff(.letIn(Night.letIn(.offline))), after: 3)
      }, after: 3.5),
    Scene(
      name: "undone",
      state: busy {
        $0.scan(Night.group)
        $0.press(.function(8))
        $0.take(.staff(.undone(Night.entry)))
      }, sizes: allSizes),
    Scene(
      name: "undone-late",
      state: busy {
        $0.scan(Night.group)
        $0.press(.function(8))
        $0.scan(Night.outcome(.valid, number: 13, code: "ZZ12CD9888"), after: 3)
        $0.take(.staff(.undone(Night.entry)), after: 3)
      }, after: 3.5),
    Scene(
      name: "nothing-to-undo",
      state: busy {
        $0.press(.function(8))
        $0.take(.staff(.nothingToUndo))
      }),
    Scene(
      name: "contradicted",
      state: busy {
        $0.scan(Night.outcome(.valid))
        $0.take(.scan(.contradicted(Night.outcome(.archived))), after: 1)
      }, after: 1.5),
    Scene(
      name: "contradicted-later",
      state: busy {
        $0.scan(Night.outcome(.valid))
        $0.scan(Night.outcome(.alreadyUsed, number: 13, pass: Night.pass("Bruno Díaz")), after: 3)
        $0.scan(Night.outcome(.valid, number: 14), after: 4)
        $0.take(.scan(.contradicted(Night.outcome(.archived))), after: 4.5)
      }, after: 5),
  ]

  private static let cards: [Scene] = [
    Scene(
      name: "card-without-effect",
      state: busy {
        $0.scan(Night.outcome(.valid))
        $0.take(.card(.fewer, isAgain: false))
      }),
    Scene(
      name: "card-again",
      state: busy {
        $0.scan(Night.group)
        $0.take(.card(.fewer, isAgain: true))
      }),
    Scene(
      name: "card-during-a-look-up",
      state: busy {
        $0.scan(Night.group)
        $0.take(.scan(.taken(number: 13, code: "ZZ12CD9888", isRepeat: false)), after: 1)
        $0.take(.card(.fewer, isAgain: false), after: 1)
      }, after: 1),
    Scene(
      name: "card-of-another-box",
      state: busy {
        $0.scan(
          Night.outcome(
            .unreadableCode, code: StaffCommand.cardMark, unreadable: .staffCard))
      }),
  ]

  private static func finding(_ passes: [FoundPass], keys: [DoorKey]) -> DoorState {
    busy { state in
      state.press(.function(4))
      state.take(.typing(.draft("Ana")))
      state.take(.staff(.found(passes, query: "Ana")))
      for key in keys { state.press(key) }
    }
  }
}
