package import Admission
package import FoundationEssentials

/// One admission or departure as the ledger has it, for the lists of a report. No names: those are never in the
/// ledger.
package struct LedgerEntry: Sendable, Equatable {
  package var at: Date
  package var door: String
  package var passage: Passage
  /// People who came in by it for the first time.
  package var people: Int
  /// People who came in by it again.
  package var back: Int
  /// People who left by it; of these, those whom no door saw come in.
  package var gone: Int
  package var unseen: Int
  /// Nil where no pass is known, as is `passID`.
  package var passKind: PassKind?
  package var passType: String?
  package var passID: String?
  /// Nil once the event is old enough for codes to be forgotten.
  package var code: String?
  package var isStoredAnswer: Bool
  /// By hand: the name of the reason for which the panel had not let them in; else `valid`.
  package var reason: String?
  /// When staff took it back; nil where it stands.
  package var undoneAt: Date?

  package init(
    at: Date, door: String, passage: Passage = .counted, people: Int, back: Int = 0, gone: Int = 0,
    unseen: Int = 0, passKind: PassKind? = nil, passType: String? = nil,
    passID: String? = nil,
    code: String? = nil, isStoredAnswer: Bool = false,
    reason: String? = nil, undoneAt: Date? = nil
  ) {
    self.at = at
    self.door = door
    self.passage = passage
    self.people = people
    self.back = back
    self.gone = gone
    self.unseen = unseen
    self.passKind = passKind
    self.passType = passType
    self.passID = passID
    self.code = code
    self.isStoredAnswer = isStoredAnswer
    self.reason = reason
    self.undoneAt = undoneAt
  }

  package var isByHand: Bool { passage == .byHand }

  /// People who came in by it, first or again.
  package var cameIn: Int { people.addingClamped(back) }

  /// Who comes and goes by it, where it stands.
  package var movement: Occupancy.Movement {
    Occupancy.Movement(
      at: at, passage: passage, people: people, back: back, gone: gone, unseen: unseen)
  }
}

/// A code that was refused again and again: a shared screenshot looks like that.
package struct RetriedCode: Sendable, Equatable {
  /// So many refusals make a code one of these.
  package static let fewestRefusals = 3

  package var code: String
  package var refusals: Int
  package var first: Date
  package var last: Date
  /// In the order of their names.
  package var doors: [String]
  /// The name of the reason of the newest refusal.
  package var reason: String
  /// People who are in on this code.
  package var peopleIn: Int

  package init(
    code: String, refusals: Int, first: Date, last: Date, doors: [String], reason: String,
    peopleIn: Int
  ) {
    self.code = code
    self.refusals = refusals
    self.first = first
    self.last = last
    self.doors = doors
    self.reason = reason
    self.peopleIn = peopleIn
  }
}
