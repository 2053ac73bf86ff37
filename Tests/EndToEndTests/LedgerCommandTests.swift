import Foundation
import PostgresServer
import SandboxVenue
import Testing

extension EndToEndTests {
  /// What an administrator does with the ledger that several doors share, on a real PostgreSQL.
  @Suite struct LedgerCommandTests {
    /// A database of its own, as its owner reaches it.
    private struct Ledger {
      let server: PostgresServer
      let database: String

      init() async throws {
        server = try await .shared()
        database = try server.newDatabase()
      }

      var environment: [String: String] { environment(of: PostgresServer.owner) }

      func environment(of role: String) -> [String: String] {
        [
          "DOORCHECK_LEDGER_URL": server.url(database, user: role),
          "DOORCHECK_LEDGER_PASSWORD": PostgresServer.password,
        ]
      }

      /// A role that can do nothing yet.
      func newRole() throws -> String {
        let role = "door_\(database)"
        try server.query("CREATE ROLE \(role) LOGIN PASSWORD '\(PostgresServer.password)'")
        return role
      }
    }

    private func run(
      _ arguments: [String], _ environment: [String: String]
    ) async throws -> BuiltProgram.Result {
      let result = try await BuiltProgram.run(arguments, environment: environment)
      let all = result.output + result.errors
      #expect(!all.contains(PostgresServer.password), "the password is shown")
      return result
    }

    @Test func `A ledger is made once, and said to be current from then on`() async throws {
      let ledger = try await Ledger()
      let before = try await run(["ledger", "status"], ledger.environment)
      #expect(before.exitCode == 1)
      #expect(before.output.contains("not set up"))
      #expect(before.errors.contains("doorcheck ledger init"))
      let doors = try await run(["doors"], ledger.environment)
      #expect(doors.exitCode == 78)
      #expect(doors.errors.contains("doorcheck ledger init"))
      #expect(doors.output == "")

      let made = try await run(["ledger", "init"], ledger.environment)
      #expect(made.exitCode == 0, "\(made.errors)")
      #expect(made.output.contains("-- The ledger is new, version "))
      let again = try await run(["ledger", "init"], ledger.environment)
      #expect(again.exitCode == 0)
      #expect(again.output.contains("nothing was changed"))

      let after = try await run(["ledger", "status"], ledger.environment)
      #expect(after.exitCode == 0, "\(after.errors)")
      #expect(after.output.contains("current, version "))
      #expect(after.output.contains("127.0.0.1:\(ledger.server.port)/\(ledger.database)"))
      let empty = try await run(["doors"], ledger.environment)
      #expect(empty.exitCode == 0)
      #expect(empty.output == "")
      #expect(empty.errors.contains("no door"))
    }

    @Test func `Programs are told the same in JSON`() async throws {
      let ledger = try await Ledger()
      let made = try #require(
        try await run(["ledger", "init", "--format", "json"], ledger.environment).objects().first)
      #expect(made["version_before"] as? Int == 0)
      #expect((made["rights"] as? [String])?.isEmpty == false)
      let result = try await run(["ledger", "status", "--format", "json"], ledger.environment)
      #expect(result.lines.count == 1)
      let status = try #require(try result.objects().first)
      #expect(status["reachable"] as? Bool == true)
      #expect(status["current"] as? Bool == true)
      #expect(status["version"] as? Int == made["version"] as? Int)
      #expect(status["doors"] as? Int == 0)
      #expect(status["admissions"] as? Int == 0)
      #expect((status["latency_ms"] as? Double).map { $0 >= 0 } == true)
    }

    /// Whoever pastes what is printed has a door that works and can do nothing else.
    @Test func `The printed rights are enough for a door and not for more`() async throws {
      let ledger = try await Ledger()
      let role = try ledger.newRole()
      let made = try await run(["ledger", "init", "--role", role], ledger.environment)
      let lacking = try await run(["ledger", "status"], ledger.environment(of: role))
      #expect(lacking.exitCode == 69)
      #expect(lacking.errors.contains("permission denied"), "\(lacking.errors)")
      try ledger.server.query(made.output, in: ledger.database)
      let door = ledger.environment(of: role)
      #expect(try await run(["ledger", "status"], door).exitCode == 0)
      #expect(try await run(["doors"], door).exitCode == 0)
      let migration = try await run(["ledger", "init"], door)
      #expect(migration.exitCode == 69)
      #expect(migration.errors.contains("permission denied"), "\(migration.errors)")
      for statement in ["DROP TABLE doorcheck.admissions", "TRUNCATE doorcheck.journal"] {
        #expect(throws: (any Error).self) {
          try ledger.server.query("SET ROLE \(role); \(statement)", in: ledger.database)
        }
      }
    }

    /// The role of the administrator's URL is another one, with a password of its own.
    @Test func `An administrator names the database as they reach it`() async throws {
      let ledger = try await Ledger()
      let url =
        "postgresql://postgres@/\(ledger.database)"
        + "?host=\(ledger.server.folder)&port=\(ledger.server.port)"
      let made = try await run(
        ["ledger", "init", "--url", url],
        ["DOORCHECK_LEDGER_URL": "postgresql://north@db.example/doorcheck"])
      #expect(made.exitCode == 0, "\(made.errors)")
      #expect(made.output.contains("TO north;"))
      let without = try await run(["ledger", "init", "--url", url], [:])
      #expect(without.exitCode == 0, "\(without.errors)")
    }

    static let commands = [["ledger", "status"], ["ledger", "init"], ["doors"]]

    @Test(arguments: commands) func `Without a URL it is the configuration`(
      _ command: [String]
    ) async throws {
      for format in ["text", "json"] {
        let result = try await run(command + ["--format", format], [:])
        #expect(result.exitCode == 78)
        #expect(result.output == "")
        #expect(result.errors.contains("ledger.url"))
        #expect(result.lines.count <= 1)
      }
    }

    @Test(arguments: commands) func `A ledger that is not there cannot be reached`(
      _ command: [String]
    ) async throws {
      // Where nobody listens, and where the name leads nowhere.
      for url in ["postgresql://north@127.0.0.1:1/doorcheck", "postgresql://n@a.invalid/doorcheck"]
      {
        let result = try await run(
          command, ["DOORCHECK_LEDGER_URL": url, "DOORCHECK_LEDGER_PASSWORD": "s3cret"])
        #expect(result.exitCode == 69, "\(result.errors)")
        #expect(result.output == "")
        #expect(result.errors.hasPrefix("doorcheck: the shared ledger ("))
        #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
        #expect(!result.errors.contains("s3cret"))
      }
    }

    @Test func `For monitoring a silent ledger is an object, too`() async throws {
      let result = try await run(
        ["ledger", "status", "--format", "json"],
        ["DOORCHECK_LEDGER_URL": "postgresql://north@127.0.0.1:1/doorcheck"])
      #expect(result.exitCode == 69)
      #expect(try result.objects().first?["reachable"] as? Bool == false)
    }

    /// The server accepts connections and answers nothing.
    @Test func `A server that stands still is left alone`() async throws {
      let server = try await PostgresServer()
      let environment = [
        "DOORCHECK_LEDGER_URL": server.url("postgres"),
        "DOORCHECK_LEDGER_PASSWORD": PostgresServer.password,
      ]
      #expect(try await run(["ledger", "init"], environment).exitCode == 0)
      server.pause()
      defer { server.resume() }
      for command in Self.commands {
        #expect(try await run(command, environment).exitCode == 69)
      }
    }

    @Test func `A wrong password is said and not shown`() async throws {
      let ledger = try await Ledger()
      var environment = ledger.environment
      environment["DOORCHECK_LEDGER_PASSWORD"] = "s3cret"
      for command in Self.commands {
        let result = try await run(command, environment)
        #expect(result.exitCode == 69)
        #expect(result.errors.contains("password authentication failed"), "\(result.errors)")
        #expect(!result.errors.contains("s3cret"))
      }
    }

    @Test(arguments: [
      ["ledger", "init", "--url", "postgresql://admin:s3cret@db.example/doorcheck"],
      ["ledger", "init", "--url", "db.example"], ["ledger", "init", "--url", ""],
      ["ledger", "init", "--role", ""], ["ledger", "drop"], ["ledger", "status", "--url", "x"],
      ["doors", "--url", "x"], ["doors", "North"],
    ])
    func `Wrong usage is 64 and shows no password`(_ arguments: [String]) async throws {
      let result = try await run(arguments, [:])
      #expect(result.exitCode == 64, "\(result.errors)")
      #expect(!(result.output + result.errors).contains("s3cret"))
    }

    @Test(arguments: [["ledger", "init"], ["ledger", "status"], ["ledger"], ["doors"]])
    func `Help has examples`(_ command: [String]) async throws {
      let result = try await run(command + ["--help"], [:])
      #expect(result.exitCode == 0)
      #expect(result.output.contains("Examples"))
      #expect(result.output.contains("  doorcheck \(command.joined(separator: " "))"))
    }

    // MARK: Doors

    private func add(
      _ ledger: Ledger, _ id: String, _ name: String, rules: String = "", seenAgo: Int = 0,
      columns: String = "", values: String = ""
    ) throws {
      try ledger.server.query(
        """
        INSERT INTO doorcheck.doors (id, name, event_id, rules, last_seen, clock_offset\(columns))
        VALUES ('\(id)', '\(name)', 'e1', '\(rules)',
          now() - interval '\(seenAgo) seconds', 0.25\(values))
        """, in: ledger.database)
    }

    @Test func `Doors are a line each, with the contract's columns`() async throws {
      let ledger = try await Ledger()
      _ = try await run(["ledger", "init"], ledger.environment)
      try add(ledger, "d1", "East")
      try add(ledger, "d2", "North", columns: ", is_alone", values: ", true")
      try add(ledger, "d3", "South", seenAgo: 100)
      try add(ledger, "d4", "West", seenAgo: 5, columns: ", ended", values: ", true")
      try add(ledger, "d5", "Old", seenAgo: 90_000)
      let result = try await run(["doors", "--format", "json"], ledger.environment)
      #expect(result.exitCode == 0)
      #expect(result.errors == "")
      let doors = try result.objects()
      #expect(doors.map { $0["door"] as? String } == ["East", "North", "South", "West"])
      #expect(
        doors.map { $0["state"] as? String } == ["connected", "alone", "silent", "ended"])
      let fields = ["door", "last_seen", "people", "scans", "state", "clock_offset_seconds"]
      for (line, door) in zip(result.lines, doors) {
        #expect(Set(door.keys) == Set(fields))
        let order = fields.compactMap { line.range(of: "\"\($0)\":")?.lowerBound }
        #expect(order == order.sorted())
        #expect(door["people"] as? Int == 0)
        #expect(door["scans"] as? Int == 0)
        #expect(door["clock_offset_seconds"] as? Double == 0.25)
        let seen = try #require(door["last_seen"] as? String)
        #expect(seen.hasSuffix("+01:00") || seen.hasSuffix("+02:00"), "as Madrid keeps it")
        #expect(abs(try Date(seen, strategy: .iso8601).timeIntervalSinceNow) < 300)
      }
      let text = try await run(["doors"], ledger.environment)
      #expect(text.lines.count == 5)
      #expect(text.lines.first?.hasPrefix("door ") == true)
    }

    @Test func `Where there is an exit, the last line of doors says who is inside`() async throws {
      let ledger = try await Ledger()
      _ = try await run(["ledger", "init"], ledger.environment)
      try add(ledger, "d1", "North")
      try add(ledger, "d2", "Back door", columns: ", direction", values: ", 'out'")
      let result = try await run(
        ["doors"], ledger.environment.merging(["DOORCHECK_DOOR_CAPACITY": "300"]) { $1 })
      #expect(result.exitCode == 0)
      #expect(result.lines.count == 4)
      #expect(result.lines.last == "0 inside of 300, 0 admitted")
      let json = try await run(["doors", "--format", "json"], ledger.environment)
      #expect(json.lines.count == 2)
    }

    @Test func `Other rules for one event and an equal name are said beside the list`() async throws
    {
      let ledger = try await Ledger()
      _ = try await run(["ledger", "init"], ledger.environment)
      try add(ledger, "d1", "Main", rules: "rules.hours: enforce")
      try add(ledger, "d2", "Main")
      for format in ["text", "json"] {
        let result = try await run(["doors", "--format", format], ledger.environment)
        #expect(result.exitCode == 0)
        #expect(result.errors.contains("several doors are called Main"))
        #expect(result.errors.contains("rules.hours is "))
        #expect(!result.output.contains("rules.hours"))
      }
    }

    // MARK: Check

    private func check(
      _ environment: [String: String], _ venue: RunningVenue
    ) async throws -> (exitCode: Int32, points: [String: [String: Any]]) {
      let result = try await run(
        ["check", "--format", "json"],
        DoorUnderTest.settings(for: venue).merging(environment) { $1 })
      let points = try result.objects().map { ($0["point"] as? String ?? "", $0) }
      return (result.exitCode, Dictionary(points) { first, _ in first })
    }

    @Test func `Check looks at the ledger where there is one`() async throws {
      let venue = try await SandboxVenue.start()
      let none = try await check([:], venue)
      #expect(none.points["ledger"] == nil && none.points["doors"] == nil)

      let ledger = try await Ledger()
      let empty = try await check(ledger.environment, venue)
      #expect(empty.exitCode == 1)
      #expect(empty.points["ledger"]?["status"] as? String == "fail")
      #expect((empty.points["ledger"]?["next_step"] as? String)?.contains("ledger init") == true)
      #expect(empty.points["doors"]?["status"] as? String == "skipped")

      _ = try await run(["ledger", "init"], ledger.environment)
      try ledger.server.query(
        """
        INSERT INTO doorcheck.doors (id, name, event_id, rules, last_seen, clock_offset)
        VALUES ('d1', 'North', '\(venue.tonightEventID)', 'rules.hours: enforce', now(), 5)
        """, in: ledger.database)
      let ready = try await check(ledger.environment, venue)
      #expect(ready.exitCode == 0, "\(ready)")
      #expect(ready.points["ledger"]?["status"] as? String == "pass", "\(ready)")
      #expect(ready.points["doors"]?["status"] as? String == "pass")
      let advice = try #require(ready.points["doors"]?["next_step"] as? String)
      #expect(advice.contains("several doors are called North"))
      #expect(advice.contains("rules.hours is "))
      #expect(advice.contains("that of North is 5.0 s ahead"))
      await venue.stop()
    }

    @Test func `Check says what is wrong with the ledger and changes nothing in it`() async throws {
      let venue = try await SandboxVenue.start()
      let ledger = try await Ledger()
      let role = try ledger.newRole()
      let made = try await run(["ledger", "init", "--role", role], ledger.environment)
      try ledger.server.query(made.output, in: ledger.database)
      try ledger.server.query(
        "REVOKE INSERT, DELETE ON doorcheck.admissions FROM \(role)", in: ledger.database)
      let lacking = try await check(ledger.environment(of: role), venue)
      #expect(lacking.points["ledger"]?["status"] as? String == "fail", "\(lacking)")
      let message = try #require(lacking.points["ledger"]?["message"] as? String)
      #expect(message.contains("INSERT") && message.contains("admissions"), "\(message)")

      var wrong = ledger.environment
      wrong["DOORCHECK_LEDGER_PASSWORD"] = "s3cret"
      let refused = try await check(wrong, venue)
      #expect(refused.exitCode == 1)
      let advice = try #require(refused.points["ledger"]?["next_step"] as? String)
      #expect(advice.contains("/etc/doorcheck/credentials/ledger.password"), "\(advice)")
      #expect(!"\(refused)".contains("s3cret"))

      let gone = try await check(
        ["DOORCHECK_LEDGER_URL": "postgresql://north@127.0.0.1:1/doorcheck"], venue)
      #expect(gone.exitCode == 1)
      #expect(gone.points["ledger"]?["status"] as? String == "fail")
      #expect(
        try ledger.server.query("SELECT count(*) FROM doorcheck.doors", in: ledger.database)
          == [["0"]])
      await venue.stop()
    }
  }
}
