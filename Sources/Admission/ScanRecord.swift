package import FoundationEssentials

/// What the journal holds of a scan, apart from the judgement. No names.
package struct ScanRecord: Sendable, Equatable {
  package enum Action: String, Sendable, CaseIterable {
    case scan
    /// The scanner read the newest code again; nothing is counted.
    case `repeat`
    /// A look without admitting.
    case look
  }

  package var action: Action
  package var at: Date
  package var door: String
  /// Nil where no event was chosen.
  package var eventID: String?
  /// As cleaned; the service's spelling where it answered.
  package var code: String
  /// Nil where no pass is known.
  package var kind: PassKind?
  package var passType: String?
  /// Nil where nothing answered.
  package var source: Source?
  /// From the look-up's first request to the judgement.
  package var latency: Duration

  package init(
    action: Action = .scan, at: Date, door: String, eventID: String?, code: String,
    kind: PassKind? = nil, passType: String? = nil, source: Source?, latency: Duration
  ) {
    self.action = action
    self.at = at
    self.door = door
    self.eventID = eventID
    self.code = code
    self.kind = kind
    self.passType = passType
    self.source = source
    self.latency = latency
  }
}

extension ScanRecord {
  package var isStoredAnswer: Bool {
    switch source {
    case .cache: true
    case nil, .live: false
    }
  }
}
