import FaultServer
import Foundation
import SandboxVenue
import ScreenReader
import Synchronization
import Testing

extension EndToEndTests {
  /// Every code at the same door: passes, tickets, guest lists and bookings.
  @Suite struct KindTests {
    private static let all = ["DOORCHECK_DOOR_ACCEPTS": "pass,ticket,list,booking"]

    private func scan(
      _ codes: [String], _ environment: [String: String], event: String
    ) async throws -> [[String: Any]] {
      try await BuiltProgram.run(
        ["scan", "--event", event, "--format", "json"] + codes, environment: environment
      ).objects()
    }

    // MARK: One kind fails in each way

    /// A letter of the code says how the endpoint of passes answers; whether the one of tickets knows
    /// the code, its end.
    private static let failures: [(letter: String, reason: String)] = [
      ("A", "unauthorized"), ("B", "unauthorized"), ("C", "service_error"), ("D", "rate_limited"),
      ("E", "service_error"), ("F", "service_error"), ("G", "offline"), ("H", "service_error"),
    ]

    private static func passes(_ code: String) -> [FaultServer.Step] {
      switch code.dropFirst(4).first {
      case "A": [.answer(401, "{}")]
      case "B": [.answer(403, "{}")]
      case "C": [.answer(404, "<html>gone</html>", headers: ["Content-Type: text/html"])]
      case "D": [.answer(429, "{}")]
      case "E": [.answer(500, "{}")]
      case "F": [.answer(200, "nonsense")]
      case "G": []
      case "H": [.answer(200, #"{"success":true,"data":{"code":"OTHER","state":"activated"}}"#)]
      default: [.answer(404, #"{"success":false}"#)]
      }
    }

    private static func tickets(_ code: String) -> [FaultServer.Step] {
      guard code.hasSuffix("KNOWN") else { return [.answer(404, #"{"success":false}"#)] }
      let data = """
        {"_id":"t\(code)","code":"\(code)","event_id":"E","for":1,"enter":0,"status":"activated",
        "name":"Ana","rate_name":"Early"}
        """
      return [.answer(200, "{\"success\":true,\"data\":\(data)}")]
    }

    @Test(arguments: ["pass,ticket", "ticket,pass"])
    func `A kind that knows the code decides, whatever the other fails at`(
      accepts: String
    ) async throws {
      let server = try await FaultServer.start { _, request in
        let code = request.target.split(separator: "/").last.map(String.init) ?? ""
        if request.target.contains("/passes/by-code/") { return Self.passes(code) }
        if request.target.contains("/tickets/by-code/") { return Self.tickets(code) }
        return [.answer(200, #"{"_id":"E","name":"Late Night"}"#)]
      }
      let codes = Self.failures.flatMap { ["CODE\($0.letter)KNOWN", "CODE\($0.letter)NOBODYS"] }
      let objects = try await scan(
        codes + ["CODEXNOBODYS"],
        [
          "DOORCHECK_FOURVENUES_BASE_URL": server.url, "DOORCHECK_FOURVENUES_API_KEY": "k",
          "DOORCHECK_FOURVENUES_DEADLINE_MS": "700", "DOORCHECK_DOOR_ACCEPTS": accepts,
          "DOORCHECK_FOURVENUES_REQUESTS_PER_SECOND": "1000",
        ], event: "E")
      try await server.stop()
      let reasons = objects.map { $0["reason"] as? String }
      #expect(
        reasons == Self.failures.flatMap { ["valid", $0.reason] } + ["unknown_pass"])
      #expect(
        objects.map { $0["kind"] as? String }
          == Self.failures.flatMap { _ in ["ticket", nil] } + [nil])
    }

    /// Its own endpoint has the newest word about a stored ticket, whatever becomes of the others.
    @Test(arguments: [
      (#"{"success":false}"#, 404, "unauthorized"), ("{}", 500, "valid"), ("{}", 403, "valid"),
    ])
    func `A stored ticket that its endpoint does not know any more is no green`(
      body: String, status: Int, reason: String
    ) async throws {
      let isDeleted = Mutex(false)
      let server = try await FaultServer.start { _, request in
        let code = request.target.split(separator: "/").last.map(String.init) ?? ""
        if request.target.contains("/passes/by-code/") { return [.answer(403, "{}")] }
        if request.target.contains("/tickets/by-code/") {
          return isDeleted.withLock { $0 } ? [.answer(status, body)] : Self.tickets(code)
        }
        return [.answer(200, #"{"_id":"E","name":"Late Night"}"#)]
      }
      let environment = [
        "DOORCHECK_FOURVENUES_BASE_URL": server.url, "DOORCHECK_FOURVENUES_API_KEY": "k",
        "DOORCHECK_FOURVENUES_DEADLINE_MS": "700", "DOORCHECK_DOOR_ACCEPTS": "pass,ticket",
        "DOORCHECK_STORE_PATH": BuiltProgram.newFolder(),
      ]
      func reasonNow() async throws -> String? {
        try await BuiltProgram.run(
          ["scan", "--event", "E", "--dry-run", "--format", "json", "CODEKNOWN"],
          environment: environment
        ).objects().first?["reason"] as? String
      }
      #expect(try await reasonNow() == "valid")
      isDeleted.withLock { $0 = true }
      #expect(try await reasonNow() == reason)
      try await server.stop()
      #expect(try await reasonNow() == (status == 404 ? "offline" : "valid"))
    }

    // MARK: The order of kinds

    @Test(arguments: [
      ("pass,ticket", "not_active", "pass"), ("ticket,pass", "valid", "ticket"),
      ("list,booking,ticket", "valid", "ticket"), ("pass", "not_active", nil),
    ])
    func `Where two kinds know a code the first decides`(
      accepts: String, reason: String, kind: String?
    ) async throws {
      let venue = try await SandboxVenue.start(SandboxOptions())
      let object = try await scan(
        ["CANCEL88"],
        DoorUnderTest.settings(for: venue).merging(["DOORCHECK_DOOR_ACCEPTS": accepts]) { $1 },
        event: venue.tonightEventID
      ).first
      #expect(object?["reason"] as? String == reason)
      #expect(object?["kind"] as? String == kind)
      // With passes alone, the columns are those of always.
      #expect((object?.keys.contains("extras") ?? false) == (accepts != "pass"))
      await venue.stop()
    }

    @Test func `Each kind's columns`() async throws {
      let venue = try await SandboxVenue.start(SandboxOptions())
      let objects = try await scan(
        ["TKTBUS01", "TKTAGE21", "LSTBDAY7", "TABLE5S1", "EARLYB1RD"],
        DoorUnderTest.settings(for: venue).merging(Self.all) { $1 }, event: venue.tonightEventID)
      await venue.stop()
      func column(_ name: String) -> [String] {
        objects.map { object in
          switch object[name] {
          case let text as String: text
          case let number as Int: "\(number)"
          case let list as [String]: list.joined(separator: "+")
          default: "null"
          }
        }
      }
      #expect(column("reason") == Array(repeating: "valid", count: 5))
      #expect(column("kind") == ["ticket", "ticket", "list", "booking", "pass"])
      #expect(
        column("note") == ["null", "null", "Birthday: bring the cake", "null", "null"])
      #expect(column("extras") == ["Bus+Copa", "", "", "", ""])
      #expect(column("minimum_age")[1] == "21")
      #expect(column("place")[3] == "Terraza, S1")
      #expect(column("admitted") == ["1", "1", "3", "5", "1"])
      #expect(column("used") == ["0", "0", "4", "0", "0"])
    }

    @Test func `Nobody comes in twice, whatever the kind, nor on what is stored`() async throws {
      let venue = try await SandboxVenue.start(SandboxOptions())
      let store = ["DOORCHECK_STORE_PATH": BuiltProgram.newFolder()]
      let settings = DoorUnderTest.settings(for: venue).merging(Self.all) { $1 }
        .merging(store) { $1 }
      let codes = ["TKTBUS01", "LSTGRP05", "TABLE5S1"]
      for expected in ["valid", "already_used"] {
        let objects = try await scan(codes, settings, event: venue.tonightEventID)
        #expect(objects.map { $0["reason"] as? String } == Array(repeating: expected, count: 3))
      }
      let event = venue.tonightEventID
      await venue.stop()
      let offline = try await scan(codes + ["TKTNEVER"], settings, event: event)
      #expect(
        offline.map { $0["reason"] as? String }
          == Array(repeating: "already_used", count: 3) + ["offline"])
      #expect(offline.map { $0["source"] as? String } == ["cache", "cache", "cache", "none"])
      // A door that takes no tickets any more knows nothing of a stored one.
      let passesAlone = try await scan(
        ["TKTBUS01"], settings.merging(["DOORCHECK_DOOR_ACCEPTS": "pass"]) { $1 }, event: event)
      #expect(passesAlone.first?["reason"] as? String == "offline")
    }

    /// Somebody tried a ticket, was told that it is none of ours, and the box was set up for tickets.
    @Test func `That a code is no pass says nothing of tickets`() async throws {
      let venue = try await SandboxVenue.start(SandboxOptions())
      let store = ["DOORCHECK_STORE_PATH": BuiltProgram.newFolder()]
      let settings = DoorUnderTest.settings(for: venue).merging(store) { $1 }
      let event = venue.tonightEventID
      let before = try await scan(["TKTBUS01"], settings, event: event)
      #expect(before.first?["reason"] as? String == "unknown_pass")
      await venue.stop()
      let after = try await scan(["TKTBUS01"], settings.merging(Self.all) { $1 }, event: event)
      #expect(after.first?["reason"] as? String == "offline")
    }

    @Test(arguments: [("VIP", "valid"), ("vip", "valid"), ("Early Ticket", "wrong_door")])
    func `A door for some types alone`(types: String, reason: String) async throws {
      let venue = try await SandboxVenue.start(SandboxOptions())
      let object = try await scan(
        ["TKTVIP01"],
        DoorUnderTest.settings(for: venue).merging(Self.all) { $1 }
          .merging(["DOORCHECK_DOOR_TYPES": types]) { $1 }, event: venue.tonightEventID
      ).first
      #expect(object?["reason"] as? String == reason)
      if reason == "wrong_door" {
        #expect((object?["message"] as? String)?.contains("VIP") == true)
      }
      await venue.stop()
    }

    /// Each is told once, by the call of its kind, and what was told is counted once.
    @Test(arguments: ["all", "one"])
    func `Each kind's entries are told`(groupEntry: String) async throws {
      let venue = try await SandboxVenue.start(SandboxOptions())
      let settings = DoorUnderTest.settings(for: venue).merging(Self.all) { $1 }
        .merging([
          "DOORCHECK_STORE_PATH": BuiltProgram.newFolder(), "DOORCHECK_CHECK_IN_REPORT": "true",
          "DOORCHECK_RULES_GROUP_ENTRY": groupEntry,
        ]) { $1 }
      let guests = [("TKTFOUR4", 4), ("LSTBDAY7", 3), ("TABLE5S1", 5), ("DUO2K9P4", 2)]
      for (code, people) in guests {
        for _ in 0..<(groupEntry == "all" ? 1 : people) {
          let object = try await scan([code], settings, event: venue.tonightEventID).first
          #expect(object?["reason"] as? String == "valid", "\(code)")
        }
        let again = try await scan([code], settings, event: venue.tonightEventID).first
        #expect(again?["reason"] as? String == "already_used", "\(code)")
        #expect(again?["allowed"] as? Int == again?["used"] as? Int)
      }
      func people(_ kind: SandboxKind) -> Int {
        venue.checkIns.filter { $0.kind == kind }.reduce(0) { $0 + $1.people }
      }
      #expect(venue.checkIns.allSatisfy { $0.status == 200 })
      #expect(people(.ticket) == 4 && people(.list) == 3 && people(.pass) == 2)
      #expect(venue.checkIns.filter { $0.kind == .booking }.map(\.bookingStatus) == ["arrival"])
      await venue.stop()
    }

    // MARK: The screen

    @Test(arguments: [(80, 24), (40, 12)])
    func `The panel says what the door must know of each kind`(
      columns: Int, rows: Int
    ) async throws {
      let door = try await DoorUnderTest(
        columns: columns, rows: rows,
        environment: Self.all.merging(["DOORCHECK_RULES_COLLECT_AT_DOOR": "list"]) { $1 })
      let expected: [(code: String, texts: [String])] = [
        ("TKTBUS01", ["Ticket", "Early Ticket", "Marina Vidal", "Bus, Copa"]),
        ("TKTAGE21", ["21+", "Ticket"]),
        ("LSTBDAY7", ["Let 3 in", "Birthday: bring the cake", "Miguel Román"]),
        ("TABLE5S1", ["Let 5 in", "Terraza, S1", "02:00", "Sergio Centeno"]),
        ("EARLYB1RD", ["Pass · early bird"]),
      ]
      for (index, row) in expected.enumerated() {
        try door.scan(row.code)
        let screen = try await door.waitForVerdict(index + 1, "valid")
        for text in row.texts {
          #expect(screen.contains(text), "\(text)\n\(screen.text)")
        }
        #expect(screen.panelColour == .green)
      }
      // The organizer's own remark about a table may be private.
      try door.scan("TABLE5S1")
      let used = try await door.waitForVerdict(expected.count + 1, "already_used")
      #expect(!used.contains("Owes for last week"), "\(used.text)")
      await door.end()
    }

    @Test func `Of a list some come now and the rest later`() async throws {
      let door = try await DoorUnderTest(environment: Self.all)
      try door.scan("LSTGRP05")
      try await door.waitForVerdict(1, "valid")
      for _ in 0..<2 { try await door.press("\u{1B}[B") }
      _ = try await door.session.waitFor(text: "Let 3 in")
      try await door.pauseTyping()
      try await door.pauseTyping()
      try await door.pauseTyping()
      try door.scan("LSTGRP05")
      let rest = try await door.waitForVerdict(2, "valid")
      #expect(rest.contains("Let 2 in"), "\(rest.text)")
      await door.end()
    }
  }
}
