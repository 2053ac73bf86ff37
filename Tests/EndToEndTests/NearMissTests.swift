import Foundation
import ScreenReader
import Testing

extension EndToEndTests {
  /// A code that somebody typed with one wrong character.
  @Suite struct NearMissTests {
    private static let f4 = "\u{1B}OS"

    private func door() async throws -> DoorUnderTest {
      let door = try await DoorUnderTest()
      try await door.session.waitFor("the list") { $0.contains("passes") }
      return door
    }

    private func type(_ code: String, at door: DoorUnderTest) async throws {
      try await door.session.type(slowly: code, every: .milliseconds(120))
      try await door.press("\r")
    }

    @Test func `It is offered, and choosing it is a scan like any other`() async throws {
      let door = try await door()
      try await type("WEEK3OF8", at: door)
      let red = try await door.session.waitFor("the offer") {
        $0.contains("F4: WE…OF7, Miguel Perez?")
      }
      #expect(red.panelColour == .red, "\(red.text)")
      #expect(red.contains("0 admitted"), "\(red.text)")
      try await door.press(Self.f4)
      try await door.session.waitFor("the list of it") {
        $0.contains("Miguel Perez · ") && $0.contains("1/1")
      }
      try await door.press("\r")
      let green = try await door.waitForVerdict(2, "valid")
      #expect(green.contains("Miguel Perez"), "\(green.text)")
      try await door.session.waitFor(text: "1 admitted")
      // A verdict of its own: what is refused stays refused.
      try await type("CANCEL89", at: door)
      try await door.session.waitFor(text: "F4: CA…L88")
      try await door.press(Self.f4)
      try await door.press("\r")
      try await door.waitForVerdict(4, "not_active")
      await door.end()
    }

    @Test func `What the scanner read offers nothing`() async throws {
      let door = try await door()
      try door.scan("WEEK3OF8")
      try await door.waitForVerdict(1, "unknown_pass")
      try await type("WEEK3OF9", at: door)
      let screen = try await door.session.waitFor(text: "F4: WE…OF7")
      #expect(screen.contains("#2"), "\(screen.text)")
      await door.end()
    }
  }
}
