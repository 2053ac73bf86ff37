import CheckIn
import Dispatch
import NightStore
import Waiting

/// Tries to open a store that could not be opened at start, so that whom the door let in meanwhile is
/// recorded as soon as it can be.
struct StoreRecovery: Sendable {
  let file: String
  let ledger: RecordingLedger

  private static let firstPause: Duration = .milliseconds(500)
  private static let longestPause: Duration = .seconds(10)
  /// Others may be opening it, which takes as long as the disk does.
  private static let queue = DispatchQueue(label: "store recovery")

  /// Until it succeeds or is cancelled.
  /// - Returns: nil where it was cancelled.
  func run() async -> StoreOpening? {
    var pause = Self.firstPause
    while true {
      try? await Task.sleep(for: pause)
      if Task.isCancelled { return nil }
      pause = min(pause * 2, Self.longestPause)
      guard let opening = await open(), let store = opening.store else { continue }
      await ledger.record(in: store)
      return opening
    }
  }

  /// - Returns: nil where it could not be opened, or nobody waits for it any more.
  private func open() async -> StoreOpening? {
    let opened = Promise<StoreOpening?>()
    Self.queue.async { [file] in opened.fulfil(with: try? StoreOpening.openForWriting(file: file)) }
    while !Task.isCancelled {
      if let opening = await opened.value(within: Self.longestPause) { return opening }
    }
    return nil
  }
}
