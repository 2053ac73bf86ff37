import Foundation
import Glibc
import SandboxVenue
import ScreenReader
import TestSupport
import Testing

extension EndToEndTests {
  /// Who was let in before an orderly end is in after it, also where the disk takes seconds or somebody
  /// else keeps the store locked; what could not be saved is said.
  @Suite struct OrderlyEndTests {
    private let disk: SlowDisk

    init() throws { disk = try SlowDisk() }

    enum End: CaseIterable {
      case input, terminated, interrupted, hungUp

      func ask(_ stream: ScanStream) {
        switch self {
        case .input: stream.endInput()
        case .terminated: stream.terminate()
        case .interrupted: stream.terminate(by: SIGINT)
        case .hungUp: stream.terminate(by: SIGHUP)
        }
      }
    }

    @Test(arguments: End.allCases)
    func `An orderly end waits for the store`(end: End) async throws {
      let venue = try await disk.crowd()
      var process = try ScanProcess(venue, disk.environment(venue))
      _ = try #require(await process.scan(SandboxVenue.generatedCode(0)))
      let code = SandboxVenue.generatedCode(2)
      try await disk.locked {
        let line = try #require(await process.scan(code))
        #expect(line.isRecordedLate)
        end.ask(process.stream)
      }
      while await process.next() != nil {}
      #expect(try disk.people(of: code) == 1)
      #expect(!process.diagnostics.contains { $0.contains("could not be saved") })
      #expect(process.stream.waitUntilExit() == 0)
      await venue.stop()
    }

    @Test(arguments: End.allCases)
    func `An orderly end says what it could not save`(end: End) async throws {
      let venue = try await disk.crowd()
      var process = try ScanProcess(venue, disk.environment(venue))
      _ = try #require(await process.scan(SandboxVenue.generatedCode(0)))
      try await disk.locked {
        try await process.admitLate()
        end.ask(process.stream)
        while await process.next() != nil {}
      }
      #expect(
        process.diagnostics.contains {
          $0.contains("2 entries could not be saved in time; the next start records them")
        }, "\(process.diagnostics)")
      var next = try ScanProcess(venue, disk.environment(venue))
      for number in 2..<4 {
        #expect(await next.scan(SandboxVenue.generatedCode(number))?.reason == "already_used")
      }
      await next.end()
      #expect(next.diagnostics.contains { $0.contains("2 entries that an earlier end") })
      #expect(try kept == [])
      await venue.stop()
    }

    /// What ends of the program keep beside the store.
    private var kept: [String] {
      get throws {
        try FileManager.default.contentsOfDirectory(atPath: disk.folder)
          .filter { $0.contains("-unsaved-") || $0.contains("-unreadable-") }
      }
    }

    /// The commit came through before the process was gone, or it did not: nobody is in twice.
    @Test(arguments: [Duration.seconds(3), .seconds(8)])
    func `Who came in before an orderly end on a slow disk is in after it`(sync: Duration)
      async throws
    {
      let venue = try await SandboxVenue.start()
      let door = try await DoorUnderTest(at: venue, environment: disk.environment(venue))
      disk.box.syncDelay = sync
      try door.scan("GROUP4XYZ")
      try await door.waitForVerdict(1, "valid")
      try await door.press("\u{1B}OB")
      try await door.session.waitFor("3 in") { $0.contains("Let 3 in") }
      // The disk has not even begun with this one.
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(2, "valid")
      try door.scan("CANCEL88")
      try await door.waitForVerdict(3, "not_active")
      door.session.program?.send(signal: SIGTERM)
      let end = try await door.session.waitForEnd(deadline: .seconds(30))
      disk.box.syncDelay = .zero
      let next = try await DoorUnderTest(at: venue, environment: disk.environment(venue))
      try next.scan("GROUP4XYZ")
      // One of the four did not come, and may.
      let again = try await next.waitForVerdict(1, "valid")
      #expect(again.contains("Let 1 in") && again.contains("4 of 4"), "\(end): \(again.text)")
      try next.scan("ADA4M7X2")
      try await next.waitForVerdict(2, "already_used")
      try next.scan("GROUP4XYZ")
      try await next.waitForVerdict(3, "already_used")
      await next.end()
      let store = try StoreContents(folder: disk.folder)
      #expect(store.admissions.map(\.people) == [3, 1, 1])
      #expect(store.journal.count { $0.code == "CANCEL88" } == 1)
      #expect(try kept == [])
    }

    enum Leaving: CaseIterable {
      case key, terminated, hungUp, lineDropped

      func leave(_ door: DoorUnderTest) throws {
        switch self {
        case .key: try door.session.type("\u{1B}[21~")
        case .terminated: door.session.program?.send(signal: SIGTERM)
        case .hungUp: door.session.program?.send(signal: SIGHUP)
        case .lineDropped: door.session.hangUp()
        }
      }
    }

    /// Whatever came first, the panel or the end: who was shown green is in, and nobody else.
    @Test(arguments: Leaving.allCases, [200, 3000])
    func `Nobody is in whose green nobody saw`(leaving: Leaving, sync: Int) async throws {
      let venue = try await SandboxVenue.start()
      let door = try await DoorUnderTest(at: venue, environment: disk.environment(venue))
      _ = try await door.session.waitFor(text: "passes stored")
      let syncs = disk.box.syncs
      disk.box.syncDelay = .milliseconds(sync)
      try door.scan("GROUP4XYZ")
      try await wait(for: "the entry being written") { disk.box.syncs > syncs }
      if leaving == .key { try await pauseOfTyping(.milliseconds(60)) }
      try leaving.leave(door)
      let end = try await door.session.waitForEnd(deadline: .seconds(30))
      disk.box.syncDelay = .zero
      let wasShown = String(decoding: door.session.output, as: UTF8.self).contains("Let 4 in")
      let next = try await DoorUnderTest(at: venue, environment: disk.environment(venue))
      try next.scan("GROUP4XYZ")
      let again = try await next.session.waitFor("a verdict") {
        $0.contains("#1") && ($0.shows("valid") || $0.shows("already_used"))
          && !$0.contains("Looking up")
      }
      #expect(again.shows(wasShown ? "already_used" : "valid"), "\(end)")
      await next.end()
      let standing = try StoreContents(folder: disk.folder).admissions.filter { !$0.isUndone }
      #expect(standing.map(\.people) == [4])
      #expect(try kept == [])
    }

    /// Nobody reads what it prints any more.
    @Test func `Nobody is in whose line nobody could be shown`() async throws {
      let venue = try await disk.crowd()
      var process = try ScanProcess(venue, disk.environment(venue))
      _ = try #require(await process.scan(SandboxVenue.generatedCode(0)))
      let unread = Process()
      unread.executableURL = URL(fileURLWithPath: BuiltProgram.path)
      unread.arguments = ["scan", "--event", venue.tonightEventID, SandboxVenue.generatedCode(2)]
      unread.environment = BuiltProgram.environment(disk.environment(venue))
      let output = Pipe()
      unread.standardOutput = output
      unread.standardError = FileHandle.nullDevice
      try output.fileHandleForReading.close()
      try unread.run()
      unread.waitUntilExit()
      #expect(unread.terminationStatus == 74)
      await process.end()
      #expect(try disk.people(of: SandboxVenue.generatedCode(0)) == 1)
      #expect(try disk.people(of: SandboxVenue.generatedCode(2)) == 0)
      await venue.stop()
    }

    /// Somebody else has the store for so long that it cannot even be opened.
    @Test func `Who came in while there was no store is in after an orderly end`() async throws {
      let venue = try await disk.crowd()
      var first = try ScanProcess(venue, disk.environment(venue))
      _ = try #require(await first.scan(SandboxVenue.generatedCode(0)))
      await first.end()
      let code = SandboxVenue.generatedCode(2)
      var process = try await disk.locked {
        var process = try ScanProcess(venue, disk.environment(venue))
        let line = try #require(await process.scan(code))
        #expect(line.verdict == "admit")
        await process.end()
        return process
      }
      #expect(
        process.diagnostics.contains { $0.contains("1 entry could not be saved in time") },
        "\(process.diagnostics)")
      process = try ScanProcess(venue, disk.environment(venue))
      #expect(await process.scan(code)?.reason == "already_used")
      await process.end()
      #expect(try disk.people(of: code) == 1 && kept == [])
      await venue.stop()
    }

    /// Two end at once, and a third goes on: what both let in is red there at once.
    @Test func `A process that goes on knows whom those that ended let in`() async throws {
      let venue = try await disk.crowd()
      var ending = [
        try ScanProcess(venue, disk.environment(venue)),
        try ScanProcess(venue, disk.environment(venue)),
      ]
      var other = try ScanProcess(venue, disk.environment(venue))
      for (number, index) in [(0, 0), (1, 1)] {
        _ = try #require(await ending[index].scan(SandboxVenue.generatedCode(number)))
      }
      _ = try #require(await other.scan(SandboxVenue.generatedCode(2)))
      disk.box.syncDelay = .seconds(6)
      for (number, index) in [(5, 0), (6, 1)] {
        let line = try #require(await ending[index].scan(SandboxVenue.generatedCode(number)))
        #expect(line.verdict == "admit")
      }
      for index in 0..<2 { ending[index].stream.terminate() }
      for index in 0..<2 { while await ending[index].next() != nil {} }
      disk.box.syncDelay = .zero
      for number in 5..<7 {
        let line = try #require(await other.scan(SandboxVenue.generatedCode(number)))
        #expect(line.verdict != "admit", "\(number): \(line)")
      }
      await other.end()
      for number in 5..<7 { #expect(try disk.people(of: SandboxVenue.generatedCode(number)) == 1) }
      #expect(try kept == [])
      await venue.stop()
    }

    /// Standard error is the terminal here, which has no log.
    @Test(arguments: ["\u{1B}[21~", nil])
    func `A door screen that ends says what it could not save`(key: String?) async throws {
      let venue = try await SandboxVenue.start()
      let door = try await DoorUnderTest(at: venue, environment: disk.environment(venue))
      disk.box.syncDelay = .seconds(8)
      try door.scan("GROUP4XYZ")
      _ = try await door.session.waitFor(text: "recording late")
      if let key {
        try await door.press(key)
      } else {
        door.session.program?.send(signal: SIGTERM)
      }
      #expect(try await door.session.waitForEnd(deadline: .seconds(30)) == .exited(74))
      #expect(door.session.screen.contains("1 entry could not be saved in time"))
      await venue.stop()
    }
  }
}
