import Admission
import CheckIn
import FoundationEssentials
import Testing

/// Reporting entries (Operations: Reporting entries).
@Suite(.timeLimit(.minutes(1))) struct EntryReporterTests {
  private let clock = ReportingClock()
  private static let noAnswer = "no answer came: the service may count it or not"

  @Test func `Everything due is sent once, oldest first, and acknowledged`() async {
    let outbox = MemoryOutbox([dueEntry(2)], dueAt: reportingStart - 5)
    outbox.add(dueEntry(1), dueAt: reportingStart - 9)
    outbox.add(dueEntry(3), dueAt: reportingStart + 10)
    let sender = ScriptedSender()
    let reporter = reporter(outbox, sender, clock)
    #expect(await reporter.sendDue() == 10)
    #expect(sender.sent == [1, 2])
    #expect(outbox.notes == [.acknowledged(1, at: 0), .acknowledged(2, at: 0)])
    clock.advance(10)
    #expect(await reporter.sendDue() == 30)
    #expect(sender.sent == [1, 2, 3])
    #expect(outbox.waiting == [])
  }

  @Test func `An acknowledgement bears the time after the answer`() async {
    let outbox = MemoryOutbox([dueEntry(1)])
    let sender = ScriptedSender { [clock] _ in clock.advance(7) }
    _ = await reporter(outbox, sender, clock).sendDue()
    #expect(outbox.notes == [.acknowledged(1, at: 7)])
    #expect(outbox.leasedUntil == reportingStart + 180)
  }

  @Test func `Each failure doubles the pause, up to five minutes`() async {
    let outbox = MemoryOutbox([dueEntry(1)])
    let sender = ScriptedSender(Array(repeating: .notSent, count: 12))
    let reporter = reporter(outbox, sender, clock)
    var pauses: [TimeInterval] = []
    for _ in 0..<12 {
      let pause = await reporter.sendDue()
      pauses.append(pause)
      // Not a moment earlier.
      clock.advance(pause - 0.5)
      #expect(await reporter.sendDue() == 0.5)
      clock.advance(0.5)
    }
    #expect(pauses == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300])
    #expect(sender.attempts == Array(1...12))
    _ = await reporter.sendDue()
    #expect(outbox.waiting == [])
    #expect(sender.attempts.count == 13)
  }

  @Test(arguments: [1, 2, 5, 9, 40, Int.max], [0, 0.25, 1])
  func `A pause is spread over the upper half`(failures: Int, spread: Double) {
    let full = failures < 8 ? 2 * Double(1 << (failures - 1)) : 300
    let pause = BackOff().pause(after: failures, spread: spread)
    #expect(pause == full / 2 + full / 2 * spread)
    #expect(pause <= 300)
  }

  @Test(arguments: [
    (EntryDelivery.notSent, false, "the service was not reached"),
    (.keyRefused, false, "the key may not report entries"),
    (.tryLater(after: nil, mayHaveArrived: false), false, "the service cannot take it now"),
    (.tryLater(after: nil, mayHaveArrived: true), true, "the service cannot take it now"),
  ])
  func `What failed is tried again, and the outbox learns why and whether it may have arrived`(
    delivery: EntryDelivery, mayHaveArrived: Bool, reason: String
  ) async {
    let outbox = MemoryOutbox([dueEntry(1)])
    let sender = ScriptedSender([delivery])
    let reporter = reporter(outbox, sender, clock)
    #expect(await reporter.sendDue() == 2)
    #expect(outbox.notes == [.again(1, at: 2, mayHaveArrived: mayHaveArrived)])
    #expect(outbox.reasons == [reason])
    clock.advance(2)
    _ = await reporter.sendDue()
    #expect(outbox.notes.last == .acknowledged(1, at: 2))
  }

  @Test func `A refusal is for good, and hinders no other`() async {
    let outbox = MemoryOutbox([dueEntry(1), dueEntry(2)])
    let sender = ScriptedSender([.refused(reason: "status 400")])
    #expect(await reporter(outbox, sender, clock).sendDue() == 30)
    #expect(outbox.notes == [.refused(1, "status 400"), .acknowledged(2, at: 0)])
  }

  @Test func `A service in trouble is not asked about the next entry either`() async {
    let outbox = MemoryOutbox((1...20).map { dueEntry($0) })
    let sender = ScriptedSender([.notSent])
    let reporter = reporter(outbox, sender, clock)
    #expect(await reporter.sendDue() == 2)
    #expect(sender.sent == [1])
    reporter.wake()
    #expect(await reporter.sendDue() == 2)
    #expect(sender.sent == [1])
    clock.advance(2)
    _ = await reporter.sendDue()
    #expect(Set(sender.sent) == Set(1...20))
    #expect(outbox.waiting == [])
  }

  @Test(arguments: [(0.1, 2.0), (40, 40), (86_400, 3600)])
  func `The service's own word on when to come back is kept`(
    advised: Double, pause: TimeInterval
  ) async {
    let outbox = MemoryOutbox([dueEntry(1), dueEntry(2)])
    let sender = ScriptedSender([.tryLater(after: .seconds(advised), mayHaveArrived: false)])
    let reporter = reporter(outbox, sender, clock)
    #expect(await reporter.sendDue() == pause)
    #expect(outbox.notes == [.again(1, at: pause, mayHaveArrived: false)])
    #expect(sender.sent == [1])
  }

  @Test func `One that was never answered is not sent twice, but left to staff`() async {
    let outbox = MemoryOutbox([dueEntry(1)])
    let sender = ScriptedSender([.mayHaveArrived])
    let reporter = reporter(outbox, sender, clock)
    #expect(await reporter.sendDue() == 2)
    for _ in 0..<50 {
      clock.advance(60)
      _ = await reporter.sendDue()
    }
    #expect(sender.sent == [1])
    #expect(outbox.notes == [.refused(1, Self.noAnswer, mayHaveArrived: true)])
  }

  @Test func `One that was never answered is sent again where the venue wants that`() async {
    let outbox = MemoryOutbox([dueEntry(1), dueEntry(2, wasInterrupted: true)])
    let sender = ScriptedSender([.mayHaveArrived])
    let reporter = reporter(outbox, sender, clock, unanswered: .sendAgain)
    #expect(await reporter.sendDue() == 2)
    #expect(outbox.notes == [.again(1, at: 2, mayHaveArrived: true)])
    clock.advance(2)
    _ = await reporter.sendDue()
    #expect(sender.sent.sorted() == [1, 1, 2])
    #expect(outbox.waiting == [])
  }

  @Test func `One that a crash interrupted is left to staff`() async {
    let outbox = MemoryOutbox([dueEntry(1, attempt: 2, wasInterrupted: true), dueEntry(2)])
    let sender = ScriptedSender()
    _ = await reporter(outbox, sender, clock).sendDue()
    #expect(sender.sent == [2])
    #expect(outbox.waiting == [])
    #expect(outbox.notes.contains(.refused(1, Self.noAnswer, mayHaveArrived: true)))
  }

  /// Were the delivery forgotten, the entry would be sent again when its lease ends.
  @Test(arguments: 1...6)
  func `A store that fails after the delivery never has it sent again`(failures: Int) async {
    let outbox = MemoryOutbox([dueEntry(1), dueEntry(2)])
    let sender = ScriptedSender { report in
      if report.admissionID == 1 { outbox.change { $0.failures = failures } }
    }
    let reporter = reporter(outbox, sender, clock)
    for _ in 0..<failures {
      let pause = await reporter.sendDue()
      #expect(sender.sent == [1])
      #expect(outbox.notes == [])
      clock.advance(pause)
    }
    _ = await reporter.sendDue()
    #expect(sender.sent == [1, 2])
    #expect(outbox.notes.first == .acknowledged(1, at: 0))
    #expect(outbox.waiting == [])
  }

  @Test func `A store that fails before it gives out anything is left alone for a while`() async {
    let outbox = MemoryOutbox([dueEntry(1)])
    outbox.change { $0.failures = 3 }
    let sender = ScriptedSender()
    let reporter = reporter(outbox, sender, clock)
    for pause in [2, 4, 8] as [TimeInterval] {
      #expect(await reporter.sendDue() == pause)
      clock.advance(pause)
    }
    #expect(sender.sent == [])
    _ = await reporter.sendDue()
    #expect(sender.sent == [1])
  }

  @Test func `What another process is quicker to take is no reason to hurry`() async {
    let outbox = MemoryOutbox([dueEntry(1)])
    outbox.change { $0.isRaced = true }
    #expect(await reporter(outbox, ScriptedSender(), clock).sendDue() == 1)
  }

  @Test func `A clock that is set does not make it sleep through the night`() async {
    let outbox = MemoryOutbox([dueEntry(1)], dueAt: reportingStart)
    clock.setWall(-7200)
    let sender = ScriptedSender()
    let reporter = reporter(outbox, sender, clock)
    #expect(await reporter.sendDue() == 30)
    clock.setWall(1)
    #expect(await reporter.sendDue() == 30)
    #expect(sender.sent == [1])
  }

  @Test func `A restart goes on where the program ended`() async {
    let outbox = MemoryOutbox([dueEntry(1), dueEntry(2), dueEntry(3)])
    let before = ScriptedSender([.delivered, .notSent])
    _ = await reporter(outbox, before, clock).sendDue()
    #expect(before.sent == [1, 2])
    clock.advance(2)
    let after = ScriptedSender()
    _ = await reporter(outbox, after, clock).sendDue()
    #expect(after.sent.sorted() == [2, 3])
    #expect(outbox.waiting == [])
  }
}
