import Foundation
import SandboxVenue
import ScreenReader
import TestSupport
import Testing

extension EndToEndTests {
  /// `hooks.verdict`, with real scripts.
  @Suite struct HookTests {
    private final class Script {
      let folder = BuiltProgram.newFolder()
      var path: String { "\(folder)/hook" }

      /// - Parameter body: of a shell script that knows its own folder as `$here`.
      init(_ body: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("#!/bin/sh\nhere='\(folder)'\n\(body)\n".utf8).write(to: URL(filePath: path))
        chmod(path, 0o755)
      }

      func text(_ name: String) -> String {
        (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)) ?? ""
      }

      func lines(_ name: String) -> [String] {
        text(name).split(separator: "\n").map(String.init)
      }

      /// Waits for at most 30 seconds.
      func waitFor(_ name: String, _ isDone: ([String]) -> Bool) async throws -> [String] {
        try await wait(for: "\(name) of the hook", within: .seconds(30)) { isDone(lines(name)) }
        return lines(name)
      }
    }

    private func scan(
      _ arguments: [String], _ venue: RunningVenue, hook: String, input: String = "",
      more: [String: String] = [:]
    ) async throws -> BuiltProgram.Result {
      try await BuiltProgram.run(
        ["scan", "--event", venue.tonightEventID, "--format", "json"] + arguments,
        environment: DoorUnderTest.settings(for: venue)
          .merging(["DOORCHECK_HOOKS_VERDICT": hook]) { $1 }.merging(more) { $1 },
        input: input)
    }

    @Test func `Two hundred scans in a burst: each line that is printed is told, in order`()
      async throws
    {
      let venue = try await SandboxVenue.start()
      let script = try Script("cat >>\"$here/told\"; env >\"$here/environment\"")
      let codes = ["GROUP4XYZ", "CANCEL88", "NOSUCH404", "??", "ADA4M7X2"]
      let input = (0..<200).map { codes[$0 % codes.count] + "\n" }.joined()
      let result = try await scan([], venue, hook: script.path, input: input)
      #expect(result.lines.count == 200)
      #expect(script.lines("told") == result.lines)
      #expect(result.errors.isEmpty)
      let names = script.lines("environment").map { $0.prefix { $0 != "=" } }
      // A shell adds its own folder.
      #expect(Set(names).subtracting(["PWD", "OLDPWD", "SHLVL", "_"]) == ["PATH", "LANG"])
      await venue.stop()
    }

    @Test func `Names are shown to it as to everybody, and a dry run starts none`() async throws {
      let venue = try await SandboxVenue.start()
      let script = try Script("cat >>\"$here/told\"")
      let dry = try await scan(["--dry-run", "ADA4M7X2"], venue, hook: script.path)
      #expect(dry.exitCode == 0 && script.text("told").isEmpty)
      let hidden = try await scan(
        ["ADA4M7X2"], venue, hook: script.path, more: ["DOORCHECK_DOOR_SHOW_NAMES": "hidden"])
      #expect(hidden.exitCode == 0)
      #expect(script.lines("told") == hidden.lines)
      #expect(!script.text("told").contains("Ada"))
      await venue.stop()
    }

    @Test func `What goes wrong with it changes no verdict`() async throws {
      let venue = try await SandboxVenue.start()
      let script = try Script("exit 4")
      let result = try await scan(["--dry-run", "ADA4M7X2"], venue, hook: script.path)
      let failing = try await scan(["ADA4M7X2"], venue, hook: script.path)
      #expect(failing.exitCode == 0)
      #expect(failing.lines.count == result.lines.count)
      #expect(failing.errors == "doorcheck: hooks.verdict ended with exit status 4\n")
      let missing = try await scan(["ADA4M7X2"], venue, hook: "/nonexistent/hook")
      #expect(missing.exitCode == 78)
      #expect(missing.errors.contains("hooks.verdict") && missing.output.isEmpty)
      await venue.stop()
    }

    @Test func `The door screen tells it each verdict, but no look`() async throws {
      let script = try Script("cat >>\"$here/told\"")
      let door = try await DoorUnderTest(environment: ["DOORCHECK_HOOKS_VERDICT": script.path])
      try await door.press("\u{1B}OR")
      try door.scan("ADA4M7X2")
      try await door.session.waitFor("a look") { $0.contains("#1") && $0.contains("Ada Romero") }
      try door.scan("GROUP4XYZ")
      try await door.waitForVerdict(2, "valid")
      try door.scan("CANCEL88")
      try await door.waitForVerdict(3, "not_active")
      let told = try await script.waitFor("told") { $0.count >= 2 }
      let lines = try told.map {
        try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
      }
      #expect(lines.map { $0["reason"] as? String } == ["valid", "not_active"])
      #expect(lines.first?["admitted"] as? Int == 4)
      #expect(lines.first?["door"] as? String == "North")
      await door.end()
    }

    @Test func `A hook that hangs holds up nobody, and its failure stands on the screen`()
      async throws
    {
      let script = try Script(
        """
        cat >>"$here/told"
        [ -e "$here/fixed" ] && exit 0
        sleep 600 & echo $! >>"$here/running"
        sleep 600
        """)
      let door = try await DoorUnderTest(environment: ["DOORCHECK_HOOKS_VERDICT": script.path])
      try door.scan("GROUP4XYZ")
      try await door.waitForVerdict(1, "valid")
      try door.scan("CANCEL88")
      try await door.waitForVerdict(2, "not_active")
      let screen = try await door.session.waitFor("the failure", deadline: .seconds(30)) {
        $0.contains("hooks.verdict TOOK OVER 5 s")
      }
      #expect(screen.contains("4 admitted"))
      let child = try #require(script.lines("running").first)
      #expect(!FileManager.default.fileExists(atPath: "/proc/\(child)/exe") || isDead(child))
      _ = FileManager.default.createFile(atPath: script.folder + "/fixed", contents: nil)
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(3, "valid")
      try await door.session.waitFor("no failure", deadline: .seconds(30)) {
        !$0.contains("hooks.verdict")
      }
      #expect(script.lines("told").count == 3)
      try FileManager.default.removeItem(atPath: script.path)
      try door.scan("CANCEL88")
      try await door.session.waitFor(text: "hooks.verdict DID NOT START")
      await door.end()
    }

    private func isDead(_ identifier: String) -> Bool {
      let stat = (try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8)) ?? ""
      return stat.isEmpty || stat.contains(") Z ")
    }

    /// The script of the Operations page, with a stand-in for the program that sets the pin.
    @Test func `The relay of the Operations page opens for a green, once`() async throws {
      let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
      let page = root.appending(path: "Sources/doorcheck/doorcheck.docc/Operations.md")
      let block = try String(contentsOf: page, encoding: .utf8)
        .components(separatedBy: "```").first { $0.contains("gpioset --mode") }
      let text = try #require(block.map { $0.drop { $0 != "#" } })
      let pins = try Script("echo \"$@\" >>\"$here/set\"")
      try FileManager.default.moveItem(atPath: pins.path, toPath: pins.folder + "/gpioset")
      let script = try Script("")
      try Data(text.utf8).write(to: URL(filePath: script.path))
      let venue = try await SandboxVenue.start()
      let result = try await scan(
        ["GROUP4XYZ", "GROUP4XYZ", "CANCEL88", "??"], venue, hook: script.path,
        more: ["PATH": pins.folder + ":/usr/bin:/bin"])
      #expect(result.errors.isEmpty, "\(result.errors)")
      #expect(pins.lines("set").count == 1)
      #expect(pins.lines("set").first?.hasSuffix("17=1") == true)
      await venue.stop()
    }
  }
}
