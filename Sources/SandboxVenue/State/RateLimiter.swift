/// Counts each key's requests of the last second.
struct RateLimiter {
  /// Keys are whatever clients send: beyond so many the oldest counts are forgotten.
  private static let maximumKeys = 1000

  let requestsPerSecond: Int
  private var admitted: [String: [ContinuousClock.Instant]] = [:]

  init(requestsPerSecond: Int) {
    self.requestsPerSecond = requestsPerSecond
  }

  /// Whether a request of `key` is within the limit; only those within count against it.
  mutating func admits(_ key: String, at now: ContinuousClock.Instant) -> Bool {
    if admitted.count >= Self.maximumKeys, admitted[key] == nil { admitted.removeAll() }
    let second = Duration.seconds(1)
    var recent = admitted[key, default: []].filter { $0.duration(to: now) < second }
    defer { admitted[key] = recent }
    guard recent.count < requestsPerSecond else { return false }
    recent.append(now)
    return true
  }
}
