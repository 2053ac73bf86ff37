import Admission
import Foundation
import GRDB
import Testing

@testable import NightStore

/// An old store becomes one of several doors', and a damaged one stays the door that it was.
struct DoorsRescueTests {
  private let folder = TemporaryFolder()

  // MARK: - An old file

  /// As version 9 left it: a night of its own, a report, a correction.
  private func fillOld() throws {
    let old = try DatabaseQueue(path: folder.storePath)
    try Schema.migrator.migrate(old, upTo: "9 kinds of codes")
    try old.write { database in
      for number in 1...40 {
        let at = night.timeIntervalSince1970 + Double(number)
        try database.execute(
          sql: """
            INSERT INTO admissions (
              kind, event_id, pass_id, code, pass_type, sequence, allowed, used, people, at, door,
              answered_at, is_stored_answer)
            VALUES ('counted', ?, ?, ?, 'Season', 1, 2, 0, 1, ?, 'Main', ?, 0)
            """,
          arguments: [tonightID, "\(number)", "CODE-\(number)", at, at])
        try database.execute(
          sql: """
            INSERT INTO journal (
              at, action, event_id, door, code, pass_type, verdict, reason, source, people,
              admission_id, pass_id, allowed, used, answered_at)
            VALUES (?, 'scan', ?, 'Main', ?, 'Season', 'admit', 'valid', 'live', 1, ?, ?, 2, 0, ?)
            """,
          arguments: [at, tonightID, "CODE-\(number)", number, "\(number)", at])
      }
      try database.execute(
        sql: """
          UPDATE admissions SET undone_at = \(night.timeIntervalSince1970 + 90) WHERE id = 40;
          INSERT INTO journal (at, action, event_id, door, code, people, admission_id)
          VALUES (\(night.timeIntervalSince1970 + 90), 'undo', '\(tonightID)', 'Main', 'CODE-40', 1, 40);
          INSERT INTO outbox (admission_id, state, next_try_at) VALUES (1, 'waiting', 0);
          """)
    }
    try old.close()
  }

  @Test func `All of an old store is its own, and is delivered`() async throws {
    try fillOld()
    let opened = try folder.open(checking: .thorough)
    #expect(opened.setAside == nil)
    let store = opened.store
    #expect(AdmissionID(rawValue: store.doorID) != nil)
    let own = try await store.own()
    #expect(own.map(\.passID) == (1...40).map { "\($0)" })
    #expect(Set(own.map(\.id)).count == 40)
    #expect(own.last?.undoneAt == night + 90)
    #expect(own.allSatisfy { $0.reason == .valid && $0.allowed == 2 && $0.door == "Main" })
    #expect(
      try await store.lines(after: 0, atMost: 99).compactMap(\.admissionID)
        == own.map(\.id) + [own[39].id])
    // It goes on as before.
    #expect(try await store.undo(admission: 1, at: night + 100) != nil)
    await #expect(throws: StoreError.self) {
      try await store.write(on: store.ledger) {
        try $0.execute(sql: "UPDATE admissions SET undone_at = 1 WHERE id = 40")
      }
    }
    #expect(try await store.setPeople(2, ofAdmission: 2, at: night + 101)?.people == 2)
    #expect(try await store.people() == 39)
    #expect(try await store.claimDueReports(now: night + 200, lease: 60).isEmpty)
  }

  /// What its damaged file tells gets names of its own.
  @Test func `An old store that is damaged is salvaged`() async throws {
    try fillOld()
    try await damage("admissions_by_door", table: false)
    let opened = try folder.open(checking: .thorough)
    #expect(opened.setAside?.admissions == 40)
    #expect(Set(try await opened.store.own().map(\.id)).count == 40)
    #expect(try await opened.store.people() == 39)
  }

  @Test func `An admission stays the one it is`() async throws {
    let store = try folder.open().store
    try await store.admit(pass("1"))
    for sql in [
      "UPDATE admissions SET entry_id = '\(AdmissionID.new().rawValue)'",
      "UPDATE admissions SET origin = 'other'",
      "UPDATE admissions SET entry_id = NULL",
    ] {
      await #expect(throws: StoreError.self) {
        try await store.write(on: store.ledger) { try $0.execute(sql: sql) }
      }
    }
  }

  // MARK: - A damaged file

  /// Overwrites the first page of a table's rows, or the root of an index.
  private func damage(_ name: String, table: Bool) async throws {
    let queue = try folder.stranger()
    let page = try await queue.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      return try Int.fetchOne(
        database,
        sql: "SELECT rootpage FROM sqlite_master WHERE name = ?", arguments: [name])
    }
    try queue.close()
    let handle = try FileHandle(forUpdating: URL(filePath: folder.storePath))
    try handle.seek(toOffset: UInt64((try #require(page) - 1) * 4096))
    try handle.write(contentsOf: Data(repeating: 0x58, count: 4096))
    try handle.close()
  }

  private func filled() async throws -> (doorID: String, own: [LedgerAdmission]) {
    let store = try folder.open().store
    for number in 0..<30 { try await store.admit(pass("\(number)"), at: Double(number)) }
    try await store.takeOver(
      (30..<60).map { elsewhere(pass("\($0)"), at: Double($0)) }
        + [elsewhere(pass("60"), at: 60).changed(undoneAt: 70)], cursor: "9")
    _ = try await store.undo(admission: 1, at: night + 80)
    let own = try await store.own()
    try await store.noteDelivered(own, toLedger: ledgerID)
    store.close()
    return (store.doorID, own)
  }

  @Test(arguments: ["admissions", "journal", "admissions_by_entry", "outbox"])
  func `A damaged store is the same door, and whoever is in anywhere stays in`(
    part: String
  ) async throws {
    let before = try await filled()
    try await damage(part, table: true)
    let opened = try folder.open(checking: .thorough)
    #expect(opened.setAside?.admissions == 61)
    let store = opened.store
    #expect(store.doorID == before.doorID)
    #expect(try await store.people() == 59)
    for number in 1..<60 {
      #expect(
        try await store.admit(pass("\(number)"), at: 900).decision.reason == .alreadyUsed)
    }
    // All is asked for anew, and delivered under the names that the ledger knows, as newer.
    #expect(try await store.cursor(ofLedger: ledgerID) == nil)
    let again = try await store.own()
    #expect(again.map(\.id) == before.own.map(\.id))
    #expect(again.first?.undoneAt == night + 80)
    for (old, new) in zip(before.own, again) { #expect(new.revision > old.revision) }
    #expect(
      try await store.newestAdmission(door: "South", during: night..<night + 900) == nil)
  }

  /// As the ledger has another door's, it is.
  @Test func `What was salvaged of other doors gives way to the ledger`() async throws {
    let store = try folder.open().store
    let other = elsewhere(pass("1", people: 3), people: 2)
    try await store.takeOver([other])
    store.close()
    try await damage("admissions", table: true)
    let salvaged = try folder.open(checking: .thorough).store
    #expect(try await salvaged.people() == 2)
    var told = other.changed(reportedAt: 5, acknowledgedAt: 6)
    told.revision = other.revision
    #expect(try await salvaged.takeOver([told]))
    let recorded = try await salvaged.admit(pass("1", people: 3, counted: 2), at: 60)
    #expect(recorded.decision.count == HeadCount(allowed: 3, used: 2, admitted: 1))
  }

  @Test func `A store whose id is lost gets another`() async throws {
    let before = try await filled()
    try await damage("store", table: true)
    let opened = try folder.open(checking: .thorough)
    #expect(AdmissionID(rawValue: opened.store.doorID) != nil)
    #expect(opened.store.doorID != before.doorID)
    // The ledger still calls the admissions by their names, as those of a door that is no more.
    var held = before.own[1]
    held.revision += 1
    #expect(try await opened.store.takeOver([held]) == false)
    #expect(try await opened.store.people() == 59)
  }

  // MARK: - What it costs

  /// Statements that a green scan runs: no more than without other doors, and one look more for each
  /// admission that the ledger tells of.
  @Test func `A scan costs what it did`() async throws {
    let store = try folder.open().store
    func statements(_ pass: Pass, at seconds: TimeInterval, _ held: [LedgerAdmission]) async throws
      -> Int
    {
      let counter = StatementCounter()
      try await store.onQueue(of: store.ledger) { $0.trace { _ in counter.add() } }
      try await store.admit(pass, at: seconds, onLedger: held, group: .one)
      try await store.onQueue(of: store.ledger) { $0.trace() }
      return counter.count
    }
    let group = pass("1", people: 9)
    _ = try await statements(group, at: 1, [])
    let alone = try await statements(group, at: 2, [])
    let others = (0..<3).map { elsewhere(group, at: Double($0)) }
    try await store.takeOver(others)
    let known = try await statements(group, at: 60, others)
    print("a scan's statements: \(alone) alone, \(known) with 3 known admissions on the ledger")
    #expect(alone <= 8)
    #expect(known == alone + 3)
  }
}

private final class StatementCounter: @unchecked Sendable {
  // Only the ledger's queue adds, and it is waited for before it is read.
  private(set) var count = 0
  func add() { count += 1 }
}
