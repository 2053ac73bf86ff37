import Foundation
import GRDB
import SeededRandom
import Synchronization
import Testing

/// One of several doors: it tries its codes in its order, and is killed and started again on its store.
actor DoorAtWork {
  let name: String
  let folder = BuiltProgram.newFolder()
  private let event: String
  private let environment: [String: String]
  private let count: VerdictCount
  /// So many codes are fed at once.
  private static let atOnce = 10

  /// People shown green, by code.
  private(set) var greens: [String: Int] = [:]
  /// Codes that were under way when the door was killed: nobody knows what became of them.
  private(set) var interrupted: Set<String> = []
  private(set) var kills = 0
  private(set) var verdicts: [String: Int] = [:]
  /// What cannot be, in words.
  private(set) var problems: [String] = []
  /// The longest way from a look-up's first request to its verdict, in milliseconds.
  private(set) var longest = 0

  init(
    _ name: String, event: String, environment: [String: String], count: VerdictCount
  ) {
    self.name = name
    self.event = event
    self.count = count
    self.environment = environment.merging(["DOORCHECK_STORE_PATH": folder]) { $1 }
  }

  /// - Parameter killsOneIn: so many chunks, on the average; nil: it is never killed.
  func work(through codes: [String], killsOneIn: Int?, seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    var rest = codes[...]
    while !rest.isEmpty {
      let stream = try ScanStream(environment: environment, event: event)
      var lines = stream.lines.makeAsyncIterator()
      var isKilled = false
      while !isKilled, !rest.isEmpty {
        let chunk = Array(rest.prefix(Self.atOnce))
        let told =
          killsOneIn.map { Int.random(in: 0..<$0, using: &random) == 0 } ?? false
          ? Int.random(in: 0..<chunk.count, using: &random) : chunk.count
        stream.feed(chunk)
        var done = 0
        while done < told, let line = await lines.next() {
          guard case .verdict(let verdict) = line else { continue }
          note(verdict, expected: chunk[done])
          done += 1
        }
        rest = rest.dropFirst(chunk.count)
        guard told < chunk.count || done < told else { continue }
        isKilled = true
        kills += 1
        stream.kill()
        // What it had told by then counts, whether somebody read it or not.
        while let line = await lines.next() {
          if case .verdict(let verdict) = line {
            note(verdict, expected: chunk[done])
            done += 1
          }
        }
        interrupted.formUnion(chunk[done...])
        rest = chunk[done...] + rest
      }
      stream.endInput()
      while let line = await lines.next() {
        if case .verdict(let verdict) = line { problems.append("told too late: \(verdict)") }
      }
      _ = stream.waitUntilExit()
    }
  }

  /// Starts it once more without a guest, so that it delivers what it owes and learns what others did:
  /// as often as that takes, as each delivers for 2 s at most (Contract: Several doors).
  /// - Throws: where it owes something after so many starts.
  func settle() async throws {
    for _ in 0..<Self.mostStarts {
      let stream = try ScanStream(environment: environment, event: event)
      stream.endInput()
      for await _ in stream.lines {}
      _ = stream.waitUntilExit()
      if try owed() == 0 { return }
    }
    throw StillOwes(door: name, admissions: try owed())
  }

  private static let mostStarts = 10

  private struct StillOwes: Error {
    var door: String
    var admissions: Int
  }

  /// How many of its own admissions the ledger does not have as they stand.
  private func owed() throws -> Int {
    try DatabaseQueue(path: folder + "/doorcheck.sqlite").read { database in
      try Int.fetchOne(
        database,
        sql: "SELECT count(*) FROM admissions WHERE origin IS NULL AND delivered < revision") ?? 0
    }
  }

  func report() async throws -> BuiltProgram.Result {
    try await BuiltProgram.run(
      ["report", "--event", event, "--format", "json"], environment: environment)
  }

  private func note(_ line: VerdictLine, expected code: String) {
    if line.code != code { problems.append("\(code) was due, and came \(line)") }
    verdicts[line.reason, default: 0] += 1
    count.add()
    longest = max(longest, line.waited)
    guard line.verdict == "admit" else { return }
    greens[line.code, default: 0] += line.admitted ?? 0
  }
}
