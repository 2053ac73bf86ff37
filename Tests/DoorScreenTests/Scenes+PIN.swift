import Admission
import DoorScreen
import Formatting
import Foundation

extension Night {
  static func kiosk(
    _ guarded: Set<GuardedAction> = [], hasPIN: Bool = true, language: Language = .english
  ) -> DoorState {
    var setup = setup()
    setup.kiosk = Kiosk(guarded: guarded, hasPIN: hasPIN)
    setup.language = language
    return state(setup: setup)
  }
}

/// The question for the supervisor's PIN.
extension Scene {
  static let pin: [Scene] =
    [
      Scene(
        name: "pin",
        state: kiosk {
          $0.press(.function(10))
          $0.take(.pin(.typed(count: 4)))
        }, sizes: allSizes),
      Scene(
        name: "pin-ascii",
        state: kiosk {
          $0.press(.function(10))
          $0.take(.pin(.typed(count: 4)))
        }, charset: .ascii),
      Scene(
        name: "pin-by-hand",
        state: kiosk {
          $0.scan(Night.outcome(.alreadyUsed))
          $0.press(.function(6))
        }),
      Scene(
        name: "pin-checking",
        state: kiosk {
          $0.press(.function(8))
          $0.take(.pin(.entered(isWellFormed: true)))
        }),
      Scene(
        name: "pin-malformed",
        state: kiosk {
          $0.press(.function(3))
          $0.take(.pin(.entered(isWellFormed: false)))
        }),
      Scene(name: "pin-none", state: noPIN),
    ]
    + Language.allCases.map { language in
      Scene(
        name: "\(language.rawValue)-pin-wrong",
        state: kiosk(language) {
          $0.press(.function(10))
          $0.take(.pin(.entered(isWellFormed: true)))
          $0.take(.pin(.locked(until: Night.now.uptime + 256)))
          $0.take(.pin(.checked(isRight: false)))
        })
    }

  private static let noPIN: DoorState = {
    var state = Night.kiosk(hasPIN: false)
    state.press(.function(10))
    return state
  }()

  private static func kiosk(
    _ language: Language = .english, _ change: (inout DoorState) -> Void
  ) -> DoorState {
    var state = Night.kiosk([.byHand, .undo, .look], language: language)
    change(&state)
    return state
  }
}
