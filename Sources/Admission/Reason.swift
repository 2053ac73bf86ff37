/// What the screen turns: green, red or amber.
package enum Verdict: String, Sendable, Equatable, CaseIterable {
  /// Green: this person may come in.
  case admit
  /// Red: we know that this pass does not let this person in now.
  case refuse
  /// Amber: we do not know.
  case unverified
  /// Neither: somebody leaves by an exit.
  case out
}

/// Why a verdict is what it is. The names are public, and the order of the cases is the order in
/// which they are tried (Contract: The verdict).
package enum Reason: String, Sendable, Equatable, CaseIterable {
  case unreadableCode = "unreadable_code"
  case noEvent = "no_event"
  case unauthorized
  case rateLimited = "rate_limited"
  case serviceError = "service_error"
  case offline
  case unknownPass = "unknown_pass"
  case wrongOrganization = "wrong_organization"
  case archived
  case notActive = "not_active"
  case notTonight = "not_tonight"
  case wrongDoor = "wrong_door"
  case tooEarly = "too_early"
  case tooLate = "too_late"
  case alreadyUsed = "already_used"
  case venueFull = "venue_full"
  case valid
  /// At an exit alone, as is the next one: somebody leaves.
  case left
  /// Nobody is inside on the code.
  case nobodyInside = "nobody_inside"

  /// The colour that goes with the reason.
  package var verdict: Verdict {
    switch self {
    case .unreadableCode, .noEvent, .unauthorized, .rateLimited, .serviceError, .offline:
      .unverified
    case .unknownPass, .wrongOrganization, .archived, .notActive, .notTonight, .wrongDoor,
      .tooEarly, .tooLate, .alreadyUsed, .venueFull:
      .refuse
    case .valid: .admit
    case .left, .nobodyInside: .out
    }
  }
}
