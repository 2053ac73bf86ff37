package import Admission
package import FoundationEssentials
import Synchronization

/// The owner of all that the program knows of the box's wall clock. Each fact is asked anew, never
/// kept: a clock may be put right, or wrong, at any moment.
package final class BoxClock: Sendable {
  private let builtAt: Date
  private let read: @Sendable () -> ClockWatch.Reading
  private let watch: Mutex<ClockWatch>

  /// - Parameters:
  ///   - builtAt: when the program was built; no clock can be right before.
  ///   - read: what the clocks of the box read.
  package init(
    builtAt: Date,
    read: @escaping @Sendable () -> ClockWatch.Reading = BoxClock.reading()
  ) {
    self.builtAt = builtAt
    self.read = read
    watch = Mutex(ClockWatch(at: read()))
  }

  /// Seconds on the clock that nobody sets, and that goes on while the box sleeps.
  package static func uptime() -> @Sendable () -> TimeInterval {
    let read = reading()
    return { read().elapsed }
  }

  /// The box's own clocks.
  package static func reading() -> @Sendable () -> ClockWatch.Reading {
    let begun = ContinuousClock.now
    return {
      ClockWatch.Reading(
        wall: Date(), elapsed: begun.duration(to: .now) / .seconds(1))
    }
  }

  package var now: Date { looking { _ in () }.wall }

  /// False while the clock is before the day on which the program was built.
  package var canBeRight: Bool { now >= builtAt }

  /// How often the clock was set by more than a minute since the program began. What was learnt under
  /// another number is to be asked anew.
  package var steps: Int { looking { $0.steps }.value }

  /// Whether the service's Date header has confirmed the clock, within 10 minutes, since the program
  /// began and since the clock was last set. Only then may anything be deleted for its age.
  package var isConfirmed: Bool {
    let (wall, isConfirmed) = looking { $0.isConfirmed }
    return isConfirmed && wall >= builtAt
  }

  /// Takes the service's clock as an answer told it that came just now.
  package func note(serverDate: Date) { _ = looking { $0.note(serverDate: serverDate) } }

  /// Age in seconds of what this box's clock stamped, corrected by the steps since; nil where nobody
  /// can know it, which is too old for anything.
  package func age(of stamp: Date) -> TimeInterval? { looking { $0.age(of: stamp) }.value }

  /// A stamp by the clock as it is now; nil where nobody can know when it was made.
  package func corrected(_ stamp: Date) -> Date? { looking { $0.corrected(stamp) }.value }

  /// What the wall clock read during the last `seconds`: several ranges where it was set meanwhile.
  package func stretches(ofLast seconds: TimeInterval) -> [ClosedRange<Date>] {
    looking { $0.stretches(ofLast: seconds) }.value
  }

  private func looking<Value>(
    _ work: (inout sending ClockWatch) -> sending Value
  ) -> (wall: Date, value: Value) {
    watch.withLock { watch in
      let now = read()
      _ = watch.read(now)
      return (now.wall, work(&watch))
    }
  }
}
