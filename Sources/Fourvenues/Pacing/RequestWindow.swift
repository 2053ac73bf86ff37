import DequeModule

/// How many requests may reach the service in any one second. A turn that has begun comes back a
/// second after its answer: however long a request was on its way, the service never counts more. A
/// bucket that refills steadily lets nearly twice as many through in its first second, and one that
/// counts from the sending does so when connections take their time; both end in a 429.
struct RequestWindow: Sendable {
  /// By the clock of whoever asks.
  typealias Instant = Duration

  static let span: Duration = .seconds(1)

  /// Requests a second, at least 1.
  var size: Int
  private var inUse = 0
  /// When the newest turns ended, oldest first.
  private var ended: Deque<Instant> = []

  /// - Parameter size: requests a second, at least 1.
  init(size: Int) {
    self.size = max(1, size)
  }

  /// Begins so many turns if they are there, and `reserve` more where there are that many in all.
  /// - Parameter count: at least 1, and no more than `size`.
  mutating func begin(_ count: Int = 1, at now: Instant, leaving reserve: Int = 0) -> Bool {
    while let oldest = ended.first, oldest + Self.span <= now { ended.removeFirst() }
    guard inUse + ended.count + count <= usable(reserve) else { return false }
    inUse += count
    return true
  }

  /// Ends a turn, once the service has nothing more to do for it.
  mutating func end(at now: Instant) {
    inUse -= 1
    ended.append(now)
  }

  /// When a turn that has ended comes back and makes `begin` succeed; nil where it would succeed by
  /// now, or only after a turn in use has ended.
  func nextTurn(_ count: Int = 1, leaving reserve: Int = 0) -> Instant? {
    let free = usable(reserve) - inUse - (count - 1)
    guard free > 0, ended.count >= free else { return nil }
    return ended[ended.count - free] + Self.span
  }

  private func usable(_ reserve: Int) -> Int {
    size - min(reserve, size - 1)
  }
}
