import Admission
import CheckIn
import Foundation
import Fourvenues
import NightStore
import Synchronization

/// Keeps how the service is doing, for the screen, and writes its changes down, so that the report can
/// tell how long it did not answer.
package final class ServiceRecord: Sendable {
  private struct Change: Sendable {
    var status: ServiceStatus
    var at: Date
  }

  /// A store that cannot be written now may be in a moment.
  private static let nextTry: Duration = .seconds(5)

  private let watch = Mutex(ServiceWatch())
  private let changes: AsyncStream<Change>
  private let continuation: AsyncStream<Change>.Continuation
  private let tell: @Sendable (_ watch: ServiceWatch, _ isNews: Bool) -> Void

  /// - Parameter tell: is told after every exchange, on any thread, and whether the status is of
  ///   another kind than before.
  init(tell: @escaping @Sendable (_ watch: ServiceWatch, _ isNews: Bool) -> Void = { _, _ in }) {
    self.tell = tell
    (changes, continuation) = AsyncStream.makeStream()
  }

  func note(_ exchange: Exchange, at now: Date) {
    // What becomes of a report says nothing about look-ups, whose latency and key these are.
    guard exchange.endpoint != .checkIn else { return }
    // A key may be good at the door without being granted the list of passes, which has a banner.
    if exchange.endpoint == .passes, exchange.status == 403 { return }
    let (noted, isNews) = watch.withLock { watch in
      let before = watch.status
      watch.note(
        failure: exchange.failure, latency: exchange.latency, serverDate: exchange.serverDate,
        refusesCertificate: exchange.trouble?.isOfCertificate ?? false, at: now)
      let isNews = !watch.status.isSameKind(as: before)
      // Within the lock, so that changes are written down in their order.
      if isNews { continuation.yield(Change(status: watch.status, at: now)) }
      return (watch, isNews)
    }
    tell(noted, isNews)
  }

  /// The clock was set.
  func correct(_ corrected: (Date) -> Date?) {
    tell(
      watch.withLock { watch in
        watch.correct(corrected)
        return watch
      }, false)
  }

  /// Writes down what changes, until it is cancelled or `finish` has been called.
  func write(to store: NightStore, door: String) async {
    for await change in changes {
      while (try? await store.note(change.status, door: door, at: change.at)) == nil {
        if Task.isCancelled { return }
        try? await Task.sleep(for: Self.nextTry)
      }
    }
  }

  /// What was noted so far is all.
  func finish() { continuation.finish() }
}
