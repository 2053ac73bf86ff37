import Admission
import DoorConfiguration
import DoorScreen
import Foundation
import Fourvenues
import Terminal
import TestSupport
import Testing

@testable import Door

/// From a scan to its panel (Architecture: The way of a scan).
@Suite struct DoorLoopTests {
  @Test func `A scan takes the old colour away, and its verdict is seen before it is heard`()
    async throws
  {
    let door = try await LoopUnderTest()
    try await door.scan("AAAA1111")
    #expect(door.terminal.panel == .neutral)
    #expect(door.terminal.acts.contains(.wake), "the screen is lit")
    #expect(door.terminal.strokes == 0)
    try await door.answer("AAAA1111", LoopUnderTest.pass("AAAA1111"))
    #expect(door.terminal.panel == .admit)
    #expect(door.terminal.strokes == 1)
    #expect(door.told.all.map(\.number) == [1])
    #expect(door.staff.counts.all.count == 1)
    await door.stop()
  }

  @Test func `A verdict that is there at once has no picture before it`() async throws {
    let door = try await LoopUnderTest()
    for (number, code) in ["AAAA1111", "BBBB2222"].enumerated() {
      let draws = door.terminal.draws
      try await door.begin(code + "\r")
      try await door.lookUp.untilAsked(code)
      #expect(door.terminal.draws == draws)
      try await door.answer(code, LoopUnderTest.pass(code))
      #expect(door.terminal.draws == draws + 1)
      #expect(door.terminal.panel == .admit)
      #expect(door.terminal.text.contains("#\(number + 1)"))
      try await door.pass(1)
    }
    await door.stop()
  }

  /// The old colour is gone within 0.1 s of the first scan (Contract: Scans).
  @Test(arguments: ["", "\n", "BBBB2222\r", "x"])
  func `The old colour goes in time, whatever is read behind the scan`(_ rest: String)
    async throws
  {
    let door = try await LoopUnderTest()
    try await door.scan("ZZZZ9999")
    try await door.answer("ZZZZ9999", LoopUnderTest.pass("ZZZZ9999"))
    try await door.begin("AAAA1111\r")
    if !rest.isEmpty {
      door.clock.advance(by: .milliseconds(20))
      door.queue.post(.input(InputChunk(bytes: Array(rest.utf8), readAt: door.now)))
    }
    #expect(door.terminal.panel == .admit)
    try await door.pass(rest.isEmpty ? 0.03 : 0.01)
    #expect(door.terminal.panel == .neutral)
    await door.stop()
  }

  @Test(arguments: [false, true])
  func `A green is drawn while it is being recorded, and seen once it is`(_ isSaid: Bool)
    async throws
  {
    let door = try await LoopUnderTest()
    try await door.scan("AAAA1111")
    let draws = door.terminal.draws
    var green = try door.verdict(on: "AAAA1111", .valid)
    let health = ServiceHealth(.live(latency: .milliseconds(40)))
    green.service = health
    door.queue.post(.judged { [green] in green })
    let prepared = try await door.terminal.untilPrepared()
    #expect(PaintedTerminal.text(prepared).contains("#1"))
    #expect(door.terminal.draws == draws)
    #expect(door.terminal.panel == .neutral)
    #expect(door.terminal.strokes == 0)
    #expect(door.told.all.isEmpty)
    try await door.post(isSaid ? .saved(health) : .verdict(green))
    #expect(door.terminal.frames.last == prepared)
    #expect(door.terminal.panel == .admit)
    #expect(door.terminal.strokes == 1)
    #expect(door.told.all == [green])
    await door.stop()
  }

  /// In a flood, or where staff press a key meanwhile.
  @Test func `What is saved is shown, too, where it was not drawn before`() async throws {
    let door = try await LoopUnderTest()
    try await door.scan("AAAA1111")
    var green = try door.verdict(on: "AAAA1111", .valid)
    green.service = ServiceHealth(.live(latency: .milliseconds(40)))
    door.queue.post(.judged { [green] in green })
    _ = try await door.terminal.untilPrepared()
    try await door.read("x")
    let later = ServiceHealth(.live(latency: .milliseconds(70)))
    try await door.post(.saved(later))
    #expect(door.terminal.panel == .admit)
    green.service = later
    #expect(door.told.all == [green])
    await door.stop()
  }

  @Test func `A green that is not recorded in the end is not shown`() async throws {
    let door = try await LoopUnderTest()
    try await door.scan("AAAA1111")
    let green = try door.verdict(on: "AAAA1111", .valid)
    door.queue.post(.judged { green })
    _ = try await door.terminal.untilPrepared()
    try await door.post(.verdict(try door.verdict(on: "AAAA1111", .serviceError)))
    #expect(door.terminal.panel == .unverified)
    #expect(door.told.all.map(\.reason) == [.serviceError])
    await door.stop()
  }

  /// What comes in between is in the picture, too.
  @Test(arguments: [false, true])
  func `A prepared picture holds only as long as nothing else happens`(_ isTime: Bool)
    async throws
  {
    let door = try await LoopUnderTest()
    try await door.scan("AAAA1111")
    let green = try door.verdict(on: "AAAA1111", .valid)
    door.queue.post(.judged { green })
    let prepared = try await door.terminal.untilPrepared()
    if isTime { try await door.pass(60) } else { try await door.scan("BBBB2222") }
    try await door.post(.verdict(green))
    #expect(door.terminal.frames.last != prepared)
    #expect(door.terminal.panel == .admit)
    await door.stop()
  }

  @Test func `Verdicts stand in the order of the scans, whichever answer comes first`()
    async throws
  {
    let door = try await LoopUnderTest()
    for code in ["AAAA1111", "BBBB2222", "CCCC3333"] { try await door.scan(code) }
    door.lookUp.answer("CCCC3333", LoopUnderTest.pass("CCCC3333"))
    door.lookUp.answer("BBBB2222", LoopUnderTest.pass("BBBB2222", state: "archived"))
    #expect(door.terminal.panel == .neutral, "the first one is still looked up")
    door.lookUp.answer("AAAA1111", LoopUnderTest.pass("AAAA1111"))
    try await door.told.until("three verdicts") { $0.count == 3 }
    #expect(door.told.all.map(\.code) == ["AAAA1111", "BBBB2222", "CCCC3333"])
    await door.stop()
    #expect(door.terminal.panel == .admit)
    #expect(door.terminal.text.contains("#3"))
  }

  /// One message a verdict: what the look-up says of the service needs no picture of its own.
  @Test func `How the service does comes with the verdict`() async throws {
    let door = try await LoopUnderTest()
    try await door.scan("AAAA1111")
    let draws = door.terminal.draws
    door.service.note(
      Exchange(endpoint: .lookUp(.pass), status: 200, latency: .milliseconds(57)), at: door.now.wall
    )
    try await door.answer("AAAA1111", LoopUnderTest.pass("AAAA1111"))
    #expect(door.terminal.draws == draws + 1)
    #expect(door.terminal.text.contains("\nOK "))
    await door.stop()
  }

  @Test func `What only looks opens no turnstile`() async throws {
    let door = try await LoopUnderTest()
    try await door.press("\u{1B}OR")
    try await door.scan("AAAA1111")
    try await door.answer("AAAA1111", LoopUnderTest.pass("AAAA1111"))
    #expect(door.terminal.panel == .look)
    #expect(door.told.all.isEmpty)
    #expect(door.terminal.strokes == 0)
    try await door.scan("BBBB2222")
    try await door.answer("BBBB2222", LoopUnderTest.pass("BBBB2222"))
    #expect(door.terminal.panel == .admit, "it is for one scan")
    #expect(door.told.all.map(\.code) == ["BBBB2222"])
    await door.stop()
  }

  /// A scan that is refused may be the first to learn of whoever came in at another door just now.
  @Test(arguments: [LedgerStatus.none, .together, .alone(since: LoopUnderTest.begin.wall)])
  func `Where a ledger is shared, each verdict has the people counted`(_ status: LedgerStatus)
    async throws
  {
    let door = try await LoopUnderTest()
    try await door.post(.screen(.night(.ledger(status))))
    try await door.scan("AAAA1111")
    let counts = door.staff.counts.all.count
    try await door.answer("AAAA1111", LoopUnderTest.pass("AAAA1111", state: "archived"))
    #expect(door.terminal.panel == .refuse)
    #expect(door.staff.counts.all.count == counts + (status == .none ? 0 : 1))
    await door.stop()
  }

  @Test func `A code that is typed is looked up with Enter, and not before`() async throws {
    let door = try await LoopUnderTest()
    try await door.type("AAAA1111")
    #expect(door.terminal.text.contains("AAAA1111"))
    #expect(door.lookUp.asked.all.isEmpty)
    try await door.read("\r")
    try await door.lookUp.untilAsked("AAAA1111")
    await door.stop()
  }

  @Test func `What was typed and nobody knows is compared with what is stored`() async throws {
    let door = try await LoopUnderTest()
    try await door.scan("BBBB2222")
    try await door.answer("BBBB2222", .unknown(.live))
    #expect(door.staff.asked.all == [], "a scanner reads no typing errors")
    try await door.type("AAAA1112")
    try await door.read("\r")
    try await door.lookUp.untilAsked("AAAA1112")
    try await door.answer("AAAA1112", .unknown(.live))
    #expect(door.staff.asked.all == [.findNearMisses("AAAA1112", number: 2)])
    try await door.post(
      .screen(.staff(.nearMisses([FoundPass(code: "AAAA1111", customer: "Ana")], number: 2))))
    #expect(door.terminal.text.contains("F4: AA…111, Ana?"), "\(door.terminal.text)")
    try await door.pass(1)
    try await door.press("\u{1B}OS")
    #expect(door.terminal.text.contains("1/1"), "\(door.terminal.text)")
    try await door.press("\r")
    #expect(!door.terminal.text.contains("1/1"), "\(door.terminal.text)")
    try await door.lookUp.untilAsked("AAAA1111")
    try await door.answer("AAAA1111", LoopUnderTest.pass("AAAA1111"))
    #expect(door.terminal.panel == .admit)
    await door.stop()
  }

  @Test func `A pass that was found is scanned where it is chosen`() async throws {
    let door = try await LoopUnderTest()
    try await door.press("\u{1B}OS")
    try await door.type("ana")
    #expect(door.staff.asked.all == [.find("an"), .find("ana")])
    try await door.post(
      .screen(
        .staff(.found([FoundPass(code: "AAAA1111", customer: "Ana", type: nil)], query: "ana"))))
    try await door.read("\r")
    try await door.lookUp.untilAsked("AAAA1111")
    try await door.answer("AAAA1111", LoopUnderTest.pass("AAAA1111"))
    #expect(door.told.all.map(\.code) == ["AAAA1111"])
    await door.stop()
  }

  /// Each picture of a flood would take its time, and nobody could read it.
  @Test func `In a flood the newest picture counts`() async throws {
    let flood = (1...1000).map {
      DoorLoop.Event.screen(.night(.crowd(Crowd(admitted: $0, inside: $0))))
    }
    let door = try await LoopUnderTest(waiting: flood)
    try await door.post(.screen(.tick))
    #expect(door.terminal.draws < 10)
    #expect(door.terminal.text.contains("1000 admitted"), "\(door.terminal.text)")
    await door.stop()
  }

  @Test(
    arguments: [
      (.inputEnded, false, true), (.inputEnded, true, true), (.signal(.hangUp), true, true),
      (.signal(.terminate), true, true), (.signal(.interrupt), false, true),
      (.signal(.interrupt), true, false),
    ] as [(DoorLoop.Event, Bool, Bool)])
  func `A kiosk is not left by an interrupt`(
    event: DoorLoop.Event, isKiosk: Bool, ends: Bool
  ) async throws {
    let door = try await LoopUnderTest(kiosk: isKiosk ? Kiosk() : nil)
    if ends {
      door.queue.post(event)
    } else {
      try await door.post(event)
      #expect(!door.terminal.acts.contains(.restore))
      door.queue.post(.signal(.terminate))
    }
    #expect(await door.end())
    #expect(door.terminal.acts.last == .restore)
  }
}

/// The terminal as it is: of another size, slow, or written on by others.
@Suite struct LoopTerminalTests {
  @Test func `Another size is drawn at once`() async throws {
    let door = try await LoopUnderTest()
    door.terminal.change(to: Size(columns: 40, rows: 12))
    try await door.post(.signal(.resized))
    #expect(door.terminal.frames.last?.size == Size(columns: 40, rows: 12))
    await door.stop()
  }

  @Test(arguments: [DoorLoop.Event.signal(.resumed), .screen(.key(.function(5)))])
  func `What others wrote is painted over`(event: DoorLoop.Event) async throws {
    let door = try await LoopUnderTest()
    try await door.post(event)
    #expect(door.terminal.acts == [.redraw])
    await door.stop()
  }

  @Test func `A picture that was not taken is offered again until it is`() async throws {
    let door = try await LoopUnderTest()
    try await door.scan("AAAA1111")
    door.terminal.take(pictures: false)
    try await door.answer("AAAA1111", LoopUnderTest.pass("AAAA1111"))
    let draws = door.terminal.draws
    try await door.pass(0.1)
    #expect((4...6).contains(door.terminal.draws - draws), "\(door.terminal.draws - draws)")
    #expect(door.terminal.panel == .neutral)
    door.terminal.take(pictures: true)
    try await door.pass(0.02)
    #expect(door.terminal.panel == .admit)
    await door.stop()
  }

  @Test func `Ready is said with the first picture that is shown, and life as long as it draws`()
    async throws
  {
    let manager = try StandInServiceManager()
    let door = try await LoopUnderTest(serviceManager: manager, watchdogSeconds: 2)
    #expect(manager.messages == ["READY=1", "WATCHDOG=1"])
    try await door.pass(10)
    // Every half of what the service manager waits.
    #expect((10...12).contains(manager.count("WATCHDOG=1")), "\(manager.messages)")
    await door.stop()
    #expect(manager.messages.last == "STOPPING=1")
  }
}

/// What happens by itself, by the clock.
@Suite struct LoopAlarmTests {
  @Test func `A panel goes when its time is over`() async throws {
    let door = try await LoopUnderTest()
    try await door.scan("AAAA1111")
    try await door.answer("AAAA1111", LoopUnderTest.pass("AAAA1111"))
    try await door.pass(7.9)
    #expect(door.terminal.panel == .admit)
    try await door.pass(0.2)
    #expect(door.terminal.panel == .neutral)
    await door.stop()
  }

  @Test func `The minute changes by itself`() async throws {
    let door = try await LoopUnderTest()
    #expect(door.terminal.text.contains("North  10:00"), "\(door.terminal.text)")
    try await door.pass(56)
    #expect(door.terminal.text.contains("North  10:01"), "\(door.terminal.text)")
    await door.stop()
  }

  @Test func `A refusal is heard three times`() async throws {
    let door = try await LoopUnderTest()
    try await door.scan("AAAA1111")
    try await door.answer("AAAA1111", LoopUnderTest.pass("AAAA1111", state: "archived"))
    #expect(door.terminal.strokes == 1)
    try await door.pass(2)
    #expect(door.terminal.strokes == 3)
    await door.stop()
  }

  @Test func `A key counts from when it was pressed, once it is sure to be one`() async throws {
    let door = try await LoopUnderTest()
    let pressed = door.now.uptime
    try await door.read("\u{1B}[19~")
    #expect(door.staff.asked.all.isEmpty)
    try await door.pass(0.06)
    #expect(door.staff.asked.all == [.undo(pressedAt: pressed)])
    await door.stop()
  }

  /// What came before the old verdict was replaced was meant for that one.
  @Test(arguments: [false, true])
  func `F6 means the verdict that stood when it was pressed`(isLate: Bool) async throws {
    let door = try await LoopUnderTest()
    try await door.scan("AAAA1111")
    try await door.answer("AAAA1111", LoopUnderTest.pass("AAAA1111", state: "archived"))
    try await door.pass(1)
    try await door.scan("BBBB2222")
    try await door.pass(0.2)
    let pressed = door.now
    try await door.pass(0.03)
    try await door.answer("BBBB2222", LoopUnderTest.pass("BBBB2222", state: "archived"))
    try await door.read("\u{1B}[17~", at: isLate ? nil : pressed)
    try await door.pass(0.06)
    #expect(door.staff.asked.all == (isLate ? [.letIn(number: 2)] : []))
    await door.stop()
  }

  @Test(arguments: [false, true])
  func `F8 that was pressed before a verdict asks whom it means`(isLate: Bool) async throws {
    let door = try await LoopUnderTest()
    try await door.scan("AAAA1111")
    try await door.pass(0.2)
    let pressed = door.now
    try await door.pass(0.03)
    try await door.answer("AAAA1111", LoopUnderTest.pass("AAAA1111"))
    let shown = door.now
    try await door.read("\u{1B}[19~", at: isLate ? nil : pressed)
    try await door.pass(0.06)
    #expect(
      door.staff.asked.all == (isLate ? [.undo(pressedAt: shown.uptime)] : [.offerUndo]))
    await door.stop()
  }
}

/// A supervisor's PIN (Contract: Configuration, `kiosk.pin_for`).
@Suite struct LoopPINTests {
  private func kiosk() async throws -> LoopUnderTest {
    try await LoopUnderTest(
      kiosk: Kiosk(),
      pinChecker: PINChecker(hash: try #require(PINHash(PINCheckerTests.hash)), file: nil))
  }

  @Test func `Its digits are checked, and stand on no picture`() async throws {
    let door = try await kiosk()
    try await door.press("\u{1B}[21~")
    try await door.type("2468\r")
    #expect(door.staff.asked.all == [.pin("2468")])
    #expect(!door.terminal.frames.contains { PaintedTerminal.text($0).contains("24") })
    #expect(door.lookUp.asked.all.isEmpty)
    door.queue.post(.pin(.right))
    #expect(await door.end(), "F10 leaves")
  }

  @Test func `After a wrong one nobody tries before its time`() async throws {
    let door = try await kiosk()
    try await door.press("\u{1B}[21~")
    try await door.type("1111\r")
    try await door.post(.pin(.wrong(wait: 4)))
    try await door.type("2468\r")
    #expect(door.staff.asked.all == [.pin("1111")])
    try await door.pass(4)
    try await door.type("2468\r")
    #expect(door.staff.asked.all == [.pin("1111"), .pin("2468")])
    await door.stop()
  }

  /// Whoever looks at the keys does not see that the question has gone.
  @Test func `Digits of a PIN are no code once the question has gone`() async throws {
    let door = try await kiosk()
    try await door.press("\u{1B}[21~")
    try await door.type("24")
    try await door.press("\u{1B}")
    try await door.type("2468\r")
    #expect(door.lookUp.asked.all.isEmpty)
    #expect(!door.terminal.frames.contains { PaintedTerminal.text($0).contains("24") })
    // What stood half-typed from then on is no part of a code either.
    try await door.type("24")
    try await door.pass(95)
    try await door.type("AAAA1111\r")
    try await door.lookUp.untilAsked("AAAA1111")
    #expect(door.lookUp.asked.all == ["AAAA1111"])
    await door.stop()
  }

  @Test func `A scan goes on while the question stands`() async throws {
    let door = try await kiosk()
    try await door.press("\u{1B}[21~")
    try await door.scan("AAAA1111")
    try await door.answer("AAAA1111", LoopUnderTest.pass("AAAA1111"))
    #expect(door.terminal.panel == .admit)
    await door.stop()
  }
}
