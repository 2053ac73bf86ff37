import FaultServer
import Foundation
import SandboxVenue
import ScreenReader
import Testing

extension EndToEndTests {
  /// Readiness before the doors open.
  @Suite struct CheckTests {
    private static let points = [
      "configuration", "service", "key", "event", "passes", "rates", "clock", "store", "terminal",
      "colours", "locale", "scanner",
    ]

    private struct Checked {
      var exitCode: Int32
      var points: [String]
      var statuses: [String: String]
      /// Message and next step.
      var texts: [String: String]
    }

    private func check(
      _ environment: [String: String], _ arguments: [String] = []
    ) async throws -> Checked {
      let result = try await BuiltProgram.run(
        ["check", "--format", "json"] + arguments, environment: environment)
      let objects = try result.objects()
      let points = objects.map { $0["point"] as? String ?? "" }
      func all(_ name: String) -> [String] { objects.map { $0[name] as? String ?? "" } }
      return Checked(
        exitCode: result.exitCode, points: points,
        statuses: Dictionary(zip(points, all("status"))) { first, _ in first },
        texts: Dictionary(zip(points, zip(all("message"), all("next_step")).map { $0 + " " + $1 }))
        {
          first, _ in first
        })
    }

    @Test func `A venue that is ready passes on every point that can be looked at`() async throws {
      let venue = try await SandboxVenue.start()
      let checked = try await check(DoorUnderTest.settings(for: venue))
      #expect(checked.exitCode == 0)
      #expect(checked.points == Self.points)
      for point in Self.points {
        let isAboutTerminal = ["terminal", "colours", "locale", "scanner"].contains(point)
        #expect(checked.statuses[point] == (isAboutTerminal ? "skipped" : "pass"), "\(checked)")
      }
      #expect(checked.texts["event"]?.contains("Noche Sandbox") == true)
      await venue.stop()
    }

    @Test(arguments: [
      (SandboxEndpoint.passByCode, "/v2/passes/by-code"), (.passes, "/v2/passes/"),
      (.passesRates, "/passes-rates/"), (.events, "/events/"),
    ])
    func `An endpoint that the key may not use is named`(
      endpoint: SandboxEndpoint, path: String
    ) async throws {
      var options = SandboxOptions()
      options.forbiddenEndpoints = [endpoint]
      let venue = try await SandboxVenue.start(options)
      let checked = try await check(DoorUnderTest.settings(for: venue))
      #expect(checked.exitCode == 1)
      #expect(checked.statuses["key"] == "fail")
      #expect(checked.texts["key"]?.contains("\(path) (403)") == true, "\(checked)")
      #expect(checked.statuses["service"] == "pass")
      await venue.stop()
    }

    @Test func `A refused key, a silent service and a wrong configuration each end as they should`()
      async throws
    {
      var options = SandboxOptions()
      options.apiKey = "right"
      let venue = try await SandboxVenue.start(options)
      let refused = try await check(DoorUnderTest.settings(for: venue))
      #expect(refused.exitCode == 1)
      #expect(refused.statuses["key"] == "fail")
      #expect(refused.texts["key"]?.contains("401") == true)
      venue.setDown(true)
      let silent = try await check(DoorUnderTest.settings(for: venue))
      #expect(silent.exitCode == 69)
      #expect(silent.statuses["service"] == "fail")
      #expect(silent.points == Self.points)
      let wrong = try await check(
        DoorUnderTest.settings(for: venue).merging(["DOORCHECK_RULES_HOURS": "maybe"]) { $1 })
      #expect(wrong.exitCode == 78)
      #expect(wrong.statuses["configuration"] == "fail")
      #expect(wrong.texts["configuration"]?.contains("rules.hours") == true, "\(wrong)")
      #expect(Set(wrong.points) == Set(Self.points))
      await venue.stop()
    }

    @Test func `Where the key is refused every point that it keeps away says so`() async throws {
      var options = SandboxOptions()
      options.apiKey = "right"
      let venue = try await SandboxVenue.start(options)
      let refused = try await check(DoorUnderTest.settings(for: venue))
      for point in ["event", "passes", "rates"] {
        #expect(refused.texts[point]?.contains("refuses the key") == true, "\(refused)")
        #expect(refused.texts[point]?.contains("event.id") == false, "\(refused)")
      }
      await venue.stop()
    }

    @Test func `Nobody to call and a kiosk that nobody can leave are said, and fail nothing`()
      async throws
    {
      let venue = try await SandboxVenue.start()
      let checked = try await check(
        DoorUnderTest.settings(for: venue).merging([
          "DOORCHECK_DOOR_HELP": "", "DOORCHECK_KIOSK_ENABLED": "true",
        ]) { $1 })
      #expect(checked.exitCode == 0)
      #expect(checked.statuses["configuration"] == "pass")
      for text in ["door.help", "kiosk.pin_hash", "doorcheck pin"] {
        #expect(checked.texts["configuration"]?.contains(text) == true, "\(checked)")
      }
      await venue.stop()
    }

    @Test(arguments: [["scan", "AB12CD"], ["events"], ["check"]])
    func `A fresh install is told what is missing, where it goes and how to try it`(
      arguments: [String]
    ) async throws {
      let home = BuiltProgram.newFolder()
      let result = try await BuiltProgram.run(arguments, environment: ["HOME": home])
      #expect(result.exitCode == 78)
      let lines = (result.output + result.errors).split(separator: "\n")
      let line = try #require(lines.first { $0.contains("No API key") })
      #expect(line.contains("fourvenues.api_key"), "\(line)")
      #expect(line.hasSuffix("doorcheck demo"), "\(line)")
    }

    @Test func `Of several events one must be named`() async throws {
      var options = SandboxOptions()
      options.eventsTonight = .two
      let venue = try await SandboxVenue.start(options)
      let several = try await check(DoorUnderTest.settings(for: venue))
      #expect(several.exitCode == 78)
      #expect(several.texts["event"]?.contains(venue.tonightEventID) == true, "\(several)")
      let named = try await check(
        DoorUnderTest.settings(for: venue), ["--event", venue.tonightEventID])
      #expect(named.exitCode == 0, "\(named)")
      await venue.stop()
    }

    @Test func `Rules that would refuse most passes fail, by their name`() async throws {
      var options = SandboxOptions()
      options.generatedPasses = 600
      let venue = try await SandboxVenue.start(options)
      let checked = try await check(
        DoorUnderTest.settings(for: venue).merging(["DOORCHECK_RULES_ACTIVE_STATES": "sold"]) { $1 }
      )
      #expect(checked.exitCode == 1)
      #expect(checked.statuses["passes"] == "fail")
      for text in ["rules.active_states", "not_active", "\"activated\""] {
        #expect(checked.texts["passes"]?.contains(text) == true, "\(checked)")
      }
      await venue.stop()
    }

    @Test func `A clock that is off by more than a minute fails`() async throws {
      let server = try await FaultServer.start { _, _ in
        let body = #"{"success":false}"#
        let answer =
          "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
          + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        return [.send(Array(answer.utf8))]
      }
      let checked = try await check([
        "DOORCHECK_FOURVENUES_BASE_URL": server.url, "DOORCHECK_FOURVENUES_API_KEY": "x",
      ])
      #expect(checked.statuses["clock"] == "fail", "\(checked)")
      #expect(checked.texts["clock"]?.contains("ahead") == true)
      #expect(checked.exitCode == 1)
      try await server.stop()
    }

    @Test func `Beside a running door it reads the store, and hears the door's scanner`()
      async throws
    {
      let store = BuiltProgram.newFolder()
      let door = try await DoorUnderTest(environment: ["DOORCHECK_STORE_PATH": store])
      try await door.session.waitFor(text: "passes stored")
      let settings = DoorUnderTest.settings(for: door.venue)
        .merging(["DOORCHECK_STORE_PATH": store]) { $1 }
      let before = try await check(settings)
      #expect(before.statuses["scanner"] == "skipped")
      #expect(before.texts["passes"]?.contains("stored, as of") == true, "\(before)")
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(1, "valid")
      let after = try await check(settings)
      #expect(after.statuses["scanner"] == "pass", "\(after)")
      #expect(after.exitCode == 0)
      // The door goes on recording in the very same store.
      try door.scan("GROUP4XYZ")
      let screen = try await door.waitForVerdict(2, "valid")
      #expect(!screen.contains("NOT RECORDING"))
      await door.end()
    }

    // MARK: Kinds of code

    private static let everyKind = ["DOORCHECK_DOOR_ACCEPTS": "pass,ticket,list,booking"]

    @Test func `Each kind that the door takes has a line`() async throws {
      let venue = try await SandboxVenue.start()
      let settings = DoorUnderTest.settings(for: venue)
      let passes = try await check(settings)
      #expect(
        passes.texts["key"]?.contains("add ticket, list, booking to door.accepts") == true,
        "\(passes)")
      let all = try await check(settings.merging(Self.everyKind) { $1 })
      #expect(all.exitCode == 0, "\(all)")
      var points = Self.points
      points.insert(contentsOf: ["tickets", "lists", "bookings"], at: 5)
      #expect(all.points == points)
      for point in ["tickets", "lists", "bookings", "rates"] {
        #expect(all.statuses[point] == "pass", "\(all)")
      }
      #expect(all.texts["rates"]?.contains("of guest list entries") == true, "\(all)")
      await venue.stop()
    }

    @Test func `A look-up that is refused fails, and a list that is refused is advice`()
      async throws
    {
      var options = SandboxOptions()
      options.forbiddenEndpoints = [.ticketByCode, .bookings]
      let venue = try await SandboxVenue.start(options)
      let settings = DoorUnderTest.settings(for: venue)
      let checked = try await check(settings.merging(Self.everyKind) { $1 })
      #expect(checked.exitCode == 1)
      #expect(checked.statuses["key"] == "fail", "\(checked)")
      for text in ["/tickets/by-code (403)", "take ticket out of door.accepts"] {
        #expect(checked.texts["key"]?.contains(text) == true, "\(checked)")
      }
      #expect(checked.statuses["bookings"] == "pass")
      #expect(checked.texts["bookings"]?.contains("live") == true, "\(checked)")
      let without = try await check(
        settings.merging(["DOORCHECK_DOOR_ACCEPTS": "pass,list,booking"]) { $1 })
      #expect(without.exitCode == 0, "\(without)")
      #expect(without.texts["key"]?.contains("/bookings/ (403)") == true, "\(without)")
      await venue.stop()
    }

    @Test func `A misspelt type is told with the nearest one`() async throws {
      let venue = try await SandboxVenue.start()
      let settings = DoorUnderTest.settings(for: venue).merging(Self.everyKind) { $1 }
      let some = try await check(
        settings.merging(["DOORCHECK_DOOR_TYPES": "VIP,Early Tiket"]) { $1 })
      #expect(some.exitCode == 0, "\(some)")
      #expect(some.texts["types"]?.contains("did you mean \"Early Ticket\"?") == true, "\(some)")
      let none = try await check(settings.merging(["DOORCHECK_DOOR_TYPES": "Backstage"]) { $1 })
      #expect(none.exitCode == 1)
      #expect(none.statuses["types"] == "fail", "\(none)")
      await venue.stop()
    }

    // MARK: On a terminal

    private func session(
      _ venue: RunningVenue, _ arguments: [String] = [], columns: Int = 80, rows: Int = 40,
      environment: [String: String] = [:]
    ) throws -> TerminalSession {
      try TerminalSession(
        running: BuiltProgram.path, ["check"] + arguments,
        environment: BuiltProgram.environment(
          DoorUnderTest.settings(for: venue).merging(environment) { $1 }),
        columns: columns, rows: rows)
    }

    @Test(arguments: ["\r", "\n", "\r\n", "\t"])
    func `A scan is asked for, however it ends`(terminator: String) async throws {
      let venue = try await SandboxVenue.start()
      let session = try session(venue)
      try await session.waitFor(text: "scan any pass now")
      try session.type("ADA4M7X2\(terminator)")
      #expect(try await session.waitForEnd() == .exited(0))
      let screen = session.screen
      for point in Self.points { #expect(screen.contains("✓ \(point)"), "\(screen.text)") }
      #expect(!screen.contains("ADA4M7X2"), "a code is not echoed")
      #expect(!screen.contains("scan any pass now"), "\(screen.text)")
      #expect(session.terminal.modes == session.initialModes)
      let mark = try #require(screen.cell(at: "✓ key"))
      #expect(mark.foreground.green > mark.foreground.red, "green")
      await venue.stop()
    }

    @Test func `Enter skips the scanner; NO_COLOR takes the colours and nothing else`()
      async throws
    {
      let venue = try await SandboxVenue.start()
      let session = try session(venue, environment: ["NO_COLOR": "1"])
      try await session.waitFor(text: "scan any pass now")
      try session.type("\r")
      #expect(try await session.waitForEnd() == .exited(0))
      let mark = try #require(session.screen.cell(at: "✓ key"))
      #expect(mark.foreground.isDefault)
      #expect(session.screen.contains("– scanner"))
      await venue.stop()
    }

    @Test func `A barcode with Ctrl-C in it is a scan; the key leaves and restores`() async throws {
      let venue = try await SandboxVenue.start()
      let scanned = try session(venue)
      try await scanned.waitFor(text: "scan any pass now")
      try scanned.type("\u{3}AB\u{3}CD\r")
      // A point that fails, not the 130 of somebody who leaves.
      #expect(try await scanned.waitForEnd() == .exited(1))
      #expect(scanned.screen.contains("it is no code"))
      let left = try session(venue)
      try await left.waitFor(text: "scan any pass now")
      #expect(!left.terminal.modes.makesSignals)
      try left.type("\u{3}")
      #expect(try await left.waitForEnd() == .exited(130))
      #expect(left.terminal.modes == left.initialModes)
      let ended = try session(venue)
      try await ended.waitFor(text: "scan any pass now")
      ended.program?.send(signal: SIGTERM)
      #expect(try await ended.waitForEnd() == .exited(143))
      #expect(ended.terminal.modes == ended.initialModes)
      await venue.stop()
    }

    /// As over ssh from a console: the name alone says nothing of the letters' size.
    @Test func `Many rows are no small letters on what is no console`() async throws {
      let venue = try await SandboxVenue.start()
      let session = try session(
        venue, ["--no-scanner"], columns: 160, rows: 50, environment: ["TERM": "linux"])
      #expect(try await session.waitForEnd() == .exited(0))
      #expect(session.screen.contains("160×50"), "\(session.screen.text)")
      #expect(!session.screen.contains("too small"), "\(session.screen.text)")
      await venue.stop()
    }

    @Test func `A window that is too small fails`() async throws {
      let venue = try await SandboxVenue.start()
      let session = try session(venue, ["--no-scanner"], columns: 39, rows: 60)
      #expect(try await session.waitForEnd() == .exited(1))
      #expect(session.screen.contains("✗ terminal"), "\(session.screen.text)")
      await venue.stop()
    }
  }
}
