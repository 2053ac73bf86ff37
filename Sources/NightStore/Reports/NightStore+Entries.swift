import Admission
import FoundationEssentials
import GRDB

extension NightStore {
  static func entries(eventID: String, in database: Database) throws -> [LedgerEntry] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT a.at, a.door, a.people, a.back, a.gone, a.unseen, a.pass_kind, a.pass_type, a.pass_id, a.kind, a.is_stored_answer,
          a.undone_at, coalesce(a.code, made.code) AS scanned_code, made.reason
        FROM admissions AS a
        LEFT JOIN journal AS made ON made.id = (
          SELECT min(id) FROM journal
          WHERE admission_id = a.id AND action IN ('scan', 'by_hand', 'counter'))
        WHERE a.event_id = ? AND a.people + a.back + a.gone > 0
        ORDER BY a.at, a.id
        """,
      arguments: [eventID]
    ).map(LedgerEntry.init)
  }

  /// Codes that were refused `RetriedCode.fewestRefusals` times or more, the most often first. Amber
  /// ones are not counted: their words ask to scan again.
  static func retriedCodes(eventID: String, in database: Database) throws -> [RetriedCode] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT tried.*, newest.reason, (
          SELECT CAST(total(people) AS INTEGER) FROM admissions AS a
          WHERE a.event_id = ?1 AND a.code = tried.code AND a.undone_at IS NULL) AS people
        FROM (
          SELECT min(code) AS code, count(*) AS refusals, min(at) AS first, max(at) AS last,
            max(id) AS newest, json_group_array(DISTINCT door) AS doors
          FROM journal
          WHERE event_id = ?1 AND action = 'scan' AND verdict = 'refuse' AND code IS NOT NULL
          GROUP BY code COLLATE NOCASE HAVING count(*) >= ?2) AS tried
        JOIN journal AS newest ON newest.id = tried.newest
        ORDER BY refusals DESC, first, tried.newest
        """,
      arguments: [eventID, RetriedCode.fewestRefusals]
    ).map(RetriedCode.init)
  }
}

extension RetriedCode {
  fileprivate init(_ row: Row) throws {
    let doors: String = row["doors"]
    self.init(
      code: row["code"], refusals: row["refusals"],
      first: Date(timeIntervalSince1970: row["first"]),
      last: Date(timeIntervalSince1970: row["last"]),
      doors: try JSONDecoder().decode([String].self, from: Data(doors.utf8)).sorted(),
      reason: row["reason"] ?? "", peopleIn: row["people"])
  }
}

extension LedgerEntry {
  fileprivate init(_ row: Row) {
    let kind: String = row["kind"]
    let undoneAt: Double? = row["undone_at"]
    let passID: String? = row["pass_id"]
    self.init(
      at: Date(timeIntervalSince1970: row["at"]), door: row["door"],
      passage: Passage(rawValue: kind) ?? .counted, people: row["people"], back: row["back"],
      gone: row["gone"], unseen: row["unseen"],
      passKind: passID == nil ? nil : PassKind(rawValue: row["pass_kind"]),
      passType: row["pass_type"], passID: passID, code: row["scanned_code"],
      isStoredAnswer: row["is_stored_answer"], reason: row["reason"],
      undoneAt: undoneAt.map(Date.init(timeIntervalSince1970:)))
  }
}
