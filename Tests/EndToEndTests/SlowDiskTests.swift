import Foundation
import GRDB
import SandboxVenue
import ScreenReader
import TestSupport
import Testing

extension EndToEndTests {
  /// A disk that takes seconds, and a store that somebody else keeps locked.
  @Suite struct SlowDiskTests {
    private let disk: SlowDisk

    init() throws { disk = try SlowDisk() }

    @Test func `The clock of a program under test moves while it runs`() async throws {
      let venue = try await disk.crowd()
      let store = disk.folder
      var process = try ScanProcess(venue, disk.environment(venue))
      _ = try #require(await process.scan(SandboxVenue.generatedCode(0)))
      disk.box.clockOffset = 7200
      _ = try #require(await process.scan(SandboxVenue.generatedCode(1)))
      await process.end()
      let times = try await DatabaseQueue(path: store + "/doorcheck.sqlite").read {
        try Double.fetchAll($0, sql: "SELECT at FROM admissions ORDER BY id")
      }
      try #require(times.count == 2)
      #expect((7190...7300).contains(times[1] - times[0]))
      await venue.stop()
    }

    @Test func `Two processes let in nobody too many while a sync takes three seconds`()
      async throws
    {
      let venue = try await disk.crowd()
      var one = try ScanProcess(venue, disk.environment(venue))
      var other = try ScanProcess(venue, disk.environment(venue))
      _ = try #require(await one.scan(SandboxVenue.generatedCode(0)))
      _ = try #require(await other.scan(SandboxVenue.generatedCode(1)))
      disk.box.syncDelay = .seconds(3)
      // Every tenth is a group's.
      let codes = (5..<10).map(SandboxVenue.generatedCode)
      var admitted: [String: Int] = [:]
      var allowed: [String: Int] = [:]
      for code in codes {
        one.stream.feed([code])
        other.stream.feed([code])
        for line in [await one.next(), await other.next()] {
          let line = try #require(line)
          #expect(line.verdict != "admit" || line.isRecordedLate)
          admitted[code, default: 0] += line.admitted ?? 0
          allowed[code] = line.allowed ?? allowed[code]
        }
      }
      for code in codes { #expect(admitted[code] == allowed[code]) }
      disk.box.syncDelay = .zero
      await one.end()
      await other.end()
      #expect(one.stream.waitUntilExit() != 64)
      for code in codes { #expect(try disk.people(of: code) == admitted[code]) }
      #expect(try StoreContents(folder: disk.folder).problems == [])
      await venue.stop()
    }

    @Test func `A store locked for long lets nobody in twice, and is caught up on by itself`()
      async throws
    {
      let venue = try await disk.crowd()
      var one = try ScanProcess(venue, disk.environment(venue))
      var other = try ScanProcess(venue, disk.environment(venue))
      _ = try #require(await one.scan(SandboxVenue.generatedCode(0)))
      _ = try #require(await other.scan(SandboxVenue.generatedCode(1)))
      let code = SandboxVenue.generatedCode(2)
      try await disk.locked {
        let first = try #require(await one.scan(code))
        #expect(first.verdict == "admit" && first.isRecordedLate)
        let second = try #require(await other.scan(code))
        #expect(second.verdict == "unverified" && second.reason == "service_error")
        #expect(second.message.contains("elsewhere"))
        #expect(try disk.people(of: code) == 0)
      }
      try await wait(for: "the admission") { (try? disk.people(of: code)) == 1 }
      #expect(await other.scan(code)?.reason == "already_used")
      await one.end()
      await other.end()
      #expect(try disk.people(of: code) == 1)
      await venue.stop()
    }

    /// Each stays for a minute.
    @Test func `Nothing is late any more once it is recorded`() async throws {
      let venue = try await SandboxVenue.start()
      let door = try await DoorUnderTest(
        at: venue,
        environment: disk.environment(venue).merging(["DOORCHECK_SCREEN_PANEL_SECONDS": "60"]) {
          $1
        })
      _ = try await door.session.waitFor(text: "passes stored")
      func isRecorded(_ text: String) async throws {
        disk.box.syncDelay = .zero
        try await door.session.waitFor("\(text), recorded") {
          $0.contains(text) && !$0.contains("late") && !$0.contains("saving")
        }
        disk.box.syncDelay = .seconds(3)
      }
      func isLate(_ text: String) async throws {
        try await door.session.waitFor("\(text), late") {
          $0.contains(text) && $0.contains("recording late") && !$0.contains("saving")
        }
      }
      disk.box.syncDelay = .seconds(3)
      try door.scan("GROUP4XYZ")
      try await isLate("Let 4 in")
      try await isRecorded("Let 4 in")
      for (key, text) in [("\u{1B}OB", "Let 3 in"), ("\u{1B}[19~", "off the count")] {
        try await door.press(key)
        try await isLate(text)
        try await isRecorded(text)
      }
      disk.box.syncDelay = .zero
      await door.end()
      await venue.stop()
    }

    @Test func `Who is taken back during a commit of three seconds is out`() async throws {
      let venue = try await SandboxVenue.start()
      let door = try await DoorUnderTest(at: venue, environment: disk.environment(venue))
      disk.box.syncDelay = .seconds(3)
      try door.scan("GROUP4XYZ")
      _ = try await door.session.waitFor(text: "recording late")
      try await door.press("\u{1B}[19~")
      let screen = try await door.session.waitFor(text: "off the count")
      #expect(screen.contains("recording late"))
      disk.box.syncDelay = .zero
      try await wait(for: "the admission taken back") {
        let admissions = (try? StoreContents(folder: disk.folder).admissions) ?? []
        return admissions.count == 1 && admissions[0].isUndone
      }
      await door.end()
      await venue.stop()
    }

    @Test(arguments: [300, 500, 700])
    func `Who is taken back and scanned at once is counted`(delay: Int) async throws {
      let venue = try await SandboxVenue.start()
      let door = try await DoorUnderTest(at: venue, environment: disk.environment(venue))
      // A scan waits 2.5 s: for the entry's syncs, two where the log begins anew, and its undo's, not for
      // the list's as well.
      _ = try await door.session.waitFor(text: "passes stored")
      disk.box.syncDelay = .milliseconds(delay)
      try door.scan("GROUP4XYZ")
      try await door.waitForVerdict(1, "valid")
      try await door.press("\u{1B}[19~")
      try door.scan("GROUP4XYZ")
      try await door.waitForVerdict(2, "valid")
      disk.box.syncDelay = .zero
      await door.end()
      let standing = try StoreContents(folder: disk.folder).admissions.filter { !$0.isUndone }
      #expect(standing.map(\.people) == [4])
      await venue.stop()
    }

    @Test func `How many came in is corrected during a commit of three seconds`() async throws {
      let venue = try await SandboxVenue.start()
      let door = try await DoorUnderTest(at: venue, environment: disk.environment(venue))
      disk.box.syncDelay = .seconds(3)
      try door.scan("GROUP4XYZ")
      _ = try await door.session.waitFor(text: "recording late")
      try await door.press("\u{1B}OB")
      _ = try await door.session.waitFor(text: "Let 3 in")
      // An orderly end during the commit loses neither.
      disk.box.syncDelay = .milliseconds(500)
      await door.end()
      #expect(try StoreContents(folder: disk.folder).admissions.map(\.people) == [3])
      await venue.stop()
    }

    @Test func `Whom staff let in by hand is not lost to a locked store`() async throws {
      let venue = try await SandboxVenue.start()
      let door = try await DoorUnderTest(at: venue, environment: disk.environment(venue))
      try door.scan("GROUP4XYZ")
      try await door.waitForVerdict(1, "valid")
      try await disk.locked {
        try await door.press("\u{1B}OB")
        try await door.session.waitFor("3 of the group, late") {
          $0.contains("Let 3 in") && $0.contains("recording late")
        }
        try door.scan("CANCEL88")
        try await door.waitForVerdict(2, "not_active")
        for key in ["\u{1B}[17~", "\u{1B}OA", "\u{1B}OA"] { try await door.press(key) }
        try await door.session.waitFor("3 by hand, late") {
          $0.contains("3 people, counted") && $0.contains("recording late")
            && !$0.contains("saving")
        }
      }
      await door.end()
      #expect(try StoreContents(folder: disk.folder).admissions.map(\.people) == [3, 3])
      await venue.stop()
    }

    /// The journal's line of a refusal survives a power cut in the second after it, too.
    @Test func `A red panel's line is brought onto the disk by itself`() async throws {
      let venue = try await disk.crowd()
      var process = try ScanProcess(venue, disk.environment(venue))
      _ = try #require(await process.scan(SandboxVenue.generatedCode(0)))
      let before = disk.box.syncs
      #expect(await process.scan("NOSUCH404")?.reason == "unknown_pass")
      try await wait(for: "a sync") { disk.box.syncs > before }
      process.stream.kill()
      while await process.next() != nil {}
      #expect(try StoreContents(copyOf: disk.folder).journal.last?.code == "NOSUCH404")
      await venue.stop()
    }
  }
}
