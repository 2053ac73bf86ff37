import SeededRandom
import Testing

@testable import Fourvenues

/// No more requests reach the service in any second than are allowed.
@Suite struct RequestWindowTests {
  @Test(arguments: [1, 2, 9, 100])
  func `Every second holds at most its size`(size: Int) {
    var window = RequestWindow(size: size)
    var generator = SplitMix64(seed: 7)
    let start: Duration = .seconds(1000)
    var time: Duration = .zero
    var underWay: [Duration] = []
    var arrivals: [Duration] = []
    while arrivals.count < 40 * size {
      time += .milliseconds(Int.random(in: 1...(500 / size), using: &generator))
      while let end = underWay.min(), end <= time {
        underWay.removeAll { $0 == end }
        window.end(at: start + end)
      }
      guard window.begin(at: start + time) else { continue }
      // It takes up to 0.4 s to get there, and then up to 0.4 s to be answered.
      let arrival = time + .microseconds(Int.random(in: 0...400_000, using: &generator))
      var end = arrival + .microseconds(Int.random(in: 0...400_000, using: &generator))
      while underWay.contains(end) { end += .nanoseconds(1) }
      arrivals.append(arrival)
      underWay.append(end)
    }
    arrivals.sort()
    for (index, arrival) in arrivals.enumerated().dropFirst(size) {
      #expect(arrival - arrivals[index - size] >= .seconds(1), "seed 7")
    }
  }

  @Test func `The next turn comes a second after the oldest`() {
    var window = RequestWindow(size: 2)
    let start: Duration = .seconds(1000)
    func take(at milliseconds: Int, leaving reserve: Int = 0) -> Bool {
      window.begin(at: start + .milliseconds(milliseconds), leaving: reserve)
    }
    func next(leaving reserve: Int = 0) -> Duration? {
      window.nextTurn(leaving: reserve).map { $0 - start }
    }
    #expect(next() == nil)
    #expect(take(at: 0))
    #expect(!take(at: 0, leaving: 1))
    #expect(next(leaving: 1) == nil)
    window.end(at: start + .milliseconds(100))
    #expect(next(leaving: 1) == .milliseconds(1100))
    #expect(take(at: 150))
    #expect(!take(at: 1099))
    #expect(next() == .milliseconds(1100))
    #expect(take(at: 1100))
    #expect(next() == nil)
    #expect(!take(at: 9000))
    window.end(at: start + .milliseconds(9000))
    window.end(at: start + .milliseconds(9500))
    #expect(next() == .milliseconds(10_000))
    #expect(next(leaving: 1) == .milliseconds(10_500))
  }

  @Test func `A reserve never takes the last turn`() {
    var window = RequestWindow(size: 1)
    let taken = window.begin(at: .zero, leaving: 5)
    #expect(taken)
  }
}
