import Admission
import FoundationEssentials
import GRDB

extension NightStore {
  /// An event's figures, all from one moment.
  package func figures(eventID: String) async throws(StoreError) -> NightFigures {
    try await read { try Self.figures(eventID: eventID, in: $0) }
  }

  static func figures(eventID: String, in database: Database) throws -> NightFigures {
    var figures = NightFigures(eventID: eventID)
    try figures.readJournal(database)
    try figures.readLedger(database)
    try figures.readGroups(database)
    figures.occupancy = try Occupancy(eventID: eventID, in: database)
    figures.offline = try OfflineSpans.total(eventID: eventID, in: database)
    figures.reportCases = try reportCases(eventID: eventID, in: database)
    return figures
  }

  /// People who came in by quarter of an hour, without gaps.
  package func arrivals(
    eventID: String
  ) async throws(StoreError) -> [NightFigures.QuarterHour] {
    try await read { database in
      var arrivals = Arrivals()
      try arrivals.read(eventID: eventID, from: database)
      return arrivals.quarterHours
    }
  }
}

extension NightFigures {
  fileprivate mutating func readJournal(_ database: Database) throws {
    let span = try Row.fetchOne(
      database, sql: "SELECT min(at) AS first, max(at) AS last FROM journal WHERE event_id = ?",
      arguments: [eventID])
    let (first, last): (Double?, Double?) = (span?["first"], span?["last"])
    firstAt = first.map(Date.init(timeIntervalSince1970:))
    lastAt = last.map(Date.init(timeIntervalSince1970:))

    var counts: [Reason: [Verdict: Int]] = [:]
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT action, reason, verdict, count(*) AS scans FROM journal
        WHERE event_id = ? AND origin IS NULL
        GROUP BY action, reason, verdict
        """,
      arguments: [eventID])
    while let row = try rows.next() {
      let scans: Int = row["scans"]
      switch JournalRow.Action(rawValue: row["action"]) {
      case .scan:
        guard let reason = Reason(rawValue: row["reason"]) else { break }
        let verdict = Verdict(rawValue: row["verdict"]) ?? reason.verdict
        counts[reason, default: [:]][verdict, default: 0] += scans
      case .repeat: repeats += scans
      case .look: looks += scans
      // Those are counted where they are recorded, in the ledger.
      case nil, .byHand, .counter, .undo, .people: break
      }
    }
    reasons = Reason.allCases.flatMap { reason in
      Verdict.allCases.compactMap { verdict in
        counts[reason]?[verdict].map {
          ReasonCount(reason: reason, verdict: verdict, scans: $0)
        }
      }
    }
  }

  fileprivate mutating func readLedger(_ database: Database) throws {
    func tally(_ condition: String) throws -> Tally {
      try Row.fetchOne(
        database,
        sql: """
          SELECT count(*) AS admissions, CAST(total(people) AS INTEGER) AS people
          FROM admissions AS a LEFT JOIN outbox AS o ON o.admission_id = a.id
          WHERE a.event_id = ? AND people > 0 AND \(condition)
          """,
        arguments: [eventID]
      ).map { Tally(admissions: $0["admissions"], people: $0["people"]) } ?? Tally()
    }
    admitted = try tally("undone_at IS NULL")
    onStoredAnswers = try tally("undone_at IS NULL AND is_stored_answer AND kind = 'counted'")
    undone = try tally("undone_at IS NOT NULL")
    byHand = try tally("undone_at IS NULL AND kind = 'by_hand'")
    unreported = try tally(
      "undone_at IS NULL AND o.state <> 'withdrawn' AND acknowledged_at IS NULL")

    var arrivals = Arrivals()
    try arrivals.read(eventID: eventID, from: database)
    self.arrivals = arrivals.quarterHours
    peak = arrivals.peak
  }

  fileprivate mutating func readGroups(_ database: Database) throws {
    /// Scans and people by one column, of which the journal and the ledger both have one, and by
    /// another where there is one.
    /// - Parameter isOfEntrances: leaves out scans at an exit, and who left there.
    func groups(
      by column: String, and other: String = "NULL", isOfEntrances: Bool = false
    ) throws -> [Row] {
      let scansOf = isOfEntrances ? "AND verdict <> 'out'" : ""
      let peopleOf = isOfEntrances ? "AND people > 0" : ""
      return try Row.fetchAll(
        database,
        sql: """
          SELECT name, kind, CAST(total(scans) AS INTEGER) AS scans,
            CAST(total(people) AS INTEGER) AS people
          FROM (
            SELECT \(column) AS name, \(other) AS kind, 1 AS scans, 0 AS people FROM journal
            WHERE event_id = :event AND action = 'scan' AND origin IS NULL \(scansOf)
            UNION ALL
            SELECT \(column), \(other), 0, people FROM admissions
            WHERE event_id = :event AND undone_at IS NULL \(peopleOf))
          GROUP BY name, kind ORDER BY name, kind
          """,
        arguments: ["event": eventID])
    }
    // Of a pass without a type nothing is known, as of what is no pass.
    let kind = "nullif(coalesce(pass_kind, 'pass'), iif(pass_type IS NULL, 'pass', NULL))"
    passTypes = try groups(by: "pass_type", and: kind, isOfEntrances: true).map {
      let name: String? = $0["kind"]
      return PassTypeCount(
        kind: name.flatMap(PassKind.init), passType: $0["name"], scans: $0["scans"],
        people: $0["people"])
    }
    .sorted { ($1.people, $1.scans) < ($0.people, $0.scans) }
    let others = try String.fetchSet(
      database,
      sql: """
        SELECT door FROM admissions WHERE event_id = :event AND origin IS NOT NULL
        EXCEPT SELECT door FROM journal WHERE event_id = :event AND origin IS NULL
        """,
      arguments: ["event": eventID])
    doors = try groups(by: "door").map {
      let door: String = $0["name"]
      return DoorCount(
        door: door, scans: others.contains(door) ? nil : $0["scans"], people: $0["people"])
    }
    isOfSeveralBoxes =
      try Bool.fetchOne(
        database,
        sql: """
          SELECT EXISTS (SELECT 1 FROM admissions WHERE event_id = ? AND origin IS NOT NULL)
          """,
        arguments: [eventID]) ?? false
  }
}
