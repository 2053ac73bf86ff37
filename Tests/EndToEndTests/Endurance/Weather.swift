import SandboxVenue
import SeededRandom

/// What the service is like for a while.
struct Weather: Sendable {
  var name: String
  var faults: SandboxFaults
  /// Reasons, by their public names (Contract: The verdict), that a scan of which nothing is stored
  /// may have now; where it is empty, every answer is as it should be.
  var failures: Set<String>
  /// No request at all is answered as it should be.
  var isTotal = false

  /// Calm again, but not yet noticed.
  static let clearingUp = Weather(
    name: "clearing up", faults: SandboxFaults(), failures: ["offline"])

  /// By default settings of the program: 1.5 s and a retry, 700 ms where a stored pass can answer.
  static func random(using random: inout SplitMix64) -> Weather {
    var faults = SandboxFaults()
    faults.seed = random.next()
    faults.jitterMilliseconds = 20
    faults.dripMilliseconds = 200
    switch Int.random(in: 0..<12, using: &random) {
    case 0...1: return Weather(name: "calm", faults: faults, failures: [])
    case 2:
      faults.down = true
      return Weather(name: "down", faults: faults, failures: ["offline"], isTotal: true)
    case 3:
      let (status, reason) = statuses.randomElement(using: &random)!
      faults.fail = 1
      faults.failStatuses = [status]
      return Weather(name: "\(status)", faults: faults, failures: [reason], isTotal: true)
    case 4:
      let lie = SandboxFaults.Lie.allCases.randomElement(using: &random)!
      faults.lie = 1
      faults.lies = [lie]
      return Weather(name: "\(lie)", faults: faults, failures: ["service_error"], isTotal: true)
    case 5:
      faults.hangUp = 1
      return Weather(name: "hanging up", faults: faults, failures: ["offline"], isTotal: true)
    case 6:
      faults.drip = 1
      return Weather(name: "dripping", faults: faults, failures: ["offline"], isTotal: true)
    case 7:
      faults.hang = 1
      return Weather(name: "hanging", faults: faults, failures: ["offline"], isTotal: true)
    default:
      // Slow, but not too slow: the stored pass answers where there is one.
      faults.slowMilliseconds = Int.random(in: 200...1200, using: &random)
      faults.failStatuses = statuses.map(\.status)
      faults.slow = share(using: &random)
      faults.fail = share(using: &random)
      faults.lie = share(using: &random)
      faults.drip = share(using: &random)
      faults.hangUp = share(using: &random)
      faults.hang = share(using: &random)
      return Weather(
        name: "mixed", faults: faults,
        failures: ["offline", "service_error", "rate_limited", "unauthorized"])
    }
  }

  private static func share(using random: inout SplitMix64) -> Double {
    Double.random(in: 0...0.15, using: &random)
  }

  private static let statuses: [(status: Int, reason: String)] = [
    (500, "service_error"), (502, "service_error"), (503, "service_error"),
    (504, "service_error"), (400, "service_error"), (418, "service_error"), (429, "rate_limited"),
    (401, "unauthorized"), (403, "unauthorized"),
  ]
}
