import Foundation
import Glibc
import SandboxVenue
import ScreenReader
import Testing

extension EndToEndTests {
  /// What the door screen leaves in the journal.
  @Suite struct LogTests {
    /// Scans on a screen whose standard error is a file, which may pass for the journal.
    private func log(isJournal: Bool) async throws -> [String] {
      let path = BuiltProgram.newFolder()
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try Data().write(to: URL(fileURLWithPath: path))
      var status = stat()
      #expect(stat(path, &status) == 0)
      let inode = isJournal ? status.st_ino : status.st_ino + 1
      let venue = try await SandboxVenue.start()
      let session = try TerminalSession(
        running: BuiltProgram.path, ["run", "--event", venue.tonightEventID],
        environment: BuiltProgram.environment(
          DoorUnderTest.settings(for: venue).merging([
            "JOURNAL_STREAM": "\(status.st_dev):\(inode)",
            "DOORCHECK_FOURVENUES_API_KEY": "sk-secret",
          ]) { $1 }),
        errorPath: path)
      try await session.waitFor(text: "Scan a pass")
      try session.type("ADA4M7X2\r")
      try await session.waitFor(text: "Ada Romero")
      try session.type("P6J21FF2S\r")
      try await session.waitFor(text: "Already used")
      try session.type("\u{1B}]0;evil\u{7}\r")
      try await session.waitFor(text: "SCAN AGAIN")
      session.program?.send(signal: SIGTERM)
      #expect(try await session.waitForEnd() == .exited(0))
      await venue.stop()
      let text = try String(contentsOfFile: path, encoding: .utf8)
      for hidden in ["Ada", "Romero", "Miguel", "ADA4M7X2", "P6J21FF2S", "sk-secret", "\u{1B}"] {
        #expect(!text.contains(hidden), "\(hidden)")
      }
      return text.split(separator: "\n").map(String.init)
    }

    @Test func `The journal gets priorities and no times, a line a scan`() async throws {
      let lines = try await log(isJournal: true)
      #expect(lines.allSatisfy { $0.hasPrefix("<") && $0.dropFirst(2).hasPrefix(">") }, "\(lines)")
      let scans = lines.filter { $0.hasPrefix("<6>scan #") }
      #expect(scans.count == 3)
      let pattern =
        /<6>scan #1 code=AD…7X2 verdict=admit reason=valid source=live admitted=1 latency_ms=\d+/
      #expect(try scans.first.map { try pattern.wholeMatch(in: $0) != nil } == true, "\(scans)")
      #expect(scans[1].contains("code=P6…F2S verdict=refuse reason=already_used"))
      #expect(scans[2].contains("verdict=unverified reason=unreadable_code source=none"))
    }

    @Test func `A file gets times and levels`() async throws {
      let lines = try await log(isJournal: false)
      #expect(lines.allSatisfy { $0.hasPrefix("20") && $0.contains("Z ") }, "\(lines)")
      #expect(lines.count { $0.contains("Z info scan #") } == 3)
    }

    @Test func `On the screen's own terminal nothing is logged`() async throws {
      let door = try await DoorUnderTest()
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(1, "valid")
      door.session.program?.send(signal: SIGTERM)
      #expect(try await door.session.waitForEnd() == .exited(0))
      let sent = String(decoding: door.session.output, as: UTF8.self)
      #expect(!sent.contains("latency_ms") && !sent.contains("doorcheck 0."))
      await door.venue.stop()
    }
  }
}
