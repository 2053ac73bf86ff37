import Admission
package import FoundationEssentials

/// Turns the bytes of a keyboard-wedge scanner, and of a person at the same keyboard, into scans
/// and keys (Contract: Scans). A pure state machine over bytes and the times at which they were
/// read; the bytes may be split anywhere.
package struct ScanDecoder: Sendable {
  /// The longest scan that is taken, in bytes.
  package static let longestScan = 512
  /// A sequence is a key only if no other byte comes this close to it, in seconds.
  static let keyIsolation: TimeInterval = 0.050
  /// How long what was typed stands after the last key, in seconds.
  static let draftLifetime: TimeInterval = 30
  /// How long a burst waits for its end, in seconds.
  static let patience: TimeInterval = 2
  /// The silence that ends a text which is no code, in seconds.
  static let textSilence: TimeInterval = 0.3

  /// What is at the other end of the input.
  package enum Input: Sendable, Equatable {
    /// A scanner and a person on one keyboard. Bytes within `gap` seconds of each other are a
    /// burst.
    case keyboard(gap: TimeInterval)
    /// A file or a pipe: times mean nothing, and there are no keys.
    case stream
  }

  /// Says of a line what it is.
  package typealias Judge = (RawScan) -> LineKind

  private let input: Input
  private let keys: KeySequences
  private var line = TypedLine()
  private var pending = PendingKeys()
  private var sequence: (bytes: EscapeSequence, isAlone: Bool, follows: Bool)?
  private var lastByteAt: TimeInterval?
  private var lastTerminator: UInt8?
  private var isDraftShown = false
  /// An Enter on an empty line is a key if it stays alone.
  private var hasLoneEnter = false
  /// When an Enter came late after a burst: it is that one's, unless another burst follows it.
  private var lateEnterAt: TimeInterval?
  /// Until then, whatever comes belongs to a text that was told already.
  private var textUntil: TimeInterval?
  private var lines = StreamLines()
  /// The document that a scanner typed last, and until when lines of it may still come: one that
  /// pauses in it would send names and birth dates on their way.
  private var typedDocument: TypedDocument?
  /// When the part of a sequence was dropped that may have been a code's.
  private var cutShortAt = -TimeInterval.infinity
  /// When a sequence that carries a text was dropped whole.
  private var stringAt = -TimeInterval.infinity

  package init(input: Input, keys: KeySequences = KeySequences()) {
    self.input = input
    self.keys = keys
  }

  /// Decodes bytes that were read together at `time`, in seconds on the monotonic clock.
  /// - Parameter judge: says which lines are codes. The first one that is none begins a text, which
  ///   is one scan whole.
  package mutating func feed(
    _ bytes: some Sequence<UInt8>, at time: TimeInterval, judge: Judge = { _ in .code }
  ) -> [ScannerEvent] {
    var events = advance(to: time)
    for byte in bytes {
      decode(byte, at: time, judge: judge, into: &events)
      lastByteAt = time
    }
    return events
  }

  /// Lets time pass: what stands alone long enough is a key, and what stood too long goes.
  package mutating func advance(to time: TimeInterval) -> [ScannerEvent] {
    var events: [ScannerEvent] = []
    guard isKeyboard else {
      for scan in lines.advance(to: time) { emit(scan, into: &events) }
      return events
    }
    guard let lastByteAt else { return [] }
    let silence = time - lastByteAt
    if silence > alone {
      if hasLoneEnter { events.append(.key(.enter)) }
      hasLoneEnter = false
      closeSequence(at: lastByteAt)
      endLate(into: &events)
      resolvePending(into: &events)
      if line.isEmpty { line.dropMarks() }
    }
    if let textUntil, time > textUntil { self.textUntil = nil }
    if time - line.lastAt >= Self.patience, line.hasBurst { dropUnended(into: &events) }
    if silence >= Self.draftLifetime, !line.isEmpty { clearLine(into: &events) }
    return events
  }

  /// When `advance` has something to do next, in seconds on the monotonic clock; nil while it has
  /// not.
  package var nextDeadline: TimeInterval? {
    guard isKeyboard, let lastByteAt else { return nil }
    // A hair later than the limit, since a byte exactly at it still belongs to the burst.
    if sequence != nil || !pending.isEmpty || !line.isShown || hasLoneEnter || lateEnterAt != nil {
      return lastByteAt + alone + 0.001
    }
    if line.isEmpty { return nil }
    let draftEnd = lastByteAt + Self.draftLifetime
    return line.hasBurst ? min(draftEnd, line.lastAt + Self.patience + 0.001) : draftEnd
  }

  /// Lets go of what stands typed without a terminator, and tells nobody. A burst that is just
  /// coming in stays.
  package mutating func forgetTyped(at time: TimeInterval) {
    guard let lastByteAt, time - lastByteAt > alone else { return }
    line = TypedLine()
    isDraftShown = false
  }

  /// The input has ended, which ends a scan too.
  package mutating func finish(
    at time: TimeInterval, judge: Judge = { _ in .code }
  ) -> [ScannerEvent] {
    var events = advance(to: time)
    closeSequence(at: time)
    endScan(at: time, judge: judge, into: &events)
    for scan in lines.finish() { emit(scan, into: &events) }
    return events
  }

  /// Whether lines of a file or a pipe wait for what comes behind them; `advance` gives them up.
  package var holdsLines: Bool { lines.isHolding }
  /// How long they wait, in seconds.
  package static var longestHold: TimeInterval { StreamLines.longestHold }

  // MARK: Bytes

  private mutating func decode(
    _ byte: UInt8, at time: TimeInterval, judge: Judge, into events: inout [ScannerEvent]
  ) {
    if let textUntil, time <= textUntil {
      self.textUntil = max(textUntil, time + max(gap, Self.textSilence))
      typedDocument?.readAt = time
      typedDocument?.isInLine = !Self.isTerminator(byte)
      return
    }
    let sinceLast = lastByteAt.map { time - $0 } ?? .infinity
    hasLoneEnter = false
    if var open = sequence {
      switch open.bytes.append(byte) {
      case .more:
        sequence = open
        return
      case .complete:
        sequence = open
        closeSequence(at: time)
        return
      case .notPart: closeSequence(at: time)
      }
    }
    if Self.isTerminator(byte) {
      end(with: byte, at: time, after: sinceLast, judge: judge, into: &events)
      typedDocument?.isInLine = false
      return
    }
    // What follows it at once is a burst that sends its Enter first.
    if lateEnterAt != nil { dropUnended(into: &events) }
    if isKeyboard, time - line.lastAt >= TypedLine.reach, line.hasBurst {
      dropUnended(into: &events)
    }
    let follows = sinceLast <= gap
    if byte == 0x1B {
      pending.commitControls(to: &line, at: time, gap: gap)
      sequence = (EscapeSequence(), sinceLast > alone, time - line.lastAt <= gap)
      return
    }
    guard isKeyboard else {
      pending.commit(to: &line, at: time, gap: gap)
      line.append(byte, at: time, gap: gap)
      return
    }
    let mayBeKey = Self.isControl(byte) && (line.isEmpty || !follows || mayEdit(by: byte))
    if pending.keep(byte, mayBeKey: mayBeKey, isAlone: sinceLast > alone, keys: keys) { return }
    pending.commit(to: &line, at: time, gap: gap)
    line.append(byte, at: time, gap: gap)
  }

  private func mayEdit(by byte: UInt8) -> Bool { PendingKeys.isBackspace(byte) && line.isTyped }

  private var isKeyboard: Bool {
    if case .keyboard = input { return true }
    return false
  }

  /// Seconds between two bytes of a burst.
  private var gap: TimeInterval {
    // A hair more, as times are no round numbers.
    if case .keyboard(let gap) = input { return gap + 0.000_001 }
    return .infinity
  }

  /// Seconds of silence around a byte that may be a key.
  private var alone: TimeInterval { max(gap, Self.keyIsolation) }

  // MARK: Escape sequences

  /// The open sequence has come to its end, or to where it is cut short.
  private mutating func closeSequence(at time: TimeInterval) {
    guard let (bytes, isAlone, follows) = sequence else { return }
    sequence = nil
    let mark = bytes.mark
    if mark.meaning == .report {
      if follows { line.bridge(to: time) }
      if bytes.isString { stringAt = time }
      return
    }
    if mark.isCutShort, mark.bytes.count > 2 { cutShortAt = time }
    // A key may be any sequence that the terminal names, whatever it looks like.
    if follows && !line.isEmpty || !isKeyboard {
      line.add(mark)
    } else {
      pending.add(mark, isAlone: isAlone)
    }
  }

  // MARK: The end of a line

  private mutating func end(
    with terminator: UInt8, at time: TimeInterval, after sinceLast: TimeInterval, judge: Judge,
    into events: inout [ScannerEvent]
  ) {
    defer { lastTerminator = terminator }
    hasLoneEnter =
      isKeyboard && sinceLast > alone && line.isEmpty && pending.isEmpty && terminator != 0x09
    if lateEnterAt == nil { endScan(at: time, judge: judge, into: &events) }
    if line.isEmpty { line.dropMarks() }
  }

  private mutating func endScan(
    at time: TimeInterval, judge: Judge, into events: inout [ScannerEvent]
  ) {
    pending.commit(to: &line, at: time, gap: gap)
    guard isKeyboard else {
      endLine(at: time, judge: judge, into: &events)
      return
    }
    guard !line.isEmpty else {
      let isText = time - stringAt <= gap
      if let fault = line.faultOfKeysAlone ?? (isText ? UnreadableCause.notACode : nil) {
        emit(RawScan(content: .bytes([]), readAt: time, fault: fault), into: &events)
        textUntil = time + max(gap, Self.textSilence)
      }
      return
    }
    let hasOwnEnd = time - line.lastAt <= gap
    if hasOwnEnd, !line.isTyped {
      endBurst(at: time, judge: judge, into: &events)
    } else if line.hasBurst {
      if hasOwnEnd {
        endIncomplete(at: time, judge: judge, into: &events)
      } else if time - line.lastAt >= TypedLine.reach {
        dropUnended(into: &events)
      } else {
        lateEnterAt = time
      }
    } else {
      let scan = RawScan(
        content: line.content, readAt: time, isTyped: true, isFast: line.isFast(gap: gap),
        fault: line.fault)
      // A person may go on typing at once.
      emit(scan, textSilence: gap, at: time, judge: judge, into: &events)
    }
  }

  /// A burst with a terminator of its own.
  private mutating func endBurst(
    at time: TimeInterval, judge: Judge, into events: inout [ScannerEvent]
  ) {
    let (reach, run) = line.beginningOfNewest
    if reach > 0 { events.append(.draftDropped(line.removeFirst(reach))) }
    let isWhole = reach == run && time - cutShortAt >= TypedLine.reach
    let scan = RawScan(
      content: line.content, readAt: time, isFast: line.isFast(gap: gap), burstStart: run - reach,
      fault: line.fault ?? (isWhole ? nil : .partMissing))
    emit(scan, textSilence: Self.textSilence, at: time, judge: judge, into: &events)
  }

  /// A burst with a pause in it, or with its terminator after one.
  private mutating func endIncomplete(
    at time: TimeInterval, judge: Judge, into events: inout [ScannerEvent]
  ) {
    let scan = RawScan(
      content: line.content, readAt: time, isFast: line.isFast(gap: gap),
      burstStart: line.beginningOfNewest.run, fault: line.fault ?? .partMissing)
    emit(scan, textSilence: Self.textSilence, at: time, judge: judge, into: &events)
  }

  /// The late Enter stayed alone, so it is the burst's; what came between them may be missing.
  private mutating func endLate(into events: inout [ScannerEvent]) {
    guard let time = lateEnterAt else { return }
    lateEnterAt = nil
    guard !line.isEmpty else { return }
    endIncomplete(at: time, judge: { _ in .code }, into: &events)
  }

  /// A line of a file or a pipe.
  private mutating func endLine(
    at time: TimeInterval, judge: Judge, into events: inout [ScannerEvent]
  ) {
    guard !line.isEmpty || line.faultOfKeysAlone != nil else { return }
    let scan = RawScan(content: line.content, readAt: time, fault: line.fault)
    let known = lines.add(
      scan, text: line.text, kind: judge(scan), isAfterTab: lastTerminator == 0x09)
    line = TypedLine()
    for scan in known { emit(scan, into: &events) }
  }

  private mutating func emit(
    _ scan: RawScan, textSilence: TimeInterval, at time: TimeInterval, judge: Judge,
    into events: inout [ScannerEvent]
  ) {
    let kind = judge(scan)
    if let document = typedDocument, document.mayGoOn(at: time),
      document.isInLine || !scan.isTyped && kind.isInside(document.kind, line: line.text)
    {
      line = TypedLine()
      typedDocument?.readAt = time
      textUntil = time + max(gap, Self.textSilence)
      return
    }
    let isText = scan.fault.map { $0 != .partMissing } ?? false || kind != .code
    emit(scan, into: &events)
    // A document's first line may be as short as what somebody types.
    var silence = textSilence
    typedDocument = nil
    if case .document(let found) = kind {
      silence = Self.textSilence
      typedDocument = TypedDocument(kind: found, beganAt: time, readAt: time)
    }
    if isText { textUntil = time + max(gap, silence) }
  }

  private mutating func emit(_ scan: RawScan, into events: inout [ScannerEvent]) {
    if isDraftShown { events.append(.draft("")) }
    events.append(.scan(scan))
    line = TypedLine()
    isDraftShown = false
    cutShortAt = -.infinity
    stringAt = -.infinity
  }

  // MARK: What stands unfinished

  /// Nothing ended this burst, so it goes, visibly.
  private mutating func dropUnended(into events: inout [ScannerEvent]) {
    lateEnterAt = nil
    guard !line.isEmpty else { return }
    let dropped = ScannerEvent.burstDropped(
      line.text, isScanners: line.isScannersBurst, isFast: line.isFast(gap: gap))
    clearLine(into: &events)
    events.append(dropped)
  }

  private mutating func clearLine(into events: inout [ScannerEvent]) {
    line = TypedLine()
    showDraft(into: &events)
  }

  /// Silence after bytes that may have been a key.
  private mutating func resolvePending(into events: inout [ScannerEvent]) {
    switch pending.resolve(keys: keys) {
    case .backspaces(let count):
      for _ in 0..<count { line.removeLastCharacter() }
      showDraft(into: &events)
    case .key(let key):
      if key == .escape { clearLine(into: &events) }
      events.append(.key(key))
    // What looked like a key is one that means nothing here.
    case .nothing: break
    case nil:
      // Shown only now: a burst is not worth painting byte by byte, its terminator follows at once.
      if !line.isShown { showDraft(into: &events) }
    }
  }

  private mutating func showDraft(into events: inout [ScannerEvent]) {
    line.isShown = true
    guard !line.isEmpty || isDraftShown else { return }
    isDraftShown = !line.isEmpty
    events.append(.draft(line.text))
  }

  private static func isTerminator(_ byte: UInt8) -> Bool {
    byte == 0x0D || byte == 0x0A || byte == 0x09
  }

  private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }
}
