package import Admission
import FoundationEssentials
import GRDB

extension NightStore {
  /// Passes on which more people came in than allowed, at several doors, by the time of the first.
  package func doubleEntries(eventID: String) async throws(StoreError) -> [DoubleEntry] {
    try await read { try Self.doubleEntries(eventID: eventID, in: $0) }
  }

  static func doubleEntries(eventID: String, in database: Database) throws -> [DoubleEntry] {
    try PassesAtDoors.ofSeveral(eventID: eventID, in: database)
      .compactMap { try PassesAtDoors.found(at: $0, in: database)?.entry }
      .sorted { ($0.parts[0].at, $0.passID) < ($1.parts[0].at, $1.passID) }
  }

  /// Double entries at an event that this store's door took part in and that nobody has been told of,
  /// which are told now. One of which staff were told is told again when more people came in on it.
  package func untoldDoubleEntries(eventID: String) async throws(StoreError) -> [DoubleEntry] {
    let place = connections.place
    let before = place.lookedUpTo(eventID: eventID)
    let (newest, untold) = try await read { database in
      let newest =
        try Int64.fetchOne(database.cachedStatement(sql: "SELECT max(id) FROM journal")) ?? 0
      if newest == before { return (newest, [PassesAtDoors.Key]()) }
      let passes =
        try before.map { try PassesAtDoors.changed(since: $0, eventID: eventID, in: database) }
        ?? PassesAtDoors.ofSeveral(eventID: eventID, in: database)
      return (
        newest,
        try passes.filter { try PassesAtDoors.found(at: $0, in: database)?.isUntold ?? false }
      )
    }
    var told: [DoubleEntry] = []
    if !untold.isEmpty {
      told = try await write(on: journal) { database in
        try untold.compactMap { key in
          // Another process of this box may just have told it.
          guard let found = try PassesAtDoors.found(at: key, in: database), found.isUntold else {
            return nil
          }
          try database.execute(
            sql: "UPDATE admissions SET told_people = ? WHERE id = ?",
            arguments: [found.people, found.ownAdmission])
          return found.entry
        }
      }
      logSync.due()
    }
    place.note(lookedUpTo: newest, eventID: eventID)
    return told.sorted { $0.parts[0].at < $1.parts[0].at }
  }
}

/// Passes that were tried at several doors, and who came in on each.
enum PassesAtDoors {
  /// A pass at an event: by its id, or where it has none, by its code.
  struct Key: Sendable {
    var eventID: String
    var kind: PassKind
    var passID: String
    var code: String?
  }

  struct Found {
    var entry: DoubleEntry
    var people: Int
    /// The first that this store's door let in on it; nil where it let in nobody.
    var ownAdmission: Int64?
    /// Of how many people staff here were told; nil: of none.
    var told: Int?

    var isUntold: Bool { ownAdmission != nil && people > told ?? 0 }
  }

  private static let key = """
    SELECT pass_kind, pass_id, iif(pass_id = '', code, NULL) AS code FROM admissions
    """

  static func ofSeveral(eventID: String, in database: Database) throws -> [Key] {
    try keys(
      Row.fetchAll(
        database,
        sql: """
          \(key) WHERE event_id = ? AND kind = 'counted' AND undone_at IS NULL
          GROUP BY 1, 2, 3 HAVING count(DISTINCT coalesce(origin, '')) > 1
          """,
        arguments: [eventID]), eventID)
  }

  /// Those on which somebody came in, or was corrected, after a line of the journal.
  static func changed(since line: Int64, eventID: String, in database: Database) throws -> [Key] {
    try keys(
      Row.fetchAll(
        database.cachedStatement(
          sql: """
            \(key) WHERE event_id = ? AND kind = 'counted' AND id IN (
              SELECT admission_id FROM journal NOT INDEXED
              WHERE id > ? AND admission_id IS NOT NULL)
            GROUP BY 1, 2, 3
            """),
        arguments: [eventID, line]), eventID)
  }

  private static func keys(_ rows: [Row], _ eventID: String) -> [Key] {
    rows.compactMap { row in
      guard let kind = PassKind(rawValue: row["pass_kind"]) else { return nil }
      let key = Key(eventID: eventID, kind: kind, passID: row["pass_id"], code: row["code"])
      // Once its code is forgotten, nothing tells a pass without an id from another.
      return key.passID.isEmpty && key.code == nil ? nil : key
    }
  }

  /// - Returns: nil where no more people came in on it than allowed, or all at one door.
  static func found(at key: Key, in database: Database) throws -> Found? {
    let rows = try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT id, origin, door, at, people, back, coalesce(pass_allows, allowed) AS allowed, used,
            undone_at, code, pass_type, told_people
          FROM admissions
          WHERE event_id = ?1 AND pass_kind = ?2 AND pass_id = ?3 AND kind = 'counted'
            AND (?3 <> '' OR code = ?4)
          ORDER BY at, id
          """),
      arguments: [key.eventID, key.kind.rawValue, key.passID, key.code])
    let cameBack = try cameBackTwice(at: key, rows, in: database)
    // Who came back is in once, unless two doors let them.
    func entered(by row: Row) -> Int { row["people"] + (cameBack > 0 ? row["back"] : 0) }
    let standing = rows.filter { $0["undone_at"] == nil && entered(by: $0) > 0 }
    let doors = Set(standing.map { $0["origin"] as String? })
    // Whom the service had counted in before any of them; also before one that was taken back.
    let used = rows.map { $0["used"] as Int }.min() ?? 0
    let allowed = standing.map { $0["allowed"] as Int }.max() ?? 0
    let people = standing.reduce(cameBack) { $0.addingClamped($1["people"]) }
    guard doors.count > 1, used.addingClamped(people) > allowed else { return nil }
    func newest(_ column: String) -> String? {
      standing.compactMap { row -> String? in row[column] }.last
    }
    let own = rows.filter { $0["origin"] == nil }
    return Found(
      entry: DoubleEntry(
        eventID: key.eventID, kind: key.kind, passID: key.passID, code: newest("code"),
        passType: newest("pass_type"), allowed: allowed,
        parts: standing.map {
          DoubleEntry.Part(
            door: $0["door"], at: Date(timeIntervalSince1970: $0["at"]), people: entered(by: $0))
        }),
      people: people, ownAdmission: doors.contains(nil) ? own.map { $0["id"] }.min() : nil,
      told: own.compactMap { $0["told_people"] }.max())
  }

  /// How many more people came back on it than had left: doors that could not hear each other let the
  /// same one in.
  /// - Parameter entries: who was let in on it.
  private static func cameBackTwice(
    at key: Key, _ entries: [Row], in database: Database
  ) throws -> Int {
    guard entries.contains(where: { $0["back"] > 0 && $0["undone_at"] == nil }) else { return 0 }
    let ofPass =
      key.passID.isEmpty
      ? 0
      : try Int.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT sum(back - gone) FROM admissions
            WHERE event_id = ? AND pass_kind = ? AND pass_id = ? AND undone_at IS NULL
            """),
        arguments: [key.eventID, key.kind.rawValue, key.passID]) ?? 0
    // An exit may know a code without its pass.
    let ofCodes = try Set(entries.compactMap { ($0["code"] as String?)?.lowercased() }).reduce(0) {
      $0
        + (try Int.fetchOne(
          database.cachedStatement(
            sql: """
              SELECT sum(back - gone) FROM admissions
              WHERE code = ? AND event_id = ? AND pass_kind = ? AND undone_at IS NULL
                AND (pass_id IS NULL OR pass_id = '')
              """),
          arguments: [$1, key.eventID, key.kind.rawValue]) ?? 0)
    }
    return max(0, ofPass + ofCodes)
  }
}
