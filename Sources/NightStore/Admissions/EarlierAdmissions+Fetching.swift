import Admission
import FoundationEssentials
import GRDB

extension EarlierAdmissions {
  /// - Parameters:
  ///   - asked: when the answer was asked for.
  ///   - received: when it was there at the latest; what the service was told of in between may be
  ///     in it.
  static func fetch(
    of pass: PassAtEvent, asked: Stamp, received: Stamp, in database: Database
  ) throws -> EarlierAdmissions {
    let columns = """
      id, at, door, people, reported_at, reported_people, acknowledged_at, acknowledged_people,
      counted_in, counted_at, reported_order, acknowledged_order, counted_order, pass_kind
      """
    let rows = try Row.fetchCursor(
      database.cachedStatement(
        sql: """
          SELECT \(columns), NULL AS code
          FROM admissions
          WHERE pass_id = ?1 AND pass_kind = ?4 AND ?1 <> '' AND event_id = ?2
            AND undone_at IS NULL
          UNION ALL
          SELECT \(columns), code
          FROM admissions
          WHERE code = ?3 AND event_id = ?2 AND undone_at IS NULL
            AND (pass_id IS NULL OR pass_id <> ?1 OR pass_kind <> ?4 OR ?1 = '')
          ORDER BY id
          """),
      arguments: [pass.id, pass.eventID, pass.code, pass.kind.rawValue])
    var earlier = EarlierAdmissions()
    var known = ReportedPeople(kind: pass.kind, asked: asked, received: received)
    while let row = try rows.next() {
      if let byCode: String = row["code"], !isSameCode(byCode, pass.code) { continue }
      if earlier.first == nil {
        earlier.first = Entry(at: Date(timeIntervalSince1970: row["at"]), door: row["door"])
      }
      let people: Int = row["people"]
      earlier.people = earlier.people.addingClamped(people - known.note(row))
    }
    earlier.doubts = known.doubts
    return earlier
  }
}

/// When something was asked for or told.
struct Stamp {
  /// By the wall clock, in seconds since 1970.
  let wall: Double
  /// In the order of answers, which goes before what a clock read that may have been set in between;
  /// nil where it is not known.
  let order: Double?

  init(_ wall: Date, order: Double?) {
    self.init(wall.timeIntervalSince1970, order: order)
  }

  init(_ wall: Double, order: Double?) {
    self.wall = wall
    self.order = order
  }

  /// - Returns: nil where the row has no such time.
  init?(_ row: Row, _ name: String) {
    guard let wall: Double = row[name + "_at"] else { return nil }
    self.init(wall, order: row[name + "_order"])
  }

  func isBefore(_ other: Stamp) -> Bool {
    guard let order, let its = other.order else { return wall < other.wall }
    return order < its
  }
}

/// People of whom the service was told before it gave an answer.
private struct ReportedPeople {
  /// Of which the answer is.
  let kind: PassKind
  let asked: Stamp
  let received: Stamp

  private struct Acknowledged {
    var at: Stamp
    var people: Int
  }

  private struct Doubt {
    var reported: Stamp
    var people: Int
    /// Nil where it is not known.
    var countedIn: Int?
    var counted: Stamp
  }

  private var acknowledged: [Acknowledged] = []
  private var inDoubt: [Doubt] = []

  init(kind: PassKind, asked: Stamp, received: Stamp) {
    self.kind = kind
    self.asked = asked
    self.received = received
  }

  /// - Returns: how many of an admission's people the service was told of by then. Staff may have
  ///   changed the number since.
  mutating func note(_ row: Row) -> Int {
    let people: Int = row["people"]
    // What was told of one kind stands in no answer about another.
    guard row["pass_kind"] == kind.rawValue else { return 0 }
    if kind.isReportedByPeople, let at = Stamp(row, "acknowledged"), at.isBefore(asked) {
      let told = min(people, row["acknowledged_people"])
      acknowledged.append(Acknowledged(at: at, people: told))
      return told
    }
    if let at = Stamp(row, "reported"), at.isBefore(asked) || at.isBefore(received) {
      let told = min(people, row["reported_people"] ?? people)
      inDoubt.append(
        Doubt(
          reported: at, people: told, countedIn: row["counted_in"],
          counted: Stamp(row, "counted") ?? at))
      return told
    }
    return 0
  }

  var doubts: [EarlierAdmissions.Doubt] {
    inDoubt.map { doubt in
      // One acknowledged since may have been counted before, too; more than it counts for once
      // would let somebody in.
      let since = acknowledged.filter { !$0.at.isBefore(doubt.counted) }
      let older = inDoubt.filter { $0.reported.isBefore(doubt.counted) }
      return EarlierAdmissions.Doubt(
        people: doubt.people,
        countedWithout: since.reduce(doubt.countedIn ?? .max) { $0.addingClamped($1.people) },
        olderDoubts: older.reduce(0) { $0.addingClamped($1.people) })
    }
  }
}
