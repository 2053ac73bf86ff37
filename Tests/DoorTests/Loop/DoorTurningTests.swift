import Admission
import Foundation
import Testing

@testable import Door

/// Which way people go through a door that staff have turned (Contract: Out and in again).
@Suite struct DoorTurningTests {
  private let file = TurnedDoorFile(
    path: NSTemporaryDirectory() + "turned-door-\(UUID().uuidString)")

  private func door(_ usual: DoorDirection = .in) -> DoorTurning {
    DoorTurning(usual: usual, memory: .own(file))
  }

  @Test func `It keeps over a restart for the same event, and goes back at the next`() {
    let door = door()
    #expect(door.begin(eventID: "ev1") == .in)
    door.turn(to: .out, eventID: "ev1")
    let again = self.door()
    #expect(again.direction == .out, "before it is known which event is on, too")
    #expect(again.begin(eventID: "ev1") == .out)
    #expect(again.begin(eventID: "ev2") == .in)
    #expect(again.begin(eventID: "ev1") == .in, "a night that is over does not come back")
  }

  @Test func `Turned back it is as it is set up`() {
    let door = door(.out)
    door.turn(to: .in, eventID: "ev1")
    door.turn(to: .out, eventID: "ev1")
    #expect(self.door(.out).begin(eventID: "ev2") == .out)
    #expect(self.door(.in).direction == .in, "it is set up anew")
  }

  @Test func `Turned before an event was known it holds for the first one`() {
    let door = DoorTurning(usual: .in)
    door.turn(to: .out, eventID: nil)
    #expect(door.begin(eventID: "ev1") == .out)
    #expect(door.begin(eventID: "ev2") == .in)
  }

  @Test func `Turned before an event was known it keeps over a restart, before and after`() {
    door().turn(to: .out, eventID: nil)
    let again = door()
    #expect(again.direction == .out)
    #expect(again.begin(eventID: "ev1") == .out)
    #expect(door().begin(eventID: "ev1") == .out)
    #expect(door().begin(eventID: "ev2") == .in)
  }

  @Test(arguments: [(11.0, DoorDirection.out), (13, .in), (-1, .in)])
  func `Without an event it holds for a night`(hours: Double, direction: DoorDirection) {
    door().turn(to: .out, eventID: nil)
    let later = Date(timeIntervalSinceNow: hours * 3600)
    let again = DoorTurning(usual: .in, memory: .own(file), now: { later })
    #expect(again.direction == direction)
  }

  @Test func `Another process on the box follows it`() {
    let screen = door()
    let scan = DoorTurning(usual: .in, memory: .theirs(file))
    #expect(scan.direction == .in)
    screen.turn(to: .out, eventID: nil)
    #expect(scan.direction == .out)
    #expect(screen.begin(eventID: "ev1") == .out && scan.begin(eventID: "ev1") == .out)
    screen.turn(to: .in, eventID: "ev1")
    #expect(scan.direction == .in)
    screen.turn(to: .out, eventID: "ev1")
    #expect(scan.direction == .out)
    #expect(scan.begin(eventID: "ev2") == .in, "it was turned for another event")
  }

  @Test(
    arguments: [
      "", "out", "out\n", "out\n\n", "sideways\nev1\n", "out\nev1\nev2\n", "out\n\nsoon\n",
    ])
  func `Anything else in its file is nothing`(_ text: String) throws {
    try text.write(toFile: file.path, atomically: true, encoding: .utf8)
    #expect(file.read(at: Date()) == nil)
    #expect(door().direction == .in)
  }
}

/// + and - on the keyboard, down to the bytes.
@Suite struct SignTypingTests {
  @Test func `A key counts one after a second alone, or with Enter at once`() async throws {
    let door = try await LoopUnderTest()
    try await door.read("+")
    try await door.pass(0.5)
    #expect(door.staff.asked.all == [])
    try await door.pass(0.7)
    #expect(door.staff.asked.all == [.count(.in)])
    // It is no beginning of what is typed next.
    try await door.type("--\r")
    #expect(door.staff.asked.all == [.count(.in), .count(.out), .count(.out)])
    try await door.read("-")
    try await door.pass(1.2)
    #expect(door.staff.asked.all.count == 4)
    await door.stop()
  }

  @Test(arguments: ["--", "-A", "+\u{1B}[A", "\u{1B}[I+", "+\r", "-\t"])
  func `Bytes of a burst count nobody`(_ bytes: String) async throws {
    let door = try await LoopUnderTest()
    try await door.read(bytes)
    try await door.pass(3)
    try await door.read("\r")
    try await door.pass(1)
    #expect(door.staff.asked.all == [])
    await door.stop()
  }

  @Test func `A code that begins with one counts nobody`() async throws {
    let door = try await LoopUnderTest()
    try await door.type("-AB12\r")
    try await door.lookUp.untilAsked("-AB12")
    try await door.pass(2)
    #expect(door.staff.asked.all == [])
    await door.stop()
  }
}
