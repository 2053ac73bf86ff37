import Scanner
import Synchronization

/// Tries a regular expression on texts that are made to be slow for it (contract, "Configuration";
/// a scan has at most 512 bytes). `^(a+)+$` takes 39 s on 22 letters, and cannot be stopped.
enum PatternProbe {
  enum Verdict: Sendable, Equatable {
    /// Compiles, has so many groups, and was quick on everything tried.
    case sound(groups: Int)
    case tooLong(limit: Int)
    /// With what the compiler says.
    case invalid(String)
    /// Took too long on a text of so many characters.
    case slow(length: Int)
  }

  /// Milliseconds of processor time for one text.
  static let limitMilliseconds = 50
  private static let longestPattern = 512
  private static let longestText = 512

  static func examine(_ pattern: String) -> Verdict {
    // Known to be quick: the usual start of the program does not pay for the probes.
    if pattern == CodeFormat().pattern { return .sound(groups: 0) }
    guard pattern.unicodeScalars.count <= longestPattern else {
      return .tooLong(limit: longestPattern)
    }
    let tried = TriedLength()
    let verdict = WatchedWork.run(limit: Double(limitMilliseconds)) { clock in
      examine(pattern, clock: clock, tried: tried)
    }
    return verdict ?? .slow(length: tried.length.withLock { $0 })
  }

  /// The length of the text that is being tried, for the message about a thread left behind.
  private final class TriedLength: Sendable {
    let length = Mutex(0)
  }

  private static func examine(
    _ pattern: String, clock: StepClock, tried: TriedLength
  ) -> Verdict {
    var compiled: (regex: Regex<AnyRegexOutput>, groups: Int)?
    var complaint: String?
    clock.time {
      do {
        let regex = try Regex(pattern).matchingSemantics(.unicodeScalar)
        compiled = (regex, try groupCount(pattern))
        // The first match prepares the program, which is not what is measured.
        _ = try regex.firstMatch(in: "")
      } catch {
        complaint = "\(error)"
      }
    }
    guard let compiled, complaint == nil else { return .invalid(complaint ?? "") }
    let series = PatternAttacks(pattern: pattern).series(lengths: lengths)
    var spent = 0.0
    for step in lengths.indices {
      for texts in series where step < texts.count {
        // What is slow shows itself early; sound patterns need not be tried to the end.
        if spent > enoughMilliseconds { break }
        var next = step
        var time = 0.0
        repeat {
          let text = texts[next]
          let length = text.unicodeScalars.count
          tried.length.withLock { $0 = length }
          time = clock.time { _ = try? compiled.regex.firstMatch(in: text) }
          spent += time
          if time > Double(limitMilliseconds) { return .slow(length: length) }
          next += 1
          // A suspect is followed up at once: a hundred others may be as slow.
        } while time > suspiciousMilliseconds && next < texts.count
      }
    }
    return .sound(groups: compiled.groups)
  }

  private static let suspiciousMilliseconds = 0.5
  /// For all texts together.
  private static let enoughMilliseconds = 300.0

  /// Closer together where a doubling of the text would square the time.
  private static let lengths = [
    4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 32, 40, 48, 64, 96, 128, 192, 256, 384,
    longestText,
  ]

  /// Asked of a match: with an empty alternative there is always one, and its output has a place for
  /// each group. The line break ends a comment that the pattern may end with.
  private static func groupCount(_ pattern: String) throws -> Int {
    let always = try Regex("(?:\(pattern)\n)|")
    return (try always.firstMatch(in: "")?.output.count ?? 1) - 1
  }
}
