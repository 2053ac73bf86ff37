import Admission

/// The scanner reading twice is not a second person.
extension CheckInService {
  /// Whether a read is the newest scan once more, now that this has its verdict.
  func repeats(_ newest: Outcome, _ queued: Queued) -> Bool {
    switch queued.reading {
    case .own: return false
    case .again: break
    case .nextFriend: if newest.decision.leavesPeople { return false }
    }
    // Of a code that is unknown in one spelling, another one may be known.
    return newest.verdict != .unverified
      && (newest.reason != .unknownPass
        || newest.code.utf8.elementsEqual(queued.scan.code.utf8))
  }

  func repeated(_ newest: Outcome, of queued: Queued) -> Outcome {
    var outcome = newest
    outcome.number = queued.number
    outcome.isLook = queued.isLook
    outcome.isRepeat = true
    // What was recorded is used now; in a dry run nothing was.
    outcome.decision.count = newestWasDry ? newest.count?.admitting(0) : newest.count?.settled
    outcome.at = now().wall
    outcome.latency = .zero
    return outcome
  }
}
