package import FoundationEssentials

/// An entry that the service is to be told of (FourvenuesAPI: Endpoints). Nothing is paid at the door
/// as far as doorcheck knows.
package struct EntryReport: Sendable, Equatable {
  package var admissionID: Int64
  package var kind: PassKind
  package var passID: String
  /// As the service spells it.
  package var code: String
  package var eventID: String
  /// The rate option that the entry is reported under; nil where none is known.
  package var optionID: String?
  /// At least 1. Nobody is asked whether they are men or women.
  package var people: Int
  package var enteredAt: Date
  /// How often it was tried, this time included.
  package var attempt: Int
  /// An earlier attempt ended with the program, so that nobody knows whether it arrived.
  package var wasInterrupted: Bool

  package init(
    admissionID: Int64, kind: PassKind = .pass, passID: String, code: String = "", eventID: String,
    optionID: String? = nil, people: Int, enteredAt: Date = .distantPast, attempt: Int = 1,
    wasInterrupted: Bool = false
  ) {
    self.admissionID = admissionID
    self.kind = kind
    self.code = code
    self.enteredAt = enteredAt
    self.passID = passID
    self.eventID = eventID
    self.optionID = optionID
    self.people = people
    self.attempt = attempt
    self.wasInterrupted = wasInterrupted
  }

  /// The option to report an entry under: the first of the pass's rate that holds.
  /// - Parameters:
  ///   - rates: nil where the price list is unknown.
  ///   - elapsed: seconds since the event's start; nil where that is unknown. Then only an option
  ///     without a window holds.
  package static func optionID(
    for pass: Pass, rates: [Rate]?, at elapsed: TimeInterval?
  ) -> String? {
    let options = rates?.rate(for: pass)?.options ?? []
    return options.first { $0.holds(at: elapsed) && !$0.id.isEmpty }?.id
  }
}

extension RateOption {
  fileprivate func holds(at elapsed: TimeInterval?) -> Bool {
    guard let elapsed else { return from == nil && until == nil }
    return phase(at: elapsed) == .holds
  }
}
