import Synchronization

/// Wakes whoever waits for something that happens again and again.
package final class Signal: Sendable {
  private let current = Mutex(Promise<Void>())

  package init() {}

  package func send() {
    current.withLock { current in
      defer { current = Promise() }
      return current
    }.fulfil(with: ())
  }

  /// Is fulfilled when it is sent the next time.
  package var next: Promise<Void> { current.withLock { $0 } }

  /// Waits until it is sent, or so long.
  /// - Parameter isNeeded: is asked when nothing that is sent can be missed any more.
  package func wait(
    for patience: Duration, on clock: any WaitClock = .box, if isNeeded: () -> Bool = { true }
  ) async {
    let promise = next
    guard isNeeded() else { return }
    _ = await promise.value(within: patience, on: clock)
  }
}
