package import FoundationEssentials

/// What the store does not hold when the program ends.
package enum UnsavedEntry: Sendable, Equatable {
  case admission(UnsavedAdmission)
  /// A scan that let nobody in.
  case scan(ScanRecord, Reason)
}

/// An admission that the store does not hold as it is.
package struct UnsavedAdmission: Sendable, Equatable {
  package enum Making: Sendable, Equatable {
    case counted(AdmissionEntry, Decision)
    case byHand(HandAdmission)
    case counter(HandCount)
    /// From before this process began: the store has it, and only its correction is missing.
    case earlier(ScanRecord)
  }

  package var making: Making
  /// How many people it are now.
  package var people: Int
  package var undoneAt: Date?
  /// When staff last set how many people it are; nil where nobody did.
  package var changedAt: Date?

  package init(making: Making, people: Int, undoneAt: Date? = nil, changedAt: Date? = nil) {
    self.making = making
    self.people = people
    self.undoneAt = undoneAt
    self.changedAt = changedAt
  }

  package var scan: ScanRecord {
    switch making {
    case .counted(let entry, _): entry.scan
    case .byHand(let hand): hand.scan
    case .counter(let count): count.scan
    case .earlier(let scan): scan
    }
  }
}
