import Admission
import FoundationEssentials
import GRDB

extension EarlierAdmissions {
  /// - Parameter code: an admission by hand for which no pass was known counts by its code.
  static func fetch(
    passID: String, eventID: String, code: String, answeredAt: Date, in database: Database
  ) throws -> EarlierAdmissions {
    let rows = try Row.fetchCursor(
      database.cachedStatement(
        sql: """
          SELECT id, at, door, people, reported_at, acknowledged_at, acknowledged_people, NULL AS code
          FROM admissions WHERE pass_id = ? AND event_id = ? AND undone_at IS NULL
          UNION ALL
          SELECT id, at, door, people, reported_at, acknowledged_at, acknowledged_people, code
          FROM admissions
          WHERE pass_id IS NULL AND code = ? AND event_id = ? AND undone_at IS NULL
          ORDER BY id
          """),
      arguments: [passID, eventID, code, eventID])
    var earlier = EarlierAdmissions()
    while let row = try rows.next() {
      if let byCode: String = row["code"], !isSameCode(byCode, code) { continue }
      earlier.add(row, answeredAt: answeredAt)
    }
    return earlier
  }

  private mutating func add(_ row: Row, answeredAt: Date) {
    let answeredAt = answeredAt.timeIntervalSince1970
    let people: Int = row["people"]
    if first == nil {
      first = Entry(at: Date(timeIntervalSince1970: row["at"]), door: row["door"])
    }
    if let acknowledgedAt: Double = row["acknowledged_at"], acknowledgedAt < answeredAt {
      // Staff may have changed the number since it was reported.
      let acknowledgedPeople: Int = row["acknowledged_people"]
      acknowledged.add(acknowledgedPeople)
      self.people.add(max(0, people - acknowledgedPeople))
    } else if let reportedAt: Double = row["reported_at"], reportedAt < answeredAt {
      inDoubt.add(people)
    } else {
      self.people.add(people)
    }
  }
}

extension Int {
  /// A hostile answer may let in any number: a sum that would overflow stays at the largest.
  fileprivate mutating func add(_ other: Int) {
    let (sum, overflow) = addingReportingOverflow(other)
    self = overflow ? .max : sum
  }
}
