import Admission
import Foundation
import GRDB
import Glibc
import Testing

@testable import NightStore

struct FaultTests {
  @Test func `Full is typed and ends when there is space again`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    try await store.admit(pass("first"))
    try await store.ledger.writeWithoutTransaction {
      let pages = try #require(try Int.fetchOne($0, sql: "PRAGMA page_count"))
      try $0.execute(sql: "PRAGMA max_page_count = \(pages + 1)")
    }
    var admitted = 1
    let error = await #expect(throws: StoreError.self) {
      for number in 0..<2_000 {
        try await store.admit(pass("\(number)"))
        admitted += 1
      }
    }
    #expect(error == .full)
    #expect(error?.isBusy == false)
    // What was said to be in is in, nothing else is, and what is stored can still be read.
    #expect(try await store.peopleAdmitted(eventID: tonightID) == admitted)
    let first = pass("first")
    let earlier = try await store.earlierAdmissions(
      of: PassAtEvent(id: first.id, eventID: tonightID, code: first.code), answeredAt: night)
    #expect(earlier.people == 1)

    try await store.ledger.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA max_page_count = 1073741823")
    }
    #expect(try await store.admit(pass("last")).decision.reason == .valid)
    #expect(try await store.figures(eventID: tonightID).scans == admitted + 1)
  }

  @Test func `A refusal stands though it cannot be journalled`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    try await store.admit(pass("1"))
    try await store.journal.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA query_only = ON")
    }
    let second = try await store.admit(entry(pass("1"), at: 60), judge: judging(pass("1")))
    #expect(second.decision.reason == .alreadyUsed)
    await #expect(throws: StoreError.readOnly) {
      try await store.journal([(entry(pass("1"), at: 60).scan, second.decision)])
    }
  }

  @Test func `Waits for another process but not for ever`() async throws {
    let temporary = try TemporaryStore()
    let other = try temporary.folder.stranger()
    try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    let clock = ContinuousClock()
    let begun = clock.now
    let error = await #expect(throws: StoreError.self) {
      try await temporary.store.admit(pass("1"))
    }
    #expect(error == .busy)
    #expect(error?.isBusy == true)
    // At least what the issue promises; the upper bound is only against hanging.
    #expect(clock.now - begun >= .seconds(2))
    #expect(clock.now - begun < .seconds(30))
    // Reading needs nobody's leave.
    #expect(try await temporary.store.peopleAdmitted(eventID: tonightID) == 0)

    try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    #expect(try await temporary.store.admit(pass("1")).decision.reason == .valid)
  }

  @Test func `Waits out a short lock`() async throws {
    let temporary = try TemporaryStore()
    let other = try temporary.folder.stranger()
    try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    async let recorded = temporary.store.admit(pass("1"))
    try await other.writeWithoutTransaction {
      // How long the lock is held is what is tested; nothing is waited for here.
      usleep(100_000)
      try $0.execute(sql: "ROLLBACK")
    }
    #expect(try await recorded.decision.reason == .valid)
  }

  enum Loss: CaseIterable { case file, log, everything }

  @Test(arguments: Loss.allCases)
  func `Deleted underneath is noticed before anything is promised`(loss: Loss) async throws {
    let temporary = try TemporaryStore()
    let path = temporary.folder.storePath
    try await temporary.store.admit(pass("1"))
    switch loss {
    case .file: unlink(path)
    case .log: unlink(path + "-wal")
    case .everything: for file in ["", "-wal", "-shm"] { unlink(path + file) }
    }
    await #expect(throws: StoreError.gone) { try await temporary.store.admit(pass("2")) }
    await #expect(throws: StoreError.gone) {
      try await temporary.store.journal(record("X"), Decision(reason: .unknownPass))
    }
  }

  @Test func `A cancelled task still learns what was recorded`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await store.admit(pass("1"))
    }
    #expect(try await task.value.decision.reason == .valid)
    #expect(try await store.peopleAdmitted(eventID: tonightID) == 1)
  }

  /// Root may write anything, so these run in a process that is nobody.
  @Test func `A read-only folder is typed`() async throws {
    let folder = TemporaryFolder()
    chmod(folder.path, 0o555)
    await #expect(processExitsWith: .success) { [path = folder.storePath as String] in
      if getuid() == 0 { try #require(setuid(65534) == 0) }
      #expect(throws: StoreError.readOnly) { _ = try NightStore.open(path: path, now: night) }
      #expect(throws: StoreError.readOnly) {
        _ = try NightStore.open(path: path.replacing("night.", with: "deeper/night."), now: night)
      }
    }
  }

  @Test func `A read-only file is typed and left as it is`() async throws {
    let folder = TemporaryFolder()
    chmod(folder.path, 0o777)
    await #expect(processExitsWith: .success) { [path = folder.storePath as String] in
      if getuid() == 0 { try #require(setuid(65534) == 0) }
      try NightStore.open(path: path, now: night).store.close()
      chmod(path, 0o400)
      #expect(throws: StoreError.readOnly) { _ = try NightStore.open(path: path, now: night) }
      #expect(permissions(of: path) == 0o400)
    }
  }
}
