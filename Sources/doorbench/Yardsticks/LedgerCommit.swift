import Admission
import CheckIn
import Foundation
import SharedLedger

/// What nothing on a shared ledger can do without: a pass is held, an admission recorded for good.
struct LedgerCommit {
  private let ledger: PostgresLedger
  private static let patience: Duration = .seconds(10)

  init(_ address: LedgerAddress) async throws {
    ledger = PostgresLedger(address, patience: Self.patience)
    _ = try await ledger.probe(within: Self.patience)
  }

  func measure(_ code: String) async throws -> Duration {
    let admission = LedgerAdmission(
      id: .new(), doorID: String(repeating: "0", count: 32), door: "bare", eventID: "bare",
      passID: code, code: code, allowed: 1, used: 0, people: 1, at: Date())
    let begin = ContinuousClock.now
    let hold = try await ledger.hold(
      PassAtEvent(id: code, eventID: "bare", code: code), within: Self.patience)
    hold.record(admission)
    guard await hold.isRecorded(within: Self.patience) else {
      throw BenchmarkFailure("the ledger did not record an admission")
    }
    return ContinuousClock.now - begin
  }
}
