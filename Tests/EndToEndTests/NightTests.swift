import Glibc
import SandboxVenue
import ScreenReader
import Testing

extension EndToEndTests {
  /// Which event is tonight's, when none is named.
  @Suite struct NightTests {
    private func session(
      _ venue: RunningVenue, columns: Int = 80, rows: Int = 24, store: String? = nil
    ) throws -> TerminalSession {
      try TerminalSession(
        running: BuiltProgram.path, ["run"],
        environment: BuiltProgram.environment(
          DoorUnderTest.settings(for: venue).merging(
            store.map { ["DOORCHECK_STORE_PATH": $0] } ?? [:]
          ) { $1 }),
        columns: columns, rows: rows)
    }

    private func end(_ session: TerminalSession, _ venue: RunningVenue) async throws {
      session.program?.send(signal: SIGTERM)
      #expect(try await session.waitForEnd() == .exited(0))
      await venue.stop()
    }

    @Test func `The one event of tonight is found by its hours`() async throws {
      let venue = try await SandboxVenue.start()
      let session = try session(venue)
      try await session.waitFor(text: "Noche Sandbox")
      try session.type("ADA4M7X2\r")
      try await session.waitFor("a green panel") { $0.shows("valid") }
      try await end(session, venue)
    }

    @Test func `A service that takes every question and answers none holds up no stored night`()
      async throws
    {
      let venue = try await SandboxVenue.start()
      let store = BuiltProgram.newFolder()
      let first = try session(venue, store: store)
      try await first.waitFor(text: "passes stored")
      first.program?.send(signal: SIGTERM)
      #expect(try await first.waitForEnd() == .exited(0))
      let environment = DoorUnderTest.settings(for: venue).merging([
        "DOORCHECK_STORE_PATH": store
      ]) { $1 }
      #expect(try await BuiltProgram.run(["rates"], environment: environment).exitCode == 0)
      var faults = SandboxFaults()
      faults.hang = 1
      try venue.setFaults(faults)

      // The service's own time limit is 30 s; without the store all of this waits for it.
      let begun = ContinuousClock.now
      let again = try session(venue, store: store)
      try again.type("ADA4M7X2\r")
      let green = try await again.waitFor("a green panel") {
        $0.shows("valid") && $0.contains("Stored answer")
      }
      #expect(green.panelColour == .green)
      #expect(green.contains("Noche Sandbox"), "\(green.text)")
      #expect(begun.duration(to: .now) < .seconds(25))
      for more in [[], ["--event", venue.tonightEventID]] {
        let begun = ContinuousClock.now
        let scan = try await BuiltProgram.run(
          ["scan", "--dry-run", "--format", "json"] + more + ["DUO2K9P4"], environment: environment)
        #expect(try scan.objects().first?["reason"] as? String == "valid")
        let rates = try await BuiltProgram.run(["rates"] + more, environment: environment)
        #expect(rates.exitCode == 0)
        #expect(rates.errors.contains("these are stored"))
        #expect(!rates.lines.isEmpty)
        #expect(begun.duration(to: .now) < .seconds(25))
      }
      try await end(again, venue)
    }

    @Test func `Without an event every scan is amber and says why`() async throws {
      var options = SandboxOptions()
      options.eventsTonight = .none
      let venue = try await SandboxVenue.start(options)
      let session = try session(venue)
      try await session.waitFor("no event") { $0.contains("o event tonight") }
      try session.type("ADA4M7X2\r")
      let amber = try await session.waitFor("amber") { $0.shows("no_event") }
      #expect(amber.panelColour == .amber)
      try await end(session, venue)
      let scan = try await BuiltProgram.run(
        ["scan", "ADA4M7X2"], environment: DoorUnderTest.settings(for: venue))
      #expect(scan.exitCode == 2)
    }

    @Test(arguments: [(80, 24), (40, 12)])
    func `Of two events staff pick one; a scan neither answers nor is lost`(
      columns: Int, rows: Int
    ) async throws {
      var options = SandboxOptions()
      options.eventsTonight = .two
      let venue = try await SandboxVenue.start(options)
      let session = try session(venue, columns: columns, rows: rows)
      try await session.waitFor("both events") {
        $0.contains("Noche Sandbox") && $0.contains("Sala Dos")
      }
      try session.type("ADA4M7X2\r")
      try await session.waitFor("an amber panel") {
        $0.shows("no_event") && $0.contains("#1")
      }
      // The panel goes after a while, and the question is back.
      try await session.waitFor(text: "Enter chooses", deadline: .seconds(20))
      try session.type("\r")
      try await session.waitFor("ready") { $0.contains("Scan a pass") }
      try session.type("DUO2K9P4\r")
      try await session.waitFor("a verdict") { $0.contains("#2") && $0.shows("valid") }
      try await end(session, venue)
    }

    @Test(arguments: [["scan", "ADA4M7X2"], ["rates"]])
    func `Other commands list several events and exit 78`(command: [String]) async throws {
      var options = SandboxOptions()
      options.eventsTonight = .two
      let venue = try await SandboxVenue.start(options)
      let result = try await BuiltProgram.run(
        command, environment: DoorUnderTest.settings(for: venue))
      #expect(result.exitCode == 78)
      #expect(result.output == "")
      let events = venue.events.filter { ["Noche Sandbox", "Sala Dos"].contains($0.name) }
      #expect(events.count == 2)
      for event in events { #expect(result.errors.contains(event.id)) }
      await venue.stop()
    }

    @Test func `An event that ended 7 hours ago lets nobody be judged`() async throws {
      var options = SandboxOptions()
      options.eventsTonight = .none
      let venue = try await SandboxVenue.start(options)
      let yesterday = try #require(venue.events.first { $0.name.contains("Ayer") })
      let result = try await BuiltProgram.run(
        ["scan", "--event", yesterday.id, "--format", "json", "ADA4M7X2"],
        environment: DoorUnderTest.settings(for: venue))
      #expect(try result.objects().first?["reason"] as? String == "no_event")
      #expect(result.exitCode == 2)
      await venue.stop()
    }

    @Test func `Events lists the nights as the contract says`() async throws {
      let venue = try await SandboxVenue.start()
      let environment = DoorUnderTest.settings(for: venue)
      let result = try await BuiltProgram.run(
        ["events", "--format", "json"], environment: environment)
      #expect(result.exitCode == 0)
      let objects = try result.objects()
      #expect(
        objects.allSatisfy {
          Set($0.keys) == ["id", "name", "starts_at", "ends_at", "tonight"]
        })
      let tonight = objects.filter { $0["tonight"] as? Bool == true }
      #expect(tonight.map { $0["id"] as? String } == [venue.tonightEventID])
      await venue.stop()
      #expect(try await BuiltProgram.run(["events"], environment: environment).exitCode == 69)
    }

    @Test func `Rates lists the options as the contract says`() async throws {
      let venue = try await SandboxVenue.start()
      let environment = DoorUnderTest.settings(for: venue)
      let result = try await BuiltProgram.run(
        ["rates", "--format", "json"], environment: environment)
      #expect(result.exitCode == 0)
      let objects = try result.objects()
      let fields: Set<String> = [
        "rate_id", "rate", "people", "option_id", "price", "currency", "info", "valid_from",
        "valid_until", "holds",
      ]
      #expect(objects.allSatisfy { Set($0.keys) == fields })
      // The vendor's sample, unchanged (FourvenuesAPI: Rates).
      let general = try #require(objects.first { $0["rate"] as? String == "General Access" })
      #expect(general["price"] as? Double == 10)
      #expect(general["currency"] as? String == "EUR")
      #expect(general["info"] as? String == "Valid only for erasmus.")
      #expect(general["people"] as? Int == 1)
      #expect(general["holds"] as? Bool == true)
      await venue.stop()
      #expect(try await BuiltProgram.run(["rates"], environment: environment).exitCode == 69)
    }
  }
}
