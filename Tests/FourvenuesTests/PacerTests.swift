import Admission
import SeededRandom
import Synchronization
import TestSupport
import Testing
import Waiting

@testable import Fourvenues

/// (Contract: The look-up order): who may start next. Verdicts come in the order of the scans, so
/// that the oldest one must never wait for a later one's turn.
@Suite struct PacerTests {
  private let clock = ManualClock()
  private let started = Started()

  /// Which scans have started, in that order.
  private final class Started: Sendable {
    private let turns = Mutex<[(scan: Int, turn: Turn)]>([])

    var scans: [Int] { turns.withLock { $0.map(\.scan) } }

    func add(_ scan: Int, _ turn: Turn) { turns.withLock { $0.append((scan, turn)) } }

    /// The service has answered whoever started last.
    func answerLast() { turns.withLock { $0.last?.turn }?.giveBack() }
  }

  private func pacer(_ requestsPerSecond: Int, inFlight: Int = 16) -> Pacer {
    Pacer(requestsPerSecond: requestsPerSecond, maximumInFlight: inFlight, clock: clock)
  }

  private func enqueue(_ scan: Int, at pacer: Pacer) {
    enqueue(pacer.place(.lookUp, scan: scan), as: scan, at: pacer)
  }

  private func enqueue(_ place: Pacer.Place, as scan: Int, at pacer: Pacer) {
    pacer.enqueue(place, at: .lookUp(.pass)) { [started] in started.add(scan, $0) }
  }

  /// Answers one request after the other, as the pace allows.
  private func answer(_ count: Int) {
    for _ in 0..<count {
      started.answerLast()
      clock.advance(by: .seconds(1))
    }
  }

  @Test(arguments: [[3, 2, 1, 4], [9, 1], [2, 30, 4, 5, 1], [7, 8, 9]])
  func `The oldest scan goes next, whenever it came`(scans: [Int]) {
    let pacer = pacer(1)
    enqueue(0, at: pacer)
    for scan in scans { enqueue(scan, at: pacer) }
    #expect(started.scans == [0])
    answer(scans.count)
    #expect(started.scans == [0] + scans.sorted())
  }

  @Test func `What is asked again goes before later scans, and behind earlier ones`() {
    let pacer = pacer(1)
    let again = pacer.place(.lookUp, scan: 2)
    enqueue(again, as: 2, at: pacer)
    for scan in [1, 3, 4] { enqueue(scan, at: pacer) }
    enqueue(again, as: 2, at: pacer)
    answer(4)
    #expect(started.scans == [2, 1, 2, 3, 4])
  }

  @Test func `What is no scan waits behind those before it alone`() {
    let pacer = pacer(1)
    for scan in [1, 4, 2] { enqueue(scan, at: pacer) }
    enqueue(pacer.place(.lookUp), as: -1, at: pacer)
    enqueue(pacer.place(.lookUp), as: -2, at: pacer)
    for scan in [5, 3] { enqueue(scan, at: pacer) }
    answer(6)
    #expect(started.scans == [1, 2, 3, 4, -1, -2, 5])
  }

  @Test func `Who is gone has no turn`() {
    let pacer = pacer(1)
    let places = (1...4).map { pacer.place(.lookUp, scan: $0) }
    for (index, place) in places.enumerated() { enqueue(place, as: index + 1, at: pacer) }
    #expect(pacer.withdraw(places[1]))
    #expect(!pacer.withdraw(places[0]))
    #expect(!pacer.withdraw(places[1]))
    answer(3)
    #expect(started.scans == [1, 3, 4])
  }

  @Test func `Background fetches wait for a turn no longer than they may`() async throws {
    let pacer = pacer(1)
    enqueue(1, at: pacer)
    async let given = pacer.turn(at: .rates(.pass), within: .seconds(30))
    try await clock.untilWaiting()
    clock.advance(by: .seconds(30))
    #expect(await given == nil)
    async let inTime = pacer.turn(at: .rates(.pass), within: .seconds(30))
    try await clock.untilWaiting()
    started.answerLast()
    clock.advance(by: .seconds(1))
    #expect(await inTime != nil)
  }

  /// As a burst that is answered with many a 429: each of them is asked again a second later.
  @Test(
    arguments: [(1, 60, 3), (2, 80, 4), (3, 80, 2), (4, 200, 3), (5, 60, 1)] as [(UInt64, Int, Int)]
  )
  func `Nobody starts before an older scan that waits`(seed: UInt64, scans: Int, limited: Int) {
    let pacer = pacer(100)
    var generator = SplitMix64(seed: seed)
    let night = Night()
    // They come nearly in their order.
    let order = (1...scans).map { (scan: $0, at: $0 + Int.random(in: 0...40, using: &generator)) }
      .sorted { $0.at < $1.at }.map(\.scan)
    let clock = clock
    @Sendable func ask(_ scan: Int, at place: Pacer.Place, again: Bool) {
      night.waits(scan)
      pacer.enqueue(place, at: .lookUp(.pass)) { turn in
        night.starts(scan)
        // It is answered a tenth of a second later.
        _ = clock.call(after: .milliseconds(100)) {
          let isLimited = night.answers().isMultiple(of: limited)
          if isLimited { pacer.slowDown(at: .lookUp(.pass), for: .seconds(1), after: turn) }
          turn.giveBack()
          guard isLimited, !again else { return }
          _ = clock.call(after: .seconds(1)) { ask(scan, at: place, again: true) }
        }
      }
    }
    for scan in order { ask(scan, at: pacer.place(.lookUp, scan: scan), again: false) }
    for _ in 0..<(scans * 40) { clock.advance(by: .milliseconds(100)) }
    #expect(night.asked == Set(1...scans), "seed \(seed)")
    #expect(night.overtaken.isEmpty, "seed \(seed): \(night.overtaken)")
  }

  private final class Night: Sendable {
    private struct State {
      var waiting: Set<Int> = []
      var asked: Set<Int> = []
      var overtaken: [String] = []
      var answers = 0
    }

    private let state = Mutex(State())

    var asked: Set<Int> { state.withLock { $0.asked } }
    var overtaken: [String] { state.withLock { $0.overtaken } }

    func waits(_ scan: Int) { state.withLock { _ = $0.waiting.insert(scan) } }

    func starts(_ scan: Int) {
      state.withLock { state in
        state.waiting.remove(scan)
        state.asked.insert(scan)
        if let older = state.waiting.min(), older < scan {
          state.overtaken.append("\(older) by \(scan)")
        }
      }
    }

    /// How many there have been.
    func answers() -> Int {
      state.withLock { state in
        state.answers += 1
        return state.answers
      }
    }
  }
}
