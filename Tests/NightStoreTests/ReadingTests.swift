import Admission
import Foundation
import GRDB
import Glibc
import Testing

@testable import NightStore

struct ReadingTests {
  @Test func `Reads beside a writer and writes nothing`() async throws {
    let temporary = try TemporaryStore()
    try await temporary.store.admit(pass("1"))
    let reader = try NightStore.openForReading(path: temporary.folder.storePath)
    #expect(try await reader.peopleAdmitted(eventID: tonightID) == 1)
    try await temporary.store.admit(pass("2"))
    #expect(try await reader.peopleAdmitted(eventID: tonightID) == 2)
    await #expect(throws: StoreError.readOnly) { try await reader.admit(pass("3")) }
    await #expect(throws: StoreError.readOnly) {
      try await reader.journal(record("X"), Decision(reason: .unknownPass))
    }
    #expect(try await temporary.store.peopleAdmitted(eventID: tonightID) == 2)
  }

  /// Root may write anything, so this runs in a process that is nobody.
  @Test(arguments: [true, false])
  func `Reads where nothing may be written`(isClosedCleanly: Bool) async throws {
    let folder = TemporaryFolder()
    let store = try folder.open().store
    try await store.admit(pass("1"))
    if isClosedCleanly { store.close() }
    for file in ["", "-wal", "-shm"] { chmod(folder.storePath + file, 0o444) }
    chmod(folder.path, 0o555)
    await #expect(processExitsWith: .success) { [path = folder.storePath as String] in
      if getuid() == 0 { try #require(setuid(65534) == 0) }
      #expect(throws: StoreError.readOnly) { _ = try NightStore.open(path: path, now: night) }
      let reader = try NightStore.openForReading(path: path)
      let first = pass("1")
      let earlier = try await reader.earlierAdmissions(
        of: PassAtEvent(id: first.id, eventID: tonightID, code: first.code), answeredAt: night)
      #expect(earlier.people == 1)
    }
    withExtendedLifetime(store) {}
  }

  @Test func `A path may hold any character`() async throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/50%20 ? #1/night.sqlite"
    let store = try NightStore.open(path: path, now: night).store
    try await store.admit(pass("1"))
    store.close()
    let files = StoreFiles(path: path)
    var configuration = Configuration()
    configuration.readonly = true
    let reader = try DatabaseQueue(path: files.unchangingAddress, configuration: configuration)
    #expect(
      try await reader.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM admissions") } == 1)
  }

  @Test func `Leaves a damaged one where it is`() throws {
    let folder = TemporaryFolder()
    let bytes = Data(repeating: 0x55, count: 8192)
    try bytes.write(to: URL(filePath: folder.storePath))
    #expect(throws: StoreError.self) {
      _ = try NightStore.openForReading(path: folder.storePath)
    }
    #expect(try Data(contentsOf: URL(filePath: folder.storePath)) == bytes)
    #expect(folder.fileNames == ["night.sqlite"])
  }

  @Test func `Reading makes no store`() throws {
    let folder = TemporaryFolder()
    #expect(throws: StoreError.self) {
      _ = try NightStore.openForReading(path: folder.storePath)
    }
    #expect(folder.fileNames == [])
  }

  @Test func `An older one waits for its migration`() throws {
    let folder = TemporaryFolder()
    let old = try DatabaseQueue(path: folder.storePath)
    try Schema.migrator.migrate(old, upTo: "1 passes, events, admissions, journal")
    try old.close()
    #expect(throws: StoreError.older) {
      _ = try NightStore.openForReading(path: folder.storePath)
    }
  }
}
