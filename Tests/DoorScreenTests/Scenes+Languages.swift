import Admission
import DoorScreen
import Formatting
import Foundation

/// The main pictures in every language but the first, which all the others are in.
extension Scene {
  static let languages: [Scene] = Language.allCases.filter { $0 != .english }.flatMap { language in
    everyKind.map { name, change in
      var setup = Night.collecting()
      setup.language = language
      var state = Night.state(setup: setup)
      state.take(.night(.rates(Night.rates, asOf: Night.now.wall, isStale: false)))
      change(&state)
      return Scene(name: "\(language.rawValue)-\(name)", state: state)
    }
  }

  /// What a language must fit into: the panels of each verdict, the pages, the constant lines.
  static let everyKind: [(name: String, change: @Sendable (inout DoorState) -> Void)] = [
    ("idle", { _ in }),
    ("admit", { $0.scan(Night.outcome(.valid, rate: Night.sampleRate)) }),
    (
      "admit-group",
      { $0.scan(Night.outcome(.valid, count: HeadCount(allowed: 14, used: 0, admitted: 12))) }
    ),
    (
      "refuse",
      { $0.scan(Night.outcome(.alreadyUsed, entry: Entry(at: Night.at(hours: -0.4)))) }
    ),
    (
      "near-misses",
      {
        $0.judge(Night.mistyped, isTyped: true)
        $0.take(.staff(.nearMisses(Night.near, number: 12)))
      }
    ),
    ("unverified", { $0.scan(Night.outcome(.offline)) }),
    ("help", { $0.press(.function(1)) }),
    ("rates", { $0.press(.function(2)) }),
    (
      "look",
      {
        $0.press(.function(3))
        $0.scan(Night.outcome(.valid), isLook: true)
      }
    ),
  ]
}
