import Admission
import CheckIn
import Foundation
import NightStore

/// Lets the names and passes of events long past go, at start and once a night (Contract: Privacy
/// and safety). A clock that nobody has confirmed deletes nothing, and tonight's event loses
/// nothing.
struct Purge: Sendable {
  let store: NightStore
  /// `store.keep_days`.
  let keepDays: Int
  let keeper: TonightKeeper
  let clock: BoxClock
  /// Does the same on the ledger that several doors share, for so many days and but for an event.
  var elsewhere: @Sendable (Int, Event?) async -> Void = { _, _ in }

  /// Not at once: the first scan comes before it.
  private static let delay: Duration = .seconds(20)
  private static let pause: Duration = .seconds(24 * 3600)
  /// Until the service has confirmed the clock.
  private static let nextLook: Duration = .seconds(5)

  /// Until it is cancelled.
  func run() async {
    try? await Task.sleep(for: Self.delay)
    while !Task.isCancelled {
      try? await Task.sleep(for: await purge() ? Self.pause : Self.nextLook)
    }
  }

  /// - Returns: false where the clock, or the event, is not sure yet.
  func purge() async -> Bool {
    guard clock.isConfirmed else { return false }
    await keeper.untilAsked()
    let (steps, tonight) = (clock.steps, await keeper.tonight)
    // Of several events any may be tonight's; nothing is known to be past but what all agree on.
    if case .none(.several) = tonight { return false }
    if [.none(.unreachable), .none(.keyRefused)].contains(tonight) { return false }
    let oldest = clock.now.addingTimeInterval(-Double(keepDays) * 86_400)
    guard clock.isConfirmed, clock.steps == steps else { return false }
    _ = try? await store.purge(eventsEndedBefore: oldest, sparing: tonight.event)
    await elsewhere(keepDays, tonight.event)
    return true
  }
}
