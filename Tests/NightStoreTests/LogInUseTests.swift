import Foundation
import GRDB
import Synchronization
import Testing

@testable import NightStore

/// The log as somebody sees it who opens the store while others write there.
@Suite struct LogInUseTests {
  /// It is begun anew every few commits, so that it changes while it is read.
  @Test func `A log that somebody writes is not taken for a broken one`() throws {
    let folder = TemporaryFolder()
    try folder.open().store.close()
    let files = StoreFiles(path: folder.storePath)
    let writer = BusyWriter(path: files.path)
    defer { writer.end() }
    try writer.begin()
    for _ in 0..<200 { #expect(!NightStore.isLogBroken(files)) }
    #expect(writer.commits > 500, "it was written all the time")
  }
}

/// Writes much, on a thread of its own.
private final class BusyWriter: Sendable {
  private struct State {
    var commits = 0
    var isOver = false
    var hasEnded = false
    var error: (any Error)?
  }

  private let path: String
  private let state = Mutex(State())

  init(path: String) { self.path = path }

  var commits: Int { state.withLock { $0.commits } }

  /// Returns once the log has been begun anew.
  func begin() throws {
    let thread = Thread { [self] in
      do { try write() } catch { state.withLock { $0.error = error } }
      state.withLock { $0.hasEnded = true }
    }
    thread.start()
    try wait { $0.commits > 200 }
  }

  func end() {
    state.withLock { $0.isOver = true }
    try? wait { $0.hasEnded }
  }

  private func write() throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { database in
      try database.execute(
        sql: """
          PRAGMA wal_autocheckpoint = 600; PRAGMA synchronous = OFF;
          CREATE TABLE filler (id INTEGER PRIMARY KEY, bytes BLOB);
          """)
      while !state.withLock(\.isOver) {
        try database.execute(
          sql: "INSERT OR REPLACE INTO filler VALUES (abs(random() % 40), randomblob(200000))")
        state.withLock { $0.commits += 1 }
      }
    }
  }

  private struct NothingWritten: Error {}

  private func wait(until isDone: (borrowing State) -> Bool) throws {
    let end = ContinuousClock.now + .seconds(60)
    while true {
      let (done, error) = state.withLock { (isDone($0), $0.error) }
      if let error { throw error }
      if done { return }
      guard ContinuousClock.now < end else { throw NothingWritten() }
      usleep(1000)
    }
  }
}
