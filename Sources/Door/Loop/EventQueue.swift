import Synchronization

/// The events of the one loop, in the order in which they came, and how many are still waiting.
package final class EventQueue<Event: Sendable>: Sendable {
  package let events: AsyncStream<Event>
  private let continuation: AsyncStream<Event>.Continuation
  private let waiting = Atomic(0)

  package init() {
    (events, continuation) = AsyncStream.makeStream(of: Event.self)
  }

  package func post(_ event: Event) {
    waiting.add(1, ordering: .relaxed)
    continuation.yield(event)
  }

  /// To be called with each event that was taken.
  /// - Returns: whether none waits behind it.
  func took() -> Bool {
    waiting.subtract(1, ordering: .relaxed).newValue == 0
  }
}
