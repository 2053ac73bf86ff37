import Foundation
import GRDB
import SandboxVenue
import Testing

/// A disk that takes seconds, and a store on it that somebody else may keep locked.
struct SlowDisk {
  let box: BoxFaults
  let folder = BuiltProgram.newFolder()

  init() throws { box = try BoxFaults() }

  func environment(_ venue: RunningVenue) -> [String: String] {
    DoorUnderTest.settings(for: venue).merging(box.environment) { $1 }
      .merging(["DOORCHECK_STORE_PATH": folder, "DOORCHECK_RULES_REPEAT_SECONDS": "0"]) { $1 }
  }

  func people(of pass: String) throws -> Int {
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
  func locked<Value>(_ body: () async throws -> Value) async throws -> Value {
    try await withStoreLocked(in: folder, body)
  }

  func crowd(of count: Int = 40) async throws -> RunningVenue {
    var options = SandboxOptions()
    options.generatedPasses = count
    return try await SandboxVenue.start(options)
  }
}

/// Holds SQLite's write lock on the store in a folder until `body` is over.
func withStoreLocked<Value>(
  in folder: String, _ body: () async throws -> Value
) async throws -> Value {
  var configuration = Configuration()
  configuration.allowsUnsafeTransactions = true
  configuration.busyMode = .timeout(20)
  let stranger = try DatabaseQueue(path: folder + "/doorcheck.sqlite", configuration: configuration)
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

/// `scan` at work on a store that other processes share.
struct ScanProcess {
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

  /// Lets two guests of the crowd in, whom a locked store does not take in time.
  mutating func admitLate() async throws {
    for number in 2..<4 {
      let line = try #require(await scan(SandboxVenue.generatedCode(number)))
      #expect(line.isRecordedLate)
    }
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
