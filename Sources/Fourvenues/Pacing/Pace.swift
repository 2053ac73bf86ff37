/// How many requests may start in a second (Contract: The look-up order): as many as configured,
/// half as many after a 429, and then one more each second until it is the whole rate again. At least one
/// guest's requests may start in a second, with one of them again: where a door takes several kinds, one
/// that is refused must not hold up the others.
struct Pace: Sendable {
  /// By the clock of whoever asks.
  typealias Instant = Duration

  /// Requests a second of the key, at least 1.
  private let ofKey: Int
  /// How many doors share the key, this one included, at least 1.
  var doors = 1
  /// After a 429: the most requests that one guest has cost so far, and one again.
  private var fewest = 1
  private var slowed: (to: Int, at: Instant)?

  private static let step: Duration = .seconds(1)

  init(full: Int) { ofKey = max(1, full) }

  /// Requests a second of this door: its part of the key's, at least 1 (Contract: Several doors).
  private var full: Int { max(1, ofKey / max(1, doors)) }

  /// - Parameter count: requests that leave together.
  mutating func note(questionOf count: Int) {
    if count > 1 { fewest = max(fewest, count + 1) }
  }

  func requestsPerSecond(at now: Instant) -> Int {
    guard let slowed else { return full }
    let steps = max(0, (now - slowed.at).components.seconds)
    return steps < full - slowed.to ? slowed.to + Int(steps) : full
  }

  /// - Parameter askedAt: when the request that got the 429 started. Several that were under way
  ///   together say the same thing, and halve the pace once.
  mutating func halve(at now: Instant, askedAt: Instant) {
    if let slowed, askedAt < slowed.at { return }
    slowed = (max(min(fewest, full), requestsPerSecond(at: now) / 2), now)
  }

  /// When it next grows; nil where it is whole.
  func nextStep(after now: Instant) -> Instant? {
    guard let slowed, requestsPerSecond(at: now) < full else { return nil }
    return slowed.at + Self.step * (Int((now - slowed.at).components.seconds) + 1)
  }
}
