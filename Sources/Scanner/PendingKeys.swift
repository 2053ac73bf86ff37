package import Admission
import FoundationEssentials

/// What may be a key, until silence says that it is one or another byte that it is none.
struct PendingKeys: Sendable {
  enum Meaning: Equatable {
    case backspaces(Int)
    case key(DoorKey)
    case nothing
  }

  private var controls: [UInt8] = []
  private var marks: [TypedLine.Mark] = []
  private var isAlone = false

  var isEmpty: Bool { controls.isEmpty && marks.isEmpty }

  /// Keeps a byte if it may be a key or part of one.
  /// - Returns: whether it does.
  mutating func keep(
    _ byte: UInt8, mayBeKey: Bool, isAlone: Bool, keys: KeySequences
  ) -> Bool {
    if isEmpty {
      guard mayBeKey else { return false }
      self.isAlone = isAlone
      controls = [byte]
      return true
    }
    let longer = controls + [byte]
    guard marks.isEmpty, longer.allSatisfy(Self.isBackspace) || keys.hasPrefix(longer) else {
      return false
    }
    controls = longer
    return true
  }

  mutating func add(_ mark: TypedLine.Mark, isAlone: Bool) {
    self.isAlone = isEmpty && isAlone
    marks.append(mark)
  }

  /// It was no key: it belongs to what follows.
  mutating func commit(to line: inout TypedLine, at time: TimeInterval, gap: TimeInterval) {
    commitControls(to: &line, at: time, gap: gap)
    for mark in marks { line.add(mark) }
    marks = []
  }

  mutating func commitControls(to line: inout TypedLine, at time: TimeInterval, gap: TimeInterval) {
    for byte in controls { line.append(byte, at: time, gap: gap) }
    controls = []
  }

  /// What it is, now that nothing follows; nil where there was nothing.
  mutating func resolve(keys: KeySequences) -> Meaning? {
    defer { self = PendingKeys() }
    if isEmpty { return nil }
    if !controls.isEmpty, controls.allSatisfy(Self.isBackspace) {
      return .backspaces(controls.count)
    }
    let bytes = marks.isEmpty ? controls : marks.count == 1 ? marks[0].bytes : []
    guard isAlone, let key = keys.key(for: bytes) else { return .nothing }
    return .key(key)
  }

  static func isBackspace(_ byte: UInt8) -> Bool { byte == 0x08 || byte == 0x7F }
}

extension EscapeSequence {
  /// The sequence as something that came among characters.
  var mark: TypedLine.Mark {
    TypedLine.Mark(
      meaning: isComplete ? meaning : .key, bytes: bytes, isCutShort: !isComplete)
  }
}

extension TypedLine {
  /// What the keys among the characters say of the scan; nil where there were none.
  var fault: UnreadableCause? {
    if marks.isEmpty { return nil }
    if marks.contains(where: { $0.meaning == .altDigit }) { return .altCodes }
    return marks.allSatisfy { $0.meaning == .keypad } ? .numLockOff : .notACode
  }

  /// The same where no character came with them; nil where somebody pressed a key and Enter.
  var faultOfKeysAlone: UnreadableCause? {
    let pad = marks.filter { $0.meaning == .keypad || $0.meaning == .altDigit }
    if pad.count >= Self.burstLength, pad.contains(where: { $0 != pad[0] }) { return fault }
    return marks.contains { $0.isCutShort && $0.bytes.count > Self.burstLength } ? .notACode : nil
  }
}

/// The byte sequences by which the terminal at hand sends its keys.
package struct KeySequences: Sendable {
  private var keys: [[UInt8]: DoorKey] = [[0x1B]: .escape]

  /// - Parameter sequences: the terminal's own, from its terminfo entry.
  package init(_ sequences: [(bytes: [UInt8], key: DoorKey)] = []) {
    for sequence in sequences where !sequence.bytes.isEmpty {
      keys[sequence.bytes] = sequence.key
    }
  }

  func key(for bytes: [UInt8]) -> DoorKey? { keys[bytes] }

  /// Whether a known key begins with these bytes.
  func hasPrefix(_ bytes: [UInt8]) -> Bool {
    keys.keys.contains { $0.starts(with: bytes) }
  }
}
