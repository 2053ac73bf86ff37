package import Admission
package import FoundationEssentials

/// Keeps how the service is doing, from what became of each request.
package struct ServiceWatch: Sendable {
  package private(set) var status: ServiceStatus = .connecting

  package init() {}

  /// - Parameter failure: nil where the service answered as it should.
  package mutating func note(failure: LookUpFailure?, latency: Duration, at now: Date) {
    switch failure {
    case nil: status = .live(latency: latency)
    case .unauthorized:
      if case .keyRefused = status { return }
      status = .keyRefused(since: now)
    case .rateLimited, .serviceError:
      if case .failing = status { return }
      status = .failing(since: now)
    case .offline:
      if case .offline = status { return }
      status = .offline(since: now)
    }
  }
}
