import Admission
import SeededRandom
import Synchronization
import TestSupport
import Testing

@testable import Fourvenues

/// Whose requests leave when several kinds are asked (Contract: Every code at the same door).
@Suite struct KindPacingTests {
  private let clock = ManualClock()
  private let night = Night()

  /// What started, and when.
  private final class Night: Sendable {
    struct Start {
      let scan: Int
      let at: Duration
      let turn: Turn
    }

    private let state = Mutex<[Start]>([])

    var starts: [Start] { state.withLock { $0 } }
    var scans: [Int] { starts.map(\.scan) }

    func add(_ start: Start) { state.withLock { $0.append(start) } }
  }

  private func pacer(_ requestsPerSecond: Int, inFlight: Int = 16) -> Pacer {
    Pacer(requestsPerSecond: requestsPerSecond, maximumInFlight: inFlight, clock: clock)
  }

  /// - Parameter answeredAfter: nil where the service never does.
  @discardableResult
  private func ask(
    _ scan: Int, kinds: Int = 4, isKnown: Bool = false, answeredAfter: Duration? = .zero,
    _ pacer: Pacer
  ) -> [Pacer.Place] {
    let places = (0..<kinds).map { _ in pacer.place(.lookUp, scan: scan, isKnown: isKnown) }
    let (night, clock) = (night, clock)
    pacer.enqueue(
      places.map { place in
        Pacer.Waiter(place: place, endpoint: .lookUp(.pass)) { turn in
          night.add(Night.Start(scan: scan, at: clock.now, turn: turn))
          guard let answeredAfter else { return }
          _ = clock.call(after: answeredAfter) { turn.giveBack() }
        }
      })
    return places
  }

  private func pass(_ seconds: Int) {
    for _ in 0..<(seconds * 20) { clock.advance(by: .milliseconds(50)) }
  }

  @Test(arguments: [(9, 4), (4, 4), (4, 2), (10_000, 4)])
  func `They leave together`(rate: Int, kinds: Int) {
    let pacer = pacer(rate)
    ask(1, kinds: kinds, pacer)
    #expect(night.scans == Array(repeating: 1, count: kinds))
  }

  @Test func `They wait until all of them may leave`() {
    let pacer = pacer(5)
    for scan in 1...2 { ask(scan, kinds: 1, isKnown: true, pacer) }
    pass(0)
    ask(3, pacer)
    #expect(night.scans == [1, 2])
    pass(2)
    #expect(night.scans == [1, 2, 3, 3, 3, 3])
    #expect(Set(night.starts.dropFirst(2).map(\.at)).count == 1)
  }

  @Test(arguments: [(1, [1, 1, 1, 1]), (2, [2, 2]), (3, [3, 1])])
  func `Where the rate is smaller, as many as fit, then the rest`(rate: Int, together: [Int]) {
    let pacer = pacer(rate)
    ask(1, pacer)
    // The rest goes before any other, known or not.
    ask(2, kinds: 1, isKnown: true, pacer)
    ask(0, kinds: 1, pacer)
    pass(10)
    #expect(night.scans.prefix(4) == [1, 1, 1, 1] && night.scans.count == 6)
    let moments = night.starts.prefix(4).reduce(into: [Duration: Int]()) {
      $0[$1.at, default: 0] += 1
    }
    #expect(moments.sorted { $0.key < $1.key }.map(\.value) == together)
  }

  @Test func `More kinds than connections leave as they can`() {
    let pacer = pacer(100, inFlight: 3)
    ask(1, answeredAfter: .milliseconds(300), pacer)
    #expect(night.scans == [1, 1, 1])
    pass(1)
    #expect(night.scans == [1, 1, 1, 1])
  }

  @Test func `Waiting unknown codes get every third turn`() {
    let pacer = pacer(1)
    ask(0, kinds: 1, isKnown: true, pacer)
    for scan in 1...6 { ask(scan, kinds: 1, isKnown: true, pacer) }
    for scan in 11...14 { ask(scan, kinds: 2, pacer) }
    pass(60)
    #expect(night.scans == [0, 1, 11, 11, 2, 3, 12, 12, 4, 5, 13, 13, 6, 14, 14])
  }

  @Test func `Who asks again keeps the place, and takes no others along`() {
    let pacer = pacer(1)
    let places = ask(1, kinds: 2, pacer)
    ask(2, kinds: 1, pacer)
    pacer.enqueue([
      Pacer.Waiter(place: places[0], endpoint: .lookUp(.pass)) { [night, clock] in
        night.add(Night.Start(scan: -1, at: clock.now, turn: $0))
      }
    ])
    pass(20)
    // The rest of its question has begun to leave; later scans have not.
    #expect(night.scans == [1, 1, -1])
    night.starts.last?.turn.giveBack()
    pass(20)
    #expect(night.scans == [1, 1, -1, 2])
  }

  @Test func `Who is withdrawn holds up nobody`() {
    let pacer = pacer(4)
    ask(1, kinds: 2, isKnown: true, answeredAfter: nil, pacer)
    let places = ask(2, pacer)
    #expect(night.scans == [1, 1])
    for place in places.prefix(2) { #expect(pacer.withdraw(place)) }
    // The other two have their turn now.
    #expect(night.scans == [1, 1, 2, 2])
    #expect(!pacer.withdraw(places[0]) && !pacer.withdraw(places[3]))
  }

  @Test(arguments: 1...12)
  func `Rate, order and share hold in any crowd`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let rate = Int.random(in: 1...12, using: &generator)
    let pacer = pacer(rate)
    var kinds: [Int: (count: Int, isKnown: Bool)] = [:]
    for scan in 0..<60 {
      let isKnown = Bool.random(using: &generator)
      let count = isKnown ? 1 : Int.random(in: 1...4, using: &generator)
      kinds[scan] = (count, isKnown)
      let delay = Duration.milliseconds(Int.random(in: 0...400, using: &generator))
      ask(scan, kinds: count, isKnown: isKnown, answeredAfter: delay, pacer)
    }
    for _ in 0..<8000 { clock.advance(by: .milliseconds(50)) }

    let starts = night.starts
    #expect(starts.count == kinds.values.reduce(0) { $0 + $1.count }, "seed \(seed)")
    for (index, start) in starts.enumerated().dropFirst(rate) {
      #expect(start.at - starts[index - rate].at >= .seconds(1), "seed \(seed), start \(index)")
    }
    // All waited from the beginning, so that each group starts in the order of its scans.
    for isKnown in [true, false] {
      let scans = starts.map(\.scan).filter { kinds[$0]?.isKnown == isKnown }
      #expect(scans == scans.sorted(), "seed \(seed), known: \(isKnown)")
    }
    // A question's requests are never apart, and leave at once where the rate has room for them.
    var questions: [Int] = []
    for start in starts where questions.last != start.scan { questions.append(start.scan) }
    #expect(questions.count == kinds.count, "seed \(seed)")
    for (scan, question) in kinds where question.count <= rate {
      #expect(
        Set(starts.filter { $0.scan == scan }.map(\.at)).count == 1, "seed \(seed), scan \(scan)")
    }
    // While both wait, every third question is about an unknown code.
    let lastKnown = questions.lastIndex { kinds[$0]?.isKnown == true } ?? 0
    let lastUnknown = questions.lastIndex { kinds[$0]?.isKnown == false } ?? 0
    // Those at first came before anybody waited.
    let crowd = questions[...min(lastKnown, lastUnknown)].dropFirst(rate)
    let unknown = crowd.filter { kinds[$0]?.isKnown == false }.count
    #expect(abs(unknown * 3 - crowd.count) <= 3, "seed \(seed): \(unknown) of \(crowd.count)")
  }
}
