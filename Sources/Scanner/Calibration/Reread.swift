package import FoundationEssentials

/// How soon a scanner reads a code again that stays before it.
package struct Reread: Sendable, Equatable {
  /// Readings after which enough is known: what happens once may be a hiccup.
  package static let readings = 4
  /// Seconds until the first reading, in which somebody takes the code up.
  package static let patience: TimeInterval = 5
  /// Seconds after a reading until it counts as the last: no scanner takes longer.
  package static let longest: TimeInterval = 4

  /// Readings so far.
  package private(set) var scans: [RecordedScan] = []

  package init() {}

  package var isComplete: Bool { scans.count >= Self.readings }

  package mutating func add(_ scan: RecordedScan) { if !isComplete { scans.append(scan) } }

  /// Seconds, at the most, from one reading to the next of the same; nil where it was not read twice.
  package var seconds: TimeInterval? {
    zip(scans, scans.dropFirst()).compactMap { first, second -> TimeInterval? in
      guard ScanReading(first).text == ScanReading(second).text,
        let from = first.bursts.last?.readAt, let to = second.bursts.last?.readAt,
        to - from <= Self.longest
      else { return nil }
      return to - from
    }.max()
  }

  /// A `scanner.reread_ms` that holds what was measured, in steps of 50; the current one where that
  /// does, and is not far beyond it.
  package func milliseconds(over current: Int?) -> Int? {
    guard let seconds else { return current }
    let measured = max(1, Int((seconds * 20).rounded(.up))) * 50
    if let current, current >= measured, current <= 2 * measured { return current }
    return measured
  }
}
