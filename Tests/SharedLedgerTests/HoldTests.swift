import Admission
import CheckIn
import Foundation
import PostgresServer
import SeededRandom
import SharedLedger
import Testing

@Suite("Holding a pass") struct HoldTests {
  @Test("An admission is read as it was recorded, by pass and by code")
  func roundTrip() async throws {
    let ledger = try await LedgerUnderTest()
    let (one, other) = (try ledger.door(), try ledger.door())
    var entry = admission(
      pass("p", kind: .ticket, code: "Code-É"), people: 3, allowed: 4, at: "one")
    entry.isStoredAnswer = true
    entry.reason = .alreadyUsed
    let hold = try await one.hold(pass("p", kind: .ticket, code: "Code-É"), within: patience)
    #expect(hold.admissions.isEmpty)
    hold.record(entry)
    #expect(await hold.isRecorded(within: patience))

    for (asked, isFound) in [
      (pass("p", kind: .ticket, code: "another"), true), (pass("p", kind: .pass, code: "x"), false),
      (pass("q", code: "cODE-É"), true), (pass("q", code: "Code-é"), false),
      (pass("q", code: "code-E\u{301}"), false), (pass("", code: ""), false),
      (PassAtEvent(kind: .ticket, id: "p", eventID: "other", code: "Code-É"), false),
    ] {
      let next = try await other.hold(asked, within: patience)
      #expect(next.admissions == (isFound ? [entry] : []), "\(asked)")
      next.release()
      #expect(await next.isRecorded(within: patience) == false)
    }
    await one.close()
    await other.close()
  }

  @Test(
    "Texts may hold what a hostile barcode holds",
    arguments: [
      "a\0b", "\0", "\u{1A}", "\u{1A}0", "\u{1A}\0\u{1A}1", "'; DROP TABLE doorcheck.meta; --",
      "\\x00", "{\"a\"}", "𝕏🏳️‍🌈", "\u{FFFF}\u{202E}", "K", "\u{212A}", "ß", "\r\n\t", "%s$1",
      String(repeating: "长", count: 1000), String(repeating: "A", count: 9000),
    ])
  func hostile(text: String) async throws {
    let ledger = try await LedgerUnderTest()
    let door = try ledger.door()
    let hostile = PassAtEvent(id: text, eventID: text, code: text)
    var entry = admission(hostile)
    entry.door = text
    entry.passType = text
    let hold = try await door.hold(hostile, within: patience)
    hold.record(entry)
    #expect(await hold.isRecorded(within: patience))
    let again = try await door.hold(
      PassAtEvent(id: "", eventID: text, code: text), within: patience)
    #expect(again.admissions == [entry])
    again.release()
    let line = LedgerLine(
      number: 1, at: entry.at, action: "scan", eventID: text, door: text, code: text)
    try await door.deliver([line], of: "door")
    #expect(try await door.lastLine(of: "door") == 1)
    #expect(try await door.allChanges(after: nil).admissions == [entry])
    await door.close()
  }

  @Test("The same admission again records nothing")
  func again() async throws {
    let ledger = try await LedgerUnderTest()
    let door = try ledger.door()
    let entry = admission(pass("p"), people: 2, allowed: 5)
    for _ in 0..<3 {
      let hold = try await door.hold(pass("p"), within: patience)
      hold.record(entry)
      #expect(await hold.isRecorded(within: patience))
      try await door.deliver([entry, entry])
    }
    let hold = try await door.hold(pass("p"), within: patience)
    #expect(hold.admissions == [entry])
    hold.release()
    await door.close()
  }

  @Test("Another door waits its time for a held pass, and is told that it is busy")
  func busy() async throws {
    let ledger = try await LedgerUnderTest()
    let (one, other) = (try ledger.door(), try ledger.door())
    let held = try await one.hold(pass("p", code: "c"), within: patience)
    for asked in [pass("p", code: "x"), pass("q", code: "C"), pass("p", code: "c")] {
      await #expect(throws: LedgerError.busy) { try await other.hold(asked, within: patience) }
    }
    // Another pass, and the same one at another event, are free.
    try await other.hold(pass("q", code: "x"), within: patience).release()
    let elsewhere = PassAtEvent(id: "p", eventID: "other", code: "c")
    try await other.hold(elsewhere, within: patience).release()
    held.release()
    let next = try await untilFree {
      () async throws(LedgerError) in try await other.hold(pass("p", code: "c"), within: patience)
    }
    next.release()
    await one.close()
    await other.close()
  }

  @Test("Two doors that count everybody wait for each other, and read what the others did since")
  func countingEverybody() async throws {
    let ledger = try await LedgerUnderTest()
    let (north, south) = (try ledger.door(), try ledger.door())
    let before = try await south.allChanges(after: nil, besides: "south").cursor
    let place = PlaceInChanges(doorID: "south", cursor: before)
    let first = try await north.hold(
      pass("p"), countingAllSince: PlaceInChanges(doorID: "north", cursor: before),
      within: patience)
    await #expect(throws: LedgerError.busy) {
      try await south.hold(pass("q"), countingAllSince: place, within: patience)
    }
    // Whoever does not count, and another event, are not held up.
    try await south.hold(pass("q"), within: patience).release()
    let elsewhere = PassAtEvent(id: "q", eventID: "other", code: "q")
    try await south.hold(elsewhere, countingAllSince: place, within: patience).release()
    let admitted = admission(pass("p"), at: "north")
    first.record(admitted)
    #expect(await first.isRecorded(within: patience))
    let next = try await south.hold(pass("q"), countingAllSince: place, within: patience)
    #expect(next.news.map(\.id) == [admitted.id])
    #expect(next.admissions == [])
    next.release()
    let own = try await north.hold(
      pass("r"), countingAllSince: PlaceInChanges(doorID: "north", cursor: before),
      within: patience)
    #expect(own.news == [], "its own it has")
    own.release()
    await north.close()
    await south.close()
  }

  @Test("Only the first end of a hold counts; one that is forgotten holds up nobody")
  func ends() async throws {
    let ledger = try await LedgerUnderTest()
    let door = try ledger.door()
    let hold = try await door.hold(pass("p"), within: patience)
    #expect(await hold.isRecorded(within: patience) == false)
    hold.release()
    hold.record(admission(pass("p")))
    hold.release()
    #expect(await hold.isRecorded(within: patience) == false)
    _ = try await door.hold(pass("p"), within: patience)
    let next = try await door.hold(pass("p"), within: patience)
    #expect(next.admissions.isEmpty)
    next.release()
    await door.close()
  }

  @Test("Scans of one door take turns, in their order")
  func turns() async throws {
    let ledger = try await LedgerUnderTest()
    let door = try ledger.door()
    let admitted = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<60 {
        group.addTask {
          try await door.admit(pass("p\(number % 7)"), group: 1, allowed: 1, at: "d")
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(admitted == 7)
    await door.close()
  }

  @Test(
    "Eight doors admit exactly as many people as are allowed",
    arguments: [(seed: UInt64(1), allAtOnce: true), (2, false), (3, true), (4, false)])
  func exactly(seed: UInt64, allAtOnce: Bool) async throws {
    let ledger = try await LedgerUnderTest()
    var random = SplitMix64(seed: seed)
    let allowed = (0..<60).map { _ in Int.random(in: 1...6, using: &random) }
    let admitted = try await withThrowingTaskGroup(of: Int.self) { group in
      for door in 0..<8 {
        // Each guest of a group scans at each door, or one for all.
        let tries = allowed.indices.flatMap { index in
          Array(repeating: index, count: allAtOnce ? 1 : allowed[index])
        }.shuffled(using: &random)
        let connection = try ledger.door()
        group.addTask {
          var people = 0
          for index in tries {
            // The code alone in half of the scans: another pass on the same code.
            let id = (index + door).isMultiple(of: 2) ? "p\(index)" : "other-\(index)-\(door)"
            people += try await untilFree { () async throws(LedgerError) in
              try await connection.admit(
                pass(id, code: "Code\(index)"), group: allAtOnce ? allowed[index] : 1,
                allowed: allowed[index], at: "door \(door)")
            }
          }
          await connection.close()
          return people
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(admitted == allowed.reduce(0, +), "seed \(seed)")
    let rows = try ledger.server.query(
      "SELECT sum(people), count(DISTINCT id) = count(*) FROM doorcheck.admissions",
      in: ledger.database)
    #expect(rows == [["\(admitted)", "t"]], "seed \(seed)")
  }
}
