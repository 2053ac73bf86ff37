import Synchronization

/// How long the service's newest answers to look-ups took, so that a service which is slow for
/// everybody is not taken for a connection that is dead.
final class UsualLatency: Sendable {
  private static let sample = 8

  private let newest = Mutex<[Duration]>([])

  func note(_ latency: Duration) {
    newest.withLock { $0 = $0.suffix(Self.sample - 1) + [latency] }
  }

  /// How long a request hears nothing before it is asked again: a quarter of its time, and longer
  /// where answers usually take long, but never more than half.
  func patience(within limit: Duration) -> Duration {
    let slowest = newest.withLock { $0.max() } ?? .zero
    return min(max(limit / 4, slowest * 2), limit / 2)
  }
}
