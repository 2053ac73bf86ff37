import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import NightStore

/// The log as somebody sees it who opens the store while others write there.
@Suite struct LogInUseTests {
  /// It is begun anew every few commits, so that it changes while it is read.
  @Test func `A log that somebody writes is not taken for a broken one`() async throws {
    let folder = TemporaryFolder()
    try folder.open().store.close()
    let files = StoreFiles(path: folder.storePath)
    let commits = Commits()
    let writing = Task.detached { try Self.write(to: files.path, commits) }
    try await wait(for: "a log that was begun anew") { commits.count > 200 }
    for _ in 0..<200 { #expect(!NightStore.isLogBroken(files)) }
    commits.end()
    try await writing.value
    #expect(commits.count > 500, "it was written all the time")
  }

  private static func write(to path: String, _ commits: Commits) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { database in
      try database.execute(
        sql: """
          PRAGMA wal_autocheckpoint = 600; PRAGMA synchronous = OFF;
          CREATE TABLE filler (id INTEGER PRIMARY KEY, bytes BLOB);
          """)
      while !commits.areOver {
        try database.execute(
          sql: "INSERT OR REPLACE INTO filler VALUES (abs(random() % 40), randomblob(200000))")
        commits.add()
      }
    }
  }
}

private final class Commits: Sendable {
  private let state = Mutex((count: 0, areOver: false))

  var count: Int { state.withLock { $0.count } }
  var areOver: Bool { state.withLock { $0.areOver } }
  func add() { state.withLock { $0.count += 1 } }
  func end() { state.withLock { $0.areOver = true } }
}
