/// A decision, and what was recorded of it.
package struct RecordedDecision: Sendable, Equatable {
  package var decision: Decision
  /// Who was admitted here before it.
  package var before: EarlierAdmissions
  /// What it can be corrected by; nil where nobody was admitted, or nobody was to be recorded.
  package var admissionID: Int64?
  /// It was not durable yet when the panel had to be painted.
  package var isLate: Bool

  package init(
    decision: Decision, before: EarlierAdmissions = EarlierAdmissions(), admissionID: Int64? = nil,
    isLate: Bool = false
  ) {
    self.decision = decision
    self.before = before
    self.admissionID = admissionID
    self.isLate = isLate
  }
}
