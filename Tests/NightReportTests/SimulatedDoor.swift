import Admission
import CheckIn
import Foundation
import Fourvenues
import NightStore
import Synchronization

@testable import Door
@testable import NightReport

/// The time of a simulated night, which moves when it is told to.
final class NightClock: Sendable {
  private let time: Mutex<Double>

  /// - Parameter seconds: since 1970.
  init(at seconds: Double) { time = Mutex(seconds) }

  /// Never goes back.
  func move(to seconds: Double) { time.withLock { $0 = max($0, seconds) } }

  var seconds: Double { time.withLock { $0 } }
  var date: Date { Date(timeIntervalSince1970: seconds) }
  var moment: Moment { Moment(wall: date, uptime: seconds) }
}

/// The service of a simulated night: it knows its passes, and sometimes nobody reaches it.
final class SimulatedService: PassLookUp {
  private struct State {
    var passes: [String: Pass] = [:]
    var isDown = false
  }

  private let state = Mutex(State())

  func add(_ pass: Pass) { state.withLock { $0.passes[pass.code] = pass } }

  var isDown: Bool {
    get { state.withLock { $0.isDown } }
    set { state.withLock { $0.isDown = newValue } }
  }

  func lookUp(code: String, as kind: PassKind) -> (finding: Finding, elapsed: Duration) {
    state.withLock { state in
      if state.isDown { return (finding: .failed(.offline), elapsed: .seconds(1.5)) }
      let answer = state.passes[code].map { Finding.found($0, .live) } ?? .unknown(.live)
      return (finding: answer, elapsed: .milliseconds(80))
    }
  }
}

/// One door of a simulated night: the service layer over a real store, put together as the program does.
final class SimulatedDoor: Sendable {
  let name: String
  private let clock: NightClock
  private let service: SimulatedService
  private let finder: PassFinder
  private let ledger: RecordingLedger
  private let checkIn: CheckInService
  private let record = ServiceRecord()
  private let recording: Task<Void, Never>
  private let outcomes: AsyncStream<Outcome>

  init(
    _ name: String, event: Event, store: NightStore, service: SimulatedService, clock: NightClock
  ) {
    self.name = name
    self.clock = clock
    self.service = service
    let (outcomes, post) = AsyncStream.makeStream(of: Outcome.self)
    self.outcomes = outcomes
    var setup = PassFinder.Setup()
    // However busy the machine is: no look-up takes any time here.
    setup.patience = nil
    finder = PassFinder(
      service: Watched(service: service, record: record, clock: clock), memory: store, setup: setup,
      now: { clock.moment })
    ledger = RecordingLedger(store: store)
    checkIn = CheckInService(
      finder: finder, ledger: ledger,
      setup: CheckInService.Setup(
        rules: Rules(), door: name, showNames: .full, repeatSeconds: 3),
      tonight: .chosen(event), now: { clock.moment },
      tell: { if case .verdict(let outcome) = $0 { post.yield(outcome) } })
    recording = Task { [record] in await record.write(to: store, door: name) }
  }

  /// Scans, and waits until it is known and written down.
  func scan(_ code: String, isLook: Bool = false) async -> Outcome? {
    _ = await checkIn.submit(
      CheckInService.Scan(code: code, readAt: clock.moment), isLook: isLook)
    await checkIn.finish()
    await finder.finish()
    _ = await ledger.finish(within: .seconds(20))
    return await outcomes.first { _ in true }
  }

  /// Asks whether the service is back, as the program does behind the screen.
  func probe() async {
    guard finder.isDark else { return }
    let failure: LookUpFailure? = service.isDown ? .offline : nil
    record.note(
      Exchange(endpoint: .event, latency: .milliseconds(80), failure: failure), at: clock.date)
    if failure == nil { finder.noteAnswer() }
  }

  func undo() async -> UndoneEntry? {
    guard case .undone(let entry) = await checkIn.undoLast() else { return nil }
    return entry
  }

  func setAdmitted(number: Int, people: Int) async -> Outcome? {
    await checkIn.setAdmitted(number: number, people: people)
  }

  func letIn(number: Int) async -> Outcome? { await checkIn.letIn(number: number) }

  /// Waits until all that was noted of the service is written down.
  func end() async {
    record.finish()
    await recording.value
  }

  /// Tells of every exchange, as the client does.
  private struct Watched: PassLookUp {
    let service: SimulatedService
    let record: ServiceRecord
    let clock: NightClock

    func lookUp(code: String, as kind: PassKind) -> (finding: Finding, elapsed: Duration) {
      let timed = service.lookUp(code: code, as: kind)
      let failure: LookUpFailure? =
        if case .failed(let failure) = timed.finding { failure } else { nil }
      record.note(
        Exchange(endpoint: .lookUp(.pass), latency: timed.elapsed, failure: failure), at: clock.date
      )
      return timed
    }
  }
}
