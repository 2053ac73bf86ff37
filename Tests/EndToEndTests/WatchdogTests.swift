import Glibc
import SandboxVenue
import ScreenReader
import TestSupport
import Testing

extension EndToEndTests {
  /// What a service manager hears of the door screen, with a stand-in for it.
  @Suite struct WatchdogTests {
    /// Every 50 ms a sign.
    static func environment(_ manager: StandInServiceManager) -> [String: String] {
      ["NOTIFY_SOCKET": manager.name, "WATCHDOG_USEC": "100000"]
    }

    @Test(arguments: [false, true])
    func `It is ready once it can be scanned at, and says when it ends`(
      isAbstract: Bool
    ) async throws {
      let manager = try StandInServiceManager(isAbstract: isAbstract)
      let door = try await DoorUnderTest(environment: Self.environment(manager))
      #expect(await manager.wait(for: "READY=1"))
      #expect(await manager.wait(for: "WATCHDOG=1", times: 5))
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(1, "valid")
      #expect(!manager.messages.contains("STOPPING=1"))
      door.session.program?.send(signal: SIGTERM)
      #expect(try await door.session.waitForEnd() == .exited(0))
      #expect(manager.messages.last == "STOPPING=1")
      #expect(manager.count("READY=1") == 1)
      await door.venue.stop()
    }

    @Test func `Before the screen is painted it is not ready`() async throws {
      let manager = try StandInServiceManager()
      let venue = try await SandboxVenue.start()
      let session = try TerminalSession(
        running: "/bin/sh",
        ["-c", "read go; exec \"$0\" run --event \"$1\"", BuiltProgram.path, venue.tonightEventID],
        environment: BuiltProgram.environment(
          DoorUnderTest.settings(for: venue).merging(Self.environment(manager)) { $1 }))
      let line = open(session.terminal.path, O_RDWR | O_NOCTTY)
      defer { close(line) }
      try session.type("\r")
      // From now on the terminal takes nothing.
      tcflow(line, TCOOFF)
      #expect(await manager.wait(for: "WATCHDOG=1", times: 2))
      #expect(manager.count("READY=1") == 0)
      tcflow(line, TCOON)
      #expect(await manager.wait(for: "READY=1"))
      try await session.waitFor(text: "Scan a pass")
      session.program?.send(signal: SIGTERM)
      #expect(try await session.waitForEnd() == .exited(0))
      await venue.stop()
    }

    @Test func `A service that hangs stops no sign of life`() async throws {
      let manager = try StandInServiceManager()
      var options = SandboxOptions()
      options.faults.hang = 1
      let door = try await DoorUnderTest(
        options: options,
        environment: Self.environment(manager).merging([
          "DOORCHECK_FOURVENUES_DEADLINE_MS": "20000"
        ]) { $1 })
      try door.scan("ADA4M7X2")
      try await door.session.waitFor(text: "Looking up")
      let before = manager.count("WATCHDOG=1")
      #expect(await manager.wait(for: "WATCHDOG=1", times: before + 20))
      #expect(door.session.screen.contains("Looking up"))
      await door.end()
    }

    @Test func `A terminal that does not read stops no sign of life`() async throws {
      let manager = try StandInServiceManager()
      let door = try await DoorUnderTest(environment: Self.environment(manager))
      let line = open(door.session.terminal.path, O_RDWR | O_NOCTTY)
      defer { close(line) }
      // As Scroll Lock does on a console.
      tcflow(line, TCOOFF)
      try door.scan("ADA4M7X2")
      let before = manager.count("WATCHDOG=1")
      #expect(await manager.wait(for: "WATCHDOG=1", times: before + 20))
      tcflow(line, TCOON)
      try await door.waitForVerdict(1, "valid")
      await door.end()
    }

    @Test func `A process that stands still gives no sign, and goes on afterwards`() async throws {
      let manager = try StandInServiceManager()
      let door = try await DoorUnderTest(environment: Self.environment(manager))
      #expect(await manager.wait(for: "WATCHDOG=1"))
      door.session.program?.send(signal: SIGSTOP)
      // What was under way when it stopped has come by now; from here on nothing does.
      _ = await manager.wait(for: "never", seconds: 0.2)
      let stopped = manager.count("WATCHDOG=1")
      #expect(await !manager.wait(for: "WATCHDOG=1", times: stopped + 1, seconds: 1))
      door.session.program?.send(signal: SIGCONT)
      #expect(await manager.wait(for: "WATCHDOG=1", times: stopped + 5))
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(1, "valid")
      await door.end()
    }
  }
}
