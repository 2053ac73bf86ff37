/// What stands in a cell of the screen, or in two: a character with at most two marks on it. A screen
/// has thousands, so it takes eight bytes and no memory of its own.
package struct Glyph: Sendable, Equatable {
  /// From the lowest bit on: the character and its marks, 21 bits each, 0 for none. The highest bit:
  /// whether it takes two cells.
  private var bits: UInt64

  private static let widthBit: UInt64 = 1 << 63
  private static let scalarBits = 21
  private static let scalarMask: UInt64 = 1 << 21 - 1

  /// Nothing, as in the right half of a wide character.
  package static let none = Glyph(bits: 0)
  package static let blank = Glyph(0x20, width: 1)

  private init(bits: UInt64) { self.bits = bits }

  /// - Parameter width: cells, 1 or 2.
  init(_ character: UInt32, width: Int) {
    bits = UInt64(character) | (width == 2 ? Self.widthBit : 0)
  }

  /// The first character of a text, with what stands on it; nothing of an empty one.
  package init(_ text: String) {
    self = .none
    for (index, scalar) in text.unicodeScalars.prefix(Self.mostScalars).enumerated() {
      // A zero would be nothing: another control character stands for it.
      let value = scalar.value == 0 ? 0x7F : UInt64(scalar.value)
      bits |= value << (index * Self.scalarBits)
      if index == 0, CharacterWidth.columns(of: scalar) == 2 { bits |= Self.widthBit }
    }
  }

  package var isNone: Bool { bits == 0 }

  /// Cells: 1 or 2; 0 of nothing.
  package var width: Int { isNone ? 0 : bits & Self.widthBit == 0 ? 1 : 2 }

  /// Its only scalar; nil where it has marks, or is nothing.
  package var single: Unicode.Scalar? {
    let value = bits & ~Self.widthBit
    return value == 0 || value > Self.scalarMask ? nil : Unicode.Scalar(UInt32(value))
  }

  package var scalars: [Unicode.Scalar] {
    (0..<Self.mostScalars).compactMap { index in
      let value = bits >> (index * Self.scalarBits) & Self.scalarMask
      return value == 0 ? nil : Unicode.Scalar(UInt32(value))
    }
  }

  package var text: String { String(String.UnicodeScalarView(scalars)) }

  /// A third mark is left out.
  mutating func add(_ mark: Unicode.Scalar) {
    for index in 1..<Self.mostScalars {
      let shift = index * Self.scalarBits
      guard bits >> shift & Self.scalarMask == 0 else { continue }
      bits |= UInt64(mark.value) << shift
      return
    }
  }

  private static let mostScalars = 3
}
