import Admission
import CheckIn
import FoundationEssentials
import Synchronization
import Testing

private let nightStart = Date(timeIntervalSince1970: 1_800_000_000)

private func entry(_ id: Int64, attempt: Int = 1, wasInterrupted: Bool = false) -> EntryReport {
  EntryReport(
    admissionID: id, passID: "pass-\(id)", eventID: "tonight", optionID: "option", people: 2,
    attempt: attempt, wasInterrupted: wasInterrupted)
}

private final class TestClock: Sendable {
  private let moment = Mutex(Moment(wall: nightStart, uptime: 100))

  var now: Moment { moment.withLock { $0 } }

  func advance(_ seconds: TimeInterval) { moment.withLock { $0 = $0.advanced(by: seconds) } }

  func setWall(_ seconds: TimeInterval) {
    moment.withLock { $0.wall = nightStart.addingTimeInterval(seconds) }
  }
}

/// An outbox that keeps the store's promises, as far as they are in the protocol.
private final class MemoryOutbox: EntryOutbox {
  struct Failure: Error {}

  enum Note: Equatable {
    case acknowledged(Int64, at: TimeInterval)
    case again(Int64, at: TimeInterval, mayHaveArrived: Bool)
    case refused(Int64, String, mayHaveArrived: Bool = false)
  }

  struct State {
    var waiting: [(report: EntryReport, dueAt: Date)] = []
    var notes: [Note] = []
    /// Why it is to be tried again.
    var reasons: [String?] = []
    /// How many of the next calls fail.
    var failures = 0
    /// Whether somebody else is always quicker.
    var isRaced = false
    /// When the newest lease ends.
    var leasedUntil: Date?
  }

  private let state = Mutex(State())

  init(_ reports: [EntryReport] = [], dueAt: Date = nightStart) {
    for report in reports { add(report, dueAt: dueAt) }
  }

  var notes: [Note] { state.withLock(\.notes) }
  var reasons: [String?] { state.withLock(\.reasons) }
  var waiting: [Int64] { state.withLock { $0.waiting.map(\.report.admissionID) } }
  var leasedUntil: Date? { state.withLock(\.leasedUntil) }

  func add(_ report: EntryReport, dueAt: Date = nightStart) {
    state.withLock { $0.waiting.append((report, dueAt)) }
  }

  func change(_ body: @Sendable (inout State) -> Void) { state.withLock { body(&$0) } }

  private func using<Value>(_ body: (inout State) -> Value) throws -> Value {
    try state.withLock { state in
      guard state.failures == 0 else {
        state.failures -= 1
        throw Failure()
      }
      return body(&state)
    }
  }

  func claimDue(now: Date, lease: TimeInterval, limit: Int) throws -> [EntryReport] {
    try using { state in
      guard !state.isRaced else { return [] }
      let due = state.waiting.indices.filter { state.waiting[$0].dueAt <= now }
        .sorted { state.waiting[$0].dueAt < state.waiting[$1].dueAt }.prefix(limit)
      return due.map { index in
        let report = state.waiting[index].report
        state.waiting[index].dueAt = now + lease
        state.waiting[index].report.attempt += 1
        state.leasedUntil = now + lease
        return report
      }
    }
  }

  func nextDue() throws -> Date? { try using { $0.waiting.map(\.dueAt).min() } }

  func acknowledge(_ report: EntryReport, at date: Date) throws {
    try end(report, .acknowledged(report.admissionID, at: date.timeIntervalSince(nightStart)))
  }

  func retry(
    _ report: EntryReport, at next: Date, mayHaveArrived: Bool, reason: String?
  ) throws {
    try using { state in
      state.reasons.append(reason)
      state.notes.append(
        .again(
          report.admissionID, at: next.timeIntervalSince(nightStart),
          mayHaveArrived: mayHaveArrived))
      for index in state.waiting.indices
      where state.waiting[index].report.admissionID == report.admissionID {
        state.waiting[index].dueAt = next
      }
    }
  }

  func refuse(_ report: EntryReport, reason: String, mayHaveArrived: Bool) throws {
    try end(report, .refused(report.admissionID, reason, mayHaveArrived: mayHaveArrived))
  }

  private func end(_ report: EntryReport, _ note: Note) throws {
    try using { state in
      state.notes.append(note)
      state.waiting.removeAll { $0.report.admissionID == report.admissionID }
    }
  }
}

/// Answers by its script, and then always "delivered".
private final class ScriptedSender: EntrySender {
  private let state: Mutex<(script: [EntryDelivery], sent: [EntryReport])>
  private let whileSending: @Sendable (EntryReport) async -> Void

  init(
    _ script: [EntryDelivery] = [],
    whileSending: @escaping @Sendable (EntryReport) async -> Void = { _ in }
  ) {
    state = Mutex((script, []))
    self.whileSending = whileSending
  }

  var sent: [Int64] { state.withLock { $0.sent.map(\.admissionID) } }
  var attempts: [Int] { state.withLock { $0.sent.map(\.attempt) } }

  func send(_ report: EntryReport) async -> EntryDelivery {
    state.withLock { $0.sent.append(report) }
    await whileSending(report)
    return state.withLock { $0.script.isEmpty ? .delivered : $0.script.removeFirst() }
  }
}

/// Something that a test waits for; the time limit is against hanging only.
private final class Signal: Sendable {
  private let stream = AsyncStream.makeStream(of: Void.self)

  func give() { stream.continuation.yield() }
  func wait() async { for await _ in stream.stream { return } }
}

private func reporter(
  _ outbox: MemoryOutbox, _ sender: ScriptedSender, _ clock: TestClock,
  unanswered: EntryReporter.Setup.Unanswered = .leaveToStaff, spread: Double = 1,
  sleep: @escaping @Sendable (TimeInterval) async throws -> Void = { _ in }
) -> EntryReporter {
  EntryReporter(
    outbox: outbox, sender: sender, setup: EntryReporter.Setup(unanswered: unanswered),
    now: { clock.now }, sleep: sleep, chance: { spread })
}

/// Suspends until its task is cancelled.
private func sleepForever() async throws {
  let endless = AsyncStream.makeStream(of: Never.self)
  for await _ in endless.stream {}
  throw CancellationError()
}

/// Reporting entries: issue "nothing lost, nobody in twice"; contract, `check_in.report`.
@Suite(.timeLimit(.minutes(1))) struct EntryReporterTests {
  private let clock = TestClock()
  private static let noAnswer = "no answer came: the service may count it or not"

  @Test func `Everything due is sent once, oldest first, and acknowledged`() async {
    let outbox = MemoryOutbox([entry(2)], dueAt: nightStart - 5)
    outbox.add(entry(1), dueAt: nightStart - 9)
    outbox.add(entry(3), dueAt: nightStart + 10)
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
    let outbox = MemoryOutbox([entry(1)])
    let sender = ScriptedSender { [clock] _ in clock.advance(7) }
    _ = await reporter(outbox, sender, clock).sendDue()
    #expect(outbox.notes == [.acknowledged(1, at: 7)])
    #expect(outbox.leasedUntil == nightStart + 180)
  }

  @Test func `Each failure doubles the pause, up to five minutes`() async {
    let outbox = MemoryOutbox([entry(1)])
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
    let outbox = MemoryOutbox([entry(1)])
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
    let outbox = MemoryOutbox([entry(1), entry(2)])
    let sender = ScriptedSender([.refused(reason: "status 400")])
    #expect(await reporter(outbox, sender, clock).sendDue() == 30)
    #expect(outbox.notes == [.refused(1, "status 400"), .acknowledged(2, at: 0)])
  }

  @Test func `A service in trouble is not asked about the next entry either`() async {
    let outbox = MemoryOutbox((1...20).map { entry($0) })
    let sender = ScriptedSender([.notSent])
    let reporter = reporter(outbox, sender, clock)
    #expect(await reporter.sendDue() == 2)
    #expect(sender.sent == [1])
    await reporter.wake()
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
    let outbox = MemoryOutbox([entry(1), entry(2)])
    let sender = ScriptedSender([.tryLater(after: .seconds(advised), mayHaveArrived: false)])
    let reporter = reporter(outbox, sender, clock)
    #expect(await reporter.sendDue() == pause)
    #expect(outbox.notes == [.again(1, at: pause, mayHaveArrived: false)])
    #expect(sender.sent == [1])
  }

  @Test func `One that was never answered is not sent twice, but left to staff`() async {
    let outbox = MemoryOutbox([entry(1)])
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
    let outbox = MemoryOutbox([entry(1), entry(2, wasInterrupted: true)])
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
    let outbox = MemoryOutbox([entry(1, attempt: 2, wasInterrupted: true), entry(2)])
    let sender = ScriptedSender()
    _ = await reporter(outbox, sender, clock).sendDue()
    #expect(sender.sent == [2])
    #expect(outbox.waiting == [])
    #expect(outbox.notes.contains(.refused(1, Self.noAnswer, mayHaveArrived: true)))
  }

  /// Were the delivery forgotten, the entry would be sent again when its lease ends.
  @Test(arguments: 1...6)
  func `A store that fails after the delivery never has it sent again`(failures: Int) async {
    let outbox = MemoryOutbox([entry(1), entry(2)])
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
    let outbox = MemoryOutbox([entry(1)])
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
    let outbox = MemoryOutbox([entry(1)])
    outbox.change { $0.isRaced = true }
    #expect(await reporter(outbox, ScriptedSender(), clock).sendDue() == 1)
  }

  @Test func `A clock that is set does not make it sleep through the night`() async {
    let outbox = MemoryOutbox([entry(1)], dueAt: nightStart)
    clock.setWall(-7200)
    let sender = ScriptedSender()
    let reporter = reporter(outbox, sender, clock)
    #expect(await reporter.sendDue() == 30)
    clock.setWall(1)
    #expect(await reporter.sendDue() == 30)
    #expect(sender.sent == [1])
  }

  @Test func `A restart goes on where the program ended`() async {
    let outbox = MemoryOutbox([entry(1), entry(2), entry(3)])
    let before = ScriptedSender([.delivered, .notSent])
    _ = await reporter(outbox, before, clock).sendDue()
    #expect(before.sent == [1, 2])
    clock.advance(2)
    let after = ScriptedSender()
    _ = await reporter(outbox, after, clock).sendDue()
    #expect(after.sent.sorted() == [2, 3])
    #expect(outbox.waiting == [])
  }

  @Test func `It rests until it is woken`() async {
    let outbox = MemoryOutbox()
    let (resting, sent) = (Signal(), Signal())
    let sender = ScriptedSender { _ in sent.give() }
    let reporter = reporter(
      outbox, sender, clock,
      sleep: { _ in
        resting.give()
        try await sleepForever()
      })
    let run = Task { await reporter.run() }
    await resting.wait()
    outbox.add(entry(1))
    await reporter.wake()
    await sent.wait()
    await resting.wait()
    #expect(sender.sent == [1])
    #expect(outbox.waiting == [])
    run.cancel()
    await run.value
  }

  @Test func `It stops while it rests`() async {
    let resting = Signal()
    let reporter = reporter(
      MemoryOutbox(), ScriptedSender(), clock,
      sleep: { _ in
        resting.give()
        try await sleepForever()
      })
    let run = Task { await reporter.run() }
    await resting.wait()
    run.cancel()
    await run.value
  }

  @Test(arguments: [
    (EntryDelivery.delivered, MemoryOutbox.Note.acknowledged(1, at: 0)),
    (.notSent, .again(1, at: 0, mayHaveArrived: false)),
  ])
  fileprivate func `It stops while it sends, and the outbox learns what came of that`(
    delivery: EntryDelivery, note: MemoryOutbox.Note
  ) async {
    let outbox = MemoryOutbox([entry(1), entry(2)])
    let sending = Signal()
    let sender = ScriptedSender([delivery]) { _ in
      sending.give()
      try? await sleepForever()
    }
    let reporter = reporter(outbox, sender, clock)
    let run = Task { await reporter.run() }
    await sending.wait()
    run.cancel()
    await run.value
    #expect(sender.sent == [1])
    #expect(outbox.notes == [note])
    #expect(outbox.waiting.contains(2))
  }
}

/// API page, "Rates" and "Endpoints": the matching rate option's id, if any.
struct EntryOptionTests {
  private func option(
    _ id: String, from: TimeInterval? = nil, until: TimeInterval? = nil
  ) -> RateOption {
    RateOption(id: id, price: 10, from: from, until: until)
  }

  private var rates: [Rate] {
    [
      Rate(id: "other", name: "VIP", options: [option("vip")]),
      Rate(
        id: "general", name: "Général",
        options: [
          option("early", from: -3600, until: 0), option("", from: 0, until: 9000),
          option("first", from: 0, until: 3600), option("second", from: 1800, until: 7200),
          option("faulty", from: 9000, until: 9000),
        ]),
      Rate(id: "bare", name: "Bare", options: []),
      Rate(id: "mixed", name: "Mixed", options: [option("late", from: 60), option("always")]),
    ]
  }

  @Test(
    arguments: [
      (-3601, nil), (-3600, "early"), (-1, "early"), (0, "first"), (1800, "first"),
      (3599.5, "first"), (3600, "second"), (7199, "second"), (7200, nil),
      (9000, nil), (nil, nil),
    ] as [(TimeInterval?, String?)])
  func `The first option that holds now`(elapsed: TimeInterval?, id: String?) {
    for pass in [pass(typeID: "general"), pass(typeName: "GENERAL")] {
      #expect(EntryReport.optionID(for: pass, rates: rates, at: elapsed) == id)
    }
  }

  @Test func `Where nothing matches there is none`() {
    #expect(EntryReport.optionID(for: pass(), rates: rates, at: 0) == nil)
    #expect(EntryReport.optionID(for: pass(typeID: "none"), rates: rates, at: 0) == nil)
    #expect(EntryReport.optionID(for: pass(typeID: "bare"), rates: rates, at: 0) == nil)
    #expect(EntryReport.optionID(for: pass(typeID: "general"), rates: nil, at: 0) == nil)
    #expect(EntryReport.optionID(for: pass(typeID: "general"), rates: [], at: 0) == nil)
  }

  @Test func `Without the event's start only an option without a window holds`() {
    #expect(EntryReport.optionID(for: pass(typeID: "mixed"), rates: rates, at: nil) == "always")
    #expect(EntryReport.optionID(for: pass(typeID: "mixed"), rates: rates, at: 60) == "late")
  }

  private func pass(typeID: String? = nil, typeName: String? = nil) -> Pass {
    Pass(
      id: "p", code: "CODE", typeID: typeID, typeName: typeName, state: "activated", usages: [])
  }
}
