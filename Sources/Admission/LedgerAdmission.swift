package import FoundationEssentials

/// An admission as it stands in the ledger that several doors share: no names and no remarks.
package struct LedgerAdmission: Sendable, Equatable {
  package var id: AdmissionID
  /// Grows with each change: of two, the higher one is how it stands. From 1.
  package var revision: Int64
  /// The id of the store of the door that recorded it: that door alone changes it.
  package var doorID: String
  /// What the door is called.
  package var door: String
  /// Nil where no event was chosen.
  package var eventID: String?
  package var passage: Passage
  /// Nil where no pass is known, as is `passID`.
  package var kind: PassKind?
  package var passID: String?
  /// Nil once codes are forgotten.
  package var code: String?
  package var passType: String?
  /// What the rules counted by; nil for one by hand.
  package var allowed: Int?
  package var used: Int?
  /// What the pass itself allowed, where more than that were in already; nil: `allowed`.
  package var passAllows: Int?
  /// People who came in by it for the first time.
  package var people: Int
  /// People who came in by it again.
  package var back = 0
  /// People who left by it.
  package var gone = 0
  /// Of those who left, whom no door had seen come in.
  package var unseen = 0
  /// The most who may have left by it; nil: all who were inside.
  package var mostGone: Int?
  /// By the clock of the door that recorded it.
  package var at: Date
  /// Seconds by which that clock was ahead of the ledger's; nil where nobody knows.
  package var clockOffset: TimeInterval?
  package var undoneAt: Date?
  /// People of the pass whom the service had counted in, by the answer that was judged.
  package var countedIn: Int?
  /// When the service was told of it, and of how many people; nil where it was not.
  package var reportedAt: Date?
  package var reportedPeople: Int?
  /// When the service said that it has that, and how many people.
  package var acknowledgedAt: Date?
  package var acknowledgedPeople: Int?
  package var isStoredAnswer: Bool
  package var reason: Reason

  package init(
    id: AdmissionID, revision: Int64 = 1, doorID: String, door: String, eventID: String?,
    passage: Passage = .counted, kind: PassKind? = .pass, passID: String?, code: String?,
    passType: String? = nil, allowed: Int?, used: Int?, people: Int, at: Date,
    clockOffset: TimeInterval? = nil, undoneAt: Date? = nil, countedIn: Int? = nil,
    isStoredAnswer: Bool = false, reason: Reason = .valid
  ) {
    self.id = id
    self.revision = revision
    self.doorID = doorID
    self.door = door
    self.eventID = eventID
    self.passage = passage
    self.kind = passID == nil ? nil : kind
    self.passID = passID
    self.code = code
    self.passType = passType
    self.allowed = allowed
    self.used = used
    self.people = people
    self.at = at
    self.clockOffset = clockOffset
    self.undoneAt = undoneAt
    self.countedIn = countedIn
    self.isStoredAnswer = isStoredAnswer
    self.reason = reason
  }

  /// People who came in or left by it and were not taken back.
  package var standing: Int { undoneAt == nil ? moved : 0 }

  /// People who came in or left by it, taken back or not.
  package var moved: Int { people.addingClamped(back).addingClamped(gone) }

  /// As `counted` records it.
  /// - Parameters:
  ///   - doorID: the id of this door's store.
  ///   - offset: seconds by which this box's clock is ahead of the ledger's.
  /// - Returns: nil where the decision admits nobody, or nobody is to be recorded.
  package init?(
    _ entry: AdmissionEntry, _ decision: Decision, doorID: String, clockOffset offset: TimeInterval?
  ) {
    guard decision.people > 0, !entry.isDryRun else { return nil }
    let (scan, count) = (entry.scan, decision.count)
    let admitted = decision.departure == nil ? count?.admitted ?? 0 : 0
    self.init(
      id: entry.id, doorID: doorID, door: scan.door, eventID: entry.eventID,
      passage: decision.departure == nil ? .counted : .left, kind: entry.kind,
      passID: entry.passOfRecord, code: scan.code, passType: scan.passType,
      allowed: decision.departure == nil ? count?.allowed : nil,
      used: decision.departure == nil ? count?.used : nil, people: admitted - decision.back,
      at: scan.at, clockOffset: offset,
      countedIn: entry.countedIn.map { max(0, $0) }, isStoredAnswer: scan.isStoredAnswer,
      reason: decision.reason)
    passAllows = decision.passAllows
    back = decision.back
    gone = decision.departure?.people ?? 0
    unseen = decision.departure?.unseen ?? 0
    mostGone = decision.departure?.most
  }
}

/// A scan, or what staff did, as the shared ledger's journal holds it.
package struct LedgerLine: Sendable, Equatable {
  /// Of the door's own journal; they are delivered in this order.
  package var number: Int64
  package var at: Date
  /// As the journal calls it: `scan`, `repeat`, `look`, `by_hand`, `undo`, `people`.
  package var action: String
  package var eventID: String?
  package var door: String
  package var code: String?
  package var passType: String?
  /// As the journal has them; nil for what is no verdict.
  package var verdict: String?
  package var reason: String?
  package var people: Int
  /// Nil where nobody was admitted.
  package var admissionID: AdmissionID?

  package init(
    number: Int64, at: Date, action: String, eventID: String?, door: String, code: String?,
    passType: String? = nil, verdict: String? = nil, reason: String? = nil, people: Int = 0,
    admissionID: AdmissionID? = nil
  ) {
    self.number = number
    self.at = at
    self.action = action
    self.eventID = eventID
    self.door = door
    self.code = code
    self.passType = passType
    self.verdict = verdict
    self.reason = reason
    self.people = people
    self.admissionID = admissionID
  }
}
