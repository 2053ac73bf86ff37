import Testing

@testable import SandboxVenue

struct FaultPlanTests {
  private func plans(_ faults: SandboxFaults, _ count: Int = 2000) -> [FaultPlan] {
    (0..<count).map { faults.plan(forRequest: $0) }
  }

  private func everything(seed: UInt64) -> SandboxFaults {
    var faults = SandboxFaults()
    faults.seed = seed
    faults.latencyMilliseconds = 5
    faults.jitterMilliseconds = 10
    faults.slow = 0.1
    faults.fail = 0.1
    faults.lie = 0.1
    faults.drip = 0.1
    faults.hangUp = 0.1
    faults.hang = 0.1
    return faults
  }

  @Test func `Same seed same plan`() {
    #expect(plans(everything(seed: 3)) == plans(everything(seed: 3)))
    #expect(plans(everything(seed: 3)) != plans(everything(seed: 4)))
  }

  @Test func `Every fault has its share`() {
    let plans = plans(everything(seed: 11), 20_000)
    func share(_ holds: (FaultPlan) -> Bool) -> Double {
      Double(plans.count(where: holds)) / Double(plans.count)
    }
    let tolerated = 0.08...0.12
    #expect(tolerated.contains(share { $0.delay >= 3000 }))
    #expect(tolerated.contains(share { if case .fail = $0.effect { true } else { false } }))
    #expect(tolerated.contains(share { if case .lie = $0.effect { true } else { false } }))
    #expect(tolerated.contains(share { if case .drip = $0.effect { true } else { false } }))
    #expect(tolerated.contains(share { if case .hangUp = $0.effect { true } else { false } }))
    #expect(tolerated.contains(share { if case .hang = $0.effect { true } else { false } }))
    #expect(plans.allSatisfy { (5...15).contains($0.delay % 3000) })
    let lies = Set(plans.compactMap { if case .lie(let lie) = $0.effect { lie } else { nil } })
    #expect(lies == Set(SandboxFaults.Lie.allCases))
    let ends = plans.compactMap { plan -> FaultPlan.HangUp? in
      if case .hangUp(let end) = plan.effect { end } else { nil }
    }
    #expect(Set(ends.map { "\($0.midway)\($0.abrupt)" }).count == 4)
  }

  @Test func `Nothing set nothing happens`() {
    #expect(plans(SandboxFaults()).allSatisfy { $0 == FaultPlan(delay: 0, effect: .none) })
  }

  @Test func `A share of one is always`() {
    var faults = SandboxFaults()
    faults.fail = 1
    faults.hang = 1
    faults.failStatuses = [503]
    #expect(plans(faults).allSatisfy { $0.effect == .fail(status: 503) })
  }

  @Test(arguments: [
    "slow", "fail", "lie", "drip", "hang_up", "hang", "latency_ms", "jitter_ms", "slow_ms",
    "drip_ms", "hang_seconds", "fail_statuses", "lies",
  ])
  func `Values out of range are named`(key: String) {
    var faults = SandboxFaults()
    #expect(faults.problem == nil)
    switch key {
    case "slow": faults.slow = -0.1
    case "fail": faults.fail = 1.1
    case "lie": faults.lie = .nan
    case "drip": faults.drip = .infinity
    case "hang_up": faults.hangUp = 2
    case "hang": faults.hang = -1
    case "latency_ms": faults.latencyMilliseconds = -1
    case "jitter_ms": faults.jitterMilliseconds = .max
    case "slow_ms": faults.slowMilliseconds = 600_001
    case "drip_ms": faults.dripMilliseconds = -1
    case "hang_seconds": faults.hangSeconds = 601
    case "fail_statuses": faults.failStatuses = [200]
    default: faults.lies = []
    }
    #expect(faults.problem?.key == key)
  }
}
