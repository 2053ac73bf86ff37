import Admission
import CheckIn
import Foundation
import PostgresServer
import SharedLedger
import Testing

@Suite("The doors of a ledger") struct DoorsTests {
  private func beat(
    _ id: String, eventID: String? = event, isAlone: Bool = false, isEnding: Bool = false
  ) -> DoorBeat {
    DoorBeat(
      id: id, name: "Door \(id)", eventID: eventID, rules: "rules of \(id)", isAlone: isAlone,
      isEnding: isEnding, version: "1")
  }

  @Test("This door comes first, the others by name, each with its own figures")
  func figures() async throws {
    let ledger = try await LedgerUnderTest()
    let door = try ledger.door()
    for id in ["c", "a", "b"] { _ = try await door.beat(beat(id)) }
    _ = try await door.beat(beat("d", eventID: nil))
    var undone = admission(pass("u"), people: 5, at: "b")
    undone.undoneAt = Date()
    var earlier = admission(pass("e"), people: 7, at: "b")
    earlier.eventID = "yesterday"
    try await door.deliver([
      admission(pass("p"), people: 2, at: "b"), admission(pass("q"), people: 3, at: "b"),
      undone, earlier, admission(pass("r"), people: 1, at: "c"),
    ])
    let actions = ["scan", "scan", "look", "repeat", "undo", "by_hand", "people", "scan"]
    try await door.deliver(
      actions.enumerated().map { number, action in
        LedgerLine(
          number: Int64(number + 1), at: Date(), action: action,
          eventID: number == 0 ? "yesterday" : event, door: "B", code: "c")
      }, of: "b")
    let doors = try await door.doors(thisDoor: "b")
    #expect(doors.map(\.id) == ["b", "a", "c", "d"])
    #expect(doors.map(\.people) == [5, 0, 1, 0])
    #expect(doors.map(\.scans) == [2, 0, 0, 0])
    #expect(doors.map(\.state) == Array(repeating: .connected, count: 4))
    #expect(doors.map(\.eventID) == [event, event, event, nil])
    #expect(doors[0].name == "Door b" && doors[0].rules == "rules of b")
    #expect(doors.allSatisfy { $0.unseen >= 0 && $0.unseen < 60 })
    #expect(try await door.doors(thisDoor: nil).map(\.id) == ["a", "b", "c", "d"])
    await door.close()
  }

  @Test("The state of a door says whether it can be counted on")
  func states() async throws {
    let ledger = try await LedgerUnderTest()
    let door = try ledger.door()
    _ = try await door.beat(beat("connected"))
    _ = try await door.beat(beat("alone", isAlone: true))
    _ = try await door.beat(beat("ended", isEnding: true))
    _ = try await door.beat(beat("silent", isAlone: true))
    _ = try await door.beat(beat("silent but ended", isEnding: true))
    _ = try await door.beat(beat("long gone"))
    _ = try await door.beat(beat("ended", isEnding: true))
    for (id, age) in [("silent", 60), ("silent but ended", 90), ("long gone", 86_401)] {
      try ledger.server.query(
        """
        UPDATE doorcheck.doors SET last_seen = now() - interval '\(age) seconds'
        WHERE id = '\(id)'
        """, in: ledger.database)
    }
    // A door that only ever delivered lines has not been seen.
    try await door.deliver(
      [LedgerLine(number: 1, at: Date(), action: "scan", eventID: nil, door: "X", code: nil)],
      of: "never seen")
    var states: [String: DoorOnLedger.State] = [:]
    for door in try await door.doors(thisDoor: nil) { states[door.id] = door.state }
    #expect(
      states == [
        "connected": .connected, "alone": .alone, "ended": .ended, "silent": .silent,
        "silent but ended": .ended,
      ])
    // It is back.
    _ = try await door.beat(beat("ended"))
    #expect(try await door.doors(thisDoor: "ended").first?.state == .connected)
    await door.close()
  }

  @Test("A beat tells how far the box's clock is from the ledger's")
  func clockOffset() async throws {
    let ledger = try await LedgerUnderTest()
    let door = try ledger.door()
    let offset = try await door.beat(beat("a"))
    // Both have the same clock.
    #expect(abs(offset) < 30)
    let told = try await door.doors(thisDoor: "a").first?.clockOffset
    #expect(abs((told ?? .infinity) - offset) < 0.001)
    await door.close()
  }

  @Test("The crowd of an event is who came, and who of them is inside")
  func crowd() async throws {
    let ledger = try await LedgerUnderTest()
    let door = try ledger.door()
    #expect(try await door.crowd(eventID: pass("p").eventID) == Crowd())
    var left = admission(pass("p"), people: 0, at: "exit")
    // One of them was counted in by the service alone.
    (left.passage, left.reason, left.gone, left.unseen) = (.left, .left, 3, 1)
    var back = admission(pass("p"), people: 1, allowed: 4)
    back.back = 1
    var undone = admission(pass("q"), people: 9, allowed: 9)
    undone.undoneAt = Date(timeIntervalSince1970: 1_790_000_001)
    try await door.deliver([admission(pass("p"), people: 2, allowed: 4), back, undone])
    try await door.deliver([left])
    let crowd = try await door.crowd(eventID: pass("p").eventID)
    #expect(crowd == Crowd(admitted: 3, inside: 2, hasLeavers: true))
    #expect(try await door.crowd(eventID: "another") == Crowd())
    await door.close()
  }
}
