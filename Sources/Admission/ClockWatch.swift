package import FoundationEssentials

/// What the program has seen of the box's wall clock since it began: where it was set, and whether
/// the service has confirmed it. Pure: it is told what the clocks read.
package struct ClockWatch: Sendable, Equatable {
  /// Both clocks at one moment.
  package struct Reading: Sendable, Equatable {
    package var wall: Date
    /// Seconds on a clock that nobody sets, and that goes on while the box sleeps.
    package var elapsed: TimeInterval

    package init(wall: Date, elapsed: TimeInterval) {
      self.wall = wall
      self.elapsed = elapsed
    }
  }

  /// A time through which the wall clock was not set.
  private struct Span: Sendable, Equatable {
    /// On the clock that nobody sets, in seconds.
    var from: TimeInterval
    /// The newest reading of it.
    var through: Reading

    func elapsed(at wall: Date) -> TimeInterval {
      through.elapsed + wall.timeIntervalSince(through.wall)
    }

    func wall(at elapsed: TimeInterval) -> Date {
      through.wall.addingTimeInterval(elapsed - through.elapsed)
    }
  }

  /// A clock that moves by more than this against the other one was set, in seconds. Less is a
  /// clock being drawn right.
  package static let smallestStep: TimeInterval = 60
  /// The service's clock confirms ours within this, in seconds (Contract: Privacy and safety).
  private static let confirmation: TimeInterval = 600
  /// A clock that is set over and over is remembered this far back.
  private static let mostSpans = 32

  /// The oldest first; the last one goes on.
  private var spans: [Span]
  private var newest: Reading
  /// How often the clock was set since the program began.
  package private(set) var steps = 0
  /// Whether the service's newest answer had the same time as we, and came after the last step.
  package private(set) var isConfirmed = false

  package init(at now: Reading) {
    newest = now
    spans = [Span(from: now.elapsed, through: now)]
  }

  /// Takes what the clocks read now.
  /// - Returns: by how many seconds the wall clock was set since the last reading; nil where it was
  ///   not.
  package mutating func read(_ now: Reading) -> TimeInterval? {
    let before = newest
    newest = now
    let expected = before.wall.addingTimeInterval(now.elapsed - before.elapsed)
    let step = now.wall.timeIntervalSince(expected)
    guard abs(step) > Self.smallestStep else {
      spans[spans.count - 1].through = now
      return nil
    }
    // When exactly it was set since the last reading, nobody knows.
    spans[spans.count - 1].through = Reading(wall: expected, elapsed: now.elapsed)
    spans = spans.suffix(Self.mostSpans - 1) + [Span(from: before.elapsed, through: now)]
    steps += 1
    isConfirmed = false
    return step
  }

  /// The service's clock, as an answer that came just now told it.
  package mutating func note(serverDate: Date) {
    isConfirmed = abs(newest.wall.timeIntervalSince(serverDate)) <= Self.confirmation
  }

  /// How old something is that this box's clock stamped, in seconds. A stamp of this run counts by
  /// the time that has passed, however the clock was set since; an older one by the clock as it is
  /// now.
  /// - Returns: nil where nobody can know: now is before the stamp. That is too old for anything.
  package func age(of stamp: Date) -> TimeInterval? {
    for span in spans.reversed() {
      let stampedAt = span.elapsed(at: stamp)
      if stampedAt >= span.from, stampedAt <= span.through.elapsed {
        return newest.elapsed - stampedAt
      }
    }
    let age = newest.wall.timeIntervalSince(stamp)
    // A clock that is drawn back a little is not a stamp from the future.
    return age < -Self.smallestStep ? nil : max(0, age)
  }

  /// When something was stamped, by the clock as it is now; nil where nobody can know.
  package func corrected(_ stamp: Date) -> Date? {
    age(of: stamp).map { newest.wall.addingTimeInterval(-$0) }
  }

  /// What the wall clock read during the last `seconds`: several ranges where it was set meanwhile.
  package func stretches(ofLast seconds: TimeInterval) -> [ClosedRange<Date>] {
    let oldest = newest.elapsed - seconds
    var through = newest.elapsed
    var stretches: [ClosedRange<Date>] = []
    for (index, span) in spans.enumerated().reversed() where through > oldest {
      // Before the program began, the clock is taken to have gone on as it did.
      let from = index == 0 ? oldest : max(oldest, span.from)
      stretches.append(span.wall(at: from)...span.wall(at: through))
      through = from
    }
    return stretches
  }
}
