import Admission
import Foundation
import GRDB
import Glibc
import TestSupport
import Testing

@testable import NightStore

/// A store whose file is lost, overwritten or broken while it is open: whoever was in stays in, and it
/// goes on in another file.
struct LostStoreTests {
  enum Loss: CaseIterable, Sendable {
    case deleted, deletedWithLog, moved, folderDeleted, truncated, zeroed, replaced,
      backupCopiedOver
    case backupPutInPlace, logZeroed, logTruncated
  }

  private let folder = TemporaryFolder()
  private var path: String { folder.storePath }

  private func overwrite(_ path: String, with bytes: Data) throws {
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    try handle.write(contentsOf: bytes)
    try handle.truncate(atOffset: UInt64(bytes.count))
    // Its last close is SQLite's own matter.
    try handle.synchronize()
  }

  private func bytes(_ path: String) -> Data {
    (try? Data(contentsOf: URL(filePath: path))) ?? Data()
  }

  private func apply(_ loss: Loss, backup: Data) throws {
    switch loss {
    case .deleted: unlink(path)
    case .deletedWithLog: for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
    case .moved: rename(path, path + ".elsewhere")
    case .folderDeleted: try FileManager.default.removeItem(atPath: folder.path)
    case .truncated: truncate(path, 0)
    case .zeroed: try overwrite(path, with: Data(count: bytes(path).count))
    case .replaced: try Data("no store".utf8).write(to: URL(filePath: path), options: .atomic)
    case .backupCopiedOver: try overwrite(path, with: backup)
    case .backupPutInPlace: try backup.write(to: URL(filePath: path), options: .atomic)
    case .logZeroed: try overwrite(path + "-wal", with: Data(count: bytes(path + "-wal").count))
    case .logTruncated: truncate(path + "-wal", 0)
    }
  }

  /// Looks after a store until it has gone on in another file, as the program does.
  private func keep(_ store: NightStore) -> RenewedStore? {
    do {
      _ = try store.keepUp(since: StoreTraces(files: StoreFiles(path: "/nowhere")))
      return nil
    } catch {
      return try? store.renew(after: error, now: night)
    }
  }

  @Test(arguments: Loss.allCases)
  func `Nobody who was in comes in again`(loss: Loss) async throws {
    let first = try folder.open().store
    for number in 0..<60 { try await first.admit(pass("\(number)", people: 2), at: Double(number)) }
    try await first.tidy()
    let backup = bytes(path)
    for number in 60..<120 {
      try await first.admit(pass("\(number)", people: 2), at: Double(number))
    }
    let undone = try await first.undoNewest(door: "Main", notBefore: night, at: night + 119.5)
    try #require(undone?.code == "CODE-119")
    let second = try folder.open().store
    let other = try await second.admit(pass("other"), at: 121)
    #expect(other.decision.reason == .valid)
    _ = try first.keepUp(since: nil)
    _ = try second.keepUp(since: nil)

    try apply(loss, backup: backup)
    // Before it is even noticed, nobody is judged by less than what was known.
    for store in [first, second] {
      for number in [0, 59, 60, 118] {
        let earlier = try await store.earlierAdmissions(
          of: PassAtEvent(id: "\(number)", eventID: tonightID, code: "CODE-\(number)"),
          answeredAt: night)
        #expect(earlier.people == 2, "\(loss): pass \(number)")
      }
    }
    let renewed = [keep(first), keep(second)].compactMap { $0 }
    // The log has all that an older file lacks, so nothing was lost with it.
    #expect(renewed.isEmpty == (loss == .backupCopiedOver), "\(loss)")
    for store in [first, second] {
      #expect(keep(store) == nil, "\(loss)")
      for number in 0..<119 {
        let again = try await store.admit(pass("\(number)", people: 2), at: 300)
        #expect(again.decision.reason == .alreadyUsed, "\(loss): pass \(number)")
      }
      #expect(try await store.admit(pass("other"), at: 300).decision.reason == .alreadyUsed)
    }
    // Both go on in the same file, and it has all.
    #expect(try await first.admit(pass("119", people: 2), at: 301).decision.reason == .valid)
    #expect(try await second.admit(pass("119", people: 2), at: 302).decision.reason == .alreadyUsed)
    let third = try folder.open()
    #expect(third.setAside == nil, "\(loss)")
    #expect(try await third.store.peopleAdmitted(eventID: tonightID) == 119 * 2 + 1 + 2)
    // Numbers of before still mean the same admissions.
    let id = try #require(other.admissionID)
    #expect(try await first.undo(admission: id, at: night + 400)?.code == "CODE-other")
  }
}
