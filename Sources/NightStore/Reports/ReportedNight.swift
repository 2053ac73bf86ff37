package import Admission

/// All that a report tells of an event, from one moment.
package struct ReportedNight: Sendable, Equatable {
  package var figures: NightFigures
  package var attendance: Attendance
  /// Every admission and departure, those taken back as well, by time.
  package var entries: [LedgerEntry]
  /// The most often refused first.
  package var retriedCodes: [RetriedCode]
  /// Passes on which more people came in than allowed, at several doors, by the time of the first.
  package var doubleEntries: [DoubleEntry]

  package init(
    figures: NightFigures, attendance: Attendance = .neverListed, entries: [LedgerEntry] = [],
    retriedCodes: [RetriedCode] = [], doubleEntries: [DoubleEntry] = []
  ) {
    self.figures = figures
    self.attendance = attendance
    self.entries = entries
    self.retriedCodes = retriedCodes
    self.doubleEntries = doubleEntries
  }
}

extension NightStore {
  /// - Parameter rules: what makes a stored pass one that is expected.
  package func reportedNight(
    eventID: String, rules: Rules
  ) async throws(StoreError) -> ReportedNight {
    try await read { database in
      ReportedNight(
        figures: try Self.figures(eventID: eventID, in: database),
        attendance: try Self.attendance(eventID: eventID, rules: rules, in: database),
        entries: try Self.entries(eventID: eventID, in: database),
        retriedCodes: try Self.retriedCodes(eventID: eventID, in: database),
        doubleEntries: try Self.doubleEntries(eventID: eventID, in: database))
    }
  }
}
