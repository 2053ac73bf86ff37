package import FoundationEssentials

/// An admission that was taken back, or may be.
package struct UndoneEntry: Sendable, Equatable {
  /// Empty for somebody whom staff counted without a code.
  package var code: String
  /// Whether they came in or left by it.
  package var direction: DoorDirection
  /// As `door.show_names` wants it; nil where no name may be shown or none is known.
  package var name: String?
  /// How many people came in by it.
  package var people: Int
  /// When they came in.
  package var time: Date
  /// That they were taken back was not durable yet when it was said.
  package var isRecordedLate: Bool
  /// Which one it is, for taking back this one and no other.
  package var reference: AdmissionReference?

  package init(
    code: String, direction: DoorDirection = .in, name: String? = nil, people: Int, time: Date,
    isRecordedLate: Bool = false,
    reference: AdmissionReference? = nil
  ) {
    self.code = code
    self.direction = direction
    self.name = name
    self.people = people
    self.time = time
    self.isRecordedLate = isRecordedLate
    self.reference = reference
  }
}

/// Which admission is meant.
package enum AdmissionReference: Hashable, Sendable {
  /// One of this process, by the number that it gave.
  case own(Int64)
  /// One from before it began, by its number in the store.
  case stored(Int64)
}

/// What came of asking to take an admission back.
package enum UndoAnswer: Sendable, Equatable {
  case undone(UndoneEntry)
  /// This one would be taken back; staff are to confirm it first.
  case asked(UndoneEntry)
  /// The newest that stands is from too long ago to be taken back.
  case tooOld(UndoneEntry)
  /// Nobody is in who could be taken back.
  case nothing
}
