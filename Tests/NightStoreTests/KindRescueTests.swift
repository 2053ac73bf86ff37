import Admission
import Foundation
import GRDB
import Glibc
import Testing

@testable import NightStore

/// Who is in stays in as what they came in on, whatever is lost, kept beside the store, or copied.
struct KindRescueTests {
  private let folder = TemporaryFolder()

  /// One ID in every kind, two people of three on each; by hand where the number is even.
  private func admitAll(_ store: NightStore) async throws {
    for (number, kind) in PassKind.allCases.enumerated() {
      let guest = guest(kind)
      try await store.store(passes: [guest], fetchedAt: night, eventID: tonightID)
      if number % 2 == 0 {
        try await store.admit(
          byHand: HandAdmission(
            kind: kind, passID: guest.id, people: 2, reason: .notActive,
            scan: record(guest.code, at: Double(number), kind: kind)))
      } else {
        try await store.admit(guest, at: Double(number), group: .one)
        try await store.admit(guest, at: Double(number) + 0.5, group: .one)
      }
    }
  }

  private func guest(_ kind: PassKind, code: String? = nil) -> Pass {
    pass("1", kind: kind, code: code ?? "CODE-\(kind.rawValue)", people: 3)
  }

  /// By another code, so that nothing but kind and ID tells who they are.
  private func expectAllIn(_ store: NightStore, sourceLocation: SourceLocation = #_sourceLocation)
    async throws
  {
    for kind in PassKind.allCases {
      let earlier = try await store.earlierAdmissions(
        of: PassAtEvent(kind: kind, id: "1", eventID: tonightID, code: "OTHER"),
        answeredAt: night + 60)
      #expect(earlier.people == 2, "\(kind)", sourceLocation: sourceLocation)
      let recorded = try await store.admit(guest(kind, code: "NEW-\(kind.rawValue)"), at: 60)
      #expect(
        recorded.decision.count == HeadCount(allowed: 3, used: 2, admitted: 1), "\(kind)",
        sourceLocation: sourceLocation)
    }
  }

  private func kinds(of table: String, in store: NightStore) async throws -> [String?] {
    try await store.ledger.read {
      try Optional<String>.fetchAll(
        $0, sql: "SELECT pass_kind FROM \(table) WHERE pass_id IS NOT NULL ORDER BY at, id")
    }
  }

  private let inOrder = ["pass", "ticket", "ticket", "list", "booking", "booking"]

  @Test func `The journal says the kind of each admission and its corrections`() async throws {
    let store = try folder.open().store
    try await admitAll(store)
    #expect(try await kinds(of: "admissions", in: store) == inOrder)
    #expect(try await kinds(of: "journal", in: store) == inOrder)
    _ = try await store.undo(admission: 3, at: night + 10)
    try await store.journal(
      record("X", at: 20, kind: .list), Decision(reason: .alreadyUsed))
    let newest = try store.ledger.read {
      try Row.fetchAll(
        $0, sql: "SELECT action, pass_kind FROM journal ORDER BY id DESC LIMIT 2")
    }
    #expect(newest.map { $0["action"] } == ["scan", "undo"])
    #expect(newest.map { $0["pass_kind"] } == ["list", "ticket"])
  }

  /// Either of the two tables tells all.
  @Test(arguments: ["admissions", "journal"])
  func `What one table has lost the other tells`(lost: String) async throws {
    let store = try folder.open().store
    try await admitAll(store)
    try await store.ledger.writeWithoutTransaction { database in
      try database.execute(
        sql: """
          PRAGMA foreign_keys = OFF;
          DROP TRIGGER admissions_stay; DROP TRIGGER journal_stays;
          DELETE FROM \(lost);
          """)
      try database.immediately { database in
        let pages = try #require(StorePages(StoreFiles(path: folder.storePath)))
        try Salvage(source: pages, target: database, deadline: .now).recallLostAdmissions()
        try Salvage.bringTogether(in: database)
      }
    }
    #expect(try await kinds(of: lost, in: store) == inOrder)
    try await expectAllIn(store)
  }

  @Test func `A damaged store's passes and admissions keep their kinds`() async throws {
    let store = try folder.open().store
    try await admitAll(store)
    let rates = [Rate(kind: .list, id: "r", name: "List", options: [])]
    try await store.store(rates: rates, kind: .list, eventID: tonightID, fetchedAt: night)
    let root = try await store.ledger.read {
      try Int.fetchOne(
        $0, sql: "SELECT rootpage FROM sqlite_master WHERE name = 'passes_by_code_end'")
    }
    try await store.pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    store.close()
    let handle = try FileHandle(forUpdating: URL(filePath: folder.storePath))
    try handle.seek(toOffset: UInt64((try #require(root) - 1) * 4096))
    try handle.write(contentsOf: Data(repeating: 0x58, count: 4096))
    try handle.close()

    let opened = try folder.open(checking: .thorough)
    #expect(opened.setAside?.admissions == 6)
    for kind in PassKind.allCases {
      #expect(
        try await opened.store.storedPass(code: "CODE-\(kind.rawValue)", kinds: [kind])?.pass
          == guest(kind))
      #expect(try await opened.store.lastPreload(eventID: tonightID, kind: kind) == nil)
    }
    #expect(try await opened.store.storedRates(eventID: tonightID)?.value == rates)
    try await expectAllIn(opened.store)
  }

  @Test func `A store that takes another's place gets all kinds from memory`() async throws {
    let store = try folder.open().store
    try await admitAll(store)
    for suffix in ["", "-wal", "-shm"] { unlink(folder.storePath + suffix) }
    #expect(throws: StoreError.self) { _ = try store.keepUp(since: nil) }
    let renewed = try store.renew(after: .gone, now: night)
    #expect(renewed.added == 6)
    #expect(try await kinds(of: "admissions", in: store) == inOrder)
    try await expectAllIn(store)
  }

  // MARK: - Kept beside the store

  private func unsaved(_ kind: PassKind) -> [UnsavedEntry] {
    let guest = guest(kind)
    let decision = Decision(
      reason: .valid, count: HeadCount(allowed: 3, used: 0, admitted: 1))
    let hand = HandAdmission(
      kind: kind, passID: guest.id, people: 1, reason: .tooLate,
      scan: record(guest.code, at: 1, kind: kind))
    return [
      .admission(UnsavedAdmission(making: .counted(entry(guest), decision), people: 1)),
      .admission(UnsavedAdmission(making: .byHand(hand), people: 1)),
    ]
  }

  @Test func `A line says the kind`() throws {
    let entries =
      PassKind.allCases.flatMap(unsaved) + [.scan(record("X", kind: .booking), .alreadyUsed)]
    let path = try UnsavedFiles(store: folder.storePath).keep(entries)
    let contents = try #require(UnsavedFiles(store: folder.storePath).read(path))
    #expect(contents.entries == entries && contents.unreadable == 0)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.contains(#""pass_kind":"ticket""#))
    let unknown = text.replacing(#""pass_kind":"ticket""#, with: #""pass_kind":"wristband""#)
    try unknown.write(toFile: path, atomically: false, encoding: .utf8)
    #expect(UnsavedFiles(store: folder.storePath).read(path)?.unreadable == 2)
  }

  @Test func `A line without a kind is of a pass`() throws {
    let kept = unsaved(.pass)[0]
    let lines = try JSONEncoder().encode(UnsavedLine(kept))
    #expect(!String(decoding: lines, as: UTF8.self).contains("pass_kind"))
    let entry = try JSONDecoder().decode(UnsavedLine.self, from: lines).entry()
    #expect(entry == kept)
  }

  @Test func `Who was kept beside the store is in as what they came in on`() async throws {
    _ = try UnsavedFiles(store: folder.storePath).keep(PassKind.allCases.flatMap(unsaved))
    for kind in PassKind.allCases {
      let pass = PassAtEvent(kind: kind, id: "1", eventID: tonightID, code: "OTHER")
      #expect(await UnsavedFiles(store: folder.storePath).earlier(of: pass).people == 2)
    }
    try await expectAllIn(try folder.open().store)
  }

  // MARK: - Forgetting

  @Test func `Remarks and tables are forgotten as names are`() async throws {
    let store = try folder.open().store
    try await store.store(
      events: [Event(id: "old", startsAt: night - 86_400, endsAt: night - 80_000)],
      fetchedAt: night)
    for kind in PassKind.allCases {
      var old = pass("1", kind: kind, eventID: "old")
      old.details = PassDetails(
        note: "SecretCake", privateNote: "SecretScandal", extras: ["SecretBus"], minimumAge: 21,
        place: "SecretTerrace")
      try await store.store(passes: [old], fetchedAt: night, eventID: "old")
    }
    let result = try await store.purge(eventsEndedBefore: night - 1000)
    #expect(result.passes == PassKind.allCases.count && result.isOffTheDisk)
    for name in folder.fileNames {
      let bytes = try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)"))
      #expect(bytes.range(of: Data("Secret".utf8)) == nil, "\(name)")
    }
  }
}
