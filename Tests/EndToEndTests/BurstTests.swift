import FaultServer
import Foundation
import SandboxVenue
import ScreenReader
import Testing

extension EndToEndTests {
  /// What scanners and barcodes do that nobody asked them for.
  @Suite struct BurstTests {
    @Test(arguments: [(80, 24), (40, 12)])
    func `A scanner that sends Enter first gives nobody the verdict of the guest before`(
      columns: Int, rows: Int
    ) async throws {
      let door = try await DoorUnderTest(columns: columns, rows: rows)
      try door.session.type("\rADA4M7X2")
      try await door.session.waitFor(text: "calibrate")
      try door.session.type("\rCANCEL88")
      try await door.session.waitFor(text: "CA…L88 dropped")
      #expect(!door.session.screen.contains("#1"), "\(door.session.screen.text)")
      try await door.pauseTyping()
      try door.scan("ADA4M7X2")
      let screen = try await door.waitForVerdict(1, "valid")
      #expect(!screen.contains("calibrate"), "\(screen.text)")
      await door.end()
    }

    @Test(arguments: ["", "\u{3}", "\u{4}", "\0", ";"])
    func `Scans without an end are counted and never joined`(end: String) async throws {
      let door = try await DoorUnderTest()
      try door.session.type("ADA4M7X2" + end)
      try await door.session.waitFor(text: "1 scan lost")
      try door.session.type("CANCEL88" + end)
      try await door.session.waitFor(text: "2 scans lost")
      await door.end()
    }

    /// Byte sequences of documents, and what of them must be nowhere.
    static let documents = [
      "@\n\u{1E}\rANSI 636014040002DL00410278ZC03190018DLDAQT64235789\nDCSSAMPLE\nDACJELANI\nDBB06061986\r",
      "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Sample;Jelani\r\nTEL:T64235789\r\nEND:VCARD\r\n",
      "MECARD:N:Sample,Jelani;TEL:T64235789;;\r", "WIFI:T:WPA;S:JELANI;P:T64235789;;\r",
      "BEGIN:VCALENDAR\nSUMMARY:Jelani\nUID:T64235789\nEND:VCALENDAR\n",
    ]

    @Test(arguments: documents)
    func `A document is one amber scan of which nothing is kept`(document: String) async throws {
      let store = BuiltProgram.newFolder()
      let door = try await DoorUnderTest(environment: ["DOORCHECK_STORE_PATH": store])
      try door.session.type(document)
      let amber = try await door.session.waitFor(text: "A document, not a pass")
      #expect(amber.contains("#1"), "\(amber.text)")
      try await door.pauseTyping()
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(2, "valid")
      await door.end()
      let names = try FileManager.default.contentsOfDirectory(atPath: store)
      #expect(!names.isEmpty)
      for name in names {
        let data = try Data(contentsOf: URL(filePath: "\(store)/\(name)"))
        for part in ["T64235789", "JELANI", "Jelani"] {
          #expect(data.range(of: Data(part.utf8)) == nil, "\(name)")
        }
      }
    }

    @Test func `A number pad without Num Lock is told`() async throws {
      let door = try await DoorUnderTest()
      try door.scan("P\u{1B}[CJ\u{1B}[B\u{1B}[FFF\u{1B}[BS")
      let screen = try await door.session.waitFor(text: "Num Lock")
      #expect(screen.shows("unreadable_code"), "\(screen.text)")
      await door.end()
    }

    @Test(arguments: [
      "\u{1B}[<35;120;44M", "\u{1B}[I", "\u{1B}[97;5u", "\u{1B}]11;rgb:1e1e/1e1e/1e1e\u{1B}\\",
      "\u{1B}[200~",
    ])
    func `What a terminal sends by itself spoils no scan`(sequence: String) async throws {
      let door = try await DoorUnderTest()
      try door.session.type(sequence + "ADA4M7X2\r")
      try await door.waitForVerdict(1, "valid")
      await door.end()
    }

    @Test func `Documents among the lines of a stream are one scan each`() async throws {
      let venue = try await SandboxVenue.start()
      let lines = Self.documents.joined(separator: "ADA4M7X2\n") + "P6J21FF2S\n"
      let result = try await BuiltProgram.run(
        ["scan", "--event", venue.tonightEventID, "--dry-run", "--format", "json"],
        environment: DoorUnderTest.settings(for: venue), input: lines)
      await venue.stop()
      let reasons = try result.output.split(separator: "\n").map { line in
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        return object?["reason"] as? String ?? "?"
      }
      #expect(reasons.filter { $0 == "unreadable_code" }.count == 5, "\(result.output)")
      #expect(reasons.count == 10, "\(result.output)")
      #expect(!result.output.contains("T64235789") && !result.output.contains("ELANI"))
    }

    /// Verdicts come in the order of the scans, so that one which were overtaken would hold them all.
    @Test func `A burst of which a third is answered with 429 is asked for in its order`()
      async throws
    {
      let server = try await FaultServer.start { number, request in
        let code = request.target.split(separator: "/").last.map(String.init) ?? ""
        guard request.target.contains("by-code") else { return [.answer(404, "")] }
        return number % 3 == 0
          ? [.answer(429, "", headers: ["Retry-After: 0"])]
          : [.answer(200, FaultyServiceTests.pass.replacing("ABCD1", with: code))]
      }
      let codes = (0..<20).map { "ABCD\(1000 + $0)" }
      let result = try await BuiltProgram.run(
        ["scan", "--event", "E", "--dry-run", "--format", "json"],
        environment: [
          "DOORCHECK_FOURVENUES_BASE_URL": server.url, "DOORCHECK_FOURVENUES_API_KEY": "k",
          "DOORCHECK_FOURVENUES_REQUESTS_PER_SECOND": "8",
        ], input: codes.map { $0 + "\n" }.joined())
      try await server.stop()
      let verdicts = result.output.split(separator: "\n")
      #expect(verdicts.count == codes.count, "\(result.output)\(result.errors)")
      for (code, verdict) in zip(codes, verdicts) {
        #expect(verdict.contains("\"\(code)\""))
        #expect(verdict.contains("\"valid\"") || verdict.contains("\"rate_limited\""), "\(verdict)")
      }
      let asked = server.requests.compactMap { request in
        codes.firstIndex { request.target.hasSuffix($0) }
      }
      var newest = 0
      for code in asked {
        newest = max(newest, code)
        // Up to eight more begin while its first answer comes, and four beside the second attempt.
        #expect(newest - code <= 12, "\(codes[code]) is asked for after \(codes[newest])")
      }
    }
  }
}
