package import Admission
package import FoundationEssentials

/// What a report to the service, or the lack of one, leaves to be looked at by staff.
package struct ReportCase: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// Not sent yet, or to be tried again; then with why the newest attempt failed.
    case waiting(String?)
    /// Given up. What was sent without an answer, the service may count all the same.
    case refused(String, mayBeCounted: Bool)
    /// Taken back here after the service was told. Uncertain where no acknowledgement came.
    case undoneAfterReport(isCertain: Bool)
    /// The number of people was changed after the service had acknowledged another.
    case changedAfterReport(acknowledged: Int)
  }

  package var kind: Kind
  package var admissionID: Int64
  /// Nil where no pass is known, as is `passID`.
  package var passKind: PassKind?
  package var passID: String?
  /// Nil once the event is old enough for codes to be forgotten.
  package var code: String?
  package var people: Int
  package var at: Date
  package var door: String
}
