import FoundationEssentials
import GRDB

/// Who came in when, each once: admissions in the order of their times.
struct Arrivals {
  private struct Arrival {
    var at: Double
    var people: Int
  }

  private static let quarter = 900.0
  /// A wall clock that was set in between could ask for any number of empty quarters: a week's.
  private static let mostQuarters = 7 * 24 * 4

  private var quarters: [Int: Int] = [:]
  private var newest: [Arrival] = []
  private var peopleInNewest = 0
  private(set) var peak: NightFigures.Peak?

  mutating func read(eventID: String, from database: Database) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT at, people FROM admissions
        WHERE event_id = ? AND undone_at IS NULL AND people > 0 ORDER BY at, id
        """,
      arguments: [eventID])
    while let row = try rows.next() { add(at: row["at"], people: row["people"]) }
  }

  /// - Parameter at: seconds since 1970, never before the one before.
  mutating func add(at: Double, people: Int) {
    // A number of people from a hostile answer must not overflow any sum.
    let people = min(people, 1_000_000)
    // Every zone of today is whole quarters from UTC, so these are the local clock's too.
    quarters[Int((at / Self.quarter).rounded(.down)), default: 0] += people

    newest.append(Arrival(at: at, people: people))
    peopleInNewest += people
    let left = newest.prefix { $0.at <= at - NightFigures.peakSpan }
    peopleInNewest -= left.reduce(0) { $0 + $1.people }
    newest.removeFirst(left.count)
    if peopleInNewest > peak?.people ?? 0, let first = newest.first {
      peak = NightFigures.Peak(
        start: Date(timeIntervalSince1970: first.at), people: peopleInNewest)
    }
  }

  /// From the first quarter with an arrival to the last; the empty ones between them are left out
  /// only where there would be more than a week of them.
  var quarterHours: [NightFigures.QuarterHour] {
    guard let first = quarters.keys.min(), let last = quarters.keys.max() else { return [] }
    let numbers = last - first < Self.mostQuarters ? Array(first...last) : quarters.keys.sorted()
    return numbers.map {
      NightFigures.QuarterHour(
        start: Date(timeIntervalSince1970: Double($0) * Self.quarter), people: quarters[$0] ?? 0)
    }
  }
}
