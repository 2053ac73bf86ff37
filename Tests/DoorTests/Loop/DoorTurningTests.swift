import Admission
import Foundation
import Testing

@testable import Door

/// Which way people go through a door that staff have turned (Contract: Out and in again).
@Suite struct DoorTurningTests {
  private let file = TurnedDoorFile(
    path: NSTemporaryDirectory() + "turned-door-\(UUID().uuidString)")

  @Test func `It keeps over a restart for the same event, and goes back at the next`() {
    let door = DoorTurning(usual: .in, file: file)
    #expect(door.begin(eventID: "ev1") == .in)
    door.turn(to: .out, eventID: "ev1")
    let again = DoorTurning(usual: .in, file: file)
    #expect(again.direction == .out, "before it is known which event is on, too")
    #expect(again.begin(eventID: "ev1") == .out)
    #expect(again.begin(eventID: "ev2") == .in)
    #expect(again.begin(eventID: "ev1") == .in, "a night that is over does not come back")
  }

  @Test func `Turned back it is as it is set up`() {
    let door = DoorTurning(usual: .out, file: file)
    door.turn(to: .in, eventID: "ev1")
    door.turn(to: .out, eventID: "ev1")
    #expect(DoorTurning(usual: .out, file: file).begin(eventID: "ev2") == .out)
  }

  @Test func `Turned before an event was known it holds for the first one`() {
    let door = DoorTurning(usual: .in, file: nil)
    door.turn(to: .out, eventID: nil)
    #expect(door.begin(eventID: "ev1") == .out)
    #expect(door.begin(eventID: "ev2") == .in)
  }

  @Test(arguments: ["", "out", "out\n", "sideways\nev1\n", "out\nev1\nev2\n"])
  func `Anything else in its file is nothing`(_ text: String) throws {
    try text.write(toFile: file.path, atomically: true, encoding: .utf8)
    #expect(file.read() == nil)
    #expect(DoorTurning(usual: .in, file: file).direction == .in)
  }
}

/// + and - on the keyboard, down to the bytes.
@Suite struct SignTypingTests {
  @Test func `A key that stands alone for a second counts one`() async throws {
    let door = try await LoopUnderTest()
    try await door.read("+")
    try await door.pass(0.5)
    #expect(door.staff.asked.all == [])
    try await door.pass(0.7)
    #expect(door.staff.asked.all == [.count(.in)])
    // It is no beginning of what is typed next.
    try await door.read("-")
    try await door.pass(1.2)
    #expect(door.staff.asked.all == [.count(.in), .count(.out)])
    await door.stop()
  }

  @Test(arguments: ["--", "-A", "+\u{1B}[A", "\u{1B}[I+"])
  func `Bytes of a burst count nobody`(_ bytes: String) async throws {
    let door = try await LoopUnderTest()
    try await door.read(bytes)
    try await door.pass(3)
    #expect(door.staff.asked.all == [])
    await door.stop()
  }

  @Test func `A code that begins with one counts nobody`() async throws {
    let door = try await LoopUnderTest()
    try await door.type("-AB12")
    try await door.pass(2)
    #expect(door.staff.asked.all == [])
    await door.stop()
  }
}
