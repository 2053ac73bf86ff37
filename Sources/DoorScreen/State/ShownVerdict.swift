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
  /// How often this pass was tried tonight, the first time included; 0 where nobody counts.
  var tries = 0
  var isLetInAskedFor = false
  /// Stored passes whose code differs by one character from this one, which was typed by hand.
  var nearMisses: [FoundPass] = []
  /// A late answer contradicted the green that stood here: those people are in, and counted.
  var isContradiction = false

  /// The people whom the panel says come in: what staff say goes before what is recorded.
  var count: HeadCount? {
    guard let correction, let count = outcome.count else { return outcome.count }
    if outcome.decision.departure != nil { return count }
    return isByHand ? count.lettingIn(correction.people) : count.admitting(correction.people)
  }

  /// What is recorded, with the people whom staff say came in or left.
  var decision: Decision {
    var decision = outcome.decision
    decision.count = count
    if let correction { decision.departure = decision.departure?.correcting(correction.people) }
    return decision
  }

  /// Somebody was let in by hand, or that is asked for.
  private var isByHand: Bool { manner == .byHand || isLetInAskedFor }

  /// How many may have come in; nil where there is nothing to correct.
  var correctable: ClosedRange<Int>? {
    guard repetition != .neutral, !outcome.isRepeat else { return nil }
    if isByHand { return 1...HandAdmission.mostPeople }
    guard manner == .scan else { return nil }
    switch outcome.verdict {
    case .admit:
      guard let count = outcome.count, count.allowed - count.used > 1 else { return nil }
      return 1...(count.allowed - count.used)
    case .out:
      guard let departure = outcome.decision.departure, departure.people > 0, departure.inside > 1
      else { return nil }
      return 1...departure.inside
    case .refuse, .unverified: return nil
    }
  }

  /// Says that more or fewer came in.
  /// - Returns: nil where that changes nothing.
  mutating func changePeople(by step: Int) -> Effect? {
    guard let range = correctable else { return nil }
    // Until it is answered, one person was asked to be let in.
    let now = correction?.people ?? (manner == .scan && isByHand ? 1 : outcome.people ?? 1)
    let (next, isTooMuch) = now.addingReportingOverflow(step)
    let people = min(max(range.lowerBound, next), range.upperBound)
    guard !isTooMuch, people != now else { return nil }
    correction = Correction(people: people, unanswered: (correction?.unanswered ?? 0) + 1)
    return .setAdmitted(number: outcome.number, people: people)
  }

  /// What was asked for is recorded, or could not be.
  mutating func confirm(_ recorded: Outcome) {
    outcome = recorded
    if let unanswered = correction?.unanswered, unanswered > 1 {
      correction?.unanswered -= 1
    } else {
      correction = nil
    }
  }

  /// Asks that this person be let in by hand.
  /// - Returns: nil where nobody may be.
  mutating func letIn() -> Effect? {
    guard mayBeLetIn else { return nil }
    isLetInAskedFor = true
    return .letIn(number: outcome.number)
  }

  /// They are in now, with the one person who was asked for.
  mutating func letIn(_ outcome: Outcome) {
    self.outcome = outcome
    manner = .byHand
    isLetInAskedFor = false
  }

  /// Whether staff may let this person in by hand.
  var mayBeLetIn: Bool {
    switch outcome.verdict {
    case .admit, .out: false
    case .refuse, .unverified:
      manner == .scan && repetition != .neutral && !isLetInAskedFor && !isContradiction
    }
  }
}

extension Outcome {
  /// Who came in or left by it; nil where nobody can have.
  fileprivate var people: Int? { decision.departure?.people ?? count?.admitted }
}
