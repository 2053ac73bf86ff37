import Admission
import FoundationEssentials

/// The characters since the last terminator, with the times at which they came.
struct TypedLine: Sendable {
  /// What came among the characters and is none.
  struct Mark: Sendable, Equatable {
    var meaning: EscapeSequence.Meaning
    var bytes: [UInt8]
    /// Its end never came.
    var isCutShort = false
  }

  /// Characters of which none came later than the gap after the one before.
  struct Run: Sendable {
    var range: Range<Int>
    var characters: Int
    var isBurst: Bool
  }

  /// So many fast characters are a scanner's (Contract: Scans).
  static let burstLength = 4
  /// Seconds before a burst in which a character belongs to it.
  static let reach: TimeInterval = 1

  private var bytes: [UInt8] = []
  private var times: [TimeInterval] = []
  /// Where the runs begin.
  private var runStarts: [Int] = []
  private var isTooLong = false
  private(set) var marks: [Mark] = []
  /// Characters of the newest run.
  private(set) var runLength = 0
  /// Seconds, monotonic; when the newest character came, or what the terminal sent right after it.
  private(set) var lastAt = -TimeInterval.infinity
  /// Some run was long enough for a burst.
  private var hasLongRun = false
  /// What stands here without a terminator has been shown since it changed.
  var isShown = true

  var isEmpty: Bool { bytes.isEmpty && !isTooLong }
  /// The newest characters were typed by hand, as far as can be told yet.
  var isTyped: Bool { runLength < Self.burstLength }
  var content: RawScan.Content { isTooLong ? .tooLong : .bytes(bytes) }
  var text: String { isTooLong ? "…" : String(decoding: bytes, as: UTF8.self) }

  /// - Parameter gap: seconds between two characters of a burst.
  mutating func append(_ byte: UInt8, at time: TimeInterval, gap: TimeInterval) {
    // The bytes of one character come together however it is typed.
    if byte & 0xC0 != 0x80 || isEmpty {
      let follows = time - lastAt <= gap && !isEmpty
      if !follows { runStarts.append(bytes.count) }
      runLength = follows ? runLength + 1 : 1
      if runLength >= Self.burstLength { hasLongRun = true }
    }
    lastAt = time
    isShown = false
    guard !isTooLong else { return }
    bytes.append(byte)
    times.append(time)
    if bytes.count > ScanDecoder.longestScan {
      bytes = []
      times = []
      runStarts = []
      isTooLong = true
    }
  }

  /// What the terminal sent among the characters makes no pause between them.
  mutating func bridge(to time: TimeInterval) { lastAt = time }

  mutating func add(_ mark: Mark) { marks.append(mark) }

  mutating func dropMarks() { marks = [] }

  mutating func removeLastCharacter() {
    guard !isTooLong else { return }
    // The bytes themselves: to decode and encode them again would make invalid ones longer.
    var continuations = 0
    while let last = bytes.last, last & 0xC0 == 0x80, continuations < 3 {
      removeLast()
      continuations += 1
    }
    if !bytes.isEmpty { removeLast() }
    runLength = max(0, runLength - 1)
    if bytes.isEmpty { self = TypedLine() }
  }

  private mutating func removeLast() {
    bytes.removeLast()
    times.removeLast()
    runStarts.removeAll { $0 >= bytes.count && $0 > 0 }
  }

  /// The first bytes go.
  /// - Returns: what they said.
  mutating func removeFirst(_ count: Int) -> String {
    let text = String(decoding: bytes[..<count], as: UTF8.self)
    bytes.removeFirst(count)
    times.removeFirst(count)
    runStarts = [0] + runStarts.map { $0 - count }.filter { $0 > 0 }
    return text
  }

  // MARK: What the times say

  /// A scanner's burst stands in it, which nothing has ended.
  var hasBurst: Bool {
    hasLongRun && (isTooLong || runs.contains(where: \.isBurst))
  }

  /// Nothing but one burst stands in it, and what came so long before that it does not belong to
  /// it: this came from a scanner, and not from a person who types fast or leans on a key.
  var isScannersBurst: Bool {
    if isTooLong { return true }
    guard let last = runs.last, last.isBurst,
      bytes[last.range].contains(where: { $0 != bytes[last.range.lowerBound] })
    else { return false }
    return beginning(of: last) == last.range.lowerBound
  }

  /// Where that begins which belongs to the newest run, as it came less than a second before it.
  var beginningOfNewest: (reach: Int, run: Int) {
    guard let last = runs.last else { return (0, 0) }
    return (beginning(of: last), last.range.lowerBound)
  }

  /// Whether enough characters for a burst came within the gap of each other and faster than fingers.
  func isFast(gap: TimeInterval) -> Bool {
    if isTooLong { return true }
    let longest = min(gap, Self.slowestScanner)
    var runs: [[TimeInterval]] = []
    for (byte, time) in zip(bytes, times) where byte & 0xC0 != 0x80 {
      if let last = runs.last?.last, time - last <= longest {
        runs[runs.count - 1].append(time)
      } else {
        runs.append([time])
      }
    }
    return runs.contains { $0.count >= Self.burstLength && !looksTyped($0[...]) }
  }

  private func beginning(of run: Run) -> Int {
    let start = times[run.range.lowerBound]
    return times.firstIndex { start - $0 < Self.reach } ?? run.range.lowerBound
  }

  private var runs: [Run] {
    zip(runStarts, runStarts.dropFirst() + [bytes.count]).map { start, end in
      let characters = bytes[start..<end].count { $0 & 0xC0 != 0x80 }
      return Run(
        range: start..<end, characters: characters,
        isBurst: characters >= Self.burstLength && !looksTyped(times[start..<end]))
    }
  }

  /// Seconds; a person who types is slower than this, and less even.
  private static let quickFingers: TimeInterval = 0.06

  /// Seconds between two characters of a scanner on a slow host.
  private static let slowestScanner: TimeInterval = 0.11

  /// Only where the venue's gap is so wide that fingers keep within it.
  private func looksTyped(_ times: ArraySlice<TimeInterval>) -> Bool {
    let pauses = zip(times, times.dropFirst()).map { $1 - $0 }.sorted()
    guard let shortest = pauses.first, let longest = pauses.last else { return false }
    let median = pauses[pauses.count / 2]
    return median > Self.quickFingers && longest - shortest > median / 2
  }
}
