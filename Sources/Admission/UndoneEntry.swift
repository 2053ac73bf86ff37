package import FoundationEssentials

/// An admission that was taken back.
package struct UndoneEntry: Sendable, Equatable {
  package var code: String
  /// As `door.show_names` wants it; nil where no name may be shown or none is known.
  package var name: String?
  /// How many people came in by it.
  package var people: Int
  /// When they came in.
  package var time: Date
  /// That they were taken back was not durable yet when it was said.
  package var isRecordedLate: Bool

  package init(
    code: String, name: String? = nil, people: Int, time: Date, isRecordedLate: Bool = false
  ) {
    self.code = code
    self.name = name
    self.people = people
    self.time = time
    self.isRecordedLate = isRecordedLate
  }
}
