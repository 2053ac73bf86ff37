/// How long to leave alone what has failed: twice as long each time, up to a limit, and spread, so
/// that the doors of a venue do not all come back at the same moment.
package struct BackOff: Sendable, Equatable {
  /// Seconds after the first failure.
  package var first: Double
  /// Seconds, never exceeded.
  package var longest: Double

  package init(first: Double = 2, longest: Double = 300) {
    self.first = first
    self.longest = longest
  }

  /// - Parameters:
  ///   - failures: in a row, from 1.
  ///   - spread: 0 to 1, by chance.
  /// - Returns: seconds, from half the full pause to all of it.
  package func pause(after failures: Int, spread: Double) -> Double {
    let doublings = min(max(0, failures - 1), 30)
    let full = min(longest, first * Double(1 << doublings))
    return full * (1 + min(max(0, spread), 1)) / 2
  }
}
