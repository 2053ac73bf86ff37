package import Admission
package import FoundationEssentials

/// Tells a scanner that reads twice from a second person (Contract: Repeats). One
/// watches one input.
package struct RepeatWatch: Sendable {
  /// What a read may be.
  package enum Reading: Sendable, Equatable {
    case own
    /// The newest scan once more, unless the verdict on that turns out amber.
    case again
    /// The next friend if the newest scan, whose look-up runs, leaves somebody to come; otherwise
    /// that scan once more.
    case nextFriend
  }

  private struct Newest {
    var code: String
    /// Of its first read, from 1.
    var number: Int
    var lastReadAt: TimeInterval
    /// Nobody was let in by it, whatever its verdict was (F3).
    var isLook: Bool
    /// Reads of the code whose verdict is still out.
    var undecided = 0
    var verdict: Verdict?
    var leavesPeople = false
  }

  /// How long after its last read a code is taken for the same read, in seconds; 0 never.
  private let window: TimeInterval
  /// The same while people are left to come on the pass, one a scan; nil where one scan lets all in.
  private let windowBetweenFriends: TimeInterval?
  private var newest: Newest?
  /// How many reads there were, and how many of them have their verdict.
  private var (reads, decisions) = (0, 0)

  /// Seconds within which a scanner reads the same code by itself.
  private static let doubleRead: TimeInterval = 1
  /// Seconds beyond what was measured of the scanner.
  private static let rereadMargin: TimeInterval = 0.3

  /// - Parameters:
  ///   - window: `rules.repeat_seconds`.
  ///   - countsFriends: `rules.group_entry: one`, so that the next read may be the next friend.
  ///   - reread: `scanner.reread_ms` in seconds; nil where it was not measured.
  package init(
    window: TimeInterval, countsFriends: Bool = false, reread: TimeInterval? = nil
  ) {
    self.window = window
    windowBetweenFriends =
      countsFriends ? reread.map { $0 + Self.rereadMargin } ?? min(Self.doubleRead, window) : nil
  }

  /// Notes that `code` was read at `time` (seconds, monotonic), and says what that is.
  ///
  /// A look counted nobody, so whoever scans in earnest after it is not taken for its echo.
  package mutating func read(
    _ code: String, at time: TimeInterval, isLook: Bool = false
  ) -> Reading {
    reads += 1
    if var same = newest, isSameCode(same.code, code),
      isLook || !same.isLook || time - same.lastReadAt <= Self.doubleRead
    {
      let reading = reading(after: same, at: time)
      if reading != .own {
        same.lastReadAt = time
        same.undecided += 1
        newest = same
        return reading
      }
    }
    newest = Newest(code: code, number: reads, lastReadAt: time, isLook: isLook, undecided: 1)
    return .own
  }

  /// Notes that something was read that is no code: it repeats nothing, and nothing repeats it.
  package mutating func readNothing() -> Reading {
    reads += 1
    newest = nil
    return .own
  }

  /// The next read repeats nothing, whatever it says.
  package mutating func forgetNewest() { newest = nil }

  /// Notes the verdict of each read, in the order of the reads.
  /// - Parameter leavesPeople: somebody may still come on the pass, or leave.
  package mutating func decided(_ code: String, _ verdict: Verdict, leavesPeople: Bool = false) {
    decisions += 1
    // An earlier scan of the same code may have been out when this one came.
    guard var same = newest, isSameCode(same.code, code), decisions >= same.number,
      same.undecided > 0
    else { return }
    same.undecided -= 1
    same.verdict = verdict
    same.leavesPeople = leavesPeople
    newest = same
  }

  /// Staff say that more or fewer came in on the newest scan.
  package mutating func corrected(_ code: String, leavesPeople: Bool) {
    guard var same = newest, isSameCode(same.code, code) else { return }
    same.leavesPeople = leavesPeople
    newest = same
  }

  /// What was counted for a code is taken back: read again, it is no repeat.
  package mutating func forget(_ code: String) {
    if let same = newest, same.undecided == 0, isSameCode(same.code, code) {
      newest = nil
    }
  }

  private func reading(after same: Newest, at time: TimeInterval) -> Reading {
    guard window > 0 else { return .own }
    let since = time - same.lastReadAt
    let isBetweenFriends = windowBetweenFriends.map { since > $0 } ?? false
    if same.undecided > 0 { return isBetweenFriends ? .nextFriend : .again }
    // An amber one is to be scanned again.
    if same.verdict == .unverified { return .own }
    if same.leavesPeople, let windowBetweenFriends {
      return since <= windowBetweenFriends ? .again : .own
    }
    return since <= window ? .again : .own
  }
}
