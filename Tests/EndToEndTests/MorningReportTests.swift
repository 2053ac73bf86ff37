import FaultServer
import Foundation
import Glibc
import SandboxVenue
import ScreenReader
import Testing

extension EndToEndTests {
  /// A night at the door screen, and what the manager reads of it in the morning.
  @Suite struct MorningReportTests {
    private let folder = BuiltProgram.newFolder()

    private enum Key {
      static let byHand = "\u{1B}[17~"
      static let undo = "\u{1B}[19~"
    }

    private static func pass(_ code: String, _ type: String, people: Int) -> String {
      """
      {"_id":"p\(code)","code":"\(code)","state":"activated","archived":false,
      "type_name":"\(type)",
      "passes_usages":[{"event_id":"E","beneficiaries":\(people)}]}
      """
    }

    /// General: five of one each. VIP: one of four. Nine people are expected.
    private static let passes =
      (1...5).map { ("GUEST\($0)", pass("GUEST\($0)", "General", people: 1)) }
      + [("GROUP4", pass("GROUP4", "VIP", people: 4))]

    private func venue() async throws -> FaultServer {
      try await FaultServer.start { _, request in
        if request.target.contains("by-code") {
          let code = request.target.split(separator: "/").last.map(String.init) ?? ""
          guard let pass = Self.passes.first(where: { $0.0 == code }) else {
            return [.answer(404, #"{"success":false}"#)]
          }
          return [.answer(200, "{\"success\":true,\"data\":\(pass.1)}")]
        }
        if request.target.contains("/v2/passes/") {
          return [.answer(200, "[\(Self.passes.map(\.1).joined(separator: ","))]")]
        }
        if request.target.contains("rates") { return [.answer(200, "[]")] }
        // It ended an hour ago.
        let now = Int(Date().timeIntervalSince1970)
        return [
          .answer(
            200,
            """
            {"_id":"E","name":"Late Night","start":\(now - 7 * 3600),"end":\(now - 3600)}
            """)
        ]
      }
    }

    private func report(
      _ arguments: [String], event: String = "E", more: [String: String] = [:]
    ) async throws -> BuiltProgram.Result {
      try await BuiltProgram.run(
        ["report", "--event", event] + arguments,
        environment: ["DOORCHECK_STORE_PATH": folder].merging(more) { $1 })
    }

    @Test func `The morning tells what the night was`() async throws {
      let server = try await venue()
      let session = try TerminalSession.door(
        at: server, environment: ["DOORCHECK_STORE_PATH": folder, "DOORCHECK_DOOR_NAME": "North"])
      _ = try await session.waitFor(text: "6 passes", deadline: .seconds(60))
      func scan(_ number: Int, _ code: String, _ reason: String) async throws {
        try await pauseOfTyping(.milliseconds(200))
        try session.type("\(code)\r")
        _ = try await session.waitFor("#\(number) \(reason)", deadline: .seconds(60)) {
          $0.contains("#\(number)") && $0.shows(reason)
        }
      }
      func press(_ key: String) async throws {
        try await pauseOfTyping(.milliseconds(80))
        try session.type(key)
        try await pauseOfTyping(.milliseconds(80))
      }
      try await scan(1, "GUEST1", "valid")
      try await scan(2, "GROUP4", "valid")
      try await scan(3, "GUEST2", "valid")
      try await press(Key.undo)
      _ = try await session.waitFor(text: "off the count")
      // The same screenshot again and again.
      for number in 0..<3 {
        try await scan(4 + number * 2, "GROUP4", "already_used")
        try await scan(5 + number * 2, "NOSUCH\(number)", "unknown_pass")
      }
      try await press(Key.byHand)
      _ = try await session.waitFor("by hand") {
        $0.contains("counted") && $0.contains("6 admitted") && !$0.contains("saving")
      }
      session.program?.send(signal: SIGTERM)
      _ = try? await session.waitForEnd()
      try await server.stop()

      // One of five and four of four came; one more by hand.
      let text = try await report([])
      #expect(text.exitCode == 0 && text.errors.isEmpty, "\(text.errors)")
      #expect(text.output.hasPrefix("5 of 9 came, 56 %; busiest "), "\(text.output)")
      #expect(text.output.contains("1 more was let in who is not on that list"))
      #expect(text.output.contains("Late Night\n"))
      #expect(text.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
      let objects = try await report(["--format", "json"]).objects()
      let types = objects.filter { $0["figure"] as? String == "expected_type" }
      #expect(types.map { $0["name"] as? String } == ["General", "VIP"])
      #expect(types.map { $0["no_shows"] as? Int } == [4, 0])
      for (figure, count) in [("by_hand_entry", 1), ("taken_back_entry", 1), ("refused_again", 1)] {
        #expect(objects.count { $0["figure"] as? String == figure } == count, "\(figure)")
      }
      #expect(!text.output.contains("GROUP4") && !text.output.contains("GUEST"))

      let spanish = try await report(["--language", "es"], more: ["DOORCHECK_DOOR_CAPACITY": "12"])
      #expect(spanish.output.hasPrefix("Vinieron 5 de 9, 56 %; más gente "))
      #expect(spanish.output.contains("6 admitidos, aforo 12: 50 %."))
      // Without the option, as the screen.
      let italian = try await report([], more: ["DOORCHECK_SCREEN_LANGUAGE": "it"])
      #expect(italian.output.hasPrefix("5 venuti su 9, 56%; più gente "))
    }

    // MARK: Files

    private func night() async throws -> RunningVenue {
      let venue = try await SandboxVenue.start()
      _ = try await BuiltProgram.run(
        ["scan", "--event", venue.tonightEventID, "ADA4M7X2", "GROUP4XYZ", "CANCEL88"],
        environment: DoorUnderTest.settings(for: venue).merging(["DOORCHECK_STORE_PATH": folder]) {
          $1
        })
      return venue
    }

    private func names(in folder: String) -> [String] {
      (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []
    }

    @Test func `Tables are written whole into a folder, again and again`() async throws {
      let venue = try await night()
      defer { Task { await venue.stop() } }
      let target = BuiltProgram.newFolder()
      try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
      let tables = "\(target)/tables"
      for _ in 0..<2 {
        let result = try await report(
          ["--csv", tables, "--html", "\(target)/night.html"], event: venue.tonightEventID)
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(result.output.hasPrefix("So far 5 came, of how many is not known"))
        #expect(names(in: tables) == ["doors.csv", "entries.csv", "quarters.csv", "types.csv"])
      }
      let entries = try String(contentsOfFile: "\(tables)/entries.csv", encoding: .utf8)
      #expect(entries.components(separatedBy: "\r\n").count == 4)
      #expect(!entries.contains(",ADA4M7X2,"))
      #expect(names(in: target) == ["night.html", "tables"])
    }

    @Test func `What cannot be written is said, and loses nothing`() async throws {
      let venue = try await night()
      defer { Task { await venue.stop() } }
      let target = BuiltProgram.newFolder()
      try FileManager.default.createDirectory(
        atPath: "\(target)/tables/types.csv", withIntermediateDirectories: true)
      try "mine".write(toFile: "\(target)/file", atomically: false, encoding: .utf8)
      try "event_id,old".write(
        toFile: "\(target)/tables/entries.csv", atomically: false, encoding: .utf8)
      func report(_ arguments: [String]) async throws -> BuiltProgram.Result {
        try await self.report(arguments, event: venue.tonightEventID)
      }
      for (path, code, words) in [
        ("file", 64, "is not a folder"), ("tables", 64, "types.csv is a folder"),
        ("missing/tables", 74, "No such file or directory"), ("file/tables", 74, "Not a directory"),
      ] as [(String, Int32, String)] {
        let result = try await report(["--csv", "\(target)/\(path)"])
        #expect(result.exitCode == code, "\(path): \(result.errors)")
        #expect(result.errors.contains("--csv: ") && result.errors.contains(words))
        #expect(result.output.isEmpty)
      }
      // A slip of the keyboard must not cost a file of another kind, such as the store.
      let slip = try await report(["--html", "\(target)/file"])
      #expect(slip.exitCode == 64 && slip.errors.contains("holds something else"))
      #expect(try await report(["--csv", ""]).exitCode == 64)
      #expect(try await report(["--language", "de"]).exitCode == 64)
      #expect(names(in: target) == ["file", "tables"])
      #expect(names(in: "\(target)/tables") == ["entries.csv", "types.csv"])
      #expect(try String(contentsOfFile: "\(target)/file", encoding: .utf8) == "mine")
      #expect(
        try String(contentsOfFile: "\(target)/tables/entries.csv", encoding: .utf8)
          == "event_id,old")
    }

    @Test(arguments: [
      ([], "Nothing was recorded"), (["--language", "fr"], "Rien n'est enregistré"),
    ])
    func `An event without entries says so`(language: [String], words: String) async throws {
      let venue = try await night()
      defer { Task { await venue.stop() } }
      let target = BuiltProgram.newFolder()
      let result = try await report(["--csv", target] + language, event: "another")
      #expect(result.exitCode == 0)
      #expect(result.output.hasPrefix(words))
      let doors = try String(contentsOfFile: "\(target)/doors.csv", encoding: .utf8)
      #expect(doors == "event_id,door,from,until,people\r\n")
    }

    // MARK: What an end could not save

    @Test func `What an end kept beside the store is counted, and stays there`() async throws {
      let disk = try SlowDisk()
      let venue = try await disk.crowd()
      var process = try ScanProcess(venue, disk.environment(venue))
      _ = try #require(await process.scan(SandboxVenue.generatedCode(0)))
      try await disk.locked {
        try await process.admitLate()
        process.stream.endInput()
        while await process.next() != nil {}
      }
      let people = try disk.people(of: SandboxVenue.generatedCode(2))
      #expect(people == 0)
      let kept = names(in: disk.folder).filter { $0.contains("-unsaved-") }
      #expect(kept.count == 1)
      let environment = disk.environment(venue)
      let report = ["report", "--event", venue.tonightEventID]
      for _ in 0..<2 {
        let text = try await BuiltProgram.run(report, environment: environment)
        #expect(text.output.contains("2 entries are counted that are not in the store yet"))
        #expect(text.output.contains("in 3 entries"), "\(text.output)")
        let objects = try await BuiltProgram.run(
          report + ["--format", "json"], environment: environment
        ).objects()
        let unsaved = objects.first { $0["figure"] as? String == "unsaved" }
        #expect(unsaved?["waiting"] as? Int == 2)
      }
      #expect(names(in: disk.folder).filter { $0.contains("-unsaved-") } == kept)
      #expect(try disk.people(of: SandboxVenue.generatedCode(2)) == 0)
      // Without its store nothing can be added up, and it says what waits.
      for name in names(in: disk.folder) where !kept.contains(name) {
        try FileManager.default.removeItem(atPath: "\(disk.folder)/\(name)")
      }
      let lost = try await BuiltProgram.run(report, environment: environment)
      #expect(lost.exitCode == 78)
      #expect(lost.errors.contains("no store at"))
      #expect(lost.errors.contains("2 entries wait there to be recorded"), "\(lost.errors)")
      #expect(names(in: disk.folder) == kept)
      await venue.stop()
    }
  }
}
