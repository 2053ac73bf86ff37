import Dispatch
import Synchronization

/// The clock by which waits end. It is passed in, so that tests of deadlines take no time.
package protocol WaitClock: Sendable {
  /// Since some moment; never set.
  var now: Duration { get }

  /// Calls once, that long from now, on any thread.
  func call(
    after delay: Duration, _ action: @escaping @Sendable () -> Void
  ) -> ScheduledCall
}

/// A call that has been asked for.
package struct ScheduledCall: Sendable {
  /// Does nothing where it has been made.
  package let cancel: @Sendable () -> Void

  package init(cancel: @escaping @Sendable () -> Void) { self.cancel = cancel }
}

extension WaitClock {
  /// Returns that long from now, or when its task is cancelled.
  package func sleep(for delay: Duration) async {
    _ = await Promise<Void>().value(within: delay, on: self)
  }
}

extension WaitClock where Self == BoxWaitClock {
  /// The box's own.
  package static var box: BoxWaitClock { BoxWaitClock() }
}

/// The box's own clock, by which `Moment.uptime` counts. Nobody sets it.
package struct BoxWaitClock: WaitClock {
  private static let begin = SuspendingClock.now
  /// No task for each wait: a scan begins two or three, and nearly all are over before their time.
  private static let queue = DispatchQueue(
    label: "waiting", attributes: .concurrent, target: .global(qos: .userInitiated))

  package var now: Duration { SuspendingClock.now - Self.begin }

  package func call(
    after delay: Duration, _ action: @escaping @Sendable () -> Void
  ) -> ScheduledCall {
    let call = Call(action)
    Self.queue.asyncAfter(deadline: .now() + .nanoseconds(delay.nanoseconds)) { call.make() }
    return ScheduledCall { call.cancel() }
  }

  /// Lets go of what it would do once it is cancelled.
  private final class Call: Sendable {
    private let action: Mutex<(@Sendable () -> Void)?>

    init(_ action: @escaping @Sendable () -> Void) { self.action = Mutex(action) }

    func make() { removeAction()?() }
    func cancel() { _ = removeAction() }

    private func removeAction() -> (@Sendable () -> Void)? {
      action.withLock { action in
        defer { action = nil }
        return action
      }
    }
  }
}

extension Duration {
  /// At least 0, at most what fits.
  fileprivate var nanoseconds: Int {
    let (seconds, attoseconds) = components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    guard seconds < 4_000_000_000 else { return .max }
    return Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
  }
}
