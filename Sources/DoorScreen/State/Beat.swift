import Admission
import FoundationEssentials

/// With each new verdict the panel's edge stands out for a moment, so that two equal verdicts in a row
/// are seen as two, out of the corner of an eye as well.
struct Beat: Sendable, Equatable {
  static let length: TimeInterval = 0.25
  /// Seconds from the beginning of one to the next: three flashes in a second are the most that nobody
  /// is harmed by (WCAG 2.3.1).
  static let shortestInterval: TimeInterval = 0.4

  /// Uptime in seconds when the newest one began, or begins.
  private var start = -TimeInterval.infinity
  private var end: TimeInterval { start + Self.length }

  /// One that is on, or still to come, is this verdict's too.
  mutating func begin(at now: Moment) {
    guard now.uptime >= end else { return }
    start = max(now.uptime, start + Self.shortestInterval)
  }

  func isOn(at now: Moment) -> Bool { now.uptime >= start && now.uptime < end }

  /// Uptime in seconds when it begins or ends; nil where it is over.
  func nextChange(after now: Moment) -> TimeInterval? {
    [start, end].first { now.uptime < $0 }
  }
}
