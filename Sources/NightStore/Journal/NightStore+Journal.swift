package import Admission
package import FoundationEssentials
import GRDB

extension NightStore {
  /// Adds scans that let nobody in, in their order. Survives the end of the process at once, and a
  /// power cut within a second: nobody waits for the disk.
  package func journal(
    _ scans: [(record: ScanRecord, decision: Decision)]
  ) async throws(StoreError) {
    let rows = scans.map { scan in
      var row = JournalRow(scan.record, reason: scan.decision.reason)
      row.verdict = scan.decision.verdict
      return row
    }
    guard !rows.isEmpty else { return }
    try await write(on: journal) { database in
      for row in rows { try row.insert(into: database) }
    }
    logSync.due()
  }

  package func journal(_ record: ScanRecord, _ decision: Decision) async throws(StoreError) {
    try await journal([(record, decision)])
  }

  /// When a scanner was last read, at any door that records here itself; nil where none ever was.
  package func newestScanAt() async throws(StoreError) -> Date? {
    try await read { database in
      try Double.fetchOne(
        database,
        sql: """
          SELECT at FROM journal WHERE action IN ('scan', 'repeat', 'look') AND origin IS NULL
          ORDER BY id DESC LIMIT 1
          """
      ).map(Date.init(timeIntervalSince1970:))
    }
  }

  /// Notes that the service is doing so from `date` on; only changes need to be noted.
  package func note(
    _ status: ServiceStatus, door: String, at date: Date
  ) async throws(StoreError) {
    try await write(on: journal) { database in
      try database.execute(
        sql: "INSERT INTO service_status (at, door, status) VALUES (?, ?, ?)",
        arguments: [date.timeIntervalSince1970, door, status.journalName])
    }
  }
}

extension ServiceStatus {
  fileprivate var journalName: String {
    switch self {
    case .connecting: "connecting"
    case .live: "live"
    case .failing: "failing"
    case .offline: "offline"
    case .keyRefused: "key_refused"
    }
  }
}
