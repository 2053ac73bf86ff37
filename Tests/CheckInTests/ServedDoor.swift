import Admission
import CheckIn
import FoundationEssentials
import Synchronization
import Testing
import Waiting

/// A service whose answers come when the test says so. It stands in for the network's order of
/// answers, which real HTTP cannot be made to show on demand.
final class GatedLookUp: PassLookUp {
  private struct State {
    var waiting: [(code: String, gate: CheckedContinuation<Finding, Never>)] = []
    var asked: [String] = []
    var arrivals: [(count: Int, gate: CheckedContinuation<Void, Never>)] = []
  }

  private let state = Mutex(State())

  func lookUp(code: String, as kind: PassKind) async -> (finding: Finding, elapsed: Duration) {
    let answer = await withCheckedContinuation { gate in
      let due = state.withLock { state in
        state.waiting.append((code, gate))
        state.asked.append(code)
        let due = state.arrivals.filter { $0.count <= state.asked.count }
        state.arrivals.removeAll { $0.count <= state.asked.count }
        return due
      }
      for arrival in due { arrival.gate.resume() }
    }
    return (finding: answer, elapsed: .milliseconds(40))
  }

  /// Waits until `count` look-ups have been asked for in all.
  func asked(_ count: Int) async -> [String] {
    await withCheckedContinuation { gate in
      let isThere = state.withLock { state in
        if state.asked.count >= count { return true }
        state.arrivals.append((count, gate))
        return false
      }
      if isThere { gate.resume() }
    }
    return state.withLock(\.asked)
  }

  func answer(_ code: String, _ answer: Finding) {
    let gate = state.withLock { state -> CheckedContinuation<Finding, Never>? in
      guard let index = state.waiting.firstIndex(where: { $0.code == code }) else { return nil }
      return state.waiting.remove(at: index).gate
    }
    #expect(gate != nil, "nobody asks for \(code)")
    gate?.resume(returning: answer)
  }
}

/// A service that answers at once.
struct StoredPasses: PassLookUp {
  var answers: [String: Finding]

  func lookUp(code: String, as kind: PassKind) async -> (finding: Finding, elapsed: Duration) {
    (finding: answers[code] ?? .unknown(.live), elapsed: .milliseconds(40))
  }
}

let tonightsEvent = Event(
  id: "tonight", startsAt: Date(timeIntervalSince1970: 1_800_000_000),
  endsAt: Date(timeIntervalSince1970: 1_800_030_000))

func passAnswer(_ code: String, for people: Int = 1) -> Finding {
  .found(
    Pass(
      id: "id-\(code)", code: code, customerName: "Ana Ruiz", typeName: "General",
      state: "activated", usages: [Usage(eventID: "tonight", beneficiaries: people)]),
    .live)
}

final class TestClock: Sendable {
  private let moment = Mutex(Moment(wall: Date(timeIntervalSince1970: 1_800_003_600), uptime: 100))

  var now: Moment { moment.withLock { $0 } }

  func advance(_ seconds: TimeInterval) { moment.withLock { $0 = $0.advanced(by: seconds) } }

  func set(by seconds: TimeInterval) {
    moment.withLock { $0 = Moment(wall: $0.wall.addingTimeInterval(seconds), uptime: $0.uptime) }
  }
}

/// The service with a clock of the test's own, and the verdicts as they come.
final class Door: Sendable {
  let service: CheckInService
  let ledger: RecordingLedger
  private let clock: TestClock
  private let outcomes: AsyncStream<Outcome>
  /// The numbers of scans that are recorded after all.
  let recorded: AsyncStream<Int>

  init(
    _ lookUp: any PassLookUp, tonight: Tonight = .chosen(tonightsEvent), rules: Rules = Rules(),
    repeatSeconds: TimeInterval = 3, isDryRun: Bool = false, showNames: ShownNames = .full,
    patienceForTonight: Duration? = nil, memory: any PassMemory = NoMemory(),
    store: (any NightLedger)? = nil, audience: Audience = Audience(), timer: any WaitClock = .box
  ) {
    let (outcomes, continuation) = AsyncStream.makeStream(of: Outcome.self)
    self.outcomes = outcomes
    let (recorded, number) = AsyncStream.makeStream(of: Int.self)
    self.recorded = recorded
    let clock = TestClock()
    self.clock = clock
    ledger = RecordingLedger(store: store, uptime: { clock.now.uptime }, clock: timer)
    service = CheckInService(
      finder: PassFinder(
        service: lookUp, memory: memory, now: { clock.now }, clock: timer), ledger: ledger,
      setup: CheckInService.Setup(
        rules: rules, door: "North", showNames: showNames, repeatSeconds: repeatSeconds,
        isDryRun: isDryRun),
      tonight: tonight, patienceForTonight: patienceForTonight, now: { clock.now },
      clock: timer, audience: audience,
      tell: { news in
        if case .verdict(let outcome) = news { continuation.yield(outcome) }
        if case .recorded(let late) = news { number.yield(late) }
      })
  }

  @discardableResult
  func scan(
    _ code: String, after seconds: TimeInterval = 0, unreadable: UnreadableCause? = nil,
    isLook: Bool = false
  ) async -> CheckInService.Submission {
    clock.advance(seconds)
    return await service.submit(
      CheckInService.Scan(code: code, unreadable: unreadable, readAt: clock.now), isLook: isLook)
  }

  /// People admitted tonight.
  var people: Int { get async { await ledger.peopleAdmitted(eventID: "tonight") } }

  /// Seconds that the door's clock says.
  var uptime: TimeInterval { clock.now.uptime }

  /// - Parameter step: seconds by which somebody sets the wall clock, too.
  func advance(_ seconds: TimeInterval, step: TimeInterval = 0) {
    clock.advance(seconds)
    clock.set(by: step)
  }

  func verdicts(_ count: Int) async -> [Outcome] {
    var found: [Outcome] = []
    for await outcome in outcomes {
      found.append(outcome)
      if found.count == count { break }
    }
    return found
  }

  func verdict() async -> Outcome? { await verdicts(1).first }
}

extension CheckInService {
  func crowd() async -> Crowd? { await crowd(sinceEach: [])?.crowd }
}
