import CheckIn
import Foundation
import NightStore

/// The night's store as the reporter of entries wants it.
struct StoreOutbox: EntryOutbox {
  let store: NightStore

  func claimDue(
    now: Date, lease: TimeInterval, limit: Int
  ) async throws -> [CheckIn.EntryReport] {
    try await store.claimDueReports(now: now, lease: lease, limit: limit).map { due in
      EntryReport(
        admissionID: due.admissionID, passID: due.passID, eventID: due.eventID,
        optionID: due.optionID, people: due.people, attempt: due.attempt,
        wasInterrupted: due.wasInterrupted)
    }
  }

  func nextDue() async throws -> Date? { try await store.nextReportDue() }

  func acknowledge(_ report: EntryReport, at date: Date) async throws {
    try await store.acknowledge(DueReport(report), at: date)
  }

  func retry(
    _ report: EntryReport, at next: Date, mayHaveArrived: Bool, reason: String?
  ) async throws {
    try await store.retry(
      DueReport(report), at: next, mayHaveArrived: mayHaveArrived, reason: reason)
  }

  func refuse(_ report: EntryReport, reason: String, mayHaveArrived: Bool) async throws {
    try await store.refuse(DueReport(report), reason: reason, mayHaveArrived: mayHaveArrived)
  }
}

extension DueReport {
  fileprivate init(_ report: EntryReport) {
    self.init(
      admissionID: report.admissionID, passID: report.passID, eventID: report.eventID,
      optionID: report.optionID, people: report.people, attempt: report.attempt,
      wasInterrupted: report.wasInterrupted)
  }
}
