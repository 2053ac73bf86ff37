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
  package var now: Duration { CallSchedule.shared.now }

  package func call(
    after delay: Duration, _ action: @escaping @Sendable () -> Void
  ) -> ScheduledCall {
    CallSchedule.shared.call(after: delay, action)
  }
}
