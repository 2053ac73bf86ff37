import Admission
import FoundationEssentials

/// The bytes since the last terminator.
struct Line: Sendable {
  private var bytes: [UInt8] = []
  private var isTooLong = false
  /// Two keys can be pressed at almost the same time, a third one no more: so many characters
  /// without a gap between them are a scanner's.
  private static let burstLength = 3
  /// Where the newest run of bytes without a gap begins, and how many characters it has.
  private var runStart = 0
  private var runLength = 0
  /// The longest time between two of its bytes, in seconds: in all of it, and in the newest run.
  private(set) var longestPause: TimeInterval = 0
  private var longestPauseOfRun: TimeInterval = 0
  /// Some of what stands before that run was typed by hand.
  private var hasTyped = false
  /// Bytes that may be a key: they belong to the line only if something follows them at once.
  private(set) var pending: [UInt8] = []
  private var isPendingAlone = false
  /// What stands here without a terminator has been shown since it changed.
  var isShown = true

  var isEmpty: Bool { bytes.isEmpty && !isTooLong }
  /// The newest characters were typed by hand, as far as can be told yet.
  var isTyped: Bool { runLength < Self.burstLength }
  var wantsSettling: Bool { !pending.isEmpty || !isShown }
  var content: RawScan.Content { isTooLong ? .tooLong : .bytes(bytes) }
  var text: String { isTooLong ? "…" : String(decoding: bytes, as: UTF8.self) }

  /// A byte of a stream, where a burst drops nothing.
  mutating func append(_ byte: UInt8) {
    guard !isTooLong else { return }
    bytes.append(byte)
    if bytes.count > ScanDecoder.longestScan {
      bytes = []
      isTooLong = true
    }
  }

  /// A byte of a keyboard. A burst after what was typed by hand starts anew; its first bytes looked
  /// like more typed by hand.
  /// - Parameters:
  ///   - pause: seconds since the byte before.
  ///   - follows: that is no gap.
  mutating func append(
    _ byte: UInt8, after pause: TimeInterval, follows: Bool, into events: inout [ScannerEvent]
  ) {
    note(pause, follows: follows)
    // The bytes of one character come together however it is typed.
    if byte & 0xC0 != 0x80 || isEmpty {
      if !follows { beginRun() }
      runLength += 1
      if runLength == Self.burstLength { dropTyped(into: &events) }
    }
    append(byte)
    isShown = false
  }

  /// A byte that may be a key, or part of one.
  mutating func pend(_ byte: UInt8, after pause: TimeInterval, follows: Bool, isAlone: Bool) {
    note(pause, follows: follows)
    if pending.isEmpty {
      isPendingAlone = isAlone
      if !follows { beginRun() }
    }
    pending.append(byte)
  }

  mutating func takePending() -> (bytes: [UInt8], isAlone: Bool) {
    defer { pending = [] }
    return (pending, isPendingAlone)
  }

  /// The pending bytes were no key: they are the beginning of a burst.
  mutating func commitPending(into events: inout [ScannerEvent]) {
    guard !pending.isEmpty else { return }
    // No finger presses a key and what follows it at once.
    runLength = max(runLength, Self.burstLength)
    dropTyped(into: &events)
    for byte in pending { append(byte) }
    isShown = false
    pending = []
  }

  mutating func removeLastCharacter() {
    guard !isTooLong else { return }
    // The bytes themselves: to decode and encode them again would make invalid ones longer.
    var continuations = 0
    while let last = bytes.last, last & 0xC0 == 0x80, continuations < 3 {
      bytes.removeLast()
      continuations += 1
    }
    _ = bytes.popLast()
    runStart = min(runStart, bytes.count)
    if bytes.isEmpty { self = Line() }
  }

  private mutating func note(_ pause: TimeInterval, follows: Bool) {
    longestPauseOfRun = follows ? max(longestPauseOfRun, pause) : 0
    if !isEmpty || !pending.isEmpty { longestPause = max(longestPause, pause) }
  }

  private mutating func beginRun() {
    if (1..<Self.burstLength).contains(runLength) { hasTyped = true }
    runStart = bytes.count
    runLength = 0
  }

  private mutating func dropTyped(into events: inout [ScannerEvent]) {
    guard hasTyped, runStart > 0 else { return }
    hasTyped = false
    events.append(.draftDropped(String(decoding: bytes[..<runStart], as: UTF8.self)))
    bytes.removeFirst(runStart)
    runStart = 0
    longestPause = longestPauseOfRun
  }
}
