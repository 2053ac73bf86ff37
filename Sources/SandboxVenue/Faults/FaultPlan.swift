import SeededRandom

/// What happens to one request.
struct FaultPlan: Sendable, Equatable {
  enum Effect: Sendable, Equatable {
    case none
    case fail(status: Int)
    case lie(SandboxFaults.Lie)
    case drip(everyMilliseconds: Int)
    case hangUp(HangUp)
    case hang(seconds: Int)
  }

  /// How a connection ends before its answer is whole.
  struct HangUp: Sendable, Equatable {
    var midway: Bool
    /// Reset, where otherwise it is closed in order.
    var abrupt: Bool
  }

  /// Milliseconds before anything else.
  var delay: Int
  var effect: Effect
}

extension SandboxFaults {
  /// The plan for the request with this number; the same for the same seed.
  func plan(forRequest number: Int) -> FaultPlan {
    var generator = SplitMix64(seed: seed, stream: UInt64(number))
    // Drawn in every case, so that switching one fault on leaves the others' draws where they were.
    let jitter = Int.random(in: 0...jitterMilliseconds, using: &generator)
    let draw = Double.random(in: 0..<1, using: &generator)
    let choice = UInt64.random(in: 0...(.max), using: &generator)
    var plan = FaultPlan(delay: latencyMilliseconds + jitter, effect: .none)

    var edge = 0.0
    func isHit(_ share: Double) -> Bool {
      defer { edge += share }
      return draw >= edge && draw < edge + share
    }
    func pick<Element>(_ elements: [Element]) -> Element {
      elements[Int(choice % UInt64(elements.count))]
    }
    if isHit(slow) {
      plan.delay += slowMilliseconds
    } else if isHit(fail) {
      plan.effect = .fail(status: pick(failStatuses))
    } else if isHit(lie) {
      plan.effect = .lie(pick(lies))
    } else if isHit(drip) {
      plan.effect = .drip(everyMilliseconds: dripMilliseconds)
    } else if isHit(hangUp) {
      plan.effect = .hangUp(.init(midway: choice & 1 == 0, abrupt: choice & 2 == 0))
    } else if isHit(hang) {
      plan.effect = .hang(seconds: hangSeconds)
    }
    return plan
  }
}

/// The faults in force, and the number of the next request under them.
struct FaultSwitch {
  private(set) var faults: SandboxFaults
  private var nextNumber = 0
  /// Requests to the API since the venue was started, whatever became of them.
  private(set) var requestCounts: [SandboxEndpoint: Int] = [:]

  init(_ faults: SandboxFaults) {
    self.faults = faults
  }

  mutating func set(_ faults: SandboxFaults) {
    self.faults = faults
    nextNumber = 0
  }

  /// What happens to the request that has just come; nil while the network is gone.
  mutating func planNext(at endpoint: SandboxEndpoint) -> FaultPlan? {
    defer {
      nextNumber += 1
      requestCounts[endpoint, default: 0] += 1
    }
    guard faults.endpoints.isEmpty || faults.endpoints.contains(endpoint) else {
      return FaultPlan(delay: 0, effect: .none)
    }
    return faults.down ? nil : faults.plan(forRequest: nextNumber)
  }
}
