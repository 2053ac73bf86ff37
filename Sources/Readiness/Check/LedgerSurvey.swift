import Admission
import CheckIn
import Foundation

/// What came of asking the shared ledger once.
struct LedgerSurvey: Sendable {
  /// Nil where it answered and is current.
  var failure: LedgerError?
  /// From a question to its answer on a connection that is there.
  var roundTrip: Duration = .zero
  /// What the door's role may not do there, such as `INSERT on admissions`.
  var lackingRights: [String] = []
  /// What was committed there outlives a power cut.
  var isDurable = true
  /// Seconds by which this box's clock is ahead of the ledger's.
  var clockOffset: TimeInterval = 0
  /// Of the last 24 hours, this one left out.
  var otherDoors: [DoorOnLedger] = []
}
