import Admission
import CheckIn
import Foundation
import PostgresServer
import SeededRandom
import Testing

@testable import SharedLedger

@Suite("The other doors' changes") struct FeedTests {
  @Test("Each change comes once, but a door's own")
  func once() async throws {
    let ledger = try await LedgerUnderTest()
    let door = try ledger.door()
    let start = try await door.changes(after: nil, besides: "a")
    #expect(start.admissions.isEmpty && !start.hasMore)
    var theirs = admission(pass("p"), people: 2, at: "b")
    try await door.deliver([theirs, admission(pass("q"), at: "a")])
    let first = try await door.changes(after: start.cursor, besides: "a")
    #expect(first.admissions == [theirs])
    let nothing = try await door.changes(after: first.cursor, besides: "a")
    #expect(nothing.admissions.isEmpty)

    theirs.people = 1
    theirs.revision = 2
    theirs.undoneAt = Date(timeIntervalSince1970: 1_790_000_100)
    try await door.deliver([theirs])
    let changed = try await door.changes(after: nothing.cursor, besides: "a")
    #expect(changed.admissions == [theirs])
    // From the beginning it comes as it stands.
    #expect(try await door.allChanges(after: nil, besides: "a").admissions == [theirs])
    await door.close()
  }

  @Test("Nothing is missed, whatever the order in which transactions end", arguments: 1...6)
  func outOfOrder(seed: UInt64) async throws {
    let ledger = try await LedgerUnderTest()
    var random = SplitMix64(seed: seed)
    let reader = try ledger.door()
    let writers = try (0..<6).map { _ in LedgerConnection(to: try ledger.address(), as: .setup) }
    var open: [Int: AdmissionID] = [:]
    var committed: Set<AdmissionID> = []
    var seen: [AdmissionID] = []
    var cursor: String?
    for step in 0..<150 {
      let writer = Int.random(in: writers.indices, using: &random)
      if let id = open.removeValue(forKey: writer) {
        let commits = Int.random(in: 0..<4, using: &random) > 0
        try await writers[writer].ask([.once(commits ? "COMMIT" : "ROLLBACK")])
        if commits { committed.insert(id) }
      } else {
        let new = admission(pass("p\(step)"))
        try await writers[writer].ask([
          .once("BEGIN"), .once(AdmissionRow.record.sql, AdmissionRow.values(new)),
        ])
        open[writer] = new.id
      }
      if Int.random(in: 0..<3, using: &random) == 0 {
        let changes = try await reader.allChanges(after: cursor)
        seen += changes.admissions.map(\.id)
        cursor = changes.cursor
      }
    }
    for writer in open.keys { try await writers[writer].ask([.once("COMMIT")]) }
    committed.formUnion(open.values)
    seen += try await reader.allChanges(after: cursor).admissions.map(\.id)
    #expect(Set(seen) == committed, "seed \(seed)")
    // A long transaction somewhere does not make the others come again and again.
    #expect(seen.count == committed.count, "seed \(seed)")
    for writer in writers { await writer.close() }
    await reader.close()
  }

  @Test("A cursor stays where it is while nothing changes, but not for ever")
  func quiet() async throws {
    // The other tests' transactions count, too, so it is a server of its own.
    let ledger = try await LedgerUnderTest(on: PostgresServer())
    let door = try ledger.door()
    try await door.deliver([admission(pass("p"))])
    let cursor = try await door.allChanges(after: nil).cursor
    for number in 0..<5 {
      try await door.deliver([admission(pass("own\(number)"), at: "a")])
      #expect(try await door.changes(after: cursor, besides: "a").cursor == cursor)
    }
    let writer = LedgerConnection(to: try ledger.address(), as: .setup)
    for _ in 0..<1001 { try await writer.ask([.once("SELECT pg_current_xact_id()")]) }
    #expect(try await door.changes(after: cursor, besides: "a").cursor != cursor)
    await writer.close()
    await door.close()
  }

  @Test("Many come in pages, and what is recorded meanwhile comes, too")
  func pages() async throws {
    let ledger = try await LedgerUnderTest()
    let door = try ledger.door()
    var expected: [AdmissionID: Int64] = [:]
    var all: [LedgerAdmission] = []
    for size in [1203, 500, 1] {
      let batch = (0..<size).map { admission(pass("p\(all.count + $0)")) }
      try await door.deliver(batch)
      all += batch
    }
    for admission in all { expected[admission.id] = 1 }
    var found: [AdmissionID: Int64] = [:]
    var cursor: String?
    var pages = 0
    var hasMore = true
    while hasMore {
      let page = try await door.changes(after: cursor, besides: "nobody")
      #expect(page.admissions.count <= 500)
      for admission in page.admissions { found[admission.id] = admission.revision }
      (cursor, hasMore) = (page.cursor, page.hasMore)
      pages += 1
      guard pages <= 3 else { continue }
      // One new, and one changed that may have been read already.
      all[pages * 100].revision = 2
      let new = admission(pass("late\(pages)"))
      try await door.deliver([new, all[pages * 100]])
      expected[new.id] = 1
      expected[all[pages * 100].id] = 2
    }
    for admission in try await door.allChanges(after: cursor).admissions {
      found[admission.id] = admission.revision
    }
    #expect(found == expected)
    #expect(pages >= 4)
    await door.close()
  }

  @Test(
    "A cursor that this server never gave begins again",
    arguments: [
      // Restored from a backup: the server was further once.
      "999999999999:999999999999:", "900000000000:999999999999:900000000000,910000000000",
      "", "x", "0:0:", "5:3:", "1:1:; DROP", "1:1: 1:1: a b", "-1:2:", "99999999999999999999:1:",
    ])
  func strangeCursor(cursor: String) async throws {
    let ledger = try await LedgerUnderTest()
    let door = try ledger.door()
    let there = admission(pass("p"))
    try await door.deliver([there])
    let changes = try await door.changes(after: cursor, besides: "nobody")
    #expect(changes.admissions == [there])
    #expect(try await door.changes(after: changes.cursor, besides: "x").admissions.isEmpty)
    await door.close()
  }

  @Test("A ledger that was restored from a dump is mended by setting it up again")
  func restoredDump() async throws {
    let ledger = try await LedgerUnderTest()
    let door = try ledger.door()
    try await door.deliver([admission(pass("p"))])
    try ledger.server.query(
      "UPDATE doorcheck.admissions SET changed_by = '999999999999'", in: ledger.database)
    let before = try await door.changes(after: nil, besides: "x")
    #expect(before.admissions.count == 1)
    _ = try await LedgerSetup.initialize(
      LedgerAddress(
        url: ledger.server.url(ledger.database), password: PostgresServer.password))
    let after = try await door.changes(after: before.cursor, besides: "x")
    #expect(after.admissions.count == 1)
    #expect(try await door.changes(after: after.cursor, besides: "x").admissions.isEmpty)
    await door.close()
  }

  @Test("What a scan and the doors ask for often is found by an index")
  func indexes() async throws {
    let ledger = try await LedgerUnderTest()
    try ledger.server.query(
      """
      INSERT INTO doorcheck.admissions (id, revision, door_id, door, event_id, passage, kind,
        pass_id, code, people, at, stored_answer, reason)
      SELECT md5(n::text), 1, 'd' || n % 8, 'door', 'event', 'counted', 'pass', 'p' || n, 'Code' || n,
        1, now(), false, 'valid' FROM generate_series(1, 20000) AS n;
      ANALYZE doorcheck.admissions
      """, in: ledger.database)
    let asked = pass("p77", code: "CODE77")
    let scans = LedgerConnection(to: try ledger.address(), as: .scans(patience: patience))
    let background = LedgerConnection(to: try ledger.address(), as: .background)
    let readValues = ScanStatements.hold(asked)[2].values
    let soon = Statement.value(Date(timeIntervalSinceNow: 60))
    for (connection, statement, values) in [
      (scans, ScanStatements.read, readValues),
      (background, BackgroundStatements.changes, ["9:9:", "d", "0", "0", "500"]),
      (background, BackgroundStatements.ofDoor, ["d1", soon]),
      (background, BackgroundStatements.confirmed, ["d1", soon]),
    ] {
      let plan =
        try await connection.ask([.once("EXPLAIN " + statement.sql, values)])
        .first?.rows.compactMap { $0[0] } ?? []
      #expect(plan.contains { $0.contains("Index") }, "\(plan)")
      #expect(!plan.contains { $0.contains("Seq Scan on admissions") }, "\(plan)")
    }
    let door = try ledger.door()
    let hold = try await door.hold(asked, within: patience)
    #expect(hold.admissions.map(\.passID) == ["p77"])
    hold.release()
    await door.close()
  }
}

extension LedgerConnection {
  @discardableResult
  func ask(_ statements: [Statement]) async throws(LedgerError) -> [Answer] {
    try await perform(within: patience) { (session, deadline) throws(LedgerError) in
      try session.ask(statements, until: deadline)
    }
  }
}

@Suite("Texts and keys") struct StoredTextTests {
  @Test(
    "A text comes back as it was, and different texts stay different",
    arguments: [
      "", "abc", "\0", "\u{1A}", "\0\0", "\u{1A}0", "\u{1A}1", "a\0b\u{1A}c", "\u{1A}\0",
      "\0\u{1A}",
    ])
  func roundTrip(text: String) {
    let stored = StoredText.stored(text)
    #expect(!stored.utf8.contains(0))
    #expect(StoredText.text(stored) == text)
  }

  @Test("Locks of a pass are its id's and its code's, ascending, and the same at each door")
  func keys() {
    let keys = LockKey.keys(of: pass("p", code: "Code"))
    #expect(keys.count == 2 && keys == keys.sorted())
    #expect(LockKey.keys(of: pass("p", code: "cODE")) == keys)
    #expect(!Set(LockKey.keys(of: pass("q", code: "code"))).isDisjoint(with: keys))
    #expect(!Set(LockKey.keys(of: pass("p", code: "x"))).isDisjoint(with: keys))
    #expect(Set(LockKey.keys(of: pass("p", kind: .list, code: "x"))).isDisjoint(with: keys))
    var elsewhere = pass("p", code: "Code")
    elsewhere.eventID = "other"
    #expect(Set(LockKey.keys(of: elsewhere)).isDisjoint(with: keys))
    #expect(LockKey.keys(of: pass("", code: "")).isEmpty)
    // Doors of different versions must agree: never change how it is computed.
    #expect(keys == [5_291_952_394_769_618_397, 6_174_614_257_761_961_030])
  }
}
