package import Admission
package import FoundationEssentials

/// Tells a scanner that reads a card twice from staff who mean it twice.
package struct StaffCardWatch: Sendable {
  private var newest: (command: StaffCommand, readAt: TimeInterval)?

  package init() {}

  /// Notes that a card was read at `time` (seconds, monotonic).
  /// - Returns: whether that is the reading before once more. Every reading begins the time anew, so
  ///   that a card left under the scanner acts once.
  package mutating func isAgain(_ command: StaffCommand, at time: TimeInterval) -> Bool {
    defer { newest = (command, time) }
    guard let newest, newest.command == command else { return false }
    return time - newest.readAt <= Self.window
  }

  /// Something else was scanned in between.
  package mutating func forget() { newest = nil }

  /// Seconds (Contract: The door screen): scanners read again after up to 2.5.
  private static let window: TimeInterval = 3
}
