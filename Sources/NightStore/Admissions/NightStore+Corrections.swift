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
          \(Self.selection) NOT INDEXED
          WHERE a.door = ? AND \(Self.isCorrectable) AND a.at >= ? AND a.at < ?
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
    if standing.passage == .left { try giveUpUnmet(after: standing, in: database) }
    try journal(.undo, of: standing.id, at: now, in: database)
    try Departures.settle(ofPassOf: standing.id, in: database)
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
    let wanted = min(max(1, people), max(1, admission.mostPeople ?? .max))
    if wanted != admission.people {
      switch admission.passage {
      case .counted, .byHand:
        try database.execute(
          sql: """
            UPDATE admissions SET back = min(:people, outside),
              people = :people - min(:people, outside)
            WHERE id = :id
            """,
          arguments: ["people": wanted, "id": id])
        try reportArrivals(of: id, at: now, in: database)
      case .left: try setGone(wanted, of: id, in: database)
      // Staff press once for each.
      case .counter: return admission
      }
      try journal(.people, of: id, at: now, in: database)
      try Departures.settle(ofPassOf: id, in: database)
      let changed = try Row.fetchOne(
        database, sql: "\(selection) WHERE a.id = ?", arguments: [id]
      ).map(RecordedAdmission.init)
      admission = changed ?? admission
    }
    return admission
  }

  /// Only those who come for the first time are reported, and only while there are any.
  private static func reportArrivals(
    of id: Int64, at now: Date, in database: Database
  ) throws {
    let people =
      try Int.fetchOne(database, sql: "SELECT people FROM admissions WHERE id = ?", arguments: [id])
      ?? 0
    if people == 0 {
      try database.execute(
        sql: """
          UPDATE outbox SET state = 'withdrawn', next_try_at = NULL
          WHERE admission_id = ? AND state = 'waiting'
          """,
        arguments: [id])
    } else {
      try database.execute(
        sql: """
          UPDATE outbox SET state = 'waiting', next_try_at = ?
          WHERE admission_id = ? AND state = 'withdrawn'
          """,
        arguments: [now.timeIntervalSince1970, id])
    }
  }

  /// How many left, as staff say: no more than that may have.
  private static func setGone(_ people: Int, of id: Int64, in database: Database) throws {
    let row = try Row.fetchOne(
      database,
      sql:
        "SELECT gone, unseen, most_gone, coalesce(inside, gone) AS inside FROM admissions WHERE id = ?",
      arguments: [id])
    guard let row else { return }
    let departure = Departure(
      people: row["gone"], unseen: row["unseen"], most: row["most_gone"], inside: row["inside"]
    ).correcting(people)
    try database.execute(
      sql: "UPDATE admissions SET gone = ?, unseen = ?, most_gone = ? WHERE id = ?",
      arguments: [departure.people, departure.unseen, departure.most, id])
  }

  /// Nobody was met by a scan after one at which they had left: whoever stays inside by this one being
  /// taken back did not leave by that.
  private static func giveUpUnmet(
    after undone: RecordedAdmission, in database: Database
  ) throws {
    try database.execute(
      sql: """
        UPDATE admissions SET most_gone = 0
        WHERE kind = 'left' AND origin IS NULL AND undone_at IS NULL AND gone = 0 AND id > :id
          AND event_id = :event
          AND (pass_id = :pass AND pass_kind = :kind AND pass_id <> '' OR code = :code)
        """,
      arguments: [
        "id": undone.id, "event": undone.eventID, "pass": undone.passID,
        "kind": undone.kind?.rawValue, "code": undone.code,
      ])
  }

  /// Only the door that made an admission changes it, and nobody one by which nobody went.
  private static let isCorrectable = """
    a.undone_at IS NULL AND a.origin IS NULL AND a.people + a.back + a.gone > 0
    """

  /// This store's own come after one another as they are numbered. Another door's have been numbered when
  /// they became known here: what was known before was counted. The others come by their times, which two
  /// clocks tell to a second.
  private static let isNewestOfItsPass = """
    NOT EXISTS (
      SELECT 1 FROM admissions AS later
      WHERE (later.pass_id = a.pass_id AND later.pass_kind = a.pass_kind AND a.pass_id <> ''
          OR later.code = a.code)
        AND later.event_id = a.event_id AND later.undone_at IS NULL
        AND later.people + later.back + later.gone > 0
        AND later.id > a.id
        AND (later.origin IS NULL OR later.at > a.at - \(ClockShift.least)))
    """

  private static let selection = """
    SELECT a.id, a.pass_kind, a.pass_id, a.event_id, a.people, a.back, a.gone,
      iif(a.kind = 'left', coalesce(a.inside, a.gone), a.allowed - a.used) AS most, a.at, a.kind,
      a.reported_at,
      coalesce(a.code, (SELECT code FROM journal WHERE admission_id = a.id LIMIT 1)) AS code
    FROM admissions AS a
    """

  /// Adds the line of a correction: the admission as it stands now.
  static func journal(
    _ action: JournalRow.Action, of id: Int64, at now: Date, in database: Database
  ) throws {
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT a.*, coalesce(a.code, (SELECT code FROM journal WHERE admission_id = a.id LIMIT 1))
          AS known_code
        FROM admissions AS a WHERE a.id = ?
        """,
      arguments: [id])
    guard let row else { return }
    let passID: String? = row["pass_id"]
    try JournalRow(
      action: action, at: now, door: row["door"], eventID: row["event_id"],
      code: row["known_code"],
      passKind: passID == nil ? nil : PassKind(rawValue: row["pass_kind"]),
      passType: row["pass_type"], people: row["people"], back: row["back"], gone: row["gone"],
      admissionID: id, entryID: AdmissionID(rawValue: row["entry_id"] ?? "")
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
      people: row["people"] + row["back"] + row["gone"], mostPeople: nil,
      at: Date(timeIntervalSince1970: row["at"]), passage: passage,
      direction: row["gone"] > 0 ? .out : .in, isReported: reportedAt != nil)
    back = row["back"]
    mostPeople =
      switch passage {
      case .counted, .left: row["most"]
      case .byHand: HandAdmission.mostPeople
      case .counter: HandCount.people
      }
  }
}
