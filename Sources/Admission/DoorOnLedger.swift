package import FoundationEssentials

/// One of the doors that share a ledger, as the others see it.
package struct DoorOnLedger: Sendable, Equatable {
  /// Contract: Several doors.
  package enum State: String, Sendable, CaseIterable {
    case connected
    /// It goes on from its own store, or has not delivered all of that yet.
    case alone
    /// Not seen for 60 s.
    case silent
    /// It was ended by somebody.
    case ended
  }

  /// A door that was not seen for so many seconds is silent (Contract: Several doors).
  package static let silentAfter: TimeInterval = 60

  /// The id of its store.
  package var id: String
  package var name: String
  /// By the ledger's clock.
  package var lastSeen: Date
  /// How long ago that was, in seconds, by the ledger's clock.
  package var unseen: TimeInterval
  /// Whom it let in tonight, each once.
  package var people: Int
  /// Tonight's, those that let nobody in included.
  package var scans: Int
  package var state: State
  /// Seconds by which its clock is ahead of the ledger's; nil where nobody knows.
  package var clockOffset: TimeInterval?
  /// The event that it checks in for.
  package var eventID: String?
  /// Its rules, as it told them.
  package var rules: String
  /// Which way people go through it.
  package var direction = DoorDirection.in
  /// People who left by it tonight.
  package var gone = 0

  package init(
    id: String, name: String, lastSeen: Date, unseen: TimeInterval = 0, people: Int = 0,
    scans: Int = 0, state: State = .connected, clockOffset: TimeInterval? = nil,
    eventID: String? = nil, rules: String = ""
  ) {
    self.id = id
    self.name = name
    self.lastSeen = lastSeen
    self.unseen = unseen
    self.people = people
    self.scans = scans
    self.state = state
    self.clockOffset = clockOffset
    self.eventID = eventID
    self.rules = rules
  }
}

/// How this door and the shared ledger are to each other.
package enum LedgerStatus: Sendable, Equatable {
  /// The door has no ledger to share.
  case none
  /// All admissions go through it.
  case together
  /// The door goes on from its own store.
  case alone(since: Date)
}

/// A pass on which more people came in than it allows, at two doors or more that did not know of each
/// other (Contract: Several doors).
package struct DoubleEntry: Sendable, Equatable {
  package struct Part: Sendable, Equatable {
    package var door: String
    package var at: Date
    package var people: Int

    package init(door: String, at: Date, people: Int) {
      self.door = door
      self.at = at
      self.people = people
    }
  }

  package var eventID: String
  package var kind: PassKind
  package var passID: String
  /// Nil once codes are forgotten.
  package var code: String?
  package var passType: String?
  package var allowed: Int
  /// Those who came in here or elsewhere, the first first.
  package var parts: [Part]
  package var people: Int { parts.reduce(0) { $0.addingClamped($1.people) } }

  package init(
    eventID: String, kind: PassKind, passID: String, code: String?, passType: String?,
    allowed: Int, parts: [Part]
  ) {
    self.eventID = eventID
    self.kind = kind
    self.passID = passID
    self.code = code
    self.passType = passType
    self.allowed = allowed
    self.parts = parts
  }
}
