import Admission
import FoundationEssentials
import GRDB

/// This store's own departures, corrected by what other doors did.
enum Departures {
  /// A pass at an event, by its id or its code.
  struct Key: Hashable {
    var eventID: String
    var kind: String
    /// Nil where no pass is known.
    var passID: String?
    var code: String?
  }

  /// Brings the departures of some passes to what is known now, in the transaction that is open.
  static func settle(_ keys: Set<Key>, in database: Database) throws {
    for eventID in Set(keys.map(\.eventID)) {
      let isExit =
        try Bool.fetchOne(
          database.cachedStatement(
            sql: """
              SELECT EXISTS (
                SELECT 1 FROM admissions
                WHERE event_id = ? AND kind = 'left' AND origin IS NULL AND undone_at IS NULL)
              """),
          arguments: [eventID]) ?? false
      guard isExit else { continue }
      for key in keys where key.eventID == eventID { try settle(key, in: database) }
    }
  }

  /// The same for the pass of one admission.
  static func settle(ofPassOf id: Int64, in database: Database) throws {
    let row = try Row.fetchOne(
      database, sql: "SELECT event_id, pass_kind, pass_id, code FROM admissions WHERE id = ?",
      arguments: [id])
    if let row, let key = Key(row) { try settle([key], in: database) }
  }

  /// What this store did by a clock of which nobody knows how it goes came one after the other, whatever it
  /// read: somebody may have set it in between.
  private static func inOrder(_ rows: [Row]) -> [DepartureFold.Movement] {
    var latest = -Double.infinity
    return rows.sorted { ($0["id"] as Int64) < $1["id"] }.map { row in
      var movement = DepartureFold.Movement(row)
      guard movement.isOwn, row["clock_offset"] == nil else { return movement }
      latest = max(latest, movement.at)
      movement.at = latest
      return movement
    }
  }

  private static func settle(_ key: Key, in database: Database) throws {
    let columns = """
      id, entry_id, at, origin, clock_offset, kind, people + back AS came, gone, unseen, most_gone,
      coalesce(inside, gone) AS inside, code
      """
    let rows = try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT \(columns), 1 AS is_of_pass FROM admissions
          WHERE pass_id = ?1 AND pass_kind = ?4 AND ?1 <> '' AND event_id = ?2
            AND undone_at IS NULL
          UNION ALL
          SELECT \(columns), 0 FROM admissions
          WHERE code = ?3 AND event_id = ?2 AND undone_at IS NULL
            AND (pass_id IS NULL OR ?1 IS NULL OR pass_id <> ?1 OR pass_kind <> ?4 OR ?1 = '')
          """),
      arguments: [key.passID, key.eventID, key.code, key.kind])
    let movements = inOrder(
      rows.filter { row in
        let code: String? = row["code"]
        return row["is_of_pass"] || isSameCode(code ?? "", key.code ?? "")
      })
    guard movements.contains(where: { $0.isOwn && $0.came == nil }) else { return }
    for change in DepartureFold(movements).changes {
      try database.cachedStatement(
        sql: """
          UPDATE admissions SET gone = ?1, unseen = ?2, inside = max(coalesce(inside, 0), ?1)
          WHERE id = ?3
          """
      ).execute(arguments: [change.gone, change.unseen, change.number])
      // The journal does not tell whom no door saw.
      guard let was = movements.first(where: { $0.number == change.number }),
        was.gone != change.gone, let row = rows.first(where: { $0["id"] == change.number })
      else { continue }
      try NightStore.journal(
        .people, of: change.number, at: Date(timeIntervalSince1970: row["at"]), in: database)
    }
  }
}

extension Departures.Key {
  init?(_ row: Row) {
    guard let eventID: String = row["event_id"] else { return nil }
    self.init(
      eventID: eventID, kind: row["pass_kind"], passID: row["pass_id"], code: row["code"])
    if passID == nil, code == nil { return nil }
  }
}

extension DepartureFold.Movement {
  /// A number from a hostile ledger must not overflow any sum.
  private static let mostPeople = 1 << 40

  fileprivate init(_ row: Row) {
    func people(_ column: String) -> Int {
      let people: Int? = row[column]
      return min(people ?? 0, Self.mostPeople)
    }
    let (kind, origin): (String, String?) = (row["kind"], row["origin"])
    let (at, offset): (Double, Double?) = (row["at"], row["clock_offset"])
    self.init(
      number: row["id"], entryID: row["entry_id"], at: at - (offset ?? 0), isOwn: origin == nil,
      isTimeKnown: origin == nil || offset != nil,
      came: kind == Passage.left.rawValue ? nil : people("came"), gone: people("gone"),
      unseen: people("unseen"), most: row["most_gone"], inside: people("inside"))
  }
}
