import Admission
import Foundation
import GRDB
import Testing

@testable import NightStore

/// A report counts what an end kept beside the store, and writes nothing.
struct WaitingEntriesTests {
  private let folder = TemporaryFolder()

  private func counted(_ pass: Pass, at seconds: TimeInterval) -> UnsavedEntry {
    .admission(
      UnsavedAdmission(
        making: .counted(
          entry(pass, at: seconds),
          Decision(reason: .valid, count: HeadCount(allowed: 2, used: 0, admitted: 2))),
        people: 2))
  }

  private func bytes() throws -> [String: Data] {
    // SQLite makes an empty log and its index for whoever reads.
    let files = folder.fileNames.filter { !$0.hasSuffix("-shm") && !$0.hasSuffix("-wal") }
    return try files.reduce(into: [:]) {
      $0[$1] = try Data(contentsOf: URL(filePath: "\(folder.path)/\($1)"))
    }
  }

  private func begin() async throws {
    let store = try folder.open().store
    try await store.admit(pass("1"), at: 0)
    try await store.admit(pass("2"), at: 10)
    store.close()
  }

  @Test func `What waits is counted, and nothing is written`() async throws {
    try await begin()
    let hand = HandAdmission(
      passID: nil, people: 3, reason: .archived, scan: record("HAND", at: 40))
    _ = try UnsavedFiles(store: folder.storePath).keep([
      counted(pass("3", people: 2), at: 20), .scan(record("NO", at: 30), .unknownPass),
      .admission(UnsavedAdmission(making: .byHand(hand), people: 3)),
    ])
    // One that is in the store was taken back, and that could not be saved.
    _ = try UnsavedFiles(store: folder.storePath).keep([
      .admission(
        UnsavedAdmission(
          making: .earlier(record("CODE-2", at: 10)), people: 1, undoneAt: night + 50)),
      .scan(record("NO", at: 60, eventID: "another"), .unknownPass),
    ])
    let before = try bytes()

    let (store, waiting) = try NightStore.openForReport(path: folder.storePath)
    #expect(waiting.count == 5 && waiting.count(eventID: tonightID) == 4)
    #expect(waiting.unreadable == 0)
    let told = try await store.reportedNight(eventID: tonightID, rules: Rules())
    #expect(told.figures.admitted == .init(admissions: 3, people: 6))
    #expect(told.figures.undone == .init(admissions: 1, people: 1))
    #expect(told.figures.scans == 4)
    #expect(told.entries.map(\.people) == [1, 1, 2, 3])
    store.close()
    #expect(try bytes() == before)

    // The next start records the same.
    let next = try folder.open().store
    #expect(try await next.reportedNight(eventID: tonightID, rules: Rules()) == told)
  }

  @Test func `What is recorded already is not counted twice`() async throws {
    try await begin()
    let entries = [counted(pass("3", people: 2), at: 20), counted(pass("4", people: 2), at: 30)]
    _ = try UnsavedFiles(store: folder.storePath).keep([entries[0]])
    try folder.open().store.close()
    // A copy of it came back, say from a backup.
    _ = try UnsavedFiles(store: folder.storePath).keep(entries)
    let (store, _) = try NightStore.openForReport(path: folder.storePath)
    let told = try await store.figures(eventID: tonightID)
    #expect(told.admitted == .init(admissions: 4, people: 6))
  }

  @Test func `What cannot be read is told`() async throws {
    try await begin()
    let path = try UnsavedFiles(store: folder.storePath).keep([counted(pass("3"), at: 20)])
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("{\"kind\":\"coun\n".utf8))
    try handle.close()
    try FileManager.default.createDirectory(
      atPath: "\(folder.storePath)-unsaved-folder", withIntermediateDirectories: false)
    let (store, waiting) = try NightStore.openForReport(path: folder.storePath)
    #expect(waiting.count == 1 && waiting.unreadable == 2)
    #expect(try await store.figures(eventID: tonightID).admitted.admissions == 3)
  }

  @Test func `A door that has the store open is not in the way`() async throws {
    let door = try folder.open().store
    try await door.admit(pass("1"), at: 0)
    _ = try UnsavedFiles(store: folder.storePath).keep([counted(pass("3", people: 2), at: 20)])
    let (store, waiting) = try NightStore.openForReport(path: folder.storePath)
    #expect(waiting.count == 1)
    #expect(try await store.figures(eventID: tonightID).admitted.people == 3)
    // The door records it with its next scan, and the copy stays as it was.
    try await door.admit(pass("2"), at: 30)
    #expect(try await door.figures(eventID: tonightID).admitted.people == 4)
    #expect(try await store.figures(eventID: tonightID).admitted.people == 3)
  }

  @Test func `Without such files the store itself is read`() async throws {
    try await begin()
    let (store, waiting) = try NightStore.openForReport(path: folder.storePath)
    #expect(waiting == WaitingEntries())
    await #expect(throws: StoreError.readOnly) {
      try await store.admit(
        byHand: HandAdmission(passID: nil, reason: .archived, scan: record("X")))
    }
  }
}
