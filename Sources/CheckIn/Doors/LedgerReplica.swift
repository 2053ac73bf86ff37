package import Admission
package import FoundationEssentials

/// The box's own store, as far as it holds what the shared ledger does. The night's store is one.
package protocol LedgerReplica: Sendable {
  /// The id of the store, by which the ledger knows the door. It is made once.
  var doorID: String { get }

  /// Where the changes of a ledger that are recorded here end; nil where none of them are.
  func cursor(ofLedger id: String) async throws -> String?

  /// Records what other doors did, each as it stands in its highest revision, and where the changes
  /// end, in one transaction. Their times are brought to this box's clock.
  /// - Parameters:
  ///   - cursor: nil leaves it where it is.
  ///   - offset: seconds by which this box's clock is ahead of the ledger's; nil where nobody knows.
  /// - Returns: whether anything changed.
  func record(
    _ admissions: [LedgerAdmission], cursor: String?, ofLedger id: String,
    clockOffset offset: TimeInterval?
  ) async throws -> Bool

  /// One of this door's own as it stands; nil where the store does not hold it.
  func admission(_ id: AdmissionID) async throws -> LedgerAdmission?

  /// This door's own admissions that the ledger does not have as they stand, oldest first.
  func undelivered(ofLedger id: String, atMost count: Int) async throws -> [LedgerAdmission]

  /// From now on the ledger has these, each in its revision.
  func noteDelivered(_ admissions: [LedgerAdmission], toLedger id: String) async throws

  /// The ledger turned out not to hold all that was delivered: this door's own since that moment are to
  /// be delivered again, unless it holds them in that revision or a higher one.
  func deliverAgain(
    since: Date, but held: [AdmissionID: Int64], toLedger id: String
  ) async throws

  /// Which of these the store does not hold, and no end of a program keeps for it.
  func lacking(_ ids: [AdmissionID]) async throws -> [AdmissionID]

  /// Lines of the journal that this door wrote, after a number, oldest first.
  func lines(after number: Int64, atMost count: Int) async throws -> [LedgerLine]

  /// Double entries at an event that a door with this id took part in and that nobody has been told of,
  /// which are told now.
  func untoldDoubleEntries(eventID: String) async throws -> [DoubleEntry]
}
