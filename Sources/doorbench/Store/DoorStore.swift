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
    for _ in 0..<300 {
      let fetched = try await database.read { database in
        try Int.fetchOne(database, sql: "SELECT max(passes) FROM preloads")
      }
      if let fetched, fetched >= passes { return }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw BenchmarkFailure("\(passes) passes were not fetched ahead within 30 s")
  }

  /// Waits until at least so many admissions stand in it.
  func waitForAdmissions(_ admissions: Int) async throws {
    for _ in 0..<6_000 {
      let there = try await database.read { database in
        try Int.fetchOne(database, sql: "SELECT count(*) FROM admissions")
      }
      if let there, there >= admissions { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    throw BenchmarkFailure("\(admissions) admissions did not come within 60 s")
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
