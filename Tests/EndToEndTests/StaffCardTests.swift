import Foundation
import SandboxVenue
import ScreenReader
import TestSupport
import Testing

extension EndToEndTests {
  @Suite struct StaffCardTests {
    /// What stands on the cards of a box, by command.
    private func cards(_ store: String, _ arguments: String...) async throws -> [String: String] {
      let result = try await BuiltProgram.run(
        ["cards", "--format", "json"] + arguments, environment: ["DOORCHECK_STORE_PATH": store])
      #expect(result.exitCode == 0, "\(result.errors)")
      return try result.objects().reduce(into: [:]) {
        $0[$1["command"] as? String ?? ""] = $1["code"] as? String
      }
    }

    @Test func `Cards do what keys do, and leave no trace of themselves`() async throws {
      let store = BuiltProgram.newFolder()
      let cards = try await cards(store)
      #expect(
        cards.keys.sorted() == [
          "by_hand", "choose", "direction", "fewer", "look", "more", "one_in", "one_out", "undo",
        ])
      let door = try await DoorUnderTest(environment: ["DOORCHECK_STORE_PATH": store])
      try door.scan("GROUP4XYZ")
      try await door.waitForVerdict(1, "valid")
      try door.scan(try #require(cards["fewer"]))
      try await door.session.waitFor("3 in") {
        $0.contains("Let 3 in") && $0.contains("3 admitted")
      }
      // Caps Lock, and a scanner that names the symbology.
      try door.scan("]Q1" + (try #require(cards["more"])).lowercased())
      try await door.session.waitFor("4 in") { $0.contains("4 admitted") }
      try door.scan(try #require(cards["undo"]))
      try await door.session.waitFor("off the count") {
        $0.contains("off the count") && $0.contains("0 admitted")
      }
      try door.scan("CANCEL88")
      try await door.waitForVerdict(2, "not_active")
      try door.scan(try #require(cards["by_hand"]))
      try await door.session.waitFor("one by hand") { $0.contains("1 admitted") }
      try door.scan(try #require(cards["look"]))
      try await door.session.waitFor(text: "The next scan admits nobody")
      try door.scan("ADA4M7X2")
      let look = try await door.session.waitFor("a look") { $0.contains("#3") }
      #expect(look.panelColour == .blue)
      await door.end()
      let secrets = cards.values.map { $0.dropFirst("DOORCHECK".count) }
      for name in try FileManager.default.contentsOfDirectory(atPath: store)
      where name != "staff-cards" {
        let data = try Data(contentsOf: URL(filePath: "\(store)/\(name)"))
        for secret in secrets { #expect(data.range(of: Data(secret.utf8)) == nil, "\(name)") }
      }
    }

    @Test func `A card of another box is amber and looked up nowhere`() async throws {
      let store = BuiltProgram.newFolder()
      let old = try await cards(store)
      let door = try await DoorUnderTest(environment: ["DOORCHECK_STORE_PATH": store])
      let new = try await cards(store, "--new")
      try door.scan("GROUP4XYZ")
      try await door.waitForVerdict(1, "valid")
      try door.scan(try #require(old["fewer"]))
      let amber = try await door.waitForVerdict(2, "unreadable_code")
      #expect(amber.panelColour == .amber)
      #expect(amber.contains("Staff card not valid here"), "\(amber.text)")
      #expect(amber.contains("4 admitted"))
      try door.scan("DUO2K9P4")
      try await door.waitForVerdict(3, "valid")
      try door.scan(try #require(new["undo"]))
      try await door.session.waitFor("off the count") { $0.contains("4 admitted") }
      await door.end()
    }

    @Test func `Without the screen a card is unreadable, and shows nothing of itself`() async throws
    {
      let venue = try await SandboxVenue.start()
      let store = BuiltProgram.newFolder()
      let card = try #require(try await cards(store)["undo"])
      for half in [card, String(card.dropFirst(4))] {
        let result = try await BuiltProgram.run(
          ["scan", "--event", venue.tonightEventID, "--format", "json", half],
          environment: DoorUnderTest.settings(for: venue).merging(["DOORCHECK_STORE_PATH": store]) {
            $1
          })
        let line = try #require(try result.objects().first)
        #expect(line["reason"] as? String == "unreadable_code")
        #expect(line["code"] as? String == "DOORCHECK")
        #expect(!(result.output + result.errors).contains(card.suffix(16)))
      }
      await venue.stop()
    }

    @Test func `The page and the terminal show what the cards say`() async throws {
      let store = BuiltProgram.newFolder()
      let page = NSTemporaryDirectory() + "cards-\(UUID().uuidString).html"
      let written = try await BuiltProgram.run(
        ["cards", "--html", page],
        environment: ["DOORCHECK_STORE_PATH": store, "DOORCHECK_SCREEN_LANGUAGE": "es"])
      #expect(written.exitCode == 0 && written.output.isEmpty && written.errors.isEmpty)
      let attributes = try FileManager.default.attributesOfItem(atPath: page)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      let text = try String(contentsOfFile: page, encoding: .utf8)
      #expect(text.contains("Acceso manual"))
      let cards = try await cards(store)
      #expect(
        drawn(in: text)
          == [
            "fewer", "more", "undo", "look", "by_hand", "choose", "one_in", "one_out", "direction",
          ].map { cards[$0] })
      for card in cards.values { #expect(!text.contains(card.suffix(8))) }
      // Each looks different from the others: a sign, and a band with another number of bars.
      let figures = text.components(separatedBy: "<figure>").dropFirst()
      let parts = figures.map { $0.components(separatedBy: "<svg class=\"") }
      #expect(Set(parts.map { $0.first { $0.hasPrefix("sign") } }).count == cards.count)
      #expect(Set(parts.map { $0.first { $0.hasPrefix("band") } }).count == cards.count)
    }

    /// What the drawings of a page say.
    private func drawn(in page: String) -> [String?] {
      page.components(separatedBy: " d=\"").dropFirst().map { rest in
        let path = rest.prefix { $0 != "\"" }
        let runs = path.split(separator: "z").map { piece in
          piece.split { !$0.isNumber }.compactMap { Int($0) }
        }
        let size = runs.map { $0[0] + $0[2] }.max()! - 4
        var modules = Array(repeating: Array(repeating: false, count: size), count: size)
        for run in runs {
          for column in run[0]..<(run[0] + run[2]) { modules[run[1] - 4][column - 4] = true }
        }
        return QRReader.text(of: modules)
      }
    }
  }
}
