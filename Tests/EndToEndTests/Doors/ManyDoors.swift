import Foundation
import PostgresServer
import SandboxVenue
import SeededRandom
import Testing

/// Doors that share a ledger, each a `scan` with a store of its own, at one venue.
struct ManyDoors: Sendable {
  /// What a door told, and where its store is.
  struct Told: Sendable {
    var lines: [VerdictLine] = []
    var diagnostics: [String] = []
    var folder: String
  }

  let venue: RunningVenue
  let server: PostgresServer
  let database: String
  /// People whom each pass allows, by its code.
  let passes: [String: Int]

  /// - Parameters:
  ///   - count: passes of 1 to 6 people, as many single ones as groups.
  ///   - server: nil: the one that all tests share.
  init(passes count: Int, seed: UInt64, on server: PostgresServer? = nil) async throws {
    var options = SandboxOptions()
    options.generatedPasses = count * 10
    options.seed = seed
    venue = try await SandboxVenue.start(options)
    let groups = (0..<count / 2).map { $0 * 10 + 9 }
    let singles = (0..<count * 2).filter { $0 % 10 != 9 }.prefix(count - groups.count)
    passes = Dictionary(
      uniqueKeysWithValues: (groups + singles).map {
        (SandboxVenue.generatedCode($0), SandboxVenue.generatedPeople($0, seed: seed))
      })
    let server = if let server { server } else { try await PostgresServer.shared() }
    self.server = server
    database = try server.newDatabase()
    let made = try await BuiltProgram.run(["ledger", "init"], environment: ledger())
    try #require(made.exitCode == 0, "\(made.errors)")
  }

  /// Codes of the passes for one person.
  var singles: [String] { passes.filter { $0.value == 1 }.keys.sorted() }

  /// - Parameter port: of what stands before the server; nil: nothing does.
  func ledger(port: Int? = nil) -> [String: String] {
    [
      "DOORCHECK_LEDGER_URL": server.url(database, port: port),
      "DOORCHECK_LEDGER_PASSWORD": PostgresServer.password,
    ]
  }

  /// What a door is given.
  func environment(
    _ name: String, folder: String, oneByOne: Bool = false, port: Int? = nil
  ) -> [String: String] {
    DoorUnderTest.settings(for: venue).merging(ledger(port: port)) { $1 }.merging([
      "DOORCHECK_DOOR_NAME": name, "DOORCHECK_STORE_PATH": folder,
      // Many doors on a small machine: nobody is amber for want of an answer.
      "DOORCHECK_FOURVENUES_DEADLINE_MS": "60000",
      "DOORCHECK_FOURVENUES_PATIENCE_MS": "60000",
      "DOORCHECK_FOURVENUES_REQUESTS_PER_SECOND": "10000",
      "DOORCHECK_RULES_GROUP_ENTRY": oneByOne ? "one" : "all",
      // Each scan is a try of its own.
      "DOORCHECK_RULES_REPEAT_SECONDS": "0",
    ]) { $1 }
  }

  /// Lets each door try its codes in its order, all doors at once.
  func run(
    _ orders: [[String]], patience milliseconds: Int = 5_000, _ more: [String: String] = [:],
    oneByOne: (Int) -> Bool
  ) async throws -> [Told] {
    try await withThrowingTaskGroup(of: (Int, Told).self) { group in
      for (index, order) in orders.enumerated() {
        let folder = BuiltProgram.newFolder()
        var environment = environment(
          "Door \(index + 1)", folder: folder, oneByOne: oneByOne(index))
        environment["DOORCHECK_LEDGER_PATIENCE_MS"] = "\(milliseconds)"
        environment.merge(more) { $1 }
        let stream = try ScanStream(environment: environment, event: venue.tonightEventID)
        group.addTask {
          stream.feed(order)
          stream.endInput()
          var told = Told(folder: folder)
          for await line in stream.lines {
            switch line {
            case .verdict(let line): told.lines.append(line)
            case .diagnostic(let text): told.diagnostics.append(text)
            }
          }
          return (index, told)
        }
      }
      var all: [Int: Told] = [:]
      for try await (index, told) in group { all[index] = told }
      return orders.indices.compactMap { all[$0] }
    }
  }

  /// What the ledger holds, read by plain SQL: people who stand, by code.
  func peopleOnLedger() throws -> [String: Int] {
    let rows = try server.query(
      """
      SELECT code, sum(people) FROM doorcheck.admissions WHERE undone_at IS NULL GROUP BY code
      """, in: database)
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], Int($0[1]) ?? 0) })
  }

  func stop() async { await venue.stop() }
}

extension [ManyDoors.Told] {
  /// People shown green, by code.
  var admitted: [String: Int] {
    flatMap(\.lines).reduce(into: [:]) { people, line in
      if line.verdict == "admit" { people[line.code, default: 0] += line.admitted ?? 0 }
    }
  }
}
