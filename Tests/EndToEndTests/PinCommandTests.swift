import Foundation
import ScreenReader
import Testing

extension EndToEndTests {
  @Suite struct PinCommandTests {
    @Test func `A line of standard input becomes a hash, alone on standard output`() async throws {
      let result = try await BuiltProgram.run(["pin"], input: "2468\n")
      #expect(result.exitCode == 0)
      #expect(result.lines.count == 1 && result.output.hasPrefix("$y$"))
      #expect(result.errors == "")
      let json = try await BuiltProgram.run(["pin", "--format", "json"], input: "2468\r\n")
      #expect(try json.objects().first?["pin_hash"] as? String != nil)
      #expect(json.output.contains("$y$"))
    }

    @Test(arguments: [
      ("", "no PIN"), ("123\n", "too short"), ("1234567890123\n", "too long"),
      ("12345x\n", "digits only"),
    ])
    func `What is no PIN ends with 64 and is not repeated`(input: String, text: String) async throws
    {
      let result = try await BuiltProgram.run(["pin"], input: input)
      #expect(result.exitCode == 64)
      #expect(result.output == "" && result.errors.contains(text))
      let given = input.trimmingCharacters(in: .newlines)
      #expect(given.isEmpty || !result.errors.contains(given))
    }

    @Test func `As an argument it is refused`() async throws {
      let result = try await BuiltProgram.run(["pin", "2468"])
      #expect(result.exitCode == 64)
      #expect(result.output == "")
    }

    @Test(arguments: [("2468", 0), ("2469", 64)])
    func `On a terminal it is asked for twice and not shown`(
      second: String, code: Int32
    ) async throws {
      let session = try TerminalSession(
        running: BuiltProgram.path, ["pin"], environment: BuiltProgram.environment())
      try await session.waitFor(text: "PIN (4 to 12 digits):")
      try session.type("24x\u{7F}68\r")
      try await session.waitFor(text: "The same again:")
      try session.type("\(second)\r")
      #expect(try await session.waitForEnd() == .exited(code))
      #expect(session.screen.contains("$y$") == (code == 0))
      let sent = String(decoding: session.output, as: UTF8.self)
      #expect(!sent.contains("24") || code == 0 && !sent.contains("2468"))
      #expect(session.terminal.modes == session.initialModes)
    }

    @Test func `Ctrl-C leaves the terminal with its echo`() async throws {
      let session = try TerminalSession(
        running: BuiltProgram.path, ["pin"], environment: BuiltProgram.environment())
      try await session.waitFor(text: "PIN (4 to 12 digits):")
      try session.type("24\u{3}")
      #expect(try await session.waitForEnd() == .exited(64))
      #expect(session.terminal.modes == session.initialModes)
    }
  }
}
