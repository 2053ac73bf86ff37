import Foundation
import GRDB
import Glibc
import SandboxVenue
import ScreenReader
import TestSupport
import Testing

extension EndToEndTests {
  /// What the box remembers: over a restart, without a network, between processes.
  @Suite struct StoreTests {
    private func scan(
      _ codes: [String], _ venue: RunningVenue, store: String, more: [String: String] = [:]
    ) async throws -> [[String: Any]] {
      try await BuiltProgram.run(
        ["scan", "--event", venue.tonightEventID, "--format", "json"] + codes,
        environment: DoorUnderTest.settings(for: venue).merging(["DOORCHECK_STORE_PATH": store]) {
          $1
        }.merging(more) { $1 }
      ).objects()
    }

    private func reasons(_ objects: [[String: Any]]) -> [String] {
      objects.map { $0["reason"] as? String ?? "" }
    }

    @Test func `A code that was admitted stays used over a restart`() async throws {
      let venue = try await SandboxVenue.start()
      let store = BuiltProgram.newFolder()
      #expect(try await reasons(scan(["GROUP4XYZ"], venue, store: store)) == ["valid"])
      let again = try await scan(["GROUP4XYZ"], venue, store: store)
      #expect(reasons(again) == ["already_used"])
      #expect(again.first?["used"] as? Int == 4)
      #expect(again.first?["allowed"] as? Int == 4)
      #expect(again.first?["remaining"] as? Int == 0)
      await venue.stop()
    }

    @Test func `A dry run records nobody, and stores the answer`() async throws {
      let venue = try await SandboxVenue.start()
      let store = BuiltProgram.newFolder()
      #expect(try await reasons(scan(["--dry-run", "ADA4M7X2"], venue, store: store)) == ["valid"])
      venue.setDown(true)
      let offline = try await scan(["ADA4M7X2"], venue, store: store)
      #expect(reasons(offline) == ["valid"])
      #expect(offline.first?["source"] as? String == "cache")
      await venue.stop()
    }

    @Test func `Without a network a stored pass decides, once, as the rules let it`() async throws {
      let venue = try await SandboxVenue.start()
      let store = BuiltProgram.newFolder()
      let codes = ["DUO2K9P4", "CANCEL88", "NOSUCH404"]
      _ = try await scan(["--dry-run"] + codes, venue, store: store)
      venue.setDown(true)
      let strict = try await scan(
        codes, venue, store: store, more: ["DOORCHECK_RULES_OFFLINE_ADMIT": "false"])
      #expect(reasons(strict) == ["offline", "not_active", "unknown_pass"])
      let objects = try await scan(codes + ["ADA4M7X2"], venue, store: store)
      #expect(reasons(objects) == ["valid", "not_active", "unknown_pass", "offline"])
      #expect(objects.map { $0["source"] as? String } == ["cache", "cache", "cache", "none"])
      #expect(
        try await reasons(scan(["DUO2K9P4", "ADA4M7X2"], venue, store: store))
          == ["already_used", "offline"])
      await venue.stop()
    }

    @Test func `Eight processes admit each of 60 passes exactly once`() async throws {
      var options = SandboxOptions()
      options.generatedPasses = 4000
      let venue = try await SandboxVenue.start(options)
      let store = BuiltProgram.newFolder()
      let codes = (0..<60).map(SandboxVenue.generatedCode)
      let runs = try await withThrowingTaskGroup(of: [Int].self) { group in
        for _ in 0..<8 {
          group.addTask {
            try await scan(codes, venue, store: store).map { $0["admitted"] as? Int ?? 0 }
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(runs.count == 8)
      #expect(runs.allSatisfy { $0.count == 60 })
      // Some generated passes are groups; each is let in by one process, and whole.
      for index in codes.indices {
        #expect(runs.filter { $0[index] > 0 }.count == 1, "\(codes[index])")
      }
      await venue.stop()
    }

    @Test func `Three processes that begin at once on a slow disk let nobody in twice`()
      async throws
    {
      let venue = try await SandboxVenue.start()
      let disk = try SlowDisk()
      // Making the store takes so long that not all of them wait for it.
      disk.box.syncDelay = .milliseconds(2_500)
      let codes = ["ADA4M7X2", "GROUP4XYZ"]
      let runs = try await withThrowingTaskGroup(of: [String].self) { group in
        for _ in 0..<3 {
          group.addTask {
            try await scan(codes, venue, store: disk.folder, more: disk.box.environment)
              .map { $0["verdict"] as? String ?? "" }
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(runs.count == 3 && runs.allSatisfy { $0.count == codes.count }, "\(runs)")
      for index in codes.indices {
        let verdicts = runs.map { $0[index] }
        #expect(verdicts.filter { $0 == "admit" }.count <= 1, "\(codes[index]): \(verdicts)")
      }
      disk.box.syncDelay = .zero
      // Whoever was let in is in for good; who was not may come now.
      let later = try await scan(codes, venue, store: disk.folder)
      for index in codes.indices {
        let wasLetIn = runs.contains { $0[index] == "admit" }
        #expect(later[index]["reason"] as? String == (wasLetIn ? "already_used" : "valid"))
      }
      await venue.stop()
    }

    /// Each keeps for others what it cannot save in time, while it is still writing it.
    @Test func `Two processes that end on a slow disk record each guest once`() async throws {
      let disk = try SlowDisk()
      let venue = try await disk.crowd()
      let codes = (0..<21).map(SandboxVenue.generatedCode)
      _ = try await scan([codes[20]], venue, store: disk.folder)
      disk.box.syncDelay = .milliseconds(300)
      async let one = scan(
        Array(codes[..<10]), venue, store: disk.folder, more: disk.box.environment
      ).count
      async let other = scan(
        Array(codes[10..<20]), venue, store: disk.folder, more: disk.box.environment
      ).count
      #expect(try await (one, other) == (10, 10))
      disk.box.syncDelay = .zero
      // Whoever comes next records what they kept.
      _ = try await scan([codes[20]], venue, store: disk.folder)
      let database = try DatabaseQueue(path: disk.folder + "/doorcheck.sqlite")
      let times = try await database.read {
        try Int.fetchAll($0, sql: "SELECT count(*) FROM admissions GROUP BY code")
      }
      #expect(times == Array(repeating: 1, count: 21))
      await venue.stop()
    }

    @Test func `The screen carries on through the night without a network`() async throws {
      let store = BuiltProgram.newFolder()
      let door = try await DoorUnderTest(environment: ["DOORCHECK_STORE_PATH": store])
      try await door.session.waitFor(text: "passes stored")
      door.venue.setDown(true)
      try door.scan("DUO2K9P4")
      try await door.waitForVerdict(1, "valid")
      // The rows below the verdict may come with the terminal's next bytes.
      let stored = try await door.session.waitFor("the stored answer") {
        $0.contains("Stored answer") && $0.contains("OFFLINE")
      }
      #expect(stored.panelColour == .green)
      for (index, code) in ["CANCEL88", "WEEK3OF7", "FREEGST1"].enumerated() {
        try door.scan(code)
        try await door.waitForVerdict(index + 2, code == "CANCEL88" ? "not_active" : "valid")
      }
      door.venue.setDown(false)
      // Nobody need scan for it: a probe notices.
      try await door.session.waitFor("the service back") { !$0.contains("OFFLINE") }
      try door.scan("DUO2K9P4")
      try await door.waitForVerdict(5, "already_used")
      await door.end()
    }

    @Test func `Undo, groups and letting in by hand are counted`() async throws {
      let door = try await DoorUnderTest()
      try door.scan("GROUP4XYZ")
      try await door.waitForVerdict(1, "valid")
      try await door.press("\u{1B}OB")
      try await door.session.waitFor("3 in") {
        $0.contains("Let 3 in") && $0.contains("3 admitted")
      }
      try await door.press("\u{1B}[19~")
      try await door.session.waitFor("off the count") {
        $0.contains("off the count") && $0.contains("0 admitted")
      }
      try door.scan("CANCEL88")
      try await door.waitForVerdict(2, "not_active")
      try await door.press("\u{1B}[17~")
      try await door.session.waitFor("one by hand") { $0.contains("1 admitted") }
      try door.scan("GROUP4XYZ")
      try await door.waitForVerdict(3, "valid")
      await door.end()
    }

    @Test func `Whom another process lets in on the same store is counted here too`()
      async throws
    {
      let store = BuiltProgram.newFolder()
      let door = try await DoorUnderTest(environment: ["DOORCHECK_STORE_PATH": store])
      try await door.session.waitFor(text: "0 admitted")
      #expect(try await reasons(scan(["GROUP4XYZ"], door.venue, store: store)) == ["valid"])
      // The night is looked at once a minute, which would count as well.
      try await door.session.waitFor("4 in") { $0.contains("4 admitted") }
      await door.end()
    }

    @Test func `A look admits nobody and is never green`() async throws {
      let door = try await DoorUnderTest()
      try await door.press("\u{1B}OR")
      try door.scan("ADA4M7X2")
      let look = try await door.session.waitFor("a blue panel") {
        $0.contains("#1 ") || $0.contains("#1") && $0.contains("Ada Romero")
      }
      #expect(look.panelColour == .blue)
      try door.scan("DUO2K9P4")
      try await door.waitForVerdict(2, "valid")
      try door.scan("ADA4M7X2")
      let green = try await door.waitForVerdict(3, "valid")
      #expect(green.panelColour == .green)
      await door.end()
    }

    @Test func `A store that cannot be used is said, and the door goes on`() async throws {
      let file = FileManager.default.temporaryDirectory
        .appendingPathComponent("doorcheck-\(UUID().uuidString)")
      try Data("no folder".utf8).write(to: file)
      let door = try await DoorUnderTest(environment: ["DOORCHECK_STORE_PATH": file.path])
      try await door.session.waitFor("the warning") {
        $0.text.lowercased().contains("not recording")
      }
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(1, "valid")
      try door.scan("DUO2K9P4")
      try await door.waitForVerdict(2, "valid")
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(3, "already_used")
      await door.end()
    }

    @Test func `A store that was lost has tonight's passes again at once`() async throws {
      let venue = try await SandboxVenue.start()
      let folder = BuiltProgram.newFolder()
      let door = try await DoorUnderTest(
        at: venue, environment: ["DOORCHECK_STORE_PATH": folder])
      let file = folder + "/doorcheck.sqlite"
      func stored(_ table: String) -> Int {
        // Which makes no file where there is none.
        var configuration = Configuration()
        configuration.readonly = true
        let database = try? DatabaseQueue(path: file, configuration: configuration)
        return
          (try? database?.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0
          }) ?? 0
      }
      try await wait(for: "the list, the event and the rates") {
        stored("preloads") == 1 && stored("events") > 0 && stored("rates") > 0
      }
      let (passes, rates) = (stored("passes"), stored("rates"))
      for suffix in ["", "-wal", "-shm"] {
        try FileManager.default.removeItem(atPath: file + suffix)
      }
      try await wait(for: "the passes, the event and the rates in a new store") {
        stored("passes") == passes && stored("preloads") == 1 && stored("events") > 0
          && stored("rates") == rates
      }
      await door.end()
    }

    enum Loss: CaseIterable, Sendable {
      case deleted, folderMoved, pageOverwritten

      func strike(_ file: String) async throws {
        switch self {
        case .deleted:
          for suffix in ["", "-wal", "-shm", "-claims"] {
            try FileManager.default.removeItem(atPath: file + suffix)
          }
        case .folderMoved:
          let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
          try FileManager.default.moveItem(atPath: folder, toPath: folder + ".elsewhere")
        case .pageOverwritten:
          let database = try DatabaseQueue(path: file)
          // Where a door is just doing it, nobody else can.
          try await wait(for: "the log in the file") {
            do {
              try database.writeWithoutTransaction { _ = try $0.checkpoint(.passive) }
              return true
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
              return false
            }
          }
          let page = try await database.read {
            try UInt64.fetchOne(
              $0, sql: "SELECT rootpage FROM sqlite_master WHERE name = 'admissions'")
          }
          let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
          try handle.seek(toOffset: (try #require(page) - 1) * 4096)
          try handle.write(contentsOf: Data(repeating: 0xA5, count: 4096))
        }
      }
    }

    @Test(arguments: Loss.allCases)
    func `A store that is lost under two doors lets nobody in at both`(loss: Loss) async throws {
      let venue = try await SandboxVenue.start()
      let folder = BuiltProgram.newFolder()
      let environment = ["DOORCHECK_STORE_PATH": folder]
      let one = try await DoorUnderTest(at: venue, environment: environment)
      let other = try await DoorUnderTest(at: venue, environment: environment)
      try one.scan("DUO2K9P4")
      try await one.waitForVerdict(1, "valid")
      try await loss.strike(folder + "/doorcheck.sqlite")
      try one.scan("ADA4M7X2")
      try other.scan("ADA4M7X2")
      let screens = try await [
        one.session.waitFor("a verdict") { $0.contains("#2") && $0.hasVerdict },
        other.session.waitFor("a verdict") { $0.contains("#1") && $0.hasVerdict },
      ]
      #expect(screens.count { $0.shows("valid") } <= 1, "\(screens.map(\.text))")
      try other.scan("DUO2K9P4")
      try await other.waitForVerdict(2, "already_used")
      await one.end()
      await other.end()
    }

    @Test func `The report tells what was scanned`() async throws {
      let venue = try await SandboxVenue.start()
      let store = BuiltProgram.newFolder()
      _ = try await scan(["GROUP4XYZ", "CANCEL88", "ADA4M7X2", "??"], venue, store: store)
      let result = try await BuiltProgram.run(
        ["report", "--format", "json", "--event", venue.tonightEventID],
        environment: ["DOORCHECK_STORE_PATH": store])
      #expect(result.exitCode == 0)
      let admitted = try result.objects().first { $0["figure"] as? String == "admitted" }
      #expect(admitted?["people"] as? Int == 5)
      await venue.stop()
    }

    /// To go on from memory would let everybody in again who is in that store.
    @Test(arguments: [["scan", "ADA4M7X2"], ["rates"], ["report"]])
    func `A store of a newer version is refused and left as it is`(command: [String]) async throws {
      let venue = try await SandboxVenue.start()
      let store = BuiltProgram.newFolder()
      _ = try await scan(["GROUP4XYZ"], venue, store: store)
      let file = URL(fileURLWithPath: store + "/doorcheck.sqlite")
      let newer = try DatabaseQueue(path: file.path)
      try await newer.writeWithoutTransaction { database in
        try database.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 from the future')")
        _ = try database.checkpoint(.truncate)
      }
      try newer.close()
      let bytes = try Data(contentsOf: file)
      let result = try await BuiltProgram.run(
        command + ["--event", venue.tonightEventID],
        environment: DoorUnderTest.settings(for: venue).merging(["DOORCHECK_STORE_PATH": store]) {
          $1
        })
      #expect(result.exitCode == 78)
      #expect(result.output.isEmpty)
      #expect(result.errors.contains("newer version of doorcheck"))
      #expect(try Data(contentsOf: file) == bytes)
      await venue.stop()
    }

    @Test func `A report needs a store, and makes none`() async throws {
      let store = BuiltProgram.newFolder()
      let result = try await BuiltProgram.run(
        ["report"], environment: ["DOORCHECK_STORE_PATH": store])
      #expect(result.exitCode == 78)
      #expect(result.errors.contains("no store at"))
      #expect(!FileManager.default.fileExists(atPath: store + "/doorcheck.sqlite"))
      let wrong = try await BuiltProgram.run(["scan", "--format", "csv", "X"], environment: [:])
      #expect(wrong.exitCode == 64)
    }

    @Test func `What was taken back may come in again at once`() async throws {
      let door = try await DoorUnderTest()
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(1, "valid")
      try await door.press("\u{1B}[19~")
      try await door.session.waitFor("off the count") { $0.contains("off the count") }
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(2, "valid")
      await door.end()
    }
  }
}

extension Screen {
  fileprivate var hasVerdict: Bool {
    ["valid", "already_used", "service_error"].contains { shows($0) }
  }
}
