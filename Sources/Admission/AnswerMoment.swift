package import FoundationEssentials

/// When an answer was asked for, in the order of all answers and reports of this box, whatever its wall
/// clock read (Contract: The look-up order).
package enum AnswerMoment: Sendable, Equatable {
  /// Seconds on the monotonic clock, since this start of the machine.
  case uptime(TimeInterval)
  /// The place that the store has given it.
  case stored(Double)
}
