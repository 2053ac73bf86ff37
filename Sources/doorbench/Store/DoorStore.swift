import Foundation
import GRDB

/// The store of a door that runs, looked at from outside.
struct DoorStore {
  private let database: DatabaseQueue

  /// Where a door with this name keeps it.
  static func file(_ plan: Plan, name: String) -> String {
    "\(plan.folder)/\(name)/doorcheck/doorcheck.sqlite"
  }

  init(_ plan: Plan, name: String) throws {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(5)
    database = try DatabaseQueue(
      path: Self.file(plan, name: name), configuration: configuration)
  }

  /// Waits until at least so many passes have been fetched ahead.
  func waitForPreload(of passes: Int) async throws {
    try await wait(for: passes, "SELECT max(passes) FROM preloads", looking: .milliseconds(100))
  }

  /// Waits until at least so many admissions stand in it.
  func waitForAdmissions(_ admissions: Int) async throws {
    try await wait(
      for: admissions, "SELECT count(*) FROM admissions", looking: .milliseconds(10))
  }

  /// - Parameter pause: between two looks, which is how exact the end is known.
  private func wait(for count: Int, _ sql: String, looking pause: Duration) async throws {
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
      let there = try await database.read { try Int.fetchOne($0, sql: sql) }
      if let there, there >= count { return }
      try await Task.sleep(for: pause)
    }
    throw BenchmarkFailure("\(sql) did not come to \(count) within 60 s")
  }

  /// The codes of the newest verdicts, in the order in which they were given.
  func newestVerdicts(_ count: Int) async throws -> [(code: String, isAdmitted: Bool)] {
    try await database.read { database in
      try GRDB.Row.fetchAll(
        database, sql: "SELECT code, verdict FROM journal ORDER BY id DESC LIMIT ?",
        arguments: [count]
      ).reversed().map { row in
        (row["code"] ?? "", (row["verdict"] as String?) == "admit")
      }
    }
  }
}
