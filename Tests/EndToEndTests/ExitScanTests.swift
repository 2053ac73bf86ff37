import Foundation
import PostgresServer
import SandboxVenue
import Testing

extension EndToEndTests {
  /// `scan` at an entrance and at an exit, with the program itself (Contract: Out and in again).
  @Suite struct ExitScanTests {
    private func scan(
      _ codes: [String], _ venue: RunningVenue, _ direction: String, _ more: [String: String]
    ) async throws -> (exitCode: Int32, lines: [String]) {
      let result = try await BuiltProgram.run(
        ["scan", "--event", venue.tonightEventID, "--format", "json"] + codes,
        environment: DoorUnderTest.settings(for: venue)
          .merging(["DOORCHECK_DOOR_DIRECTION": direction]) { $1 }.merging(more) { $1 })
      let lines = try result.objects().map { line in
        let counts = ["used", "admitted", "remaining"].map { column in
          (line[column] as? Int).map { "\($0)" } ?? "-"
        }
        return ([line["verdict"] as? String ?? "", line["reason"] as? String ?? ""] + counts)
          .joined(separator: " ")
      }
      return (result.exitCode, lines)
    }

    @Test(
      arguments: [
        ("refuse", 1, "refuse already_used 4 0 0"), ("allow", 0, "admit valid 0 4 0"),
      ] as [(String, Int32, String)])
    func `A group goes out and comes back, on one store`(
      reentry: String, exitCode: Int32, line: String
    ) async throws {
      let venue = try await SandboxVenue.start()
      let box = [
        "DOORCHECK_STORE_PATH": BuiltProgram.newFolder(), "DOORCHECK_RULES_REENTRY": reentry,
      ]
      let entered = try await scan(["GROUP4XYZ"], venue, "in", box)
      #expect(entered.lines == ["admit valid 0 4 0"])
      // The exit asks nobody.
      venue.setDown(true)
      let left = try await scan(["GROUP4XYZ", "ADA4M7X2"], venue, "out", box)
      #expect(left.lines == ["out left 4 0 0", "out nobody_inside 0 0 -"])
      #expect(left.exitCode == 0)
      venue.setDown(false)
      let back = try await scan(["GROUP4XYZ"], venue, "in", box)
      #expect(back.lines == [line])
      #expect(back.exitCode == exitCode)
      let report = try await BuiltProgram.run(
        ["report", "--event", venue.tonightEventID, "--format", "json"],
        environment: DoorUnderTest.settings(for: venue).merging(box) { $1 })
      let figures = try report.objects()
      func people(_ figure: String) -> Int? {
        figures.first { $0["figure"] as? String == figure }?["people"] as? Int
      }
      #expect(people("admitted") == 4)
      #expect(people("left") == 4)
      #expect(people("back") == (reentry == "allow" ? 4 : 0))
      #expect(people("inside") == (reentry == "allow" ? 4 : 0))
      await venue.stop()
    }

    @Test func `An entrance and an exit on one ledger count one by one`() async throws {
      let venue = try await SandboxVenue.start()
      let server = try await PostgresServer.shared()
      let ledger = [
        "DOORCHECK_LEDGER_URL": server.url(try server.newDatabase(), user: PostgresServer.owner),
        "DOORCHECK_LEDGER_PASSWORD": PostgresServer.password, "DOORCHECK_RULES_REENTRY": "allow",
        "DOORCHECK_RULES_GROUP_ENTRY": "one", "DOORCHECK_DOOR_CAPACITY": "300",
      ]
      _ = try await BuiltProgram.run(["ledger", "init"], environment: ledger)
      let entrance = ledger.merging(["DOORCHECK_STORE_PATH": BuiltProgram.newFolder()]) { $1 }
      let exit = ledger.merging([
        "DOORCHECK_STORE_PATH": BuiltProgram.newFolder(), "DOORCHECK_DOOR_NAME": "Back",
      ]) { $1 }
      for expected in ["admit valid 0 1 3", "admit valid 1 1 2"] {
        #expect(try await scan(["GROUP4XYZ"], venue, "in", entrance).lines == [expected])
      }
      // The exit has never seen the pass; the ledger knows its code.
      #expect(
        try await scan(["GROUP4XYZ"], venue, "out", exit).lines.first?.hasPrefix("out left") == true
      )
      #expect(try await scan(["GROUP4XYZ"], venue, "in", entrance).lines == ["admit valid 1 1 2"])
      let doors = try await BuiltProgram.run(["doors"], environment: exit)
      #expect(doors.lines.first?.contains("left") == true, "\(doors.output)")
      #expect(doors.lines.last == "2 inside of 300, 2 admitted", "\(doors.output)")
      await venue.stop()
    }
  }
}
