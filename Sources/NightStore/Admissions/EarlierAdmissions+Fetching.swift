import Admission
import FoundationEssentials
import GRDB

extension EarlierAdmissions {
  /// - Parameters:
  ///   - passID: an empty one is nobody's.
  ///   - code: an admission on the same code counts, whatever its pass.
  ///   - answeredAt: when the answer was asked for.
  ///   - receivedBy: when it was there at the latest; what the service was told of in between may be
  ///     in it.
  static func fetch(
    passID: String, eventID: String, code: String, answeredAt: Date, receivedBy: Date,
    in database: Database
  ) throws -> EarlierAdmissions {
    let columns = """
      id, at, door, people, reported_at, reported_people, acknowledged_at, acknowledged_people,
      counted_in, counted_at
      """
    let rows = try Row.fetchCursor(
      database.cachedStatement(
        sql: """
          SELECT \(columns), NULL AS code
          FROM admissions
          WHERE pass_id = ?1 AND ?1 <> '' AND event_id = ?2 AND undone_at IS NULL
          UNION ALL
          SELECT \(columns), code
          FROM admissions
          WHERE code = ?3 AND event_id = ?2 AND undone_at IS NULL
            AND (pass_id IS NULL OR pass_id <> ?1 OR ?1 = '')
          ORDER BY id
          """),
      arguments: [passID, eventID, code])
    var earlier = EarlierAdmissions()
    var known = ReportedPeople(
      askedAt: answeredAt.timeIntervalSince1970, receivedBy: receivedBy.timeIntervalSince1970)
    while let row = try rows.next() {
      if let byCode: String = row["code"], !isSameCode(byCode, code) { continue }
      if earlier.first == nil {
        earlier.first = Entry(at: Date(timeIntervalSince1970: row["at"]), door: row["door"])
      }
      let people: Int = row["people"]
      earlier.people = earlier.people.addingClamped(people - known.take(row))
    }
    earlier.doubts = known.doubts
    return earlier
  }
}

/// People of whom the service was told before it gave an answer. Times are in seconds since 1970.
private struct ReportedPeople {
  let askedAt: Double
  let receivedBy: Double

  private struct Acknowledged {
    var at: Double
    var people: Int
  }

  private struct Doubt {
    var reportedAt: Double
    var people: Int
    /// Nil where it is not known.
    var countedIn: Int?
    var countedAt: Double
  }

  private var acknowledged: [Acknowledged] = []
  private var inDoubt: [Doubt] = []

  init(askedAt: Double, receivedBy: Double) {
    self.askedAt = askedAt
    self.receivedBy = receivedBy
  }

  /// - Returns: how many of an admission's people the service was told of by then. Staff may have
  ///   changed the number since.
  mutating func take(_ row: Row) -> Int {
    let people: Int = row["people"]
    if let at: Double = row["acknowledged_at"], at < askedAt {
      let told = min(people, row["acknowledged_people"])
      acknowledged.append(Acknowledged(at: at, people: told))
      return told
    }
    if let at: Double = row["reported_at"], at < max(askedAt, receivedBy) {
      let told = min(people, row["reported_people"] ?? people)
      inDoubt.append(
        Doubt(
          reportedAt: at, people: told, countedIn: row["counted_in"],
          countedAt: row["counted_at"] ?? at))
      return told
    }
    return 0
  }

  var doubts: [EarlierAdmissions.Doubt] {
    inDoubt.map { doubt in
      // One acknowledged since may have been counted before, too; more than it counts for once
      // would let somebody in.
      let since = acknowledged.filter { $0.at >= doubt.countedAt }
      let older = inDoubt.filter { $0.reportedAt < doubt.countedAt }
      return EarlierAdmissions.Doubt(
        people: doubt.people,
        countedWithout: since.reduce(doubt.countedIn ?? .max) { $0.addingClamped($1.people) },
        olderDoubts: older.reduce(0) { $0.addingClamped($1.people) })
    }
  }
}
