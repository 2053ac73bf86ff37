import Admission
package import FoundationEssentials

/// Turns the bytes of a keyboard-wedge scanner, and of a person at the same keyboard, into scans and
/// keys (contract, "Scans"). A pure state machine over bytes and the times at which they were read;
/// the bytes may be split anywhere.
package struct ScanDecoder: Sendable {
  /// The longest scan that is taken, in bytes.
  package static let longestScan = 512
  /// A sequence is a key only if no other byte comes this close to it, in seconds.
  static let keyIsolation: TimeInterval = 0.050
  /// How long what was typed stands after the last key, in seconds.
  static let draftLifetime: TimeInterval = 30
  /// No key's sequence is longer, in bytes.
  static let longestKey = 8

  /// What is at the other end of the input.
  package enum Input: Sendable, Equatable {
    /// A scanner and a person on one keyboard. Bytes within `gap` seconds of each other are a burst.
    case keyboard(gap: TimeInterval)
    /// A file or a pipe: times mean nothing, and there are no keys.
    case stream
  }

  private let input: Input
  private let keys: KeySequences
  private var line = Line()
  private var lastByteAt: TimeInterval?
  private var isDraftShown = false
  /// An Enter on an empty line is a key if it stays alone.
  private var hasLoneEnter = false

  package init(input: Input, keys: KeySequences = KeySequences()) {
    self.input = input
    self.keys = keys
  }

  /// Takes bytes that were read together at `time`, in seconds on the monotonic clock.
  package mutating func feed(
    _ bytes: some Sequence<UInt8>, at time: TimeInterval
  ) -> [ScannerEvent] {
    var events = settle(at: time)
    for byte in bytes {
      take(byte, at: time, into: &events)
      lastByteAt = time
    }
    return events
  }

  /// Lets time pass: what stands alone long enough is a key, and what stood too long goes.
  package mutating func settle(at time: TimeInterval) -> [ScannerEvent] {
    guard case .keyboard(let gap) = input, let lastByteAt else { return [] }
    var events: [ScannerEvent] = []
    let silence = time - lastByteAt
    if silence > max(gap, Self.keyIsolation) {
      if hasLoneEnter { events.append(.key(.enter)) }
      hasLoneEnter = false
      resolvePending(into: &events)
    }
    if silence >= Self.draftLifetime, !line.isEmpty {
      line = Line()
      showDraft(into: &events)
    }
    return events
  }

  /// When `settle` has something to do next, in seconds on the monotonic clock; nil while it has not.
  package var nextDeadline: TimeInterval? {
    guard case .keyboard(let gap) = input, let lastByteAt else { return nil }
    // A hair later than the limit, since a byte exactly at it still belongs to the burst.
    if line.wantsSettling || hasLoneEnter {
      return lastByteAt + max(gap, Self.keyIsolation) + 0.001
    }
    return line.isEmpty ? nil : lastByteAt + Self.draftLifetime
  }

  /// Lets go of what stands typed without a terminator, and tells nobody. A burst that is just coming
  /// in stays.
  package mutating func forgetTyped(at time: TimeInterval) {
    guard let lastByteAt, isAlone(time - lastByteAt) else { return }
    line = Line()
    isDraftShown = false
  }

  /// The input has ended, which ends a scan too.
  package mutating func finish(at time: TimeInterval) -> [ScannerEvent] {
    var events = settle(at: time)
    endScan(at: time, after: 0, into: &events)
    return events
  }

  private mutating func take(
    _ byte: UInt8, at time: TimeInterval, into events: inout [ScannerEvent]
  ) {
    let sinceLast = lastByteAt.map { time - $0 } ?? .infinity
    hasLoneEnter = false
    if Self.isTerminator(byte) {
      hasLoneEnter = isAlone(sinceLast) && line.isEmpty && line.pending.isEmpty && byte != 0x09
      endScan(at: time, after: sinceLast, into: &events)
      return
    }
    guard case .keyboard(let gap) = input else {
      line.append(byte)
      return
    }
    let follows = sinceLast <= gap
    let mayEdit = Self.isBackspace(byte) && line.isTyped
    if !line.pending.isEmpty || Self.isControl(byte) && (line.isEmpty || !follows || mayEdit) {
      line.pend(byte, after: sinceLast, follows: follows, isAlone: isAlone(sinceLast))
      if !canBeKey(line.pending) { line.commitPending(into: &events) }
    } else {
      line.append(byte, after: sinceLast, follows: follows, into: &events)
    }
  }

  private var isKeyboard: Bool {
    if case .keyboard = input { return true }
    return false
  }

  /// Whether a byte so long after the one before may be a key, in seconds.
  private func isAlone(_ sinceLast: TimeInterval) -> Bool {
    guard case .keyboard(let gap) = input else { return false }
    return sinceLast > max(gap, Self.keyIsolation)
  }

  /// - Parameter pause: seconds since the byte before.
  private mutating func endScan(
    at time: TimeInterval, after pause: TimeInterval, into events: inout [ScannerEvent]
  ) {
    line.commitPending(into: &events)
    guard !line.isEmpty else { return }
    if isDraftShown { events.append(.draft("")) }
    events.append(
      .scan(
        RawScan(
          content: line.content, readAt: time, isTyped: line.isTyped,
          longestPause: isKeyboard ? max(line.longestPause, pause) : 0)))
    line = Line()
    isDraftShown = false
  }

  /// Silence after bytes that may have been a key.
  private mutating func resolvePending(into events: inout [ScannerEvent]) {
    let (pending, isAlone) = line.takePending()
    if !pending.isEmpty {
      if pending.allSatisfy(Self.isBackspace) {
        for _ in pending { line.removeLastCharacter() }
        showDraft(into: &events)
      } else if isAlone, let key = keys.key(for: pending) {
        if key == .escape {
          line = Line()
          showDraft(into: &events)
        }
        events.append(.key(key))
      }
      // Anything else that looked like a key is one that means nothing here.
    } else if !line.isShown {
      // Shown only now: a burst is not worth painting byte by byte, its terminator follows at once.
      showDraft(into: &events)
    }
  }

  private mutating func showDraft(into events: inout [ScannerEvent]) {
    guard !line.isEmpty || isDraftShown else { return }
    isDraftShown = !line.isEmpty
    line.isShown = true
    events.append(.draft(line.text))
  }

  /// Whether these bytes may still turn out to be a key, known or not, or the start of one.
  private func canBeKey(_ bytes: [UInt8]) -> Bool {
    bytes.count == 1 || bytes.allSatisfy(Self.isBackspace) || keys.hasPrefix(bytes)
      || keys.areKeys(bytes) || bytes[0] == 0x1B && bytes.count <= Self.longestKey
  }

  private static func isTerminator(_ byte: UInt8) -> Bool {
    byte == 0x0D || byte == 0x0A || byte == 0x09
  }

  private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }

  private static func isBackspace(_ byte: UInt8) -> Bool { byte == 0x08 || byte == 0x7F }
}
