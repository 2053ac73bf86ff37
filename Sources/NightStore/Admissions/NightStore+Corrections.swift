package import Admission
package import FoundationEssentials
import GRDB

extension NightStore {
  /// The newest admission of a door during a span of time that has not been taken back. Another store's
  /// door may have the same name: its admissions are not this door's.
  package func newestAdmission(
    door: String, during span: Range<Date>
  ) async throws(StoreError) -> RecordedAdmission? {
    try await readOfTonight { database in
      try Row.fetchOne(
        database,
        sql: """
          \(Self.selection)
          WHERE a.door = ? AND a.undone_at IS NULL AND a.at >= ? AND a.at < ?
            AND a.origin IS NULL
          ORDER BY a.id DESC LIMIT 1
          """,
        arguments: [
          door, span.lowerBound.timeIntervalSince1970, span.upperBound.timeIntervalSince1970,
        ]
      ).map(RecordedAdmission.init)
    }
  }

  /// An admission that has not been taken back, and whether nobody came in on the same pass after it,
  /// who was counted on what it says.
  package func standingAdmission(
    _ id: Int64
  ) async throws(StoreError) -> (admission: RecordedAdmission, isNewestOfItsPass: Bool)? {
    try await readOfTonight { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT standing.*, \(Self.isNewestOfItsPass) AS is_newest
          FROM (\(Self.selection) WHERE a.id = ? AND \(Self.isCorrectable)) AS standing
          JOIN admissions AS a ON a.id = standing.id
          """,
        arguments: [id]
      ).map { (RecordedAdmission($0), $0["is_newest"]) }
    }
  }

  /// Takes an admission back: it stays in the ledger, marked, and the journal gets a line. A report
  /// of it that has not been sent is withdrawn.
  /// - Returns: what was taken back; nil where there is nothing, or not any more.
  package func undo(
    admission id: Int64, at now: Date
  ) async throws(StoreError) -> RecordedAdmission? {
    try await write(on: ledger) { try Self.undo(admission: id, at: now, in: $0) }
  }

  @discardableResult
  static func undo(
    admission id: Int64, at now: Date, in database: Database
  ) throws -> RecordedAdmission? {
    let standing = try Row.fetchOne(
      database, sql: "\(selection) WHERE a.id = ? AND \(isCorrectable)", arguments: [id]
    ).map(RecordedAdmission.init)
    guard let standing else { return nil }
    try database.execute(
      sql: "UPDATE admissions SET undone_at = ? WHERE id = ?",
      arguments: [now.timeIntervalSince1970, standing.id])
    try database.execute(
      sql: """
        UPDATE outbox SET state = 'withdrawn', next_try_at = NULL
        WHERE admission_id = ? AND state = 'waiting'
        """,
      arguments: [standing.id])
    try ReportedOnce.passOnReport(of: standing, at: now, in: database)
    try journal(.undo, standing, people: standing.people, at: now, in: database)
    return standing
  }

  /// Changes how many people an admission let in, between 1 and those who were left before it.
  /// - Returns: the admission as it is now; nil where it was taken back, or somebody else of the same
  ///   pass came in after it, who was counted on what it says.
  package func setPeople(
    _ people: Int, ofAdmission id: Int64, at now: Date
  ) async throws(StoreError) -> RecordedAdmission? {
    try await write(on: ledger) {
      try Self.setPeople(people, ofAdmission: id, at: now, in: $0)
    }
  }

  @discardableResult
  static func setPeople(
    _ people: Int, ofAdmission id: Int64, at now: Date, in database: Database
  ) throws -> RecordedAdmission? {
    guard
      var admission = try Row.fetchOne(
        database,
        sql: """
          \(selection)
          WHERE a.id = ? AND \(isCorrectable) AND \(isNewestOfItsPass)
          """,
        arguments: [id]
      ).map(RecordedAdmission.init)
    else { return nil }
    let wanted = min(max(1, people), admission.mostPeople ?? .max)
    if wanted != admission.people {
      try database.execute(
        sql: "UPDATE admissions SET people = ? WHERE id = ?", arguments: [wanted, id])
      admission.people = wanted
      try journal(.people, admission, people: wanted, at: now, in: database)
    }
    return admission
  }

  /// Only the door that made an admission changes it.
  private static let isCorrectable = "a.undone_at IS NULL AND a.origin IS NULL"

  /// This store's own come after one another as they are numbered. Another door's have been numbered when
  /// they became known here, and come by their times, which two clocks tell to a second.
  private static let isNewestOfItsPass = """
    NOT EXISTS (
      SELECT 1 FROM admissions AS later
      WHERE (later.pass_id = a.pass_id AND later.pass_kind = a.pass_kind AND a.pass_id <> ''
          OR later.code = a.code)
        AND later.event_id = a.event_id AND later.undone_at IS NULL
        AND iif(later.origin IS NULL, later.id > a.id, later.at > a.at - \(ClockShift.least)))
    """

  private static let selection = """
    SELECT a.id, a.pass_kind, a.pass_id, a.event_id, a.people, a.allowed - a.used AS most, a.at, a.kind, a.reported_at,
      coalesce(a.code, (SELECT code FROM journal WHERE admission_id = a.id LIMIT 1)) AS code
    FROM admissions AS a
    """

  private static func journal(
    _ action: JournalRow.Action, _ admission: RecordedAdmission, people: Int, at now: Date,
    in database: Database
  ) throws {
    let row = try Row.fetchOne(
      database, sql: "SELECT door, event_id, pass_type, entry_id FROM admissions WHERE id = ?",
      arguments: [admission.id])
    guard let row else { return }
    try JournalRow(
      action: action, at: now, door: row["door"], eventID: row["event_id"], code: admission.code,
      passKind: admission.kind, passType: row["pass_type"], people: people,
      admissionID: admission.id, entryID: AdmissionID(rawValue: row["entry_id"] ?? "")
    ).insert(into: database)
  }
}

extension RecordedAdmission {
  fileprivate init(_ row: Row) {
    let kind: String = row["kind"]
    let passage = Passage(rawValue: kind) ?? .counted
    let reportedAt: Double? = row["reported_at"]
    self.init(
      id: row["id"], kind: PassKind(rawValue: row["pass_kind"]), passID: row["pass_id"],
      code: row["code"], eventID: row["event_id"],
      people: row["people"],
      mostPeople: passage == .byHand ? HandAdmission.mostPeople : row["most"],
      at: Date(timeIntervalSince1970: row["at"]), passage: passage,
      isReported: reportedAt != nil)
  }
}
