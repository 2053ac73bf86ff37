import Admission
import CheckIn
import Foundation
import LinuxBox
import NightStore
import Synchronization

/// The night's store as the reporter of entries wants it. Empty as long as there is none that can be
/// written.
package final class StoreOutbox: EntryOutbox {
  private struct NoStore: Error {}

  private let current: Mutex<NightStore?>

  private let now: @Sendable () -> Moment

  init(store: NightStore?, now: @escaping @Sendable () -> Moment = { .now }) {
    current = Mutex(store)
    self.now = now
  }

  /// A store could be opened after all.
  func use(_ store: NightStore) { current.withLock { $0 = store } }

  private var store: NightStore? { current.withLock { $0 } }

  func claimDue(
    now: Date, lease: TimeInterval, limit: Int
  ) async throws -> [CheckIn.EntryReport] {
    guard let store else { return [] }
    return try await store.claimDueReports(
      now: now, lease: lease, limit: limit, uptime: self.now().uptime
    ).map { due in
      EntryReport(
        admissionID: due.admissionID, passID: due.passID, eventID: due.eventID,
        optionID: due.optionID, people: due.people, attempt: due.attempt,
        wasInterrupted: due.wasInterrupted)
    }
  }

  func nextDue() async throws -> Date? {
    let (due, now) = (try await store?.nextReportDue(), now().wall)
    return due.map { $0.timeIntervalSince(now) > NightStore.longestReportPause ? now : $0 }
  }

  func acknowledge(_ report: EntryReport, at date: Date) async throws {
    try await given().acknowledge(DueReport(report), at: date, uptime: now().uptime)
  }

  func retry(
    _ report: EntryReport, at next: Date, mayHaveArrived: Bool, reason: String?
  ) async throws {
    try await given().retry(
      DueReport(report), at: next, mayHaveArrived: mayHaveArrived, reason: reason)
  }

  func refuse(_ report: EntryReport, reason: String, mayHaveArrived: Bool) async throws {
    try await given().refuse(DueReport(report), reason: reason, mayHaveArrived: mayHaveArrived)
  }

  private func given() throws -> NightStore {
    guard let store else { throw NoStore() }
    return store
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
