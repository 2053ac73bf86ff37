import Foundation
import GRDB
import Glibc
import SandboxVenue
import ScreenReader
import TestSupport
import Testing

extension EndToEndTests {
  /// A disk that takes seconds, and a store that somebody else keeps locked.
  @Suite struct SlowDiskTests {
    /// `scan` at work on a store that other processes share.
    private struct Process {
      let stream: ScanStream
      private var lines: AsyncStream<ScanStream.Line>.Iterator
      private(set) var diagnostics: [String] = []

      init(_ venue: RunningVenue, _ environment: [String: String]) throws {
        stream = try ScanStream(environment: environment, event: venue.tonightEventID)
        lines = stream.lines.makeAsyncIterator()
      }

      mutating func scan(_ code: String) async -> VerdictLine? {
        stream.feed([code])
        return await next()
      }

      /// The next verdict; nil at the end.
      mutating func next() async -> VerdictLine? {
        while let line = await lines.next() {
          switch line {
          case .verdict(let verdict): return verdict
          case .diagnostic(let text): diagnostics.append(text)
          }
        }
        return nil
      }

      mutating func end() async {
        stream.endInput()
        while await next() != nil {}
      }
    }

    private let box: BoxFaults
    private let folder = BuiltProgram.newFolder()

    init() throws { box = try BoxFaults() }

    private func environment(_ venue: RunningVenue) -> [String: String] {
      DoorUnderTest.settings(for: venue).merging(box.environment) { $1 }
        .merging(["DOORCHECK_STORE_PATH": folder, "DOORCHECK_RULES_REPEAT_SECONDS": "0"]) { $1 }
    }

    private func people(of pass: String) throws -> Int {
      let database = try DatabaseQueue(path: folder + "/doorcheck.sqlite")
      return try database.read {
        try Int.fetchOne(
          $0,
          sql: """
            SELECT coalesce(sum(people), 0) FROM admissions
            WHERE pass_id LIKE ? AND undone_at IS NULL
            """, arguments: ["%\(pass)%"]) ?? 0
      }
    }

    /// Holds SQLite's write lock on the store until `body` is over.
    private func locked<Value>(_ body: () async throws -> Value) async throws -> Value {
      var configuration = Configuration()
      configuration.allowsUnsafeTransactions = true
      configuration.busyMode = .timeout(20)
      let stranger = try DatabaseQueue(
        path: folder + "/doorcheck.sqlite", configuration: configuration)
      try await stranger.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
      let value: Value
      do {
        value = try await body()
      } catch {
        try await stranger.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        throw error
      }
      try await stranger.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
      return value
    }

    private func crowd(of count: Int = 40) async throws -> RunningVenue {
      var options = SandboxOptions()
      options.generatedPasses = count
      return try await SandboxVenue.start(options)
    }

    @Test func `The clock of a program under test moves while it runs`() async throws {
      let venue = try await crowd()
      let store = folder
      var process = try Process(venue, environment(venue))
      _ = try #require(await process.scan(SandboxVenue.generatedCode(0)))
      box.clockOffset = 7200
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
      let venue = try await crowd()
      var one = try Process(venue, environment(venue))
      var other = try Process(venue, environment(venue))
      _ = try #require(await one.scan(SandboxVenue.generatedCode(0)))
      _ = try #require(await other.scan(SandboxVenue.generatedCode(1)))
      box.syncDelay = .seconds(3)
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
      box.syncDelay = .zero
      await one.end()
      await other.end()
      #expect(one.stream.waitUntilExit() != 64)
      for code in codes { #expect(try people(of: code) == admitted[code]) }
      #expect(try StoreContents(folder: folder).problems == [])
      await venue.stop()
    }

    @Test func `A store locked for long lets nobody in twice, and is caught up on by itself`()
      async throws
    {
      let venue = try await crowd()
      var one = try Process(venue, environment(venue))
      var other = try Process(venue, environment(venue))
      _ = try #require(await one.scan(SandboxVenue.generatedCode(0)))
      _ = try #require(await other.scan(SandboxVenue.generatedCode(1)))
      let code = SandboxVenue.generatedCode(2)
      try await locked {
        let first = try #require(await one.scan(code))
        #expect(first.verdict == "admit" && first.isRecordedLate)
        let second = try #require(await other.scan(code))
        #expect(second.verdict == "unverified" && second.reason == "service_error")
        #expect(second.message.contains("another screen"))
        #expect(try people(of: code) == 0)
      }
      try await wait(for: "the admission") { (try? people(of: code)) == 1 }
      #expect(await other.scan(code)?.reason == "already_used")
      await one.end()
      await other.end()
      #expect(try people(of: code) == 1)
      await venue.stop()
    }

    enum End: CaseIterable { case input, terminated, interrupted, hungUp }

    @Test(arguments: End.allCases)
    func `An orderly end waits for the store`(end: End) async throws {
      let venue = try await crowd()
      var process = try Process(venue, environment(venue))
      _ = try #require(await process.scan(SandboxVenue.generatedCode(0)))
      let code = SandboxVenue.generatedCode(2)
      try await locked {
        let line = try #require(await process.scan(code))
        #expect(line.isRecordedLate)
        switch end {
        case .input: process.stream.endInput()
        case .terminated: process.stream.terminate()
        case .interrupted: process.stream.terminate(by: SIGINT)
        case .hungUp: process.stream.terminate(by: SIGHUP)
        }
      }
      while await process.next() != nil {}
      #expect(try people(of: code) == 1)
      #expect(!process.diagnostics.contains { $0.contains("could not be saved") })
      #expect(process.stream.waitUntilExit() == 0)
      await venue.stop()
    }

    @Test(arguments: End.allCases)
    func `An orderly end says what it could not save`(end: End) async throws {
      let venue = try await crowd()
      var process = try Process(venue, environment(venue))
      _ = try #require(await process.scan(SandboxVenue.generatedCode(0)))
      try await locked {
        for number in 2..<4 {
          let line = try #require(await process.scan(SandboxVenue.generatedCode(number)))
          #expect(line.isRecordedLate)
        }
        switch end {
        case .input: process.stream.endInput()
        case .terminated: process.stream.terminate()
        case .interrupted: process.stream.terminate(by: SIGINT)
        case .hungUp: process.stream.terminate(by: SIGHUP)
        }
        while await process.next() != nil {}
      }
      #expect(
        process.diagnostics.contains {
          $0.contains("2 entries could not be saved in time; the next start records them")
        }, "\(process.diagnostics)")
      var next = try Process(venue, environment(venue))
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
        try FileManager.default.contentsOfDirectory(atPath: folder)
          .filter { $0.contains("-unsaved-") || $0.contains("-unreadable-") }
      }
    }

    /// The commit came through before the process was gone, or it did not: nobody is in twice.
    @Test(arguments: [Duration.seconds(3), .seconds(8)])
    func `Who came in before an orderly end on a slow disk is in after it`(sync: Duration)
      async throws
    {
      let venue = try await SandboxVenue.start()
      let door = try await DoorUnderTest(at: venue, environment: environment(venue))
      box.syncDelay = sync
      try door.scan("GROUP4XYZ")
      try await door.waitForVerdict(1, "valid")
      try await door.press("\u{1B}OB")
      try await door.session.waitFor("3 in") { $0.contains("3 PEOPLE") }
      // The disk has not even begun with this one.
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(2, "valid")
      try door.scan("CANCEL88")
      try await door.waitForVerdict(3, "not_active")
      door.session.program?.send(signal: SIGTERM)
      let end = try await door.session.waitForEnd(deadline: .seconds(30))
      box.syncDelay = .zero
      let next = try await DoorUnderTest(at: venue, environment: environment(venue))
      try next.scan("GROUP4XYZ")
      // One of the four did not come, and may.
      let again = try await next.waitForVerdict(1, "valid")
      #expect(again.contains("1 PERSON") && again.contains("4 of 4"), "\(end): \(again.text)")
      try next.scan("ADA4M7X2")
      try await next.waitForVerdict(2, "already_used")
      try next.scan("GROUP4XYZ")
      try await next.waitForVerdict(3, "already_used")
      await next.end()
      let store = try StoreContents(folder: folder)
      #expect(store.admissions.map(\.people) == [3, 1, 1])
      #expect(store.journal.count { $0.code == "CANCEL88" } == 1)
      #expect(try kept == [])
    }

    /// Somebody else has the store for so long that it cannot even be opened.
    @Test func `Who came in while there was no store is in after an orderly end`() async throws {
      let venue = try await crowd()
      var first = try Process(venue, environment(venue))
      _ = try #require(await first.scan(SandboxVenue.generatedCode(0)))
      await first.end()
      let code = SandboxVenue.generatedCode(2)
      var process = try await locked {
        var process = try Process(venue, environment(venue))
        let line = try #require(await process.scan(code))
        #expect(line.verdict == "admit")
        await process.end()
        return process
      }
      #expect(
        process.diagnostics.contains { $0.contains("1 entry could not be saved in time") },
        "\(process.diagnostics)")
      process = try Process(venue, environment(venue))
      #expect(await process.scan(code)?.reason == "already_used")
      await process.end()
      #expect(try people(of: code) == 1 && kept == [])
      await venue.stop()
    }

    /// Two end at once, and a third goes on: what both let in is red there at once.
    @Test func `A process that goes on knows whom those that ended let in`() async throws {
      let venue = try await crowd()
      var ending = [
        try Process(venue, environment(venue)), try Process(venue, environment(venue)),
      ]
      var other = try Process(venue, environment(venue))
      for (number, index) in [(0, 0), (1, 1)] {
        _ = try #require(await ending[index].scan(SandboxVenue.generatedCode(number)))
      }
      _ = try #require(await other.scan(SandboxVenue.generatedCode(2)))
      box.syncDelay = .seconds(6)
      for (number, index) in [(5, 0), (6, 1)] {
        let line = try #require(await ending[index].scan(SandboxVenue.generatedCode(number)))
        #expect(line.verdict == "admit")
      }
      for index in 0..<2 { ending[index].stream.terminate() }
      for index in 0..<2 { while await ending[index].next() != nil {} }
      box.syncDelay = .zero
      for number in 5..<7 {
        let line = try #require(await other.scan(SandboxVenue.generatedCode(number)))
        #expect(line.verdict != "admit", "\(number): \(line)")
      }
      await other.end()
      for number in 5..<7 { #expect(try people(of: SandboxVenue.generatedCode(number)) == 1) }
      #expect(try kept == [])
      await venue.stop()
    }

    /// Standard error is the terminal here, which has no log.
    @Test(arguments: ["\u{1B}[21~", nil])
    func `A door screen that ends says what it could not save`(key: String?) async throws {
      let venue = try await SandboxVenue.start()
      let door = try await DoorUnderTest(at: venue, environment: environment(venue))
      box.syncDelay = .seconds(8)
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

    @Test func `Who is taken back during a commit of three seconds is out`() async throws {
      let venue = try await SandboxVenue.start()
      let door = try await DoorUnderTest(at: venue, environment: environment(venue))
      box.syncDelay = .seconds(3)
      try door.scan("GROUP4XYZ")
      _ = try await door.session.waitFor(text: "recording late")
      try await door.press("\u{1B}[19~")
      let screen = try await door.session.waitFor(text: "taken back")
      #expect(screen.contains("recording late"))
      box.syncDelay = .zero
      try await wait(for: "the admission taken back") {
        let admissions = (try? StoreContents(folder: folder).admissions) ?? []
        return admissions.count == 1 && admissions[0].isUndone
      }
      await door.end()
      await venue.stop()
    }

    @Test(arguments: [300, 600, 1000])
    func `Who is taken back and scanned at once is counted`(delay: Int) async throws {
      let venue = try await SandboxVenue.start()
      let door = try await DoorUnderTest(at: venue, environment: environment(venue))
      box.syncDelay = .milliseconds(delay)
      try door.scan("GROUP4XYZ")
      try await door.waitForVerdict(1, "valid")
      try await door.press("\u{1B}[19~")
      try door.scan("GROUP4XYZ")
      try await door.waitForVerdict(2, "valid")
      box.syncDelay = .zero
      await door.end()
      let standing = try StoreContents(folder: folder).admissions.filter { !$0.isUndone }
      #expect(standing.map(\.people) == [4])
      await venue.stop()
    }

    @Test func `How many came in is corrected during a commit of three seconds`() async throws {
      let venue = try await SandboxVenue.start()
      let door = try await DoorUnderTest(at: venue, environment: environment(venue))
      box.syncDelay = .seconds(3)
      try door.scan("GROUP4XYZ")
      _ = try await door.session.waitFor(text: "recording late")
      try await door.press("\u{1B}OB")
      _ = try await door.session.waitFor(text: "3 PEOPLE")
      // An orderly end during the commit loses neither.
      box.syncDelay = .milliseconds(500)
      await door.end()
      #expect(try StoreContents(folder: folder).admissions.map(\.people) == [3])
      await venue.stop()
    }

    @Test func `Whom staff let in by hand is not lost to a locked store`() async throws {
      let venue = try await SandboxVenue.start()
      let door = try await DoorUnderTest(at: venue, environment: environment(venue))
      try door.scan("GROUP4XYZ")
      try await door.waitForVerdict(1, "valid")
      try await locked {
        try await door.press("\u{1B}OB")
        try await door.session.waitFor("3 of the group, late") {
          $0.contains("3 PEOPLE") && $0.contains("recording late")
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
      #expect(try StoreContents(folder: folder).admissions.map(\.people) == [3, 3])
      await venue.stop()
    }

    /// The journal's line of a refusal survives a power cut in the second after it, too.
    @Test func `A red panel's line is brought onto the disk by itself`() async throws {
      let venue = try await crowd()
      var process = try Process(venue, environment(venue))
      _ = try #require(await process.scan(SandboxVenue.generatedCode(0)))
      let before = box.syncs
      #expect(await process.scan("NOSUCH404")?.reason == "unknown_pass")
      try await wait(for: "a sync") { box.syncs > before }
      process.stream.kill()
      while await process.next() != nil {}
      #expect(try StoreContents(copyOf: folder).journal.last?.code == "NOSUCH404")
      await venue.stop()
    }
  }
}
