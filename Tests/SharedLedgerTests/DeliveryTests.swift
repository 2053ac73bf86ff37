import Admission
import CheckIn
import Foundation
import PostgresServer
import SharedLedger
import Testing

@Suite("Delivering") struct DeliveryTests {
  @Test("The later revision stays, and only the door that made an admission changes it")
  func revisions() async throws {
    let ledger = try await LedgerUnderTest()
    let door = try ledger.door()
    var entry = admission(pass("p"), people: 3, allowed: 5, at: "a")
    entry.revision = 2
    try await door.deliver([entry])
    var older = entry
    (older.revision, older.people) = (1, 9)
    var same = entry
    same.people = 8
    var strangers = entry
    (strangers.revision, strangers.people, strangers.doorID) = (7, 7, "b")
    try await door.deliver([older, same, strangers])
    #expect(try await door.allChanges(after: nil).admissions == [entry])
    var later = entry
    (later.revision, later.people) = (3, 4)
    later.reportedAt = Date(timeIntervalSince1970: 1_790_000_050.5)
    later.reportedPeople = 4
    later.acknowledgedAt = Date(timeIntervalSince1970: 1_790_000_051.25)
    later.acknowledgedPeople = 4
    try await door.deliver([older, later, entry])
    #expect(try await door.allChanges(after: nil).admissions == [later])
    // A correction is also made under a hold.
    var corrected = later
    (corrected.revision, corrected.people) = (4, 1)
    let hold = try await door.hold(pass("p"), within: patience)
    hold.record(corrected)
    #expect(await hold.isRecorded(within: patience))
    #expect(try await door.admissions(of: "a", since: .distantPast) == [corrected])
    await door.close()
  }

  @Test("Of a batch all is recorded or nothing")
  func allOrNone() async throws {
    let ledger = try await LedgerUnderTest()
    let door = try ledger.door()
    try ledger.server.query(
      "ALTER TABLE doorcheck.admissions ADD CHECK (people <> 66)", in: ledger.database)
    let batch = [admission(pass("p")), admission(pass("q"), people: 66), admission(pass("r"))]
    let error = await #expect(throws: LedgerError.self) { try await door.deliver(batch) }
    guard case .refused(let message) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(message.contains("23514"))
    #expect(try await door.allChanges(after: nil).admissions.isEmpty)
    await door.close()
  }

  @Test("By hand, without a pass, an event or a code")
  func byHand() async throws {
    let ledger = try await LedgerUnderTest()
    let door = try ledger.door()
    let entries = [
      LedgerAdmission(
        id: .new(), doorID: "a", door: "A", eventID: nil, passage: .byHand, passID: nil, code: nil,
        allowed: nil, used: nil, people: 99, at: Date(timeIntervalSince1970: 0),
        reason: .unknownPass),
      LedgerAdmission(
        id: .new(), doorID: "a", door: "A", eventID: "e", kind: .booking, passID: "p", code: "c",
        allowed: .max, used: .max, people: .max, at: Date(timeIntervalSince1970: 1),
        countedIn: .max),
    ]
    try await door.deliver(entries)
    #expect(try await door.admissions(of: "a", since: .distantPast) == entries)
    await door.close()
  }

  @Test("What was shown stays; what nobody was shown is taken back, once")
  func takeBack() async throws {
    let ledger = try await LedgerUnderTest()
    let door = try ledger.door()
    let (shown, lost, other) = (
      admission(pass("p"), at: "a"), admission(pass("q"), at: "a"), admission(pass("r"), at: "b")
    )
    try await door.deliver([shown, lost, other])
    try await door.confirm(shown.id, within: patience)
    try await door.confirm(shown.id, within: patience)
    #expect(try await door.confirmed(of: "a", since: .distantPast) == [shown.id])
    let later = Date(timeIntervalSince1970: 1_790_000_500)
    for _ in 0..<2 {
      try await door.takeBack([shown.id, lost.id, other.id, .new()], of: "a", at: later)
    }
    var taken = lost
    (taken.undoneAt, taken.revision) = (later, 2)
    #expect(try await door.admissions(of: "a", since: .distantPast) == [shown, taken])
    #expect(try await door.admissions(of: "b", since: .distantPast) == [other])
    #expect(try await door.admissions(of: "a", since: .distantFuture).isEmpty)
    #expect(try await door.confirmed(of: "a", since: .distantFuture).isEmpty)
    await door.close()
  }

  @Test("Each line of the journal is there once, also after the old ones are deleted")
  func lines() async throws {
    let ledger = try await LedgerUnderTest()
    let (door, command) = (try ledger.door(), try ledger.door())
    let line: @Sendable (Int64) -> LedgerLine = { number in
      LedgerLine(
        number: number, at: Date(timeIntervalSince1970: 1_790_000_000), action: "scan",
        eventID: event, door: "A", code: "c\(number)", verdict: "admit", reason: "valid",
        people: 1, admissionID: .new())
    }
    let count = {
      try ledger.server.query(
        "SELECT door_id, count(*), max(number) FROM doorcheck.journal GROUP BY 1 ORDER BY 1",
        in: ledger.database)
    }
    #expect(try await door.lastLine(of: "a") == 0)
    try await door.deliver([], of: "a")
    try await door.deliver((1...300).map(line), of: "a")
    // Two programs of one door at the same time.
    async let first: Void = door.deliver((200...500).map(line), of: "a")
    async let second: Void = command.deliver((250...450).map(line), of: "a")
    _ = try await (first, second)
    try await door.deliver([line(7)], of: "b")
    #expect(try count() == [["a", "500", "500"], ["b", "1", "7"]])
    #expect(try await door.lastLine(of: "a") == 500)
    try ledger.server.query("DELETE FROM doorcheck.journal", in: ledger.database)
    try await door.deliver((400...501).map(line), of: "a")
    #expect(try count() == [["a", "1", "501"]])
    await door.close()
    await command.close()
  }

  @Test("Old rows go, but nothing of tonight's events")
  func deleteOld() async throws {
    let ledger = try await LedgerUnderTest()
    let door = try ledger.door()
    var entries: [LedgerAdmission] = []
    var lines: [LedgerLine] = []
    for (number, eventID) in ["old", "tonight", "elsewhere tonight", nil].enumerated() {
      var entry = admission(pass("p\(number)"), at: "a")
      entry.eventID = eventID
      entries.append(entry)
      lines.append(
        LedgerLine(
          number: Int64(number + 1), at: Date(), action: "scan", eventID: eventID, door: "A",
          code: "c"))
    }
    try await door.deliver(entries)
    try await door.deliver(lines, of: "a")
    for (id, eventID) in [("a", "tonight"), ("b", "elsewhere tonight"), ("gone", "old")] {
      _ = try await door.beat(
        DoorBeat(id: id, name: id, eventID: eventID, rules: "", isAlone: false, version: "1"))
    }
    for table in ["admissions", "journal"] {
      try ledger.server.query(
        "UPDATE doorcheck.\(table) SET recorded_at = now() - interval '8 days'",
        in: ledger.database)
    }
    try ledger.server.query(
      "UPDATE doorcheck.doors SET last_seen = now() - interval '9 days' WHERE id = 'gone'",
      in: ledger.database)
    try await door.deliver([admission(pass("new"), at: "a")])
    try await door.deleteOld(days: 30, but: "tonight")
    #expect(try await door.admissions(of: "a", since: .distantPast).count == 5)
    try await door.deleteOld(days: 7, but: "tonight")
    let left = try await door.admissions(of: "a", since: .distantPast).map(\.eventID)
    #expect(left == ["tonight", "elsewhere tonight", "event"])
    let rows = try ledger.server.query(
      "SELECT event_id FROM doorcheck.journal ORDER BY number", in: ledger.database)
    #expect(rows == [["tonight"], ["elsewhere tonight"]])
    #expect(
      try ledger.server.query("SELECT id FROM doorcheck.doors ORDER BY id", in: ledger.database)
        == [["a"], ["b"]])
    await door.close()
  }
}
