import Admission
import Foundation
import GRDB
import Glibc
import Testing

@testable import NightStore

/// What an orderly end could not save is recorded by whoever opens the store next, once.
struct UnsavedTests {
  private let folder = TemporaryFolder()

  private func counted(
    _ pass: Pass, people: Int = 1, allowed: Int = 1, at seconds: TimeInterval = 0,
    source: Source = .live, report: ReportOrder? = nil, undoneAt: TimeInterval? = nil,
    changedAt: TimeInterval? = nil
  ) -> UnsavedEntry {
    let decision = Decision(
      reason: .valid, count: HeadCount(allowed: allowed, used: 0, admitted: people))
    return .admission(
      UnsavedAdmission(
        making: .counted(entry(pass, at: seconds, source: source, report: report), decision),
        people: people, undoneAt: undoneAt.map(night.addingTimeInterval),
        changedAt: changedAt.map(night.addingTimeInterval)))
  }

  private func keep(_ entries: [UnsavedEntry]) throws -> String {
    try UnsavedFiles(store: folder.storePath).keep(entries)
  }

  private func count(_ table: String) throws -> Int {
    try folder.stranger().inDatabase { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)")! }
  }

  private var namesBeside: [String] {
    folder.fileNames.filter { $0.contains("-un") }
  }

  @Test func `A line says all`() throws {
    let hand = HandAdmission(
      passID: "7", people: 3, reason: .notActive, scan: record("CODE \"7\"\n€", at: 0.125))
    let entries: [UnsavedEntry] = [
      counted(
        pass("1"), people: 2, allowed: 4, at: 1.25,
        source: .cache(fetchedAt: night - 3.5, because: .rateLimited),
        report: ReportOrder(optionID: "o", earliest: night + 30), undoneAt: 9, changedAt: 8),
      counted(pass("2"), source: .cache(fetchedAt: night, because: nil)),
      .admission(UnsavedAdmission(making: .byHand(hand), people: 3)),
      .admission(UnsavedAdmission(making: .earlier(record("OLD")), people: 1, undoneAt: night)),
      .scan(record("NO", action: .repeat, eventID: nil, source: nil), .alreadyUsed),
    ]
    let path = try keep(entries)
    #expect(permissions(of: path) == 0o600)
    let contents = try #require(UnsavedFiles(store: folder.storePath).read(path))
    #expect(contents.entries == entries && contents.unreadable == 0)
  }

  @Test func `Who could not be saved is in after the next start`() async throws {
    let hand = HandAdmission(passID: "3", people: 2, reason: .archived, scan: record("CODE-3"))
    let due = ReportOrder(optionID: nil, earliest: night)
    _ = try keep([counted(pass("1"), report: due), counted(pass("2"), undoneAt: 5)])
    _ = try keep([
      .admission(UnsavedAdmission(making: .byHand(hand), people: 2)),
      .scan(record("NO"), .unknownPass),
    ])
    let store = try folder.open().store
    #expect(store.collectUnsavedNews() == UnsavedNews(entries: 4))
    #expect(store.collectUnsavedNews() == nil)
    #expect(namesBeside == [])
    #expect(try await store.peopleAdmitted(eventID: tonightID) == 3)
    #expect(try count("journal") == 5, "a line each, and one for the taking back")
    for (id, reason) in [("1", Reason.alreadyUsed), ("2", .valid), ("3", .alreadyUsed)] {
      #expect(try await store.admit(pass(id), at: 60).decision.reason == reason, "\(id)")
    }
    let reports = try await store.claimDueReports(now: night + 100, lease: 60, limit: 10)
    #expect(reports.map(\.passID) == ["1"])
    store.close()
    _ = try folder.open()
    #expect(try count("admissions") == 4)
  }

  /// The program that ends may still be writing what it kept for others.
  @Test func `What is kept and written all the same is recorded once`() async throws {
    let store = try folder.open().store
    let guest = counted(pass("1"), people: 2, allowed: 2)
    let hand = HandAdmission(passID: "3", people: 2, reason: .archived, scan: record("CODE-3"))
    let refused = record("NO")
    _ = try keep([
      guest, .admission(UnsavedAdmission(making: .byHand(hand), people: 2)),
      .scan(refused, .unknownPass),
    ])
    guard case .admission(let admission) = guest,
      case .counted(var entry, let decision) = admission.making
    else { return }
    entry.mayBeRecorded = true
    // Its own transaction records what lies beside the store first.
    let recorded = try await store.admit(entry) { decision.admitting(2, after: $0) }
    #expect(recorded.admissionID != nil)
    #expect(
      try await store.admit(entry) { decision.admitting(2, after: $0) }.admissionID
        == recorded.admissionID)
    try await store.admit(byHand: hand)
    #expect(try await store.peopleAdmitted(eventID: tonightID) == 4)
    #expect(try count("admissions") == 2)
    #expect(try count("journal") == 3)
  }

  /// A door that cannot write judges by what it can read.
  @Test func `Who could not be saved is in where the store is only read`() async throws {
    let store = try folder.open().store
    try await store.admit(pass("1", people: 4), at: -60)
    try await store.admit(pass("5", people: 2))
    let hand = HandAdmission(passID: "3", people: 2, reason: .archived, scan: record("CODE-3"))
    _ = try keep([
      counted(pass("1", people: 4), people: 3, allowed: 4),
      counted(pass("2"), undoneAt: 5),
      counted(pass("5", people: 2), allowed: 2, changedAt: 8),
    ])
    _ = try keep([.admission(UnsavedAdmission(making: .byHand(hand), people: 2))])
    func people(_ id: String, code: String? = nil) async throws -> Int {
      try await store.earlierAdmissions(
        of: PassAtEvent(id: id, eventID: tonightID, code: code ?? "CODE-\(id)"),
        answeredAt: night - 1000
      ).people
    }
    #expect(try await people("1") == 7)
    #expect(try await people("2") == 0)
    #expect(try await people("3") == 2)
    #expect(try await people("", code: "code-3") == 2, "by its code alone")
    #expect(try await people("4") == 0)
    #expect(try await people("5") == 1, "one of two was taken back")
    store.close()
    let next = try folder.open().store
    #expect(try await next.peopleAdmitted(eventID: tonightID) == 10)
  }

  /// The commit may have come through after all.
  @Test func `What was saved after all is not recorded twice`() async throws {
    let store = try folder.open().store
    try await store.admit(pass("1"))
    try await store.admit(pass("2", people: 4))
    try await store.admit(pass("3"))
    try await store.journal(record("NO"), Decision(reason: .unknownPass))
    store.close()
    _ = try keep([
      counted(pass("1")), counted(pass("2"), people: 2, allowed: 4, changedAt: 3),
      counted(pass("3"), undoneAt: 4), .scan(record("NO"), .unknownPass),
    ])
    let next = try folder.open().store
    #expect(try count("admissions") == 3)
    #expect(try await next.peopleAdmitted(eventID: tonightID) == 3)
    #expect(try count("journal") == 6)
    #expect(namesBeside == [])
  }

  @Test func `A correction of an earlier admission is made`() async throws {
    let store = try folder.open().store
    try await store.admit(pass("1", people: 3))
    store.close()
    let scan = record("CODE-1", passType: nil)
    _ = try keep([
      .admission(UnsavedAdmission(making: .earlier(scan), people: 3, undoneAt: night + 9)),
      .admission(
        UnsavedAdmission(making: .earlier(record("NOBODY")), people: 3, undoneAt: night + 9)),
    ])
    #expect(try await folder.open().store.peopleAdmitted(eventID: tonightID) == 0)
    #expect(try count("admissions") == 1)
  }

  /// The code came in elsewhere since: all of them are in.
  @Test func `Who came in since takes nothing away`() async throws {
    let store = try folder.open().store
    try await store.admit(pass("1"), at: 50, door: "Other")
    store.close()
    _ = try keep([counted(pass("1"))])
    #expect(try await folder.open().store.peopleAdmitted(eventID: tonightID) == 2)
  }

  /// Another process is at work on the store, and its next scan is of somebody who is in.
  @Test(arguments: [true, false]) func `A process that is at work takes them in`(
    isLookedAfter: Bool
  )
    async throws
  {
    let store = try folder.open().store
    _ = try keep([counted(pass("1"))])
    if isLookedAfter { _ = try store.keepUp(since: nil) }
    #expect(try await store.admit(pass("1"), at: 60).decision.reason == .alreadyUsed)
    #expect(store.collectUnsavedNews() == UnsavedNews(entries: 1))
    #expect(namesBeside == [])
  }

  @Test(arguments: [
    "{", "{\"kind\":\"counted\"}", "null", "\u{0}", "{\"kind\":\"counted\",\"code\":\"A\"}",
    "{\"action\":\"scan\",\"at\":1e300,\"code\":\"A\",\"door\":\"D\",\"kind\":\"scan\",\"latency_ms\":0,\"reason\":\"valid\"}",
  ])
  func `A line that cannot be read is set aside`(_ line: String) async throws {
    let path = try keep([counted(pass("1")), counted(pass("2"))])
    let handle = try FileHandle(forUpdating: URL(filePath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data((line + "\n").utf8))
    try handle.close()
    let store = try folder.open().store
    let news = try #require(store.collectUnsavedNews())
    #expect(news.entries == 2 && news.setAside.count == 1)
    #expect(namesBeside == news.setAside)
    #expect(try await store.peopleAdmitted(eventID: tonightID) == 2)
    store.close()
    // It is looked at once, and goes with the night.
    let next = try folder.open().store
    #expect(next.collectUnsavedNews() == nil)
    #expect(try await next.purge(eventsEndedBefore: night).files == 0)
    #expect(try await next.purge(eventsEndedBefore: Date() + 60).files == 1)
    #expect(namesBeside == [])
  }

  @Test func `An admission that the store refuses loses no other`() async throws {
    let store = try folder.open().store
    try await store.ledger.write {
      try $0.execute(
        sql: """
          CREATE TEMP TRIGGER refusing BEFORE INSERT ON admissions WHEN NEW.pass_id = '2'
          BEGIN SELECT RAISE(ABORT, 'no'); END
          """)
    }
    _ = try keep([counted(pass("1")), counted(pass("2")), counted(pass("3"))])
    _ = try store.keepUp(since: nil)
    let news = try #require(store.collectUnsavedNews())
    #expect(news.entries == 2 && news.setAside.count == 1)
    #expect(try await store.peopleAdmitted(eventID: tonightID) == 2)
  }

  /// Where nothing can be written, the file stays for the next try.
  @Test func `The file stays until the store has it`() async throws {
    let store = try folder.open().store
    _ = try keep([counted(pass("1"))])
    let stranger = try folder.stranger()
    try await stranger.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    _ = try store.keepUp(since: nil)
    #expect(namesBeside.count == 1)
    try await stranger.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    _ = try store.keepUp(since: nil)
    #expect(namesBeside == [])
    #expect(try await store.peopleAdmitted(eventID: tonightID) == 1)
  }

  /// Something else in its place is neither read nor waited for.
  @Test func `What is no file is left alone`() throws {
    let name = folder.storePath + "-unsaved-"
    mkfifo(name + "1", 0o600)
    mkdir(name + "2", 0o700)
    symlink("/etc/passwd", name + "3")
    _ = try folder.open()
    #expect(namesBeside.count == 3)
  }

  @Test func `Where nothing can be kept it is said`() throws {
    let file = folder.path + "/file"
    try Data().write(to: URL(filePath: file))
    #expect(throws: StoreError.self) {
      try UnsavedFiles(store: file + "/night.sqlite").keep([counted(pass("1"))])
    }
  }
}
