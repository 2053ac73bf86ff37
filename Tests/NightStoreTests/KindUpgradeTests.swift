import Admission
import Foundation
import GRDB
import Testing

@testable import NightStore

/// A store of before there were other kinds than passes is one afterwards, whole.
struct KindUpgradeTests {
  private let folder = TemporaryFolder()

  /// As version 8 left it.
  private func fill(passes: Int, admissions: Int) throws {
    let old = try DatabaseQueue(path: folder.storePath)
    try Schema.migrator.migrate(old, upTo: "8 order of reports")
    try old.write { database in
      let insert = try database.makeStatement(
        sql: """
          INSERT INTO passes (
            id, code, event_id, fetched_at, search_text, pass, received_order, listed_in,
            asked_order)
          VALUES (?, ?, ?, ?, ?, ?, 5, 1, 4)
          """)
      for number in 0..<passes {
        let pass = pass("\(number)")
        try insert.execute(arguments: [
          pass.id, pass.code, tonightID, night.timeIntervalSince1970, SearchText.of(pass),
          try PassText.encode(pass),
        ])
      }
      let admit = try database.makeStatement(
        sql: """
          INSERT INTO admissions (
            kind, event_id, pass_id, code, pass_type, sequence, allowed, used, people, at, door,
            answered_at, is_stored_answer)
          VALUES ('counted', ?, ?, ?, 'Season', 1, 1, 0, 1, ?, 'Main', ?, 0)
          """)
      let journal = try database.makeStatement(
        sql: """
          INSERT INTO journal (
            at, action, event_id, door, code, pass_type, verdict, reason, source, people,
            admission_id, pass_id, allowed, used, answered_at)
          VALUES (?, 'scan', ?, 'Main', ?, 'Season', 'admit', 'valid', 'live', 1, ?, ?, 1, 0, ?)
          """)
      for number in 0..<admissions {
        let at = night.timeIntervalSince1970 + Double(number)
        try admit.execute(arguments: [tonightID, "\(number)", "CODE-\(number)", at, at])
        try journal.execute(arguments: [
          at, tonightID, "CODE-\(number)", database.lastInsertedRowID, "\(number)", at,
        ])
      }
      try database.execute(
        sql: """
          INSERT INTO lists VALUES (1, '\(tonightID)', 4, \(passes), 1);
          INSERT INTO preloads VALUES ('\(tonightID)', 1769896800, \(passes));
          INSERT INTO rates VALUES ('\(tonightID)', '[]', 1769896800);
          INSERT INTO unknown_codes VALUES ('NONE', 1769896800, 6);
          """)
    }
    try old.close()
  }

  @Test func `All is there and is of passes`() async throws {
    try fill(passes: 300, admissions: 40)
    let opened = try folder.open()
    #expect(opened.setAside == nil)
    let store = opened.store
    #expect(try await store.passesStored(eventID: tonightID) == 300)
    #expect(try await store.passesStored(eventID: tonightID, kinds: [.ticket]) == 0)
    for number in [0, 39, 40, 299] {
      let code = "CODE-\(number)"
      guard case .found(let stored) = try await store.storedAnswer(code: code, eventID: tonightID)
      else {
        Issue.record("\(code) is gone")
        continue
      }
      #expect(stored.pass == pass("\(number)") && stored.fetchedAt == night)
      #expect(
        try await store.lookalike(of: code, eventID: tonightID, kinds: [.pass]) == .listed)
      let reason: Reason = number < 40 ? .alreadyUsed : .valid
      #expect(try await store.admit(pass("\(number)"), at: 900).decision.reason == reason)
      // Another kind with the same ID is somebody else.
      let ticket = pass("\(number)", kind: .ticket, code: "TICKET-\(number)")
      #expect(try await store.admit(ticket, at: 950).decision.reason == .valid)
    }
    #expect(try await store.storedAnswer(code: "NONE") == .unknown(fetchedAt: night))
    #expect(try await store.storedAnswer(code: "NONE", kinds: [.pass, .ticket]) == nil)
    #expect(try await store.lastPreload(eventID: tonightID)?.passes == 300)
    #expect(try await store.lastPreload(eventID: tonightID, kind: .ticket) == nil)
    #expect(try await store.storedRates(eventID: tonightID)?.value == [])
    #expect(try await store.peopleAdmitted(eventID: tonightID) == 46)
    #expect(try await store.undo(admission: 1, at: night + 960)?.kind == .pass)
  }

  /// Killed in the middle, the store is the old one, and the next start upgrades it.
  @Test func `An upgrade that was interrupted changes nothing`() throws {
    try fill(passes: 50, admissions: 10)
    struct Interrupted: Error {}
    let queue = try DatabaseQueue(path: folder.storePath)
    var broken = DatabaseMigrator()
    for name in Schema.migrator.migrations.prefix(8) { broken.registerMigration(name) { _ in } }
    broken.registerMigration("9 kinds of codes") { database in
      try database.execute(sql: Schema.ninth)
      throw Interrupted()
    }
    #expect(throws: Interrupted.self) { try broken.migrate(queue) }
    #expect(
      try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM passes WHERE listed_in") }
        == 50)
    #expect(throws: DatabaseError.self) {
      try queue.read { try Row.fetchOne($0, sql: "SELECT kind FROM passes") }
    }
    try queue.close()
    let opened = try folder.open()
    #expect(opened.setAside == nil)
    let count = try opened.store.ledger.read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM passes WHERE kind = 'pass'")
    }
    #expect(count == 50)
  }

  /// What an old store's damaged file still tells comes over as passes.
  @Test func `An old store that is damaged is salvaged`() async throws {
    try fill(passes: 300, admissions: 40)
    let handle = try FileHandle(forUpdating: URL(filePath: folder.storePath))
    let queue = try DatabaseQueue(path: folder.storePath)
    let root = try await queue.read {
      try Int.fetchOne($0, sql: "SELECT rootpage FROM sqlite_master WHERE name = 'passes_by_event'")
    }
    try queue.close()
    try handle.seek(toOffset: UInt64((try #require(root) - 1) * 4096))
    try handle.write(contentsOf: Data(repeating: 0x58, count: 4096))
    try handle.close()
    let opened = try folder.open(checking: .thorough)
    #expect(opened.setAside?.admissions == 40)
    #expect(try await opened.store.passesStored(eventID: tonightID) == 300)
    #expect(try await opened.store.admit(pass("7"), at: 900).decision.reason == .alreadyUsed)
    let ticket = pass("7", kind: .ticket, code: "TICKET")
    #expect(try await opened.store.admit(ticket, at: 900).decision.reason == .valid)
  }

  /// The size of a big venue's; its time is printed, and bounded only against hanging.
  @Test func `A big store is upgraded in a moment`() async throws {
    try fill(passes: 100_000, admissions: 10_000)
    let start = ContinuousClock.now
    let opened = try folder.open()
    let took = start.duration(to: .now)
    print("upgraded 100,000 passes and 10,000 admissions in \(took)")
    #expect(took < .seconds(60))
    #expect(try await opened.store.passesStored(eventID: tonightID) == 100_000)
    #expect(try await opened.store.peopleAdmitted(eventID: tonightID) == 10_000)
    #expect(
      try await opened.store.admit(pass("9999"), at: 20_000).decision.reason == .alreadyUsed)
  }
}
