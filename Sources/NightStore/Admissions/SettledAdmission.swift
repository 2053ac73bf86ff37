package import Admission

/// A judgement, and what was recorded of it.
package struct SettledAdmission: Sendable, Equatable {
  package var decision: Decision
  /// Who was admitted here before it.
  package var before: EarlierAdmissions
  /// Nil where nobody was admitted, or nobody was to be recorded.
  package var admissionID: Int64?
  /// How long other doors' writing kept it waiting before it was judged.
  package var waited: Duration
  /// How long making it durable took, after it was judged.
  package var commit: Duration
  /// Why a scan that let nobody in is missing from the journal. An admission without its line in the
  /// journal does not exist: that is thrown.
  package var journalFailure: StoreError?
}
