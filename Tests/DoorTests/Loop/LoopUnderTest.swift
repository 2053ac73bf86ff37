import Admission
import CheckIn
import DoorConfiguration
import DoorScreen
import Formatting
import Foundation
import LinuxBox
import Scanner
import Synchronization
import Terminal
import TestSupport
import Testing
import Waiting

@testable import Door

/// The loop with a terminal and a clock of the test's own, and a service whose answers come when the
/// test says so. The service layer behind it is the real one.
struct LoopUnderTest {
  static let event = Event(
    id: "tonight", name: "Noche de Luna", startsAt: Date(timeIntervalSince1970: 1_800_000_000),
    endsAt: Date(timeIntervalSince1970: 1_800_030_000))
  static let begin = Moment(wall: Date(timeIntervalSince1970: 1_800_003_605), uptime: 1000)

  let terminal = PaintedTerminal()
  let clock = ManualClock()
  let lookUp = HeldLookUp()
  let staff = AskedStaff()
  let service: ServiceRecord
  let queue = EventQueue<DoorLoop.Event>()
  /// The verdicts that the hook was told.
  let told = Collected<Outcome>()
  let audience = Audience()
  let checkIn: CheckInService
  private let loop: DoorLoop
  private let running: Task<Void, Never>

  /// - Parameters:
  ///   - isHooked: whether a hook is told the verdicts.
  ///   - serviceManager: hears the loop's signs of life, two in each of `watchdogSeconds`.
  ///   - waiting: what has come before the loop begins.
  init(
    kiosk: Kiosk? = nil, pinChecker: PINChecker? = nil, isHooked: Bool = true,
    serviceManager: StandInServiceManager? = nil, watchdogSeconds: Int = 2,
    waiting: [DoorLoop.Event] = []
  ) async throws {
    let clock = clock
    let now: @Sendable () -> Moment = { Self.begin.advanced(by: clock.now.seconds) }
    let (queue, told) = (queue, told)
    let service = ServiceRecord(show: { queue.post(.screen(.service($0))) })
    self.service = service
    checkIn = CheckInService(
      finder: PassFinder(service: lookUp, memory: NoMemory(), now: now),
      ledger: RecordingLedger(store: nil),
      setup: CheckInService.Setup(
        rules: Rules(), door: "North", showNames: .full, repeatSeconds: 3),
      tonight: .chosen(Self.event), now: now, audience: audience,
      tell: { news in
        guard case .verdict(var outcome) = news else { return }
        service.giveVerdict(of: outcome.number) {
          outcome.service = $0
          queue.post(.verdict(outcome))
        }
      })
    var environment: [String: String] = [:]
    if let serviceManager {
      environment = [
        "NOTIFY_SOCKET": serviceManager.name, "WATCHDOG_USEC": "\(watchdogSeconds)000000",
      ]
    }
    waiting.forEach(queue.post)
    let hook: @Sendable (Outcome) -> Void = { told.add($0) }
    loop = DoorLoop(
      terminal: terminal,
      setup: DoorLoop.Setup(
        screen: ScreenSetup(
          doorName: "North", time: LocalTime(timeZone: TimeZone(identifier: "Europe/Madrid")!),
          kiosk: kiosk),
        gap: 0.04, log: NightLog(Logs.silent), pinChecker: pinChecker,
        serviceManager: NotifySocket(environment: environment), environment: environment,
        clock: DoorClock(now: now, timer: clock)),
      cleaner: try CodeCleaner(format: CodeFormat()),
      cards: StaffCardReader(file: nil, logger: Logs.silent),
      outside: DoorLoop.Outside(
        checkIn: checkIn, service: service, staff: staff, audience: audience,
        hook: isHooked ? hook : nil),
      queue: queue)
    running = Task { [loop] in await loop.run(tonight: .chosen(Self.event)) }
    try await terminal.untilDrawn(1)
    await loop.standStill()
  }

  var now: Moment { Self.begin.advanced(by: clock.now.seconds) }

  /// One event, until it is painted.
  func post(_ event: DoorLoop.Event) async throws { try await untilDrawn { queue.post(event) } }

  /// What is read at once, as of a scanner or a key that sends several bytes.
  /// - Parameter readAt: nil: now.
  func read(_ text: String, at readAt: Moment? = nil) async throws {
    let draws = terminal.draws
    try await begin(text, at: readAt)
    // The picture of a scan waits a moment for its verdict.
    if terminal.draws == draws { try await pass(0.03) }
  }

  /// The same, until the loop has read it.
  func begin(_ text: String, at readAt: Moment? = nil) async throws {
    let (draws, wakes) = (terminal.draws, terminal.wakes)
    queue.post(.input(InputChunk(bytes: Array(text.utf8), readAt: readAt ?? now)))
    try await terminal.untilDrawn(draws + 1, orLit: wakes + 1)
    await loop.standStill()
  }

  /// Scans, as a scanner sends it, and looks at the screen before the answer is there.
  func scan(_ code: String) async throws {
    try await read(code + "\r")
    try await lookUp.untilAsked(code)
  }

  /// Types with fingers, a key every fifth of a second.
  func type(_ text: String) async throws {
    for character in text {
      try await read(String(character))
      try await pass(0.2)
    }
  }

  /// A key, until it is sure to be one.
  func press(_ sequence: String) async throws {
    try await read(sequence)
    try await pass(0.06)
  }

  func answer(_ code: String, _ answer: Finding) async throws {
    try await untilDrawn { lookUp.answer(code, answer) }
  }

  /// As the service layer would give it, on its first scan.
  func verdict(on code: String, _ reason: Reason) throws -> Outcome {
    let finding = Self.pass(code)
    let pass = try #require(finding.pass)
    let count = HeadCount(allowed: 1, used: 0)
    return Outcome(
      number: 1, code: code,
      decision: Decision(reason: reason, count: reason == .valid ? count.admitting(1) : count),
      pass: PassSummary(pass: pass, count: count, eventID: Self.event.id, showNames: .full),
      tonight: .chosen(Self.event), source: .live, at: now.wall)
  }

  /// Lets time go by, in steps after which the loop does what is due.
  func pass(_ seconds: TimeInterval) async throws {
    let end = clock.now + .seconds(seconds)
    while clock.now < end {
      let draws = terminal.draws
      clock.advance(by: min(.milliseconds(10), end - clock.now))
      // The loop has one call out at a time, and sets the next one once it has drawn: a verdict that
      // comes by itself may have just been drawn.
      await loop.standStill()
      if clock.waiting == 0 {
        try await terminal.untilDrawn(draws + 1)
        await loop.standStill()
      }
    }
  }

  private func untilDrawn(_ act: () -> Void) async throws {
    let draws = terminal.draws
    act()
    try await terminal.untilDrawn(draws + 1)
    await loop.standStill()
  }

  /// Waits for the end of the loop. Nothing else ends it.
  func end() async -> Bool { await running.value(within: .seconds(60)) != nil }

  /// Ends it by a signal, as each test does that has not ended it.
  func stop() async {
    queue.post(.signal(.terminate))
    _ = await end()
  }

  static func pass(_ code: String, state: String = "activated", people: Int = 1) -> Finding {
    .found(
      Pass(
        id: "id-\(code)", code: code, customerName: "Ana Ruiz", typeName: "General", state: state,
        usages: [Usage(eventID: "tonight", beneficiaries: people)]), .live)
  }
}

extension DoorLoop {
  /// Returns once the loop waits: it has finished what it did when this was called.
  fileprivate func standStill() {}
}

/// A service whose answers come when the test says so.
final class HeldLookUp: PassLookUp {
  private let answers = Mutex<[String: Promise<Finding>]>([:])
  let asked = Collected<String>()

  private func promise(_ code: String) -> Promise<Finding> {
    answers.withLock { answers in
      let promise = answers[code] ?? Promise()
      answers[code] = promise
      return promise
    }
  }

  func lookUp(code: String, as kind: PassKind) async -> (finding: Finding, elapsed: Duration) {
    asked.add(code)
    return (await promise(code).value(), .milliseconds(40))
  }

  func answer(_ code: String, _ answer: Finding) { promise(code).fulfil(with: answer) }

  func untilAsked(_ code: String) async throws {
    try await asked.until("\(code) is asked for") { $0.contains(code) }
  }
}

/// Keeps what the loop asks of the program around it.
final class AskedStaff: StaffRequests {
  enum Request: Equatable {
    case undo(pressedAt: TimeInterval)
    case offerUndo
    case confirmUndo
    case people(number: Int, people: Int)
    case letIn(number: Int)
    case count(DoorDirection)
    case turn(DoorDirection)
    case find(String)
    case findNearMisses(String, number: Int)
    case countRefusals(number: Int)
    case refresh
    case choose(String)
    case pin(String)
  }

  let asked = Collected<Request>()
  let counts = Collected<Void>()

  func undo(pressedAt: Moment) { asked.add(.undo(pressedAt: pressedAt.uptime)) }
  func offerUndo() { asked.add(.offerUndo) }
  func undo(_ reference: AdmissionReference) { asked.add(.confirmUndo) }
  func setAdmitted(number: Int, people: Int) { asked.add(.people(number: number, people: people)) }
  func letIn(number: Int) { asked.add(.letIn(number: number)) }
  func countByHand(_ direction: DoorDirection) { asked.add(.count(direction)) }
  func turn(to direction: DoorDirection) { asked.add(.turn(direction)) }
  func find(_ text: String) { asked.add(.find(text)) }
  func countRefusals(of outcome: Outcome) { asked.add(.countRefusals(number: outcome.number)) }
  func findNearMisses(of code: String, number: Int) {
    asked.add(.findNearMisses(code, number: number))
  }
  func refreshNight() { asked.add(.refresh) }
  func chooseEvent(_ id: String) { asked.add(.choose(id)) }
  func check(_ pin: PIN, by checker: PINChecker) { asked.add(.pin(pin.revealed)) }
  func countSoon() { counts.add(()) }
}

/// What was told so far, from anywhere.
final class Collected<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])
  private let changes = Signal()

  var all: [Element] { elements.withLock { $0 } }

  func add(_ element: Element) {
    elements.withLock { $0.append(element) }
    changes.send()
  }

  struct NeverCame: Error { var what: String }

  /// Waits until that holds of all so far.
  /// - Throws: `NeverCame` where it does not within 60 s.
  func until(_ what: String, _ holds: ([Element]) -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(60)
    while !holds(all) {
      guard ContinuousClock.now < end else { throw NeverCame(what: "\(what); so far \(all)") }
      await changes.wait(for: .seconds(1), if: { !holds(all) })
    }
  }
}

extension Duration {
  var seconds: TimeInterval {
    TimeInterval(components.seconds) + TimeInterval(components.attoseconds) / 1e18
  }
}
