import Dispatch
import Foundation
import NightStore

/// Looks after the night's store while the program runs: when its file is lost, overwritten or found
/// damaged, the night goes on in another one at once, with all who are in.
struct StoreKeeper: Sendable {
  let store: NightStore

  private static let pause: Duration = .milliseconds(500)
  /// After one that was replaced: a disk that breaks each file would be filled with them.
  private static let pauseAfterRenewal: Duration = .seconds(5)

  /// Looking may wait for a disk, which no scan is to.
  private static let queue = DispatchQueue(label: "store keeper")

  /// Until it is cancelled.
  /// - Parameters:
  ///   - tell: is told of each file that another one took the place of.
  ///   - tellOfRecorded: is told what was recorded of that which an earlier end could not save.
  func run(
    _ tell: @Sendable (StoreOpening) -> Void, _ tellOfRecorded: @Sendable (UnsavedNews) -> Void
  ) async {
    var traces: StoreTraces?
    var pauseAfterFailure = Self.pause
    while !Task.isCancelled {
      store.collectUnsavedNews().map(tellOfRecorded)
      await store.waitForTrouble(for: Self.pause)
      let before = traces
      switch await Self.aside({ () throws(StoreError) in try store.keepUp(since: before) }) {
      case .success(let now): traces = now
      case .failure(let error):
        let renewed = await Self.aside { () throws(StoreError) in
          try store.renew(after: error, now: Date())
        }
        guard case .success(let renewed) = renewed else {
          try? await Task.sleep(for: pauseAfterFailure)
          pauseAfterFailure = min(pauseAfterFailure * 2, Self.pauseAfterRenewal)
          continue
        }
        (traces, pauseAfterFailure) = (nil, Self.pause)
        tell(StoreOpening(store: store, renewed: renewed))
        try? await Task.sleep(for: Self.pauseAfterRenewal)
      }
    }
  }

  private static func aside<Value: Sendable>(
    _ work: @escaping @Sendable () throws(StoreError) -> Value
  ) async -> Result<Value, StoreError> {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: Result(catching: work)) }
    }
  }
}

extension StoreOpening {
  fileprivate init(store: NightStore, renewed: RenewedStore) {
    self.init(store: store)
    admissionsTakenOver = renewed.added + (renewed.setAside?.admissions ?? 0)
    if let setAside = renewed.setAside {
      setAsideName = URL(fileURLWithPath: setAside.path).lastPathComponent
    } else {
      isLost = true
    }
  }
}
