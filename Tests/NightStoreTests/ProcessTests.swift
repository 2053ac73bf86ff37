import Admission
import Foundation
import GRDB
import Glibc
import SeededRandom
import Testing

@testable import NightStore

/// Several processes on one store, and processes that end in the middle.
struct ProcessTests {
  /// Eight processes, each trying the same 500 passes of one person, let 500 people in.
  @Test func `Eight processes let everybody in once`() async throws {
    let folder = TemporaryFolder()
    let path = folder.storePath
    let seed = UInt64.random(in: 0...UInt64.max)
    // Not even the file is there: all eight try to make it.
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<8 as Range<UInt64> {
        group.addTask {
          await #expect(processExitsWith: .success, "seed \(seed)") {
            [path = path as String, seed = seed &+ number as UInt64] in
            var random = SplitMix64(seed: seed)
            let store = try await unlessBusy { try NightStore.open(path: path, now: night).store }
            var admitted = ""
            for number in (0..<500).shuffled(using: &random) {
              let recorded = try await unlessBusy {
                try await store.admit(pass("\(number)"), door: "\(seed)")
              }
              if recorded.decision.verdict == .admit { admitted += "\(number)\n" }
            }
            try Data(admitted.utf8).write(to: URL(filePath: "\(path).admitted-\(seed)"))
            store.close()
          }
        }
      }
    }
    let store = try folder.open().store
    #expect(try await store.peopleAdmitted(eventID: tonightID) == 500)
    let figures = try await store.figures(eventID: tonightID)
    #expect(figures.scans(.admit) == 500)
    #expect(figures.scans(.refuse) == 3500)
    var told: [Substring] = []
    for file in folder.fileNames where file.contains("admitted") {
      let text = try String(contentsOfFile: "\(folder.path)/\(file)", encoding: .utf8)
      told += text.split(separator: "\n")
    }
    #expect(told.count == 500)
    #expect(Set(told).count == 500)
  }

  @Test(arguments: 0..<10)
  func `What was promised outlives a kill`(round: Int) async throws {
    let folder = TemporaryFolder()
    let seed = UInt64.random(in: 0...UInt64.max)
    try folder.open().store.close()
    await #expect(processExitsWith: .signal(SIGKILL), "seed \(seed)") {
      [path = folder.storePath as String, seed = seed as UInt64] in
      var random = SplitMix64(seed: seed)
      let store = try NightStore.open(path: path, now: night).store
      let promised = open("\(path).promised", O_CREAT | O_WRONLY | O_APPEND, 0o600)
      let lifetime = UInt32.random(in: 1_000...150_000, using: &random)
      Thread.detachNewThread {
        // The kill comes at a random moment, on purpose; nothing is waited for here.
        usleep(lifetime)
        kill(getpid(), SIGKILL)
      }
      for number in 0..<100_000 {
        // Every third one has been in before.
        let recorded = try await store.admit(pass("\(number / 3 * 2 + number % 3 % 2)"))
        let line = "\(number / 3 * 2 + number % 3 % 2) \(recorded.decision.reason.rawValue)\n"
        _ = line.withCString { write(promised, $0, strlen($0)) }
        if number % 50 == 0 {
          try await store.store(
            passes: (0..<100).map { pass("\($0)") }, fetchedAt: night, eventID: tonightID)
        }
      }
    }
    let opened = try folder.open(checking: .thorough)
    #expect(opened.setAside == nil, "seed \(seed)")
    let text = try? String(contentsOfFile: "\(folder.storePath).promised", encoding: .utf8)
    let promised = (text ?? "").split(separator: "\n").map(String.init)
    let (ledger, journal) = try await opened.store.pool.read { database in
      (
        try String.fetchAll(database, sql: "SELECT pass_id FROM admissions ORDER BY id"),
        try String.fetchAll(
          database, sql: "SELECT substr(code, 6) || ' ' || reason FROM journal ORDER BY id")
      )
    }
    #expect(Set(ledger).count == ledger.count, "seed \(seed)")
    let greens = promised.filter { $0.hasSuffix(" valid") }.map { String($0.dropLast(6)) }
    #expect(Set(greens).isSubset(of: ledger), "seed \(seed)")
    // In order and whole; at most the scan that was under way was not told any more.
    #expect(Array(journal.prefix(promised.count)) == promised, "seed \(seed)")
    #expect(journal.count <= promised.count + 1, "seed \(seed)")
  }
}

/// Again for as long as another process is in the way: on a machine that is busy enough, seven others
/// can be for longer than a store waits.
private func unlessBusy<Value>(_ work: () async throws -> Value) async throws -> Value {
  while true {
    do {
      return try await work()
    } catch StoreError.busy {
      continue
    }
  }
}
