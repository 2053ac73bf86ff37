package import FoundationEssentials

/// How the service is doing, for the header of the door screen.
package enum ServiceStatus: Sendable, Equatable {
  /// Nothing has been asked yet.
  case connecting
  /// It answers; the latency is that of its newest answer.
  case live(latency: Duration)
  /// It answers, but not usefully (429, 5xx, nonsense), since then.
  case failing(since: Date)
  /// It does not answer at all, since then.
  case offline(since: Date)
  /// It refuses the key (401, 403), since then.
  case keyRefused(since: Date)
}

/// All that the door tells its staff of the service.
package struct ServiceHealth: Sendable, Equatable {
  package var status: ServiceStatus
  /// Its newest answers came late.
  package var isSlow: Bool
  /// Its certificate is refused, so that no safe connection is made.
  package var refusesCertificate: Bool
  /// How far the box's clock is ahead of the service's, in seconds; nil where it is near enough.
  package var clockOffset: TimeInterval?

  package init(
    _ status: ServiceStatus, isSlow: Bool = false, refusesCertificate: Bool = false,
    clockOffset: TimeInterval? = nil
  ) {
    self.status = status
    self.isSlow = isSlow
    self.refusesCertificate = refusesCertificate
    self.clockOffset = clockOffset
  }
}

extension ServiceStatus {
  /// Whether only figures changed.
  package func isSameKind(as other: ServiceStatus) -> Bool {
    switch (self, other) {
    case (.connecting, .connecting), (.live, .live), (.failing, .failing), (.offline, .offline),
      (.keyRefused, .keyRefused):
      true
    case (.connecting, _), (.live, _), (.failing, _), (.offline, _), (.keyRefused, _): false
    }
  }
}
