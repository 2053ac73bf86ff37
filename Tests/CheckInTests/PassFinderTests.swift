import Admission
import CheckIn
import FoundationEssentials
import Synchronization
import TestSupport
import Testing
import Waiting

private let begun = Date(timeIntervalSince1970: 1_800_000_000)

private func pass(_ state: String = "activated") -> Pass {
  Pass(id: "p", code: "AAAA", state: state, usages: [Usage(eventID: "e", beneficiaries: 1)])
}

/// Answers as the test says, once it says so.
private final class Service: PassLookUp {
  private let answer: Mutex<Finding>
  private let asked = Mutex(0)
  /// Nil answers at once.
  private let gate: AsyncStream<Void>?

  init(_ answer: Finding, gate: AsyncStream<Void>? = nil) {
    self.answer = Mutex(answer)
    self.gate = gate
  }

  var timesAsked: Int { asked.withLock { $0 } }

  func set(_ new: Finding) { answer.withLock { $0 = new } }

  func lookUp(code: String, as kind: PassKind) async -> (finding: Finding, elapsed: Duration) {
    asked.withLock { $0 += 1 }
    if let gate { for await _ in gate { break } }
    return (finding: answer.withLock { $0 }, elapsed: .milliseconds(40))
  }
}

private struct Memory: PassMemory {
  var answer: StoredAnswer?
  var lookalike: Lookalike?

  init(_ answer: StoredAnswer?) { self.answer = answer }

  func storedAnswer(code: String, eventID: String?, kinds: [PassKind]) -> StoredAnswer? { answer }
  func lookalike(of code: String, eventID: String, kinds: [PassKind]) -> Lookalike? { lookalike }
  func remember(_ pass: Pass, eventID: String, asked: Moment, receivedAt: TimeInterval) {}
  func rememberUnknown(code: String, kinds: [PassKind], askedAt: Date, receivedAt: TimeInterval) {}
}

/// Of which somebody may have heard something new.
private final class ChangingMemory: PassMemory {
  private let state = Mutex((answer: StoredAnswer?.none, reads: 0))

  init(_ memory: Memory) { set(memory) }

  func set(_ memory: Memory) { state.withLock { $0.answer = memory.answer } }
  var reads: Int { state.withLock(\.reads) }

  func storedAnswer(code: String, eventID: String?, kinds: [PassKind]) -> StoredAnswer? {
    state.withLock {
      $0.reads += 1
      return $0.answer
    }
  }
  func lookalike(of code: String, eventID: String, kinds: [PassKind]) -> Lookalike? { nil }
  func remember(_ pass: Pass, eventID: String, asked: Moment, receivedAt: TimeInterval) {}
  func rememberUnknown(code: String, kinds: [PassKind], askedAt: Date, receivedAt: TimeInterval) {}
}

private func stored(_ age: TimeInterval, _ state: String = "activated") -> Memory {
  Memory(.found(StoredPass(pass: pass(state), fetchedAt: begun.addingTimeInterval(-age))))
}

private func finder(
  _ service: Service, _ memory: any PassMemory, patience: Duration? = .seconds(30),
  clock: any WaitClock = .box
) -> PassFinder {
  var setup = PassFinder.Setup()
  setup.patience = patience
  return PassFinder(
    service: service, memory: memory, setup: setup, now: { Moment(wall: begun, uptime: 1) },
    clock: clock)
}

@Suite(.timeLimit(.minutes(1))) struct PassFinderTests {
  @Test func `A live answer decides, whatever is stored`() async {
    let found = await finder(Service(.found(pass(), .live)), stored(1, "cancelled")).find(
      code: "AAAA", eventID: "e")
    #expect(found.finding == .found(pass(), .live))
    #expect(found.askedAt == begun)
    let gone = await finder(Service(.unknown(.live)), stored(1)).find(code: "AAAA", eventID: "e")
    #expect(gone.finding == .unknown(.live))
  }

  @Test(arguments: LookUpFailure.allCases)
  func `Where the service fails a stored answer decides, with its age`(failure: LookUpFailure) async
  {
    let found = await finder(Service(.failed(failure)), stored(3600)).find(
      code: "AAAA", eventID: "e")
    let fetchedAt = begun.addingTimeInterval(-3600)
    #expect(found.finding == .found(pass(), .cache(fetchedAt: fetchedAt, because: failure)))
    #expect(found.askedAt == fetchedAt)
    let unknown = await finder(Service(.failed(failure)), Memory(.unknown(fetchedAt: begun))).find(
      code: "AAAA", eventID: "e")
    #expect(unknown.finding == .unknown(.cache(fetchedAt: begun, because: failure)))
    let nothing = await finder(Service(.failed(failure)), Memory(nil)).find(
      code: "AAAA", eventID: "e")
    #expect(nothing.finding == .failed(failure))
  }

  @Test(arguments: [(86_400.0, true), (86_401, false), (0, true), (-1, false)])
  func `An answer too old, or from the future, is none`(age: TimeInterval, isUsable: Bool) async {
    let found = await finder(Service(.failed(.offline)), stored(age)).find(
      code: "AAAA", eventID: "e")
    #expect((found.finding.pass != nil) == isUsable)
  }

  @Test func `A fresh stored answer is used when the live one is slow, which is still taken in`()
    async throws
  {
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    let service = Service(.found(pass("cancelled"), .live), gate: gate)
    let clock = ManualClock()
    let finder = finder(service, stored(600), patience: .milliseconds(700), clock: clock)
    async let finding = finder.find(code: "AAAA", eventID: "e")
    try await clock.untilWaiting()
    clock.advance(by: .milliseconds(700))
    let found = await finding
    #expect(found.finding.pass == pass())
    #expect(
      found.finding.source == .cache(fetchedAt: begun - 600, because: nil), "slow is not offline")
    open.finish()
    let search = try #require(found.late)
    #expect(await finder.late(search)?.finding == .found(pass("cancelled"), .live))
  }

  @Test func `For one that is not fresh the live answer is waited for`() async {
    let found = await finder(Service(.found(pass(), .live)), stored(601), patience: .zero).find(
      code: "AAAA", eventID: "e")
    #expect(found.finding.source == .live)
    #expect(found.late == nil)
  }

  @Test func `Where no stored pass may admit the live answer is waited for`() async {
    let found = await finder(Service(.found(pass("live"), .live)), stored(60), patience: nil).find(
      code: "AAAA", eventID: "e")
    #expect(found.finding == .found(pass("live"), .live))
  }

  @Test func `After three silences what is stored answers at once, until somebody answers`() async {
    let service = Service(.failed(.offline))
    let finder = finder(service, stored(3600))
    for _ in 0..<3 { _ = await finder.find(code: "AAAA", eventID: "e") }
    #expect(finder.isDark)
    let found = await finder.find(code: "AAAA", eventID: "e")
    if let late = found.late { #expect(await finder.late(late) == nil) }
    #expect(service.timesAsked == 4, "its own look-up goes out behind the verdict")
    #expect(found.elapsed == .zero)
    #expect(found.finding.pass == pass())
    finder.noteAnswer()
    service.set(.found(pass(), .live))
    #expect(await finder.find(code: "AAAA", eventID: "e").finding.source == .live)
  }

  @Test(arguments: [0, 1000])
  func `What is stored is read again where the turn comes late`(milliseconds: Int) async {
    let (memory, clock) = (ChangingMemory(stored(60)), ManualClock())
    let finder = finder(Service(.failed(.offline)), memory, clock: clock)
    for _ in 0..<3 { _ = await finder.find(code: "AAAA", eventID: "e") }
    let reads = memory.reads
    let search = finder.begin(code: "AAAA", eventID: "e")
    await wait { memory.reads > reads }
    memory.set(stored(30, "cancelled"))
    clock.advance(by: .milliseconds(milliseconds))
    let found = await finder.result(of: search).finding.pass?.state
    #expect(found == (milliseconds == 0 ? "activated" : "cancelled"))
  }

  @Test func `A code with nothing stored is always asked live`() async {
    let service = Service(.failed(.offline))
    let finder = finder(service, Memory(nil))
    for _ in 0..<5 { _ = await finder.find(code: "AAAA", eventID: "e") }
    #expect(service.timesAsked == 5)
  }

  @Test(arguments: [LookUpFailure.unauthorized, .rateLimited, .serviceError])
  func `A failure that is an answer makes no darkness`(failure: LookUpFailure) async {
    let finder = finder(Service(.failed(failure)), stored(3600))
    for _ in 0..<5 { _ = await finder.find(code: "AAAA", eventID: "e") }
    #expect(finder.isDark == false)
  }

  @Test func `Until a look-up is answered one silent look-up restores the darkness`() async {
    let service = Service(.failed(.offline))
    let clock = Uptime()
    let finder = PassFinder(
      service: service, memory: stored(3600), now: { Moment(wall: begun, uptime: clock.tick()) })
    for _ in 0..<3 { _ = await finder.find(code: "AAAA", eventID: "e") }
    finder.noteAnswer()
    #expect(await !finder.isDark)
    _ = await finder.find(code: "AAAA", eventID: "e")
    #expect(finder.isDark)
    // A look-up that is answered ends it altogether, whatever it says.
    service.set(.failed(.rateLimited))
    if let late = await finder.find(code: "AAAA", eventID: "e").late { _ = await finder.late(late) }
    service.set(.failed(.offline))
    for _ in 0..<2 { _ = await finder.find(code: "AAAA", eventID: "e") }
    #expect(await !finder.isDark)
  }

  @Test func `What answers is no silence, whatever else is asked`() async {
    let finder = finder(Service(.failed(.offline)), stored(3600))
    for _ in 0..<2 { _ = await finder.find(code: "AAAA", eventID: "e") }
    finder.noteAnswer()
    _ = await finder.find(code: "AAAA", eventID: "e")
    #expect(finder.isDark, "three look-ups in a row, whatever other endpoints answer")
  }

  @Test(arguments: [(599.0, true), (600, true), (601, false)])
  func `A stored "no such pass" decides for ten minutes`(age: TimeInterval, decides: Bool) async {
    let memory = Memory(.unknown(fetchedAt: begun - age))
    let found = await finder(Service(.failed(.offline)), memory).find(code: "AAAA", eventID: "e")
    #expect(
      found.finding
        == (decides
          ? .unknown(.cache(fetchedAt: begun - age, because: .offline)) : .failed(.offline)))
  }

  @Test(arguments: [
    (Lookalike.otherCase, UnreadableCause.capsLock), (.longer, .cutShort),
  ])
  func `A code that was read wrongly is neither red nor green`(
    lookalike: Lookalike, cause: UnreadableCause
  ) async {
    var memory = Memory(.unknown(fetchedAt: begun - 60))
    memory.lookalike = lookalike
    for answer in [Finding.unknown(.live), .failed(.offline)] {
      let found = await finder(Service(answer), memory).find(code: "AAAA", eventID: "e")
      #expect(found.finding == .unreadable(cause))
    }
  }

  @Test func `Three listed codes that the service does not know are its failure`() async {
    let service = Service(.unknown(.live))
    let (told, tell) = AsyncStream.makeStream(of: Bool.self)
    var memory = stored(60)
    memory.lookalike = .listed
    let finder = PassFinder(
      service: service, memory: memory, now: { Moment(wall: begun, uptime: 1) },
      onDenial: { tell.yield($0) })
    // The same one again, in whatever spelling, is no other one.
    for code in ["AAAA", "AAAA", "aaaa", "BBBB"] {
      #expect(await finder.find(code: code, eventID: "e").finding == .failed(.serviceError))
    }
    for code in ["CCCC", "DDDD"] {
      let found = await finder.find(code: code, eventID: "e")
      #expect(
        found.finding == .found(pass(), .cache(fetchedAt: begun - 60, because: .serviceError)))
    }
    service.set(.found(pass(), .live))
    #expect(await finder.find(code: "AAAA", eventID: "e").finding == .found(pass(), .live))
    service.set(.unknown(.live))
    #expect(await finder.find(code: "AAAA", eventID: "e").finding == .failed(.serviceError))
    tell.finish()
    var states: [Bool] = []
    for await state in told { states.append(state) }
    #expect(states == [true, false])
  }

  @Test func `An age that nobody can know is too old, and one that is known is told`() async {
    let service = Service(.failed(.offline))
    func found(age: TimeInterval?) async -> Finding {
      await PassFinder(
        service: service, memory: stored(-7200), now: { Moment(wall: begun, uptime: 1) },
        age: { _ in age }
      ).find(code: "AAAA", eventID: "e").finding
    }
    #expect(await found(age: nil) == .failed(.offline))
    // It was stamped by a clock that has been put right since.
    #expect(
      await found(age: 120)
        == .found(pass(), .cache(fetchedAt: begun - 120, because: .offline)))
  }
}

/// A second later each time that it is read.
private final class Uptime: Sendable {
  private let seconds = Mutex(0.0)

  func tick() -> TimeInterval {
    seconds.withLock {
      $0 += 1
      return $0
    }
  }
}
