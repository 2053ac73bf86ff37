import Foundation
import NightStore

/// Lets the names and passes of events long past go, at start and once a night (contract, "Privacy and
/// safety").
struct Purge: Sendable {
  let store: NightStore
  /// `store.keep_days`.
  let keepDays: Int

  /// Not at once: the first scan comes before it.
  private static let delay: Duration = .seconds(20)
  private static let pause: Duration = .seconds(24 * 3600)

  /// Until it is cancelled.
  func run() async {
    try? await Task.sleep(for: Self.delay)
    while !Task.isCancelled {
      let oldest = Date(timeIntervalSinceNow: -Double(keepDays) * 86_400)
      _ = try? await store.purge(eventsEndedBefore: oldest)
      try? await Task.sleep(for: Self.pause)
    }
  }
}
