package import FoundationEssentials

/// An admission that can be corrected, or was taken back.
package struct RecordedAdmission: Sendable, Equatable {
  package var id: Int64
  /// Nil where no pass was known, as is `passID`.
  package var kind: PassKind?
  package var passID: String?
  /// Nil once the event is old enough for codes to be forgotten.
  package var code: String?
  package var people: Int
  /// Nil where no event was chosen.
  package var eventID: String?
  /// The most people that it may be changed to; nil where it is not known.
  package var mostPeople: Int?
  package var at: Date
  package var isByHand: Bool
  /// Whether the service has been told, or may have been.
  package var isReported: Bool

  package init(
    id: Int64, kind: PassKind? = .pass, passID: String?, code: String?, eventID: String? = nil,
    people: Int,
    mostPeople: Int?, at: Date,
    isByHand: Bool, isReported: Bool
  ) {
    self.id = id
    self.kind = passID == nil ? nil : kind
    self.passID = passID
    self.code = code
    self.eventID = eventID
    self.people = people
    self.mostPeople = mostPeople
    self.at = at
    self.isByHand = isByHand
    self.isReported = isReported
  }
}
