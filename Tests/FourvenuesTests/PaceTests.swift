import Testing

@testable import Fourvenues

/// (Contract: The look-up order): after a 429 the pace halves (at least 1 a second) and recovers by
/// 1 a second each second.
@Suite struct PaceTests {
  @Test(arguments: [(9, 4), (2, 1), (1, 1), (10_000, 5000)])
  func `The pace halves and recovers`(full: Int, half: Int) {
    var pace = Pace(full: full)
    let start: Duration = .seconds(1000)
    #expect(pace.requestsPerSecond(at: start) == full)
    #expect(pace.nextStep(after: start) == nil)
    pace.halve(at: start, askedAt: start)
    for second in 0..<12 {
      for milliseconds in [0, 999] {
        let now = start + .milliseconds(1000 * second + milliseconds)
        let expected = min(full, half + second)
        #expect(pace.requestsPerSecond(at: now) == expected)
        #expect(
          pace.nextStep(after: now) == (expected == full ? nil : start + .seconds(second + 1)))
      }
    }
  }

  /// One kind's 429 is no reason to ask about one guest in four seconds.
  @Test(arguments: [(9, 4, 5), (9, 1, 1), (4, 4, 4), (9, 2, 3), (1, 4, 1)])
  func `The requests of one guest may always leave in a second`(
    full: Int, question: Int, fewest: Int
  ) {
    var pace = Pace(full: full)
    pace.note(questionOf: question)
    for second in 0..<20 {
      let now = Pace.Instant.milliseconds(second * 100)
      pace.halve(at: now, askedAt: now)
    }
    #expect(pace.requestsPerSecond(at: .milliseconds(2000)) == fewest)
  }

  @Test func `What was under way together halves it once`() {
    var pace = Pace(full: 8)
    let start: Duration = .seconds(1000)
    for milliseconds in 100..<108 {
      pace.halve(at: start + .milliseconds(milliseconds), askedAt: start)
    }
    #expect(pace.requestsPerSecond(at: start + .milliseconds(200)) == 4)
    pace.halve(at: start + .milliseconds(300), askedAt: start + .milliseconds(200))
    #expect(pace.requestsPerSecond(at: start + .milliseconds(300)) == 2)
    pace.halve(at: start + .milliseconds(500), askedAt: start + .milliseconds(400))
    pace.halve(at: start + .milliseconds(700), askedAt: start + .milliseconds(600))
    #expect(pace.requestsPerSecond(at: start + .milliseconds(700)) == 1)
    #expect(pace.requestsPerSecond(at: start + .seconds(60)) == 8)
  }
}
