/// How a door of a simulated night reaches the service, worked out on the side.
struct SimulatedLine: Sendable {
  /// Look-ups and probes in a row that nobody answered.
  private var silences = 0
  private var offlineSince: Double?
  /// When nobody answered, in seconds since 1970.
  private(set) var offline: [ClosedRange<Double>] = []

  /// What is stored answers at once.
  var isDark: Bool { silences >= 3 }

  mutating func ask(isAnswered: Bool, at now: Double) {
    if isAnswered {
      silences = 0
      end(at: now)
    } else {
      silences += 1
      offlineSince = offlineSince ?? now
    }
  }

  /// It has come back, or the night is over.
  mutating func end(at now: Double) {
    if let since = offlineSince { offline.append(since...now) }
    offlineSince = nil
  }

  /// Seconds within a span in which any of the lines was offline.
  static func secondsOffline(_ lines: [SimulatedLine], within night: ClosedRange<Double>) -> Double
  {
    let spans = lines.flatMap(\.offline).map { $0.clamped(to: night) }
    // Everything happens at whole seconds.
    return stride(from: night.lowerBound, to: night.upperBound, by: 1).reduce(0) { total, second in
      total + (spans.contains { $0.lowerBound <= second && second < $0.upperBound } ? 1 : 0)
    }
  }
}
