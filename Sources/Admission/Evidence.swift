package import FoundationEssentials

/// Everything that a verdict is judged on, at one moment.
package struct Evidence: Sendable {
  package var finding: Finding
  package var tonight: Tonight
  /// Tonight's price list; nil while it is unknown.
  package var rates: [Rate]?
  /// People admitted here on this pass for tonight's event whose entry the answer cannot contain.
  package var admittedHere: Int
  /// People of this pass who left and have not come back; less than 0: more came back than had left.
  package var outside = 0
  /// When the last of them left; nil where nobody did.
  package var leftAt: Date?
  /// Somebody may have left by an exit that this door cannot hear.
  package var mayMissExits = false
  /// People inside on any pass; nil where nobody counted.
  package var peopleInside: Int?
  package var now: Date

  package init(
    finding: Finding, tonight: Tonight, rates: [Rate]? = nil, admittedHere: Int = 0,
    peopleInside: Int? = nil, now: Date
  ) {
    self.finding = finding
    self.tonight = tonight
    self.rates = rates
    self.admittedHere = admittedHere
    self.peopleInside = peopleInside
    self.now = now
  }
}

extension Evidence {
  /// Who of the pass has left by now.
  package mutating func note(whoLeft before: EarlierAdmissions) {
    outside = before.outside
    leftAt = before.lastLeft?.at
  }
}

/// What became of a scan's look-up.
package enum Finding: Sendable, Equatable {
  /// The scan is no code; nothing was asked.
  case unreadable(UnreadableCause)
  /// Nobody answered usefully, and nothing usable is stored.
  case failed(LookUpFailure)
  /// The service, or what is stored of it, says that there is no such pass.
  case unknown(Source)
  case found(Pass, Source)

  package var source: Source? {
    switch self {
    case .unreadable, .failed: nil
    case .unknown(let source), .found(_, let source): source
    }
  }

  /// Why the scan is no code; nil where it is one.
  package var unreadable: UnreadableCause? {
    switch self {
    case .unreadable(let cause): cause
    case .failed, .unknown, .found: nil
    }
  }

  package var pass: Pass? {
    switch self {
    case .unreadable, .failed, .unknown: nil
    case .found(let pass, _): pass
    }
  }
}

extension Finding {
  /// What comes of asking for one code as several kinds, in the order in which this door takes them:
  /// the first kind that knows the code decides, however the others ended; nobody knows it only where
  /// all of them say so (Contract: Every code at the same door).
  /// - Parameter findings: of each kind; at least one.
  package static func deciding(among findings: [Finding]) -> Finding {
    findings.first { $0.pass != nil }
      ?? findings.first { if case .failed = $0 { true } else { false } }
      ?? findings.first ?? .failed(.serviceError)
  }
}

/// Where an answer comes from.
package enum Source: Sendable, Equatable {
  /// The service's answer to this very scan.
  case live
  /// An answer stored at `fetchedAt`, used because of a failure; nil: the service was only slower
  /// than `fourvenues.patience_ms`.
  case cache(fetchedAt: Date, because: LookUpFailure?)
}

/// Why the service's answer cannot be used. Never by itself red or green.
package enum LookUpFailure: Sendable, Equatable, CaseIterable {
  /// 401 or 403.
  case unauthorized
  /// 429 until the deadline.
  case rateLimited
  /// 5xx, an unusable answer, an answer about another code.
  case serviceError
  /// No answer before the deadline.
  case offline
}
