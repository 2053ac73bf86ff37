import Admission
import FoundationEssentials

/// How a panel came about.
enum Manner: Sendable, Equatable {
  /// A scan was judged.
  case scan
  /// A scan was looked at, and nobody admitted.
  case look
  /// Somebody was let in by hand against the verdict.
  case byHand
}

/// The newest verdict, until a new scan arrives.
struct ShownVerdict: Sendable, Equatable {
  enum Repetition: Sendable, Equatable { case none, marked, neutral }

  /// How many of a group staff say came in, before that is recorded.
  struct Correction: Sendable, Equatable {
    var people: Int
    /// Corrections that were asked for and not answered.
    var unanswered: Int
  }

  var outcome: Outcome
  var manner = Manner.scan
  /// Uptime in seconds when the verdict came.
  var since: TimeInterval
  /// Uptime in seconds when the panel gives way.
  var until: TimeInterval
  var repetition = Repetition.none
  var correction: Correction?
  var isLetInAskedFor = false
  /// A late answer contradicted the green that stood here: those people are in, and counted.
  var isContradiction = false

  /// The people whom the panel says come in: what staff say goes before what is recorded.
  var count: HeadCount? {
    guard let correction, let count = outcome.count else { return outcome.count }
    return count.admitting(correction.people)
  }

  /// How many of the group may have come in; nil where there is nothing to correct.
  var correctable: ClosedRange<Int>? {
    guard manner == .scan, repetition != .neutral, !outcome.isRepeat, outcome.verdict == .admit,
      let count = outcome.count, count.allowed - count.used > 1
    else { return nil }
    return 1...(count.allowed - count.used)
  }

  /// Whether staff may let this person in by hand.
  var mayBeLetIn: Bool {
    manner == .scan && repetition != .neutral && outcome.verdict != .admit && !isLetInAskedFor
      && !isContradiction
  }
}
