import Admission
import FoundationEssentials

/// A line below the panel about something that the panel itself does not show, or not any more.
struct Strip: Sendable, Equatable {
  enum Content: Sendable, Equatable {
    /// What is left of a red or amber panel that was displaced too soon to be read.
    case verdict(Outcome)
    /// Somebody was let in by hand while a newer scan stood on the panel.
    case letIn(Outcome)
    /// An admission was taken back meanwhile, or there was none.
    case undone(UndoneEntry?)
    /// A late answer contradicts a green that was shown.
    case contradiction(Outcome)
  }

  var content: Content
  /// Uptime in seconds when it goes.
  var until: TimeInterval
}

extension Strip {
  var isContradiction: Bool {
    if case .contradiction = content { return true }
    return false
  }
}
