import Admission
import FoundationEssentials
import GRDB

/// An admission, ready to be written.
struct AdmissionRow: Sendable {
  var id: AdmissionID
  var kind: Passage
  var eventID: String?
  /// Where no pass is known, it says nothing.
  var passKind: PassKind
  var passID: String?
  /// It counts for its code, too, whatever pass that is on.
  var code: String?
  var passType: String?
  var allowed: Int?
  var used: Int?
  /// Nil: `allowed`.
  var passAllows: Int?
  /// Who came in by it for the first time.
  var people: Int
  /// Who came in by it again.
  var back = 0
  /// People of the pass who were outside before it and might come in again.
  var outside = 0
  /// Who left by it.
  var departure: Departure?
  var at: Date
  var door: String
  var answeredAt: Date?
  /// The same in the order of answers.
  var answeredOrder: Double?
  /// By the answer of `answeredAt`.
  var countedIn: Int?
  var isStoredAnswer: Bool
  /// Seconds by which this box's clock is ahead of the shared ledger's; nil: as far as the store knows.
  var clockOffset: TimeInterval?

  func insert(into database: Database) throws -> Int64 {
    try database.cachedStatement(
      sql: """
        INSERT INTO admissions (
          kind, event_id, pass_kind, pass_id, code, pass_type, allowed, used, pass_allows, people,
          at, door, answered_at, counted_in, counted_at, is_stored_answer, answered_order, counted_order, entry_id,
          back, outside, gone, unseen, most_gone, inside, delivered, clock_offset, sequence)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
          (SELECT 0 FROM store WHERE ledger_id IS NOT NULL), 
          coalesce(?, (SELECT clock_offset FROM store)),
          1 + coalesce(
            (SELECT max(sequence) FROM admissions WHERE pass_id = ? AND event_id = ?), 0))
        """
    ).execute(arguments: [
      kind.rawValue, eventID, passKind.rawValue, passID, code, passType, allowed, used, passAllows,
      people, at.timeIntervalSince1970, door, answeredAt?.timeIntervalSince1970,
      countedIn, countedIn == nil ? nil : answeredAt?.timeIntervalSince1970, isStoredAnswer,
      answeredOrder, countedIn == nil ? nil : answeredOrder, id.rawValue, back, outside,
      departure?.people ?? 0, departure?.unseen ?? 0, departure?.most, departure?.inside,
      clockOffset, passID, eventID,
    ])
    return database.lastInsertedRowID
  }
}
