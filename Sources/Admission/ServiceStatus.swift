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
