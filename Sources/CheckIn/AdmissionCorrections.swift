package import Admission
package import FoundationEssentials

/// Changes what has been recorded: every change is a line of its own, nothing is deleted. The night's
/// store is one.
package protocol AdmissionCorrections: Sendable {
  /// Takes the newest admission of a door back.
  /// - Returns: what was taken back; nil where there was none since `notBefore`.
  func undoNewest(door: String, notBefore: Date, at now: Date) async throws -> RecordedAdmission?
  /// Sets how many people came in on an admission.
  /// - Returns: the admission as it is now; nil where it cannot be changed so.
  func setPeople(_ people: Int, ofAdmission id: Int64, at now: Date) async throws
    -> RecordedAdmission?
  /// Records somebody whom the rules did not let in.
  func admitByHand(_ admission: HandAdmission) async throws
}
