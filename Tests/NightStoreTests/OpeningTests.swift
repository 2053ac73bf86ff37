import Admission
import Foundation
import GRDB
import Glibc
import Testing

@testable import NightStore

struct OpeningTests {
  @Test func `A new store is for its owner alone`() async throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/state/doorcheck/night.sqlite"
    let old = umask(0)
    defer { umask(old) }
    let opened = try NightStore.open(path: path, now: night)
    try await opened.store.admit(pass("1"))
    #expect(opened.setAside == nil)
    #expect(permissions(of: "\(folder.path)/state") == 0o700)
    #expect(permissions(of: "\(folder.path)/state/doorcheck") == 0o700)
    for file in ["", "-wal", "-shm"] { #expect(permissions(of: path + file) == 0o600) }
  }

  @Test func `Closes what was open to others`() throws {
    let folder = TemporaryFolder()
    try folder.open().store.close()
    chmod(folder.storePath, 0o644)
    _ = try folder.open()
    #expect(permissions(of: folder.storePath) == 0o600)
  }

  @Test func `Admissions are synced to the disk`() async throws {
    let temporary = try TemporaryStore()
    #expect(try await temporary.store.synchronousLevel() == 2)
    try await temporary.store.admit(pass("1"))
    #expect(try await temporary.store.synchronousLevel() == 2)
    let mode = try await temporary.store.ledger.read {
      try String.fetchOne($0, sql: "PRAGMA journal_mode")
    }
    #expect(mode == "wal")
  }

  @Test func `Keeps what was stored`() async throws {
    let folder = TemporaryFolder()
    let first = try folder.open().store
    try await first.admit(pass("1"))
    first.close()
    let opened = try folder.open()
    #expect(opened.setAside == nil)
    #expect(try await opened.store.peopleAdmitted(eventID: tonightID) == 1)
  }

  @Test func `Opens one of the first version`() async throws {
    let folder = TemporaryFolder()
    do {
      let old = try DatabaseQueue(path: folder.storePath)
      try Schema.migrator.migrate(old, upTo: "1 passes, events, admissions, journal")
      try await old.write { database in
        try database.execute(
          sql: """
            INSERT INTO admissions (
              kind, event_id, pass_id, sequence, allowed, used, people, at, door, answered_at,
              is_stored_answer)
            VALUES ('counted', 'event-1', '1', 1, 1, 0, 1, 1769896800, 'Main', 1769896800, 0)
            """)
      }
      try old.close()
    }
    let opened = try folder.open()
    #expect(opened.setAside == nil)
    #expect(try await opened.store.peopleAdmitted(eventID: tonightID) == 1)
    #expect(try await opened.store.admit(pass("1")).decision.reason == .alreadyUsed)
    #expect(try await opened.store.reportCases(eventID: tonightID) == [])
  }

  /// Once a version has shipped, these numbers stay: a change comes as a new migration.
  @Test(
    arguments: zip(
      [Schema.first, Schema.second, Schema.third, Schema.fourth], ShippedMigrations.marks))
  func `Leaves shipped migrations as they are`(migration: String, mark: UInt64) {
    let actual = migration.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    #expect(actual == mark)
  }

  @Test func `Refuses a newer one and leaves it alone`() throws {
    let folder = TemporaryFolder()
    try folder.open().store.close()
    let newer = try DatabaseQueue(path: folder.storePath)
    try newer.write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('4 from the future')")
    }
    try newer.close()
    let before = try Data(contentsOf: URL(filePath: folder.storePath))
    let error = #expect(throws: StoreError.newer(migrations: ["4 from the future"])) {
      _ = try folder.open()
    }
    #expect(error?.description.contains("newer version of doorcheck") == true)
    #expect(try Data(contentsOf: URL(filePath: folder.storePath)) == before)
    #expect(!folder.fileNames.contains { $0.contains("damaged") })
  }

  @Test func `Refuses another program's database`() throws {
    let folder = TemporaryFolder()
    let other = try DatabaseQueue(path: folder.storePath)
    try other.write { try $0.execute(sql: "CREATE TABLE bookmarks (url TEXT)") }
    try other.close()
    #expect(throws: StoreError.foreign) { _ = try folder.open() }
    #expect(folder.fileNames == ["night.sqlite"])
  }

  @Test func `A folder is refused`() throws {
    let folder = TemporaryFolder()
    mkdir(folder.storePath, 0o700)
    #expect(throws: StoreError.isFolder(path: folder.storePath)) { _ = try folder.open() }
  }

  @Test func `Refuses a folder below a file`() throws {
    let folder = TemporaryFolder()
    try Data().write(to: URL(filePath: "\(folder.path)/file"))
    let parent = "\(folder.path)/file"
    #expect(throws: StoreError.folderUnusable(path: parent, reason: "not a folder")) {
      _ = try NightStore.open(path: "\(parent)/night.sqlite", now: night)
    }
  }

  @Test func `Begins where a first opening was interrupted`() throws {
    let folder = TemporaryFolder()
    // Created, and nothing written yet.
    try Data().write(to: URL(filePath: folder.storePath))
    #expect(try folder.open().setAside == nil)
  }
}

/// FNV-1a of each migration's text.
enum ShippedMigrations {
  static let marks: [UInt64] = [
    9_218_100_258_530_038_227, 12_278_722_371_309_619_241, 11_258_452_692_668_301_656,
    17_934_857_009_921_504_015,
  ]
}
