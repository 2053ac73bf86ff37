import Admission
import CheckIn
import Synchronization
import Waiting

/// A pass that is held by an open transaction.
final class PostgresHold: PassHold {
  let admissions: [LedgerAdmission]
  let news: [LedgerAdmission]
  private let line: ScanLine
  private let patience: Duration
  private let isEnded = Mutex(false)
  private let outcome = Promise<Bool>()

  init(_ found: ScanStatements.Found, on line: ScanLine, patience: Duration) {
    admissions = found.admissions
    news = found.news
    self.line = line
    self.patience = patience
  }

  /// Whoever forgets to end it holds up nobody.
  deinit { if isEnded.withLock({ !$0 }) { line.release() } }

  func record(_ admission: LedgerAdmission) {
    guard ends() else { return }
    line.record(admission, within: patience) { [outcome] isRecorded in
      outcome.fulfil(with: isRecorded)
    }
  }

  func release() {
    guard ends() else { return }
    outcome.fulfil(with: false)
    line.release()
  }

  func isRecorded(within patience: Duration) async -> Bool {
    guard isEnded.withLock({ $0 }) else { return false }
    return await outcome.value(within: patience) ?? false
  }

  private func ends() -> Bool {
    isEnded.withLock { isEnded in
      defer { isEnded = true }
      return !isEnded
    }
  }
}
