import Admission
import Formatting

/// What the letters below a refusal say: why this pass lets nobody in.
enum Refusal: Hashable, CaseIterable {
  case unknownPass, wrongOrganization, archived, notActive
  case cancelled, pending, refunded, rejected
  case otherNight, otherEvent, notTonight
  case wrongDoor, tooEarly, tooLate, alreadyUsed, venueFull

  /// Nil for what is no refusal.
  init?(_ outcome: Outcome) {
    switch outcome.reason {
    case .unknownPass: self = .unknownPass
    case .wrongOrganization: self = .wrongOrganization
    case .archived: self = .archived
    case .notActive:
      switch outcome.pass.flatMap({ KnownState($0.state) }) {
      case .cancelled: self = .cancelled
      case .pending: self = .pending
      case .refunded: self = .refunded
      case .rejected: self = .rejected
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
    case .unreadableCode, .noEvent, .unauthorized, .rateLimited, .serviceError, .offline, .valid:
      return nil
    }
  }
}

/// A pass's state that the service is known to use, and people have a word for.
enum KnownState: CaseIterable {
  case cancelled, pending, refunded, rejected

  init?(_ state: String) {
    switch state.lowercased() {
    case "cancelled", "canceled": self = .cancelled
    case "pending": self = .pending
    case "refunded": self = .refunded
    case "rejected": self = .rejected
    default: return nil
    }
  }
}
