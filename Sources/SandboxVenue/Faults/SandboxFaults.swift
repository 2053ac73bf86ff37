/// What goes wrong at the stand-in venue. Each request draws its fault from the seed and its own
/// number (counted from 0, anew whenever the faults are set), so a run can be repeated exactly.
///
/// The shares (0 to 1) exclude each other and are tried in the order in which they stand here;
/// where they add up to more than 1, the last ones lose.
package struct SandboxFaults: Sendable, Equatable, Encodable {
  package var seed: UInt64 = 1
  /// The endpoints at which things go wrong; none: at all of them.
  package var endpoints: [SandboxEndpoint] = []
  /// The network is gone: every connection is reset as soon as a request comes.
  package var down = false

  /// Milliseconds before every answer.
  package var latencyMilliseconds = 0
  /// Up to so many milliseconds more, evenly spread.
  package var jitterMilliseconds = 0

  /// Requests that take `slowMilliseconds` longer.
  package var slow = 0.0
  package var slowMilliseconds = 3000

  /// Requests answered with one of `failStatuses` (400 to 599).
  package var fail = 0.0
  package var failStatuses = [500, 502, 503, 504]

  /// Requests answered with 200 and one of `lies`.
  package var lie = 0.0
  package var lies = Lie.allCases

  /// Requests whose body comes in 20 pieces, one each `dripMilliseconds`.
  package var drip = 0.0
  package var dripMilliseconds = 500

  /// Requests whose connection ends before the answer or in the middle of it, closed or reset.
  package var hangUp = 0.0

  /// Requests that stay unanswered for `hangSeconds`, or until the client leaves.
  package var hang = 0.0
  package var hangSeconds = 60

  package init() {}

  /// As `GET` and `PUT /sandbox/faults` write them.
  enum CodingKeys: String, CodingKey, CaseIterable {
    case seed, endpoints, down
    case latencyMilliseconds = "latency_ms"
    case jitterMilliseconds = "jitter_ms"
    case slow
    case slowMilliseconds = "slow_ms"
    case fail
    case failStatuses = "fail_statuses"
    case lie, lies, drip
    case dripMilliseconds = "drip_ms"
    case hangUp = "hang_up"
    case hang
    case hangSeconds = "hang_seconds"
  }

  /// An answer that must not be believed.
  package enum Lie: String, Sendable, Codable, CaseIterable {
    /// The pass of somebody else.
    case otherPass = "other_pass"
    /// The right answer, cut in the middle although its length says that it is whole.
    case halfJSON = "half_json"
    case html
    /// The JSON word `null`.
    case null
    /// JSON with the right keys and the wrong types.
    case wrongShape = "wrong_shape"
    /// 32 MiB that never get to the point.
    case hugeBody = "huge_body"
  }

  /// The first property that is out of its range, under its name in JSON.
  var problem: (key: String, expected: String)? {
    for (key, share) in [
      ("slow", slow), ("fail", fail), ("lie", lie), ("drip", drip), ("hang_up", hangUp),
      ("hang", hang),
    ] where !(0...1).contains(share) {
      return (key, "0 to 1")
    }
    for (key, milliseconds) in [
      ("latency_ms", latencyMilliseconds), ("jitter_ms", jitterMilliseconds),
      ("slow_ms", slowMilliseconds), ("drip_ms", dripMilliseconds),
    ] where !(0...600_000).contains(milliseconds) {
      return (key, "0 to 600000 milliseconds")
    }
    if !(0...600).contains(hangSeconds) { return ("hang_seconds", "0 to 600 seconds") }
    if failStatuses.isEmpty || !failStatuses.allSatisfy((400...599).contains) {
      return ("fail_statuses", "one or more of 400 to 599")
    }
    if lies.isEmpty { return ("lies", "one or more") }
    return nil
  }
}
