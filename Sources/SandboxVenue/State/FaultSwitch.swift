/// The faults in force, and the number of the next request under them.
struct FaultSwitch {
  private(set) var faults: SandboxFaults
  private var nextNumber = 0
  /// Requests to the API since the venue was started, whatever became of them.
  private(set) var requestCount = 0

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
      requestCount += 1
    }
    guard faults.endpoints.isEmpty || faults.endpoints.contains(endpoint) else {
      return FaultPlan(delay: 0, effect: .none)
    }
    return faults.down ? nil : faults.plan(forRequest: nextNumber)
  }
}
