import Admission
import Foundation
import GRDB
import Glibc
import Testing

@testable import NightStore

/// Who is in stays in when a part of the store cannot be read: a second green would let somebody else
/// in on the same code.
struct SalvageTests {
  private static let people = 300

  /// A closed store of a night, everybody of which is in.
  private func filled() async throws -> TemporaryFolder {
    let folder = TemporaryFolder()
    let store = try folder.open().store
    try await store.store(
      events: [Event(id: tonightID, name: "Tonight")], fetchedAt: night)
    let passes = (0..<Self.people).map { pass("\($0)") }
    try await store.store(passes: passes, fetchedAt: night, eventID: tonightID)
    for (number, pass) in passes.enumerated() {
      try await store.admit(
        pass, at: Double(number),
        report: ReportOrder(optionID: nil, earliest: night + Double(number)))
    }
    store.close()
    return folder
  }

  /// The pages of a table or index, in the order in which they are in the file.
  private func pages(of name: String, in folder: TemporaryFolder) throws
    -> [Int]
  {
    let queue = try folder.stranger()
    let root = try queue.writeWithoutTransaction { database in
      // What is in the log is not in the file yet.
      try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      return try Int.fetchOne(
        database, sql: "SELECT rootpage FROM sqlite_master WHERE name = ?", arguments: [name])
    }
    try queue.close()
    let bytes = try Data(contentsOf: URL(filePath: folder.storePath))
    return Pages(bytes: bytes).leaves(below: try #require(root)).sorted()
  }

  private func overwrite(_ pages: [Int], in folder: TemporaryFolder) throws {
    let handle = try FileHandle(forUpdating: URL(filePath: folder.storePath))
    for page in pages {
      try handle.seek(toOffset: UInt64((page - 1) * 4096))
      try handle.write(contentsOf: Data(repeating: 0x58, count: 4096))
    }
    try handle.close()
  }

  /// Of some that only the journal tells, the table refuses one as it was counted.
  @Test func `One admission that is refused loses nobody`() async throws {
    let folder = try await filled()
    let store = try folder.open().store
    let lines = try store.ledger.write { database in
      try database.execute(
        sql: """
          PRAGMA defer_foreign_keys = ON;
          DROP TRIGGER admissions_stay;
          DELETE FROM outbox WHERE admission_id BETWEEN 101 AND 110;
          DELETE FROM admissions WHERE id BETWEEN 101 AND 110;
          CREATE TEMP TRIGGER refusing BEFORE INSERT ON admissions
          WHEN NEW.id = 103 AND NEW.kind = 'counted' BEGIN SELECT RAISE(ABORT, 'no'); END;
          """)
      let pages = try #require(StorePages(StoreFiles(path: folder.storePath)))
      try Salvage(source: pages, target: database, deadline: .now).recallLostAdmissions()
      return try Row.fetchAll(
        database, sql: "SELECT pass_id, kind FROM admissions WHERE id BETWEEN 102 AND 104")
    }
    #expect(lines.map { $0["kind"] } == ["counted", "by_hand", "counted"])
    #expect(lines.map { $0["pass_id"] } == ["101", "102", "103"])
    #expect(try await store.peopleAdmitted(eventID: tonightID) == Self.people)
    #expect(try await store.admit(pass("102"), at: 1000).decision.reason == .alreadyUsed)
  }

  @Test(arguments: [
    "passes", "passes_by_event", "passes_by_code", "admissions_in", "admissions_by_code",
    "journal_by_event", "unknown_codes", "service_status",
  ])
  func `Who is in stays in`(damaged: String) async throws {
    let folder = try await filled()
    let pages = try pages(of: damaged, in: folder)
    try overwrite([pages[pages.count / 2]], in: folder)

    let opened = try folder.open()
    let setAside = try #require(opened.setAside)
    #expect(setAside.admissions == Self.people)
    let store = opened.store
    #expect(try await store.peopleAdmitted(eventID: tonightID) == Self.people)
    for id in [0, 1, 150, 299] {
      #expect(
        try await store.admit(pass("\(id)"), at: 1000).decision.reason == .alreadyUsed, "\(id)")
    }
    #expect(try await store.admit(pass("new"), at: 1000).decision.reason == .valid)
    #expect(try await store.storedEvent(id: tonightID)?.value.name == "Tonight")
    // Each is reported, and taken back, as before.
    let due = try await store.claimDueReports(now: night + 2000, lease: 60, limit: 1000)
    #expect(due.count == Self.people)
    let newest = try await store.newestAdmission(door: "Main", during: night..<(night + 900))
    #expect(newest?.code == "CODE-299")
    store.close()
    #expect(try folder.open().setAside == nil)
    #expect(permissions(of: folder.storePath) == 0o600)
    #expect(!folder.fileNames.contains("night.sqlite.new"))
  }

  /// Whether passes, by which the journal's codes are known, come over or not.
  @Test(arguments: [true, false])
  func `Admissions that cannot be read are recalled by the journal`(hasPasses: Bool) async throws {
    let folder = try await filled()
    if !hasPasses {
      let queue = try folder.stranger()
      try await queue.write { try $0.execute(sql: "DELETE FROM passes") }
      try queue.close()
    }
    let leaves = try pages(of: "admissions", in: folder)
    try #require(leaves.count >= 5)
    // Two, so that what is between them is neither reached from the front nor from the end.
    try overwrite([leaves[1], leaves[leaves.count - 2]], in: folder)
    let opened = try folder.open()
    let store = opened.store
    #expect(opened.setAside?.admissions == Self.people)
    #expect(try await store.peopleAdmitted(eventID: tonightID) == Self.people)
    for id in 0..<Self.people {
      let again = try await store.admit(pass("\(id)"), at: 1000)
      #expect(again.decision.reason == .alreadyUsed, "\(id)")
    }
    // The journal tells the pass, too.
    let due = try await store.claimDueReports(now: night + 2000, lease: 60, limit: 1000)
    #expect(due.count == Self.people)
  }

  /// One admission that is taken back, and a group of five of whom two came in.
  private func correct(in store: NightStore) async throws {
    try await store.admit(pass("taken back"))
    _ = try await store.undoNewest(door: "Main", notBefore: night, at: night + 1)
    let group = try await store.admit(pass("group", people: 5), at: 2)
    _ = try await store.setPeople(2, ofAdmission: try #require(group.admissionID), at: night + 3)
  }

  private func expectCorrected(_ opened: OpenedStore) async throws {
    #expect(opened.setAside?.admissions == 2)
    #expect(try await opened.store.peopleAdmitted(eventID: tonightID) == 2)
    #expect(try await opened.store.admit(pass("taken back"), at: 9).decision.reason == .valid)
    #expect(
      try await opened.store.admit(pass("group", people: 5), at: 9).decision.count?.admitted == 3)
  }

  /// What staff did to a lost admission is in the journal, too.
  @Test func `What is recalled is as staff left it`() async throws {
    let folder = TemporaryFolder()
    let store = try folder.open().store
    try await correct(in: store)
    store.close()
    try overwrite(try pages(of: "admissions", in: folder), in: folder)
    let opened = try folder.open()
    try await expectCorrected(opened)
  }

  /// What the service counts by our report is not counted twice once it is asked again.
  @Test func `What is recalled and was reported counts once`() async throws {
    let folder = TemporaryFolder()
    let store = try folder.open().store
    try await store.admit(
      pass("group", people: 5), group: .one, report: ReportOrder(optionID: nil, earliest: night))
    let due = try await store.claimDueReports(now: night + 1, lease: 60)
    try await store.acknowledge(try #require(due.first), at: night + 2)
    store.close()
    try overwrite(try pages(of: "admissions", in: folder), in: folder)
    let opened = try folder.open()
    #expect(opened.setAside?.admissions == 1)
    let later = Date().timeIntervalSince(night) + 60
    let again = try await opened.store.admit(
      pass("group", people: 5, counted: 1), at: later, group: .all)
    #expect(again.decision.count?.admitted == 4)
  }

  /// The journal's last lines are lost with the admissions: the rest comes over.
  @Test func `What is on other pages than the bad ones comes over`() async throws {
    let folder = try await filled()
    let (admissions, journal) = (
      try pages(of: "admissions", in: folder), try pages(of: "journal", in: folder)
    )
    try overwrite([try #require(admissions.last), try #require(journal.last)], in: folder)
    let opened = try folder.open()
    let kept = try #require(opened.setAside?.admissions)
    #expect(kept < Self.people && kept > Self.people / 2)
    #expect(try await opened.store.admit(pass("0")).decision.reason == .alreadyUsed)
    // A new one takes no number of one that is lost.
    let new = try await opened.store.admit(pass("new"))
    #expect(try #require(new.admissionID) > Self.people)
  }

  @Test func `Corrections come over`() async throws {
    let folder = TemporaryFolder()
    let store = try folder.open().store
    try await store.store(
      passes: (0..<100).map { pass("\($0)") }, fetchedAt: night, eventID: tonightID)
    try await correct(in: store)
    store.close()
    let pages = try pages(of: "passes", in: folder)
    try overwrite([pages[pages.count / 2]], in: folder)

    let opened = try folder.open()
    try await expectCorrected(opened)
  }

  /// What was refused by the service is not known to it, so that it counts for its pass again: a rule
  /// for new admissions would not take what came after it.
  @Test func `What changed after later admissions comes over`() async throws {
    let folder = try await filled()
    do {
      let queue = try folder.stranger()
      try await queue.write {
        try $0.execute(
          sql: """
            INSERT INTO admissions (
              kind, event_id, pass_id, sequence, allowed, used, people, at, door, answered_at,
              is_stored_answer, reported_at)
            VALUES ('counted', 'event-1', 'g', 1, 5, 0, 3, 1769896800, 'Main', 1769896800, 0,
              1769896801),
              ('counted', 'event-1', 'g', 2, 5, 0, 2, 1769896900, 'Main', 1769896900, 0, NULL);
            UPDATE admissions SET reported_at = NULL WHERE pass_id = 'g';
            """)
      }
      try queue.close()
    }
    let pages = try pages(of: "passes", in: folder)
    try overwrite([pages[pages.count / 2]], in: folder)
    let opened = try folder.open()
    #expect(opened.setAside?.admissions == Self.people + 2)
    // The rule holds again.
    let rule = try await opened.store.read {
      try String.fetchOne(
        $0, sql: "SELECT name FROM sqlite_master WHERE name = 'admissions_never_exceed'")
    }
    #expect(rule != nil)
  }

  @Test func `An older version's comes over`() async throws {
    let folder = TemporaryFolder()
    do {
      let old = try DatabaseQueue(path: folder.storePath)
      try Schema.migrator.migrate(old, upTo: "1 passes, events, admissions, journal")
      try await old.write { database in
        for number in 1...200 {
          try database.execute(
            sql: """
              INSERT INTO admissions (
                kind, event_id, pass_id, sequence, allowed, used, people, at, door, answered_at,
                is_stored_answer)
              VALUES ('counted', 'event-1', ?, 1, 1, 0, 1, 1769896800, 'Main', 1769896800, 0)
              """,
            arguments: ["\(number)"])
        }
      }
      try old.close()
    }
    let pages = try pages(of: "admissions_in", in: folder)
    try overwrite([pages[pages.count / 2]], in: folder)
    let opened = try folder.open()
    #expect(opened.setAside?.admissions == 200)
    #expect(try await opened.store.admit(pass("200")).decision.reason == .alreadyUsed)
  }

  /// Nobody waits long for a large night. The bound is only against hanging.
  @Test func `A large night is taken over at once`() async throws {
    let folder = TemporaryFolder()
    try folder.open().store.close()
    let queue = try folder.stranger()
    try await queue.write {
      try $0.execute(
        sql: """
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
          INSERT INTO admissions (
            kind, event_id, pass_id, sequence, allowed, used, people, at, door, answered_at,
            is_stored_answer)
          SELECT 'counted', 'event-1', 'p' || i, 1, 1, 0, 1, 1769896800 + i, 'Main',
            1769896800 + i, 0
          FROM n;
          """)
    }
    try queue.close()
    let leaves = try pages(of: "admissions", in: folder)
    try overwrite([leaves[2], leaves[leaves.count - 3]], in: folder)
    let began = ContinuousClock.now
    let opened = try folder.open(checking: .thorough)
    #expect(ContinuousClock.now - began < .seconds(30))
    #expect(try #require(opened.setAside?.admissions) > 9_500)
  }

  /// The program or the power ended after the damaged store was moved and before the new one had all.
  @Test func `What was interrupted is done again`() async throws {
    let folder = try await filled()
    let pages = try pages(of: "passes", in: folder)
    try overwrite([pages[pages.count / 2]], in: folder)
    let files = StoreFiles(path: folder.storePath)
    try files.beginSuccessor()
    let moved = try files.setAside(at: night, detail: "")

    let opened = try folder.open(at: night + 60)
    #expect(opened.setAside?.path == moved.path)
    #expect(opened.setAside?.admissions == Self.people)
    #expect(try await opened.store.admit(pass("1")).decision.reason == .alreadyUsed)
    opened.store.close()
    #expect(try folder.open().setAside == nil)
  }

  /// A crash leaves the newest admissions in the log.
  @Test func `The log is read too`() async throws {
    let folder = try await filled()
    let pages = try pages(of: "passes", in: folder)
    try overwrite([pages[pages.count / 2]], in: folder)
    let door = try folder.stranger()
    try await door.writeWithoutTransaction {
      try $0.execute(
        sql: """
          PRAGMA wal_autocheckpoint = 0;
          INSERT INTO admissions (
            kind, event_id, pass_id, sequence, allowed, used, people, at, door, answered_at,
            is_stored_answer)
          VALUES ('counted', 'event-1', 'late', 1, 1, 0, 1, 1769896900, 'Main', 1769896900, 0);
          """)
    }
    let opened = try folder.open()
    #expect(opened.setAside?.admissions == Self.people + 1)
    #expect(try await opened.store.admit(pass("late")).decision.reason == .alreadyUsed)
    try door.close()
  }
}

/// The pages of a database file, as its format has them.
private struct Pages {
  let bytes: Data

  private func number(at offset: Int, bytes count: Int) -> Int {
    bytes[offset..<(offset + count)].reduce(0) { $0 << 8 | Int($1) }
  }

  /// The lowest pages of the tree whose root is `page`.
  func leaves(below page: Int) -> [Int] {
    let start = (page - 1) * 4096
    // Interior pages of an index and of a table.
    guard [2, 5].contains(bytes[start]) else { return [page] }
    let cells = (0..<number(at: start + 3, bytes: 2)).map {
      number(at: start + number(at: start + 12 + 2 * $0, bytes: 2), bytes: 4)
    }
    return (cells + [number(at: start + 8, bytes: 4)]).flatMap(leaves)
  }
}
