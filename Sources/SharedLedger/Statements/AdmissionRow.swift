import Admission
import FoundationEssentials

/// An admission as a row of the ledger, and back.
enum AdmissionRow {
  /// The columns that a door writes, with the types of their values.
  private static let written: [(name: String, type: String)] = [
    ("id", "text"), ("revision", "bigint"), ("door_id", "text"), ("door", "text"),
    ("event_id", "text"), ("passage", "text"), ("kind", "text"), ("pass_id", "text"),
    ("code", "text"), ("pass_type", "text"), ("allowed", "bigint"), ("used", "bigint"),
    ("people", "bigint"), ("at", time), ("clock_offset", "double precision"),
    ("undone_at", time), ("counted_in", "bigint"), ("reported_at", time),
    ("reported_people", "bigint"), ("acknowledged_at", time), ("acknowledged_people", "bigint"),
    ("stored_answer", "boolean"), ("reason", "text"), ("pass_allows", "bigint"),
    ("back", "bigint"), ("gone", "bigint"), ("unseen", "bigint"), ("most_gone", "bigint"),
  ]
  private static let time = "time"

  /// For SELECT, in the order in which `admission` reads them.
  static let columns = written.map { $0.type == time ? TimeSQL.microseconds($0.name) : $0.name }
    .joined(separator: ", ")

  /// Records an admission as it stands; one that is there changes only for a later revision, and only
  /// by its own door.
  static let record = Statement.Prepared(
    name: "record",
    sql: """
      INSERT INTO doorcheck.admissions AS held (\(written.map(\.name).joined(separator: ", ")))
      VALUES (\(values))
      ON CONFLICT (id) DO UPDATE SET changed_by = pg_current_xact_id(),
        \(written.dropFirst().map { "\($0.name) = excluded.\($0.name)" }.joined(separator: ", "))
      WHERE held.revision < excluded.revision AND held.door_id = excluded.door_id
      """)

  private static var values: String {
    written.enumerated().map { index, column in
      column.type == time ? TimeSQL.time(index + 1) : "$\(index + 1)::\(column.type)"
    }.joined(separator: ", ")
  }

  /// For `record`.
  static func values(_ admission: LedgerAdmission) -> [String?] {
    typealias S = Statement
    // A kind without a pass says nothing, nor does a pass without a kind.
    let kind = admission.passID == nil ? nil : (admission.kind ?? .pass)
    return [
      admission.id.rawValue, S.value(max(1, admission.revision)), S.value(admission.doorID),
      S.value(admission.door), S.value(admission.eventID), admission.passage.rawValue,
      kind?.rawValue, S.value(admission.passID), S.value(admission.code),
      S.value(admission.passType), S.value(admission.allowed), S.value(admission.used),
      S.value(max(0, admission.people)), S.value(admission.at), S.value(admission.clockOffset),
      S.value(admission.undoneAt), S.value(admission.countedIn), S.value(admission.reportedAt),
      S.value(admission.reportedPeople), S.value(admission.acknowledgedAt),
      S.value(admission.acknowledgedPeople), S.value(admission.isStoredAnswer),
      admission.reason.rawValue, S.value(admission.passAllows),
      S.value(max(0, admission.back)), S.value(max(0, admission.gone)),
      S.value(min(max(0, admission.unseen), max(0, admission.gone))), S.value(admission.mostGone),
    ]
  }

  /// - Parameter row: `columns`; more may follow.
  /// - Returns: nil for what no door wrote.
  static func admission(_ row: [String?]) -> LedgerAdmission? {
    var columns = ColumnReader(row)
    guard let id = columns.text().flatMap(AdmissionID.init(rawValue:)),
      let revision = columns.number(), let doorID = columns.text(), let door = columns.text()
    else { return nil }
    let eventID = columns.text()
    let passage = columns.text().flatMap(Passage.init(rawValue:))
    // Another version's kind: its people still count by their code.
    let kind = columns.text().flatMap(PassKind.init(rawValue:))
    let passID = columns.text()
    var admission = LedgerAdmission(
      id: id, revision: Int64(revision), doorID: doorID, door: door, eventID: eventID,
      // Another version's: whoever came in so is in.
      passage: passage ?? .byHand, kind: kind, passID: kind == nil ? nil : passID,
      code: columns.text(),
      passType: columns.text(), allowed: columns.number(), used: columns.number(),
      people: columns.number() ?? 0, at: columns.date() ?? .distantPast,
      clockOffset: columns.seconds(), undoneAt: columns.date(), countedIn: columns.number())
    admission.reportedAt = columns.date()
    admission.reportedPeople = columns.number()
    admission.acknowledgedAt = columns.date()
    admission.acknowledgedPeople = columns.number()
    admission.isStoredAnswer = columns.flag()
    admission.reason = columns.text().flatMap(Reason.init(rawValue:)) ?? .valid
    admission.passAllows = columns.number()
    admission.back = columns.number() ?? 0
    admission.gone = columns.number() ?? 0
    admission.unseen = columns.number() ?? 0
    admission.mostGone = columns.number()
    return admission
  }
}
