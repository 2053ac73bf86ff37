import Admission
import DoorScreen
import Foundation

extension Night {
  /// So many of those inside leave.
  static func leaving(
    _ people: Int, of inside: Int, number: Int = 12, leftAt: Date? = nil
  ) -> Outcome {
    var outcome = outcome(people > 0 ? .left : .nobodyInside, number: number)
    outcome.decision.departure = Departure(people: people, inside: inside)
    outcome.decision.leftAt = leftAt
    return outcome
  }

  /// Somebody comes in again.
  static func back(_ back: Int, of admitted: Int, used: Int = 0) -> Outcome {
    var outcome = outcome(
      .valid, count: HeadCount(allowed: used + admitted, used: used, admitted: admitted))
    outcome.decision.outside = back
    outcome.decision.leftAt = at(hours: 0.15)
    return outcome
  }

  /// Used up as far as this door knows.
  static var perhapsOutside: Outcome {
    var outcome = outcome(.alreadyUsed, entry: Entry(at: at(hours: -0.4), door: "Side door"))
    outcome.decision.mayHaveLeft = true
    return outcome
  }

  static func exit(help: String? = "Marta 600 123 123") -> ScreenSetup {
    var setup = setup(help: help)
    setup.direction = .out
    return setup
  }

  static let crowd = Crowd(admitted: 431, inside: 212, hasLeavers: true)
}

/// Exits, who comes back in, and who is inside.
extension Scene {
  static let leaving: [Scene] =
    everyLeavingKind.map { name, setup, change in
      var state = busy(setup: setup) { $0.take(.night(.crowd(Night.crowd))) }
      change(&state)
      return Scene(name: "leaving-\(name)", state: state)
    }

  /// What a language must fit into.
  static let everyLeavingKind:
    [(name: String, setup: ScreenSetup, change: @Sendable (inout DoorState) -> Void)] = [
      ("exit-idle", Night.exit(), { _ in }),
      ("out-one", Night.exit(), { $0.scan(Night.leaving(1, of: 1)) }),
      ("out-two", Night.exit(), { $0.scan(Night.leaving(2, of: 3)) }),
      ("out-twelve", Night.exit(), { $0.scan(Night.leaving(12, of: 12)) }),
      (
        "out-corrected", Night.exit(),
        {
          $0.scan(Night.leaving(3, of: 3))
          $0.press(.down)
        }
      ),
      (
        "out-late", Night.exit(),
        {
          var outcome = Night.leaving(2, of: 2)
          outcome.isRecordedLate = true
          $0.scan(outcome)
        }
      ),
      ("nobody-inside", Night.exit(), { $0.scan(Night.leaving(0, of: 0)) }),
      (
        "nobody-inside-any-more", Night.exit(),
        { $0.scan(Night.leaving(0, of: 0, leftAt: Night.at(hours: -0.1))) }
      ),
      (
        "look-out", Night.exit(),
        {
          $0.press(.function(3))
          $0.scan(Night.leaving(2, of: 2), isLook: true)
        }
      ),
      (
        "undone", Night.exit(),
        {
          $0.press(.function(8))
          $0.take(.staff(.undone(Night.departure)))
        }
      ),
      (
        "undo-question", Night.exit(),
        {
          $0.press(.function(8))
          $0.press(.function(8))
          $0.take(.staff(.undoOffered(Night.departure)))
        }
      ),
      ("back-in", Night.setup(), { $0.scan(Night.back(1, of: 1)) }),
      ("back-in-group", Night.setup(), { $0.scan(Night.back(2, of: 3, used: 1)) }),
      (
        "used-and-left", Night.setup(),
        {
          var outcome = Night.outcome(
            .alreadyUsed, entry: Entry(at: Night.at(hours: -0.4), door: "Side door"))
          outcome.decision.leftAt = Night.at(hours: -0.1)
          $0.scan(outcome)
        }
      ),
      ("may-have-left", Night.setup(), { $0.scan(Night.perhapsOutside) }),
      ("inside", holding(300), { _ in }),
      ("inside-full", holding(212), { _ in }),
      ("inside-nearly-full", holding(220), { _ in }),
      (
        "counted-by-hand", Night.setup(),
        {
          for _ in 0..<2 { $0.take(.staff(.countedByHand(.in, isLate: false))) }
          $0.take(.staff(.countedByHand(.out, isLate: true)))
        }
      ),
      ("not-counted", Night.setup(), { $0.take(.staff(.notCounted)) }),
      ("typing-a-sign", Night.setup(), { $0.take(.typing(.draft("+", isLoneKey: true))) }),
      ("turn-question-out", Night.setup(), { $0.press(.function(9)) }),
      ("turn-question-in", Night.exit(), { $0.press(.function(9)) }),
      ("turned-out", Night.setup(), { $0.take(.night(.direction(.out))) }),
      ("turned-in", Night.exit(), { $0.take(.night(.direction(.in))) }),
    ]

  private static func holding(_ people: Int) -> ScreenSetup {
    var setup = Night.setup()
    setup.capacity = people
    return setup
  }
}

extension Night {
  static let departure = UndoneEntry(
    code: "AB12CD9123", direction: .out, name: "Ana García", people: 2,
    time: now.wall.addingTimeInterval(-60))
}
