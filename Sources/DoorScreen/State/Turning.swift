import Admission
import FoundationEssentials

/// Whether people are to go through the door that way from now on.
struct TurnQuestion: Sendable, Equatable {
  var direction: DoorDirection
  /// Uptime in seconds.
  var until: TimeInterval
}

/// A door that is an entrance in the evening and an exit in the morning (Contract: Out and in again).
extension DoorState {
  /// F9 where no PIN is asked for: the same key once more confirms it.
  mutating func askToTurn(at now: Moment) {
    closeOverlay()
    turning = TurnQuestion(
      direction: night.direction.opposite, until: now.uptime + Span.turnQuestion)
  }

  /// Whoever turned the door must see that it is done.
  mutating func turn(to direction: DoorDirection, at now: Moment) {
    turning = nil
    guard direction != night.direction else { return }
    night.direction = direction
    closeOverlay()
    endQuestions()
    leaveStrip(at: now)
    verdicts.shown = nil
    undoing.result = nil
    lookUntil = nil
  }

  /// Which way people go, where that is not as it is set up.
  var turnedTo: DoorDirection? {
    night.direction == setup.direction ? nil : night.direction
  }
}
