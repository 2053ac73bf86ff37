package import Admission

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
