import HTTPTypes
import Synchronization

/// Who may ask: credentials, then the rate limit, then the endpoints that the key was not granted.
final class Gate: Sendable {
  private let apiKey: String?
  private let integration: (id: String, secret: String)?
  private let forbidden: Set<SandboxEndpoint>
  // The optional is inside: an optional mutex is moved to be locked, and then two can hold it.
  private let limiter: Mutex<RateLimiter?>

  init(options: SandboxOptions) {
    apiKey = options.apiKey
    if let id = options.integrationID, let secret = options.secret {
      integration = (id, secret)
    } else {
      integration = nil
    }
    forbidden = options.forbiddenEndpoints
    limiter = Mutex(options.rateLimit.map { RateLimiter(requestsPerSecond: $0) })
  }

  /// The refusal of a request with these headers; nil where it may pass.
  func refusal(of headers: HTTPFields, at endpoint: SandboxEndpoint) -> Answer? {
    let key = headers[.apiKey]
    let id = headers[.integrationID]
    guard isKnown(apiKey: key, id: id, secret: headers[.secret]) else {
      return .error(401, "Unauthorized")
    }
    let admits = limiter.withLock { $0?.admits(key ?? id ?? "", at: .now) } ?? true
    guard admits else {
      var answer = Answer.error(429, "Too many requests")
      answer.retryAfterSeconds = 1
      return answer
    }
    return forbidden.contains(endpoint) ? .error(403, "Forbidden") : nil
  }

  /// One complete scheme is enough (FourvenuesAPI: Bases and credentials); where none is set,
  /// everybody is known.
  private func isKnown(apiKey: String?, id: String?, secret: String?) -> Bool {
    if self.apiKey == nil, integration == nil { return true }
    if let known = self.apiKey, apiKey == known { return true }
    if let known = integration, id == known.id, secret == known.secret { return true }
    return false
  }
}

extension HTTPField.Name {
  // The names are valid tokens, and a test sends each of them.
  fileprivate static let apiKey = HTTPField.Name("x-api-key")!
  fileprivate static let integrationID = HTTPField.Name("integration_id")!
  fileprivate static let secret = HTTPField.Name("secret")!
}

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
