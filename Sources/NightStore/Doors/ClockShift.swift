import FoundationEssentials

/// Brings another door's times to this box's clock.
struct ClockShift: Sendable, Equatable {
  /// In seconds; nil where the difference of the two clocks is unknown.
  let difference: TimeInterval?

  /// Clocks that differ by no more, in seconds, are taken for the same. What the ledger's answers take
  /// makes a difference that small.
  static let least: TimeInterval = 1

  /// - Parameter theirs, ours: seconds by which a clock is ahead of the ledger's.
  init(theirs: TimeInterval?, ours: TimeInterval?) {
    difference = theirs.flatMap { theirs in ours.map { $0 - theirs } }
  }

  /// In seconds since 1970, as it is shown.
  func here(_ date: Date) -> Double { date.timeIntervalSince1970 + shift }

  /// Seconds by which what `here` says is ahead of the ledger's clock; nil where nobody knows.
  /// - Parameter theirs: by which the other clock is.
  func offset(_ theirs: TimeInterval?) -> TimeInterval? { theirs.map { $0 + shift } }

  private var shift: TimeInterval {
    let difference = difference ?? 0
    return abs(difference) > Self.least ? difference : 0
  }

  /// When the service was told, for comparing it with when an answer was asked for. Where nobody knows
  /// it, every answer may hold it, or not: the people it counts decide (`EarlierAdmissions.Doubt`).
  func reported(_ date: Date) -> Double {
    difference.map { date.timeIntervalSince1970 + $0 } ?? 0
  }

  /// When the service had it at the latest: an answer asked for later holds it for certain, which nobody
  /// can say of an unknown clock.
  func acknowledged(_ date: Date) -> Double? {
    difference.map { date.timeIntervalSince1970 + $0 + Self.least }
  }
}
