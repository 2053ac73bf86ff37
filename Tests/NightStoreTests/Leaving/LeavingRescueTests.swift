import Admission
import Foundation
import GRDB
import Testing

@testable import NightStore

/// Who left and who came back is known after an end that could not write, and in what is left of a store.
struct LeavingRescueTests {
  private let folder = TemporaryFolder()

  private func crowd(of store: NightStore) async throws -> [Int] {
    let crowd = try await store.crowd(eventID: tonightID)
    return [crowd.admitted, crowd.inside]
  }

  private func left(_ people: Int, of inside: Int, unseen: Int = 0) -> UnsavedEntry {
    let entry = AdmissionEntry(
      passID: "1", eventID: tonightID, answeredAt: .distantPast,
      scan: record("CODE-1", at: 60, door: "Exit", source: nil), direction: .out)
    var decision = Decision(reason: .left)
    decision.departure = Departure(
      people: people, unseen: unseen, most: people < inside ? people : nil, inside: inside)
    return .admission(UnsavedAdmission(making: .counted(entry, decision), people: people))
  }

  private var countedOut: UnsavedEntry {
    let hand = HandCount(direction: .out, scan: record("", at: 70, passType: nil, source: nil))
    return .admission(UnsavedAdmission(making: .counter(hand), people: 1))
  }

  private var back: UnsavedEntry {
    var decision = Decision(
      reason: .valid, count: HeadCount(allowed: 4, used: 1, admitted: 3))
    decision.outside = 2
    return .admission(
      UnsavedAdmission(
        making: .counted(entry(pass("1", people: 4), at: 90), decision), people: 3))
  }

  private var backByHand: UnsavedEntry {
    let hand = HandAdmission(
      passID: "1", people: 2, outside: 1, reason: .alreadyUsed, scan: record("CODE-1", at: 95))
    return .admission(UnsavedAdmission(making: .byHand(hand), people: 2))
  }

  @Test func `A line says who left, who was counted out and who came back`() throws {
    let entries = [left(2, of: 3, unseen: 1), countedOut, back, backByHand]
    let path = try UnsavedFiles(store: folder.storePath).keep(entries)
    let contents = try #require(UnsavedFiles(store: folder.storePath).read(path))
    #expect(contents.entries == entries && contents.unreadable == 0)
  }

  @Test func `Who could not be saved has left after the next start, once`() async throws {
    do {
      let store = try folder.open().store
      try await store.admit(pass("1", people: 4), at: 0, group: .one)
      try await store.admit(pass("1", people: 4), at: 10, group: .one)
      try await store.admit(pass("1", people: 4), at: 20, group: .one)
      try await store.admit(pass("2"), at: 30)
      store.close()
    }
    let entries = [left(2, of: 3), countedOut]
    for entry in entries + entries {
      _ = try UnsavedFiles(store: folder.storePath).keep([entry])
    }
    let store = try folder.open().store
    #expect(try await crowd(of: store) == [4, 1])
    #expect(try await store.admit(pass("1", people: 4), at: 80).before.outside == 2)
  }

  @Test func `Where the store can only be read, who left is outside`() async throws {
    let store = try folder.open().store
    try await store.admit(pass("1"), at: 0)
    _ = try UnsavedFiles(store: folder.storePath).keep([left(1, of: 1)])
    let earlier = try await store.earlierAdmissions(
      of: PassAtEvent(id: "1", eventID: tonightID, code: "CODE-1"), answeredAt: night + 90)
    #expect(earlier.people == 1 && earlier.outside == 1 && earlier.seenInside == 0)
    #expect(earlier.lastLeft == Entry(at: night + 60, door: "Exit"))
  }

  @Test func `Whoever came back by hand and could not be saved is admitted once`() async throws {
    let store = try folder.open().store
    try await store.admit(pass("1", people: 4), at: 0, group: .one)
    try await store.leave(pass("1", people: 4), at: 60)
    _ = try UnsavedFiles(store: folder.storePath).keep([backByHand])
    let earlier = try await store.earlierAdmissions(
      of: PassAtEvent(id: "1", eventID: tonightID, code: "CODE-1"), answeredAt: night + 99)
    #expect(earlier.people == 2 && earlier.outside == 0 && earlier.seenInside == 2)
    try await store.admit(pass("2"), at: 100)
    #expect(try await crowd(of: store) == [3, 3])
  }

  private func fill(_ store: NightStore) async throws {
    let group = pass("1", people: 4)
    try await store.admit(group, at: 0, group: .one)
    try await store.leave(group, at: 60)
    try await store.admit(group, at: 120, reentry: .allow)
    let out = try await store.leave(group, at: 180)
    _ = try await store.setPeople(3, ofAdmission: try #require(out.admissionID), at: night + 190)
    try await store.leave(pass("2"), at: 200, keepsUnmet: true)
    try await store.takeOver([elsewhere(pass("2"), at: 195)])
    try await store.countByHand(.in, at: 210)
    try await store.countByHand(.in, at: 220)
    try await store.countByHand(.out, at: 230)
    #expect(try await crowd(of: store) == [7, 2])
  }

  /// One row or line a page: what one of the tables has lost, the other tells.
  @Test(arguments: ["admissions", "journal", "admissions_in"])
  func `What is left of a damaged store tells it`(table: String) async throws {
    let store = try folder.open().store
    try await fill(store)
    store.close()
    let queue = try folder.stranger()
    let root = try await queue.writeWithoutTransaction { database in
      _ = try database.checkpoint(.truncate)
      return try Int.fetchOne(
        database, sql: "SELECT rootpage FROM sqlite_master WHERE name = ?", arguments: [table])
    }
    try queue.close()
    let handle = try FileHandle(forUpdating: URL(filePath: folder.storePath))
    try handle.seek(toOffset: UInt64((try #require(root) - 1) * 4096))
    try handle.write(contentsOf: Data(repeating: 0x58, count: 4096))
    try handle.close()
    let opened = try folder.open(checking: .thorough)
    #expect(opened.setAside != nil)
    #expect(try await crowd(of: opened.store) == [7, 2])
    // It agrees with itself, and goes on.
    opened.store.close()
    let again = try folder.open(checking: .thorough)
    #expect(again.setAside == nil)
    #expect(try await again.store.leave(pass("1", people: 4), at: 300).decision.people == 1)
  }

  @Test func `Another file that takes its place has who left`() async throws {
    let store = try folder.open().store
    try await fill(store)
    store.connections.keepCopyUp()
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: folder.storePath + suffix)
    }
    do {
      _ = try store.keepUp(since: StoreTraces(files: StoreFiles(path: "/nowhere")))
    } catch {
      _ = try store.renew(after: error, now: night)
    }
    #expect(try await crowd(of: store) == [7, 2])
    #expect(try await store.leave(pass("1", people: 4), at: 300).decision.people == 1)
  }
}
