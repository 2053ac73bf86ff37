import Admission
import FoundationEssentials

/// A line below the panel about something that the panel itself does not show, or not any more.
struct Strip: Sendable, Equatable {
  enum Content: Sendable, Equatable {
    /// What is left of a red or amber panel that was displaced too soon to be read.
    case verdict(Outcome)
    /// Somebody was let in by hand while a newer scan stood on the panel.
    case letIn(Outcome)
    /// An admission was taken back meanwhile, or not.
    case undone(UndoResult)
    /// A late answer contradicts a green that was shown.
    case contradiction(Outcome)
    /// A staff card changed how many came in while a newer scan was looked up.
    case corrected(Outcome)
    /// Somebody without a code was counted by hand.
    case counted(HandCounted)
    /// No event is chosen, so nobody was counted.
    case notCounted
    /// A staff card had nothing to act on.
    case cardWithoutEffect
    /// The scanner read a staff card again.
    case cardAgain
  }

  /// People without a code who were counted one after the other.
  struct HandCounted: Sendable, Equatable {
    var people: Int
    var direction: DoorDirection
    var isLate: Bool
  }

  var content: Content
  /// Uptime in seconds when it goes.
  var until: TimeInterval
}

extension Strip {
  /// What it says of how many came in is recorded, or could not be.
  mutating func correct(_ outcome: Outcome) {
    guard case .corrected(let earlier) = content, earlier.number == outcome.number else { return }
    content = .corrected(outcome)
  }

  /// A staff card answers by one strip at a time.
  var isOfCard: Bool {
    switch content {
    case .corrected, .cardWithoutEffect, .cardAgain: true
    case .verdict, .letIn, .undone, .contradiction, .counted, .notCounted: false
    }
  }

  /// Whose panel gave way; nil for any other kind.
  var displaced: Outcome? {
    switch content {
    case .verdict(let outcome): outcome
    case .letIn, .undone, .contradiction, .corrected, .counted, .notCounted, .cardWithoutEffect,
      .cardAgain:
      nil
    }
  }

  var isContradiction: Bool {
    if case .contradiction = content { return true }
    return false
  }
}
