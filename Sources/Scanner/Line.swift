import Admission

/// The bytes since the last terminator.
struct Line: Sendable {
  private var bytes: [UInt8] = []
  private var isTooLong = false
  /// Where the newest run of bytes without a gap begins.
  private var runStart = 0
  /// Some of the bytes came in a burst, so that a person did not type them all.
  private var hasBurst = false
  /// Bytes that may be a key: they belong to the line only if something follows them at once.
  private(set) var pending: [UInt8] = []
  private var isPendingAlone = false
  /// What stands here without a terminator has been shown since it changed.
  var isShown = true

  var isEmpty: Bool { bytes.isEmpty && !isTooLong }
  /// All of it was typed by hand.
  var isTyped: Bool { !hasBurst }
  var wantsSettling: Bool { !pending.isEmpty || !isShown }
  var content: RawScan.Content { isTooLong ? .tooLong : .bytes(bytes) }
  var text: String { isTooLong ? "…" : String(decoding: bytes, as: UTF8.self) }

  /// Bytes of a stream, where a burst drops nothing.
  mutating func append(_ byte: UInt8, isBurst: Bool) {
    hasBurst = hasBurst || isBurst
    guard !isTooLong else { return }
    bytes.append(byte)
    if bytes.count > ScanDecoder.longestScan {
      bytes = []
      isTooLong = true
    }
  }

  /// A byte of a keyboard. A burst after what was typed by hand starts anew; its first byte looked
  /// like one more typed by hand until the second came.
  mutating func append(_ byte: UInt8, isBurst: Bool, into events: inout [ScannerEvent]) {
    if isBurst {
      dropTyped(into: &events)
    } else if byte & 0xC0 != 0x80 {
      runStart = bytes.count
    }
    append(byte, isBurst: isBurst)
    isShown = false
  }

  /// A byte that may be a key, or part of one.
  mutating func pend(_ byte: UInt8, isBurst: Bool, isAlone: Bool) {
    if pending.isEmpty {
      isPendingAlone = isAlone
      if !isBurst { runStart = bytes.count }
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
    dropTyped(into: &events)
    for byte in pending { append(byte, isBurst: true) }
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

  private mutating func dropTyped(into events: inout [ScannerEvent]) {
    guard !hasBurst, runStart > 0 else { return }
    events.append(.draftDropped(String(decoding: bytes[..<runStart], as: UTF8.self)))
    bytes.removeFirst(runStart)
    runStart = 0
  }
}
