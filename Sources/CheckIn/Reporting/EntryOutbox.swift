package import Admission
package import FoundationEssentials

/// Keeps the entries that the service has not been told of, across restarts. The night's store is
/// one. What it throws means that it cannot be used now, and that nothing was changed.
package protocol EntryOutbox: Sendable {
  /// Claims entries whose time has come, or is further away than any is put off, oldest first: nobody
  /// else has them for `lease` seconds. After a crash they come again when the lease ends.
  func claimDue(at moment: Moment, lease: TimeInterval, limit: Int) async throws -> [EntryReport]

  /// The earliest time at which an entry is due; nil where none waits.
  func nextDue(now: Date) async throws -> Date?

  /// The service has counted it: answers asked for after `moment` contain it.
  func acknowledge(_ report: EntryReport, at moment: Moment) async throws

  /// It is to be tried again.
  /// - Parameters:
  ///   - mayHaveArrived: whether answers asked for from now on may contain it.
  ///   - reason: why it failed, in a few words for staff; no names.
  func retry(
    _ report: EntryReport, at next: Date, mayHaveArrived: Bool, reason: String?
  ) async throws

  /// It is not tried again, and is listed for staff.
  /// - Parameters:
  ///   - reason: a few words for them; no names.
  ///   - mayHaveArrived: whether the service may count it all the same.
  func refuse(_ report: EntryReport, reason: String, mayHaveArrived: Bool) async throws
}
