package import FoundationEssentials

/// A point in time on both clocks: the wall's, which people read and which can be set, and the
/// machine's, which only ever goes forward and by which spans are measured.
package struct Moment: Sendable, Equatable {
  package var wall: Date
  /// Seconds on the monotonic clock.
  package var uptime: TimeInterval

  package init(wall: Date, uptime: TimeInterval) {
    self.wall = wall
    self.uptime = uptime
  }

  package func advanced(by seconds: TimeInterval) -> Moment {
    Moment(wall: wall.addingTimeInterval(seconds), uptime: uptime + seconds)
  }
}
