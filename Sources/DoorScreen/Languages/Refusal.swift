import Admission
import Formatting

/// What the letters below a refusal say: why this pass lets nobody in.
enum Refusal: Hashable, CaseIterable {
  case unknownPass, unknownCode, wrongOrganization, archived, notActive
  case cancelled, pending, refunded, rejected, released, removed
  case otherNight, otherEvent, notTonight
  case wrongDoor, tooEarly, tooLate, alreadyUsed, venueFull

  /// Nil for what is no refusal.
  /// - Parameter accepted: the kinds that this door takes.
  init?(_ outcome: Outcome, accepted: [PassKind] = [.pass]) {
    guard outcome.verdict == .refuse else { return nil }
    switch outcome.reason {
    case .unknownPass: self = accepted == [.pass] ? .unknownPass : .unknownCode
    case .wrongOrganization: self = .wrongOrganization
    case .archived: self = .archived
    case .notActive:
      switch outcome.pass.flatMap(KnownState.init) {
      case .cancelled: self = .cancelled
      case .pending: self = .pending
      case .refunded: self = .refunded
      case .rejected: self = .rejected
      case .released: self = .released
      case .removed: self = .removed
      case nil: self = .notActive
      }
    case .notTonight:
      guard let nights = outcome.nights, let nearest = nights.first else {
        self = .notTonight
        return
      }
      self = nearest.isOn(at: outcome.at) ? .otherEvent : .otherNight
    case .wrongDoor: self = .wrongDoor
    case .tooEarly: self = .tooEarly
    case .tooLate: self = .tooLate
    case .alreadyUsed: self = .alreadyUsed
    case .venueFull: self = .venueFull
    case .unreadableCode, .noEvent, .unauthorized, .rateLimited, .serviceError, .offline, .valid,
      .left, .nobodyInside:
      return nil
    }
  }
}

/// A state that the service is known to use, and people have a word for.
enum KnownState: CaseIterable {
  case cancelled, pending, refunded, rejected
  /// Of a table: it was given to others.
  case released
  /// Of a guest list's entry.
  case removed

  init?(_ pass: PassSummary) {
    switch pass.state.lowercased() {
    case Pass.removedState where pass.kind == .list: self = .removed
    case "released" where pass.kind == .booking: self = .released
    case "cancelled", "canceled": self = .cancelled
    case "pending": self = .pending
    case "refunded": self = .refunded
    case "rejected": self = .rejected
    default: return nil
    }
  }
}
