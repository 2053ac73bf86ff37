package import Admission
package import FoundationEssentials

/// Keeps how the service is doing, from what became of each request.
package struct ServiceWatch: Sendable {
  package private(set) var status: ServiceStatus = .connecting
  /// How far the box's clock is ahead of the service's, in seconds; nil until an answer told.
  package private(set) var clockOffset: TimeInterval?
  /// The service's certificate was refused, and no answer has come since.
  package private(set) var refusesCertificate = false
  /// The newest answers' latencies.
  private var latencies: [Duration] = []

  /// The service's clock is told in whole seconds, and an answer travels for a while.
  private static let tolerableOffset: TimeInterval = 60
  /// A median over this is a slow service (Contract: The door screen, how the service is doing).
  private static let slow: Duration = .milliseconds(700)
  private static let sample = 9

  package init() {}

  /// The offset where it is more than hours and rates can bear.
  package var badClockOffset: TimeInterval? {
    clockOffset.flatMap { abs($0) > Self.tolerableOffset ? $0 : nil }
  }

  package var health: ServiceHealth {
    ServiceHealth(
      status, isSlow: isSlow, refusesCertificate: refusesCertificate, clockOffset: badClockOffset)
  }

  package var isSlow: Bool {
    guard latencies.count >= 3 else { return false }
    return latencies.sorted()[latencies.count / 2] > Self.slow
  }

  /// The clock was set: since when the service is as it is, by the clock as it is now.
  package mutating func correct(_ corrected: (Date) -> Date?) {
    clockOffset = nil
    switch status {
    case .connecting, .live: break
    case .failing(let since): status = .failing(since: corrected(since) ?? since)
    case .offline(let since): status = .offline(since: corrected(since) ?? since)
    case .keyRefused(let since): status = .keyRefused(since: corrected(since) ?? since)
    }
  }

  /// - Parameters:
  ///   - failure: nil where the service answered as it should.
  ///   - isLong: a page of a list takes its time, and says nothing of how fast a look-up is.
  ///   - serverDate: the service's clock, where its answer told.
  ///   - refusesCertificate: why there was no answer.
  package mutating func note(
    failure: LookUpFailure?, latency: Duration, isLong: Bool = false, serverDate: Date? = nil,
    refusesCertificate: Bool = false, at now: Date
  ) {
    // Another silence does not say that the certificate is right now.
    if refusesCertificate || failure != .offline { self.refusesCertificate = refusesCertificate }
    if let serverDate { clockOffset = now.timeIntervalSince(serverDate) }
    if failure == nil, !isLong { latencies = latencies.suffix(Self.sample - 1) + [latency] }
    switch failure {
    case nil:
      if isLong, case .live = status { return }
      status = .live(latency: latency)
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
