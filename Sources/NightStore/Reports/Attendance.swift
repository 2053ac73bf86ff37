package import Admission
package import FoundationEssentials

/// Who was expected at an event, by the passes that are stored for it, and who of them came.
package enum Attendance: Sendable, Equatable {
  case known(ExpectedGuests)
  /// No list of the event's passes was ever fetched to its end.
  case neverListed
  /// The passes are gone: the event is older than `store.keep_days`.
  case forgotten
}

/// People who could come in on the stored passes of an event: those passes that the rules would have
/// let in, whatever the hour. Deleted and inactive ones are not among them, nor kinds of which no list
/// was ever fetched to its end.
package struct ExpectedGuests: Sendable, Equatable {
  package struct PassType: Sendable, Equatable {
    package var kind: PassKind
    /// Nil: passes of which no type is known.
    package var name: String?
    package var expected: Int
    /// Of those expected, by what the service has counted and what was admitted here.
    package var came: Int
    package var missing: Int { expected - came }

    package init(kind: PassKind = .pass, name: String?, expected: Int, came: Int) {
      self.kind = kind
      self.name = name
      self.expected = expected
      self.came = came
    }
  }

  /// When the newest list was there to its end; of several kinds, the oldest of theirs.
  package var listedAt: Date
  /// By people expected, most first.
  package var passTypes: [PassType]
  /// Of those who came, people whom the service counted in elsewhere: they are not in this ledger.
  package var elsewhere: Int
  /// People in this ledger who were not expected: let in by hand, or on a pass that is not among
  /// those above or brought more people than it says.
  package var unexpected: Int

  package init(listedAt: Date, passTypes: [PassType], elsewhere: Int = 0, unexpected: Int = 0) {
    self.listedAt = listedAt
    self.passTypes = passTypes
    self.elsewhere = elsewhere
    self.unexpected = unexpected
  }

  package var expected: Int { passTypes.reduce(0) { $0.addingClamped($1.expected) } }
  package var came: Int { passTypes.reduce(0) { $0.addingClamped($1.came) } }
  package var missing: Int { expected - came }
}
