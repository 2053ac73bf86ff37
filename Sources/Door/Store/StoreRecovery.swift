import CheckIn
import NightStore

/// Tries to open a store that could not be opened at start, so that whom the door let in meanwhile is
/// recorded as soon as it can be.
struct StoreRecovery: Sendable {
  let file: String
  let ledger: RecordingLedger

  private static let pause: Duration = .seconds(10)

  /// Until it succeeds or is cancelled.
  /// - Returns: nil where it was cancelled.
  func run() async -> StoreOpening? {
    while true {
      try? await Task.sleep(for: Self.pause)
      if Task.isCancelled { return nil }
      guard let opening = try? StoreOpening.openForWriting(file: file), let store = opening.store
      else { continue }
      await ledger.record(in: store)
      return opening
    }
  }
}
