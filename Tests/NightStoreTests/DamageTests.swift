import Admission
import Foundation
import Glibc
import Testing

@testable import NightStore

struct DamageTests {
  enum Damage: CaseIterable {
    case garbage, headerOverwritten, firstPageOverwritten, truncated, cutToNothing, pageOverwritten
  }

  /// A closed store with a few hundred passes in it.
  private func filled() async throws -> TemporaryFolder {
    let folder = TemporaryFolder()
    let store = try folder.open().store
    try await store.store(
      passes: (0..<400).map { pass("\($0)") }, fetchedAt: night, eventID: tonightID)
    try await store.admit(pass("1"))
    store.close()
    return folder
  }

  private func apply(_ damage: Damage, to path: String) throws {
    var bytes = try Data(contentsOf: URL(filePath: path))
    switch damage {
    case .garbage: bytes = Data((0..<bytes.count).map { UInt8(truncatingIfNeeded: $0 &* 7) })
    case .headerOverwritten: bytes.replaceSubrange(0..<100, with: Data(repeating: 0x58, count: 100))
    case .firstPageOverwritten:
      bytes.replaceSubrange(100..<4096, with: Data(repeating: 0x58, count: 3996))
    case .truncated: bytes = bytes.prefix(bytes.count / 2)
    case .cutToNothing:
      bytes = Data()
      // What a power cut can leave: the log of a file whose own bytes are gone.
      try Data(repeating: 1, count: 5000).write(to: URL(filePath: path + "-wal"))
    case .pageOverwritten:
      let page = bytes.count / 4096 / 2 * 4096
      bytes.replaceSubrange(page..<(page + 4096), with: Data(repeating: 0x58, count: 4096))
    }
    try bytes.write(to: URL(filePath: path))
  }

  @Test(arguments: Damage.allCases)
  func `Is set aside and a new one begun`(damage: Damage) async throws {
    let folder = try await filled()
    try apply(damage, to: folder.storePath)
    let damaged = try Data(contentsOf: URL(filePath: folder.storePath))

    let opened = try folder.open()
    let setAside = try #require(opened.setAside)
    #expect(setAside.path == "\(folder.storePath).damaged-2026-01-31T220000Z")
    if damage != .pageOverwritten {
      // That one can be opened, and is tidied up a little before it is found out.
      #expect(try Data(contentsOf: URL(filePath: setAside.path)) == damaged)
    }
    // Each page is read by itself, so the first one is not needed.
    let isReadable = damage != .garbage && damage != .cutToNothing
    #expect(try await opened.store.peopleAdmitted(eventID: tonightID) == (isReadable ? 1 : 0))
    #expect(setAside.admissions == (isReadable ? 1 : 0))
    #expect(try await opened.store.admit(pass("2")).decision.reason == .valid)
    #expect(permissions(of: folder.storePath) == 0o600)
    opened.store.close()
    #expect(try folder.open().setAside == nil)
  }

  @Test func `Sets a second one aside under another name`() async throws {
    let folder = try await filled()
    for expected in ["2026-01-31T220000Z", "2026-01-31T220000Z.2"] {
      try apply(.garbage, to: folder.storePath)
      let opened = try folder.open()
      #expect(opened.setAside?.path == "\(folder.storePath).damaged-\(expected)")
      opened.store.close()
    }
  }

  @Test func `Several who find it set it aside once`() async throws {
    for _ in 0..<5 {
      let folder = try await filled()
      try apply(.garbage, to: folder.storePath)
      let opened = try await withThrowingTaskGroup(of: OpenedStore.self) { group in
        for _ in 0..<8 { group.addTask { try folder.open() } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(opened.count { $0.setAside != nil } == 1)
      for (number, opened) in opened.enumerated() {
        // All of them have the new one open.
        try await opened.store.admit(pass("\(number)"))
      }
      #expect(try await opened[0].store.peopleAdmitted(eventID: tonightID) == 8)
    }
  }

  @Test func `Damage found later is typed and found again by a thorough look`() async throws {
    let folder = TemporaryFolder()
    var store = try folder.open().store
    // Beyond the size that is looked at whole at every start.
    for page in 0..<40 {
      let passes = (0..<500).map { pass("\(page)-\($0)") }
      try await store.store(passes: passes, fetchedAt: night, eventID: tonightID)
    }
    store.close()
    let handle = try FileHandle(forUpdating: URL(filePath: folder.storePath))
    let size = try handle.seekToEnd()
    try #require(size > 4 << 20)
    for page in (size / 4096 / 2)..<(size / 4096 / 2 + 8) {
      try handle.seek(toOffset: page * 4096)
      try handle.write(contentsOf: Data(repeating: 0x58, count: 4096))
    }
    try handle.close()

    let opened = try folder.open()
    #expect(opened.setAside == nil)
    store = opened.store
    await #expect {
      _ = try await store.find("no such name", limit: 5)
    } throws: {
      if case .damaged = $0 as? StoreError { true } else { false }
    }
    store.close()
    #expect(try folder.open(checking: .thorough).setAside != nil)
  }

  /// Another process has found damage, and has begun a new store.
  @Test func `Who still has the old one open is told`() async throws {
    let temporary = try TemporaryStore()
    try await temporary.store.admit(pass("1"))
    _ = try StoreFiles(path: temporary.folder.storePath).setAside(at: night, detail: "")
    _ = try temporary.folder.open()
    await #expect(throws: StoreError.gone) { try await temporary.store.admit(pass("2")) }
  }
}
