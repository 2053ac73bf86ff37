package import FoundationEssentials

/// An admission that can be corrected, or was taken back.
package struct RecordedAdmission: Sendable, Equatable {
  package var id: Int64
  /// Nil where no pass was known, as is `passID`.
  package var kind: PassKind?
  package var passID: String?
  /// Nil once the event is old enough for codes to be forgotten.
  package var code: String?
  /// Who came in or left by it.
  package var people: Int
  /// Of those who came in, people who had left before.
  package var back = 0
  /// Nil where no event was chosen.
  package var eventID: String?
  /// The most people that it may be changed to; nil where it is not known.
  package var mostPeople: Int?
  package var at: Date
  package var passage: Passage
  package var direction: DoorDirection
  /// Whether the service has been told, or may have been.
  package var isReported: Bool

  package init(
    id: Int64, kind: PassKind? = .pass, passID: String?, code: String?, eventID: String? = nil,
    people: Int,
    mostPeople: Int?, at: Date, passage: Passage = .counted, direction: DoorDirection = .in,
    isReported: Bool
  ) {
    self.id = id
    self.kind = passID == nil ? nil : kind
    self.passID = passID
    self.code = code
    self.eventID = eventID
    self.people = people
    self.mostPeople = mostPeople
    self.at = at
    self.passage = passage
    self.direction = direction
    self.isReported = isReported
  }
}
