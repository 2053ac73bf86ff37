package import Admission
package import FoundationEssentials

/// Tells a scanner that reads twice from a second person (Contract: Repeats). One
/// watches one input.
package struct RepeatWatch: Sendable {
  private struct Newest {
    var code: String
    var lastReadAt: TimeInterval
    /// Nobody was let in by it, whatever its verdict was (F3).
    var isLook: Bool
    /// Reads of the code whose verdict is still out.
    var undecided = 0
    var verdict: Verdict?
  }

  /// How long after its last read a code is taken for the same read, in seconds; 0 never.
  private let window: TimeInterval
  private var newest: Newest?

  /// Seconds within which a scanner reads the same code by itself.
  private static let doubleRead: TimeInterval = 1

  package init(window: TimeInterval) {
    self.window = window
  }

  /// Notes that `code` was read at `time` (seconds, monotonic). Whether that repeats the newest
  /// scan; while the look-up of that runs, this holds only if its verdict will not be amber.
  ///
  /// A look counted nobody, so whoever scans in earnest after it is not taken for its echo.
  package mutating func read(_ code: String, at time: TimeInterval, isLook: Bool = false) -> Bool {
    if var same = newest, isSameCode(same.code, code), isRepeat(of: same, at: time),
      isLook || !same.isLook || time - same.lastReadAt <= Self.doubleRead
    {
      same.lastReadAt = time
      same.undecided += 1
      newest = same
      return true
    }
    newest = Newest(code: code, lastReadAt: time, isLook: isLook, undecided: 1)
    return false
  }

  /// Notes the verdict of a read, in the order of the reads.
  package mutating func decided(_ code: String, _ verdict: Verdict) {
    guard var same = newest, isSameCode(same.code, code), same.undecided > 0 else {
      return
    }
    same.undecided -= 1
    same.verdict = verdict
    newest = same
  }

  /// What was counted for a code is taken back: read again, it is no repeat.
  package mutating func forget(_ code: String) {
    if let same = newest, same.undecided == 0, isSameCode(same.code, code) {
      newest = nil
    }
  }

  private func isRepeat(of same: Newest, at time: TimeInterval) -> Bool {
    guard window > 0 else { return false }
    if same.undecided > 0 { return true }
    // An amber one is to be scanned again.
    return same.verdict != .unverified && time - same.lastReadAt <= window
  }
}
