import DoorConfiguration
import Foundation

/// How often a wrong PIN was tried since the last right one, and how long whoever guesses waits.
package struct WrongTries: Equatable {
  private(set) var count = 0
  /// When the newest was made.
  private(set) var lastAt = Date.distantPast

  /// Seconds. A slip of the hand costs nothing to speak of; 10,000 PINs cost weeks.
  private static let longestDelay: TimeInterval = 300

  /// How long nobody may try after so many wrong ones, in seconds: 1, 2, 4 and so on, at most 5 min.
  static func delay(after count: Int) -> TimeInterval {
    count < 1 ? 0 : min(longestDelay, pow(2, Double(min(count, 30) - 1)))
  }

  /// Seconds that are left of the delay. A clock that was set back lengthens it to the whole delay,
  /// never beyond.
  func wait(at now: Date) -> TimeInterval {
    let delay = Self.delay(after: count)
    return min(delay, max(0, delay - now.timeIntervalSince(lastAt)))
  }

  mutating func add(at now: Date) {
    count += 1
    lastAt = now
  }
}

extension WrongTries {
  /// As a file keeps them: the count, and the time in seconds since 1970.
  var text: String { "\(count) \(Int(lastAt.timeIntervalSince1970))\n" }

  /// - Returns: nil where the text is something else.
  init?(text: String) {
    let parts = text.split(whereSeparator: \.isWhitespace)
    guard parts.count == 2, let count = Int(parts[0]), let seconds = Int(parts[1]),
      (0...1_000_000).contains(count), abs(seconds) < 1 << 40
    else { return nil }
    (self.count, lastAt) = (count, Date(timeIntervalSince1970: TimeInterval(seconds)))
  }
}
