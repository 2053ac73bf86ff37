import Foundation
import SandboxVenue
import ScreenReader
import Testing

extension EndToEndTests {
  /// What is seen of tickets, guest lists and bookings, in a real terminal.
  @Suite struct KindScreenTests {
    private static let everyKind = ["DOORCHECK_DOOR_ACCEPTS": "pass,ticket,list,booking"]

    /// What must be read of each guest, whatever the language.
    private static let guests = [
      ("TKTBUS01", ["Early Ticket", "Bus, Copa"]), ("TKTAGE21", ["21+", "Early Ticket"]),
      ("LSTBDAY7", ["Birthday: bring the cake", "General Access", "Miguel Rom"]),
      ("TABLE5S1", ["Terraza, S1", "02:00", "Sergio Centeno"]),
    ]

    @Test(arguments: [(80, 24), (40, 12)], [("en", "Scan a pass"), ("fr", "Scannez un pass")])
    func `What matters for the door is on the panel`(
      size: (Int, Int), language: (code: String, ready: String)
    ) async throws {
      let door = try await DoorUnderTest(
        columns: size.0, rows: size.1,
        environment: Self.everyKind.merging(["DOORCHECK_SCREEN_LANGUAGE": language.code]) { $1 },
        ready: language.ready)
      for (index, guest) in Self.guests.enumerated() {
        try door.scan(guest.0)
        let screen = try await door.session.waitFor("#\(index + 1) with all of \(guest.1)") {
          screen in
          screen.contains("#\(index + 1)") && guest.1.allSatisfy(screen.contains)
        }
        #expect(screen.panelColour == .green, "\(screen.text)")
      }
      await door.end()
    }

    @Test func `A code that no kind knows is not asked to be of a kind that was asked`()
      async throws
    {
      let door = try await DoorUnderTest(environment: Self.everyKind)
      try door.scan("NOSUCH404")
      let screen = try await door.waitForVerdict(1, "unknown_pass")
      #expect(screen.contains("No such pass, ticket, guest-list code or booking"))
      #expect(!screen.contains("Is it") && screen.contains("Find by name"), "\(screen.text)")
      try door.scan("LSTREMVD")
      #expect(try await door.waitForVerdict(2, "not_active").contains("No longer on the list"))
      await door.end()
    }

    private static let columns = ["kind", "note", "extras", "minimum_age", "place"]

    @Test func `Scan has columns of kinds where the door takes several`() async throws {
      let venue = try await SandboxVenue.start()
      let codes = ["TKTBUS01", "TKTAGE21", "LSTBDAY7", "TABLE5S1", "ADA4M7X2", "NOSUCH404"]
      let result = try await BuiltProgram.run(
        ["scan", "--format", "json", "--event", venue.tonightEventID] + codes,
        environment: DoorUnderTest.settings(for: venue).merging(Self.everyKind) { $1 })
      let lines = try result.objects()
      #expect(
        lines.map { $0["kind"] as? String } == ["ticket", "ticket", "list", "booking", "pass", nil])
      #expect(lines[0]["extras"] as? [String] == ["Bus", "Copa"])
      #expect(lines[1]["minimum_age"] as? Int == 21)
      #expect(lines[2]["note"] as? String == "Birthday: bring the cake")
      #expect(lines[2]["extras"] as? [String] == [])
      #expect(lines[3]["place"] as? String == "Terraza, S1")
      #expect(lines[3]["note"] is NSNull)
      for line in lines { #expect(Set(line.keys) == Set(CommandTests.fields + Self.columns)) }
      #expect(Self.columns.allSatisfy { lines[5][$0] is NSNull })
      let ends = result.lines.map { $0.range(of: "\"latency_ms\":")!.lowerBound }
      for (line, end) in zip(result.lines, ends) {
        let order = Self.columns.compactMap { line.range(of: "\"\($0)\":")?.lowerBound }
        #expect(order == order.sorted() && order.allSatisfy { $0 > end })
      }
      await venue.stop()
    }
  }
}
