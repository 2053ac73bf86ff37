package import Admission
package import FoundationEssentials
import GRDB

/// Something of the service, and when it was asked for.
package struct Fetched<Value: Sendable & Equatable>: Sendable, Equatable {
  package var value: Value
  package var fetchedAt: Date
}

extension NightStore {
  /// Stores what the service said of events. What came last holds, whatever the clock says that stamps
  /// it.
  package func store(events: [Event], fetchedAt: Date) async throws(StoreError) {
    try await write(on: pool) { database in
      for event in events {
        try database.execute(
          sql: """
            INSERT INTO events (id, name, starts_at, ends_at, fetched_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
              name = excluded.name, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
              fetched_at = excluded.fetched_at
            """,
          arguments: [
            event.id, event.name, event.startsAt?.timeIntervalSince1970,
            event.endsAt?.timeIntervalSince1970, fetchedAt.timeIntervalSince1970,
          ])
      }
    }
  }

  /// All stored events, by their start; those without one come last.
  package func storedEvents() async throws(StoreError) -> [Fetched<Event>] {
    try await read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM events ORDER BY starts_at NULLS LAST, id")
        .map(Self.event)
    }
  }

  package func storedEvent(id: String) async throws(StoreError) -> Fetched<Event>? {
    try await read { database in
      try Row.fetchOne(database, sql: "SELECT * FROM events WHERE id = ?", arguments: [id])
        .map(Self.event)
    }
  }

  /// Stores the whole price list of an event for passes of a kind: a rate that is not in it is gone.
  /// What came last holds.
  package func store(
    rates: [Rate], kind: PassKind = .pass, eventID: String, fetchedAt: Date
  ) async throws(StoreError) {
    let text: String
    do {
      text = try RateText.encode(rates)
    } catch {
      throw StoreError(error)
    }
    try await write(on: pool) { database in
      try database.execute(
        sql: """
          INSERT INTO rates (event_id, kind, rates, fetched_at) VALUES (?, ?, ?, ?)
          ON CONFLICT (event_id, kind) DO UPDATE SET
            rates = excluded.rates, fetched_at = excluded.fetched_at
          """,
        arguments: [eventID, kind.rawValue, text, fetchedAt.timeIntervalSince1970])
    }
  }

  /// The stored price lists of an event for passes of some kinds, in the order of the kinds, and as old
  /// as the oldest of them; nil where none is stored.
  package func storedRates(
    eventID: String, kinds: [PassKind] = PassKind.allCases
  ) async throws(StoreError) -> Fetched<[Rate]>? {
    try await read { database in
      let lists = try kinds.compactMap { kind in
        try Row.fetchOne(
          database, sql: "SELECT rates, fetched_at FROM rates WHERE event_id = ? AND kind = ?",
          arguments: [eventID, kind.rawValue])
      }
      guard let oldest = lists.map({ $0["fetched_at"] as Double }).min() else { return nil }
      return Fetched(
        value: try lists.flatMap { try RateText.decode($0["rates"]) },
        fetchedAt: Date(timeIntervalSince1970: oldest))
    }
  }

  private static func event(_ row: Row) -> Fetched<Event> {
    let (start, end): (Double?, Double?) = (row["starts_at"], row["ends_at"])
    return Fetched(
      value: Event(
        id: row["id"], name: row["name"], startsAt: start.map(Date.init(timeIntervalSince1970:)),
        endsAt: end.map(Date.init(timeIntervalSince1970:))),
      fetchedAt: Date(timeIntervalSince1970: row["fetched_at"]))
  }
}
