import Foundation
import PostgresServer
import SandboxVenue
import ScreenReader
import Testing

extension EndToEndTests {
  /// What staff see of the other doors on one ledger.
  @Suite struct DoorScreensTests {
    private static let doorsKey = "\u{1B}[18~"

    /// Two doors share a ledger, are cut off from it, let one pass in twice, and come back.
    @Test func `The screens of two doors say what the other one does`() async throws {
      let server = try await PostgresServer()
      let venue = try await SandboxVenue.start()
      let ledger = [
        "DOORCHECK_LEDGER_URL": server.url(try server.newDatabase()),
        "DOORCHECK_LEDGER_PASSWORD": PostgresServer.password,
      ]
      let made = try await BuiltProgram.run(["ledger", "init"], environment: ledger)
      try #require(made.exitCode == 0, "\(made.errors)")
      func door(_ name: String, columns: Int, rows: Int, rule: String) async throws -> DoorUnderTest
      {
        try await DoorUnderTest(
          at: venue, columns: columns, rows: rows,
          environment: ledger.merging([
            "DOORCHECK_DOOR_NAME": name, "DOORCHECK_STORE_PATH": BuiltProgram.newFolder(),
            "DOORCHECK_RULES_HOURS": rule,
          ]) { $1 })
      }
      let north = try await door("North", columns: 80, rows: 24, rule: "warn")
      let garden = try await door("Garden", columns: 40, rows: 12, rule: "ignore")
      let both = [north, garden]
      for door in both { try await door.see("two doors") { $0.contains("2 doors") } }

      try north.scan("GROUP4XYZ")
      try await north.waitForVerdict(1, "valid")
      for door in both { try await door.see("the people of both") { $0.contains("4 adm") } }
      try garden.scan("GROUP4XYZ")
      let red = try await garden.waitForVerdict(1, "already_used")
      #expect(red.contains("North"), "\(red.text)")

      try await garden.press(Self.doorsKey)
      try await garden.see("both doors") { screen in
        screen.contains("DOORS TONIGHT") && screen.contains("Garden") && screen.contains("North")
          && screen.contains("connected")
      }
      try await north.press(Self.doorsKey)
      try await north.see("its other rules") { $0.contains("other rules") }
      for door in both { try await door.press("\u{1B}") }

      server.pause()
      for door in both {
        try await door.see("that it is alone") { $0.contains("THIS DOOR ALONE since") }
      }
      for door in both {
        try door.scan("DUO2K9P4")
        try await door.waitForVerdict(2, "valid")
      }
      server.resume()
      for door in both {
        let screen = try await door.see("the double entry") {
          $0.contains("DOUBLE ENTRY DU") && !$0.contains("ALONE")
        }
        #expect(screen.contains("2 too many"), "\(screen.text)")
        try await door.see("all people again") { $0.contains("8 adm") && $0.contains("2 doors") }
        // No key ends it before somebody can have read it.
        try await door.pauseTyping()
        try await door.pauseTyping()
        try await door.press("\u{1B}")
        try await door.see("it gone") { !$0.contains("DOUBLE ENTRY") }
      }
      await garden.end()
      await north.end()
      try server.stop()
    }
  }
}

extension DoorUnderTest {
  @discardableResult
  fileprivate func see(
    _ what: String, _ holds: @Sendable @escaping (Screen) -> Bool
  ) async throws -> Screen {
    try await session.waitFor(what, deadline: .seconds(60), holds)
  }
}
