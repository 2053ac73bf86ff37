/// Cuts a list out of its answer while it arrives: the elements, each by itself, and the envelope
/// that is left. Decoded one by one, 3,000 passes never stand in memory twice, and a broken one
/// does not lose the others. It only finds where elements end; whether they are JSON is for the
/// decoder to say.
struct ListSplitter: Sendable {
  /// The answer without its elements: `[]` or `{"success":true,"data":[]}`.
  private(set) var envelope: [UInt8] = []

  private var element: [UInt8] = []
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  /// Depth at which the list's elements stand, while inside it.
  private var listDepth: Int?
  /// The newest string outside every element: the key that the next value belongs to.
  private var key: [UInt8] = []

  /// - Parameter yield: gets the bytes of each element that ends here.
  mutating func consume(
    _ bytes: some Sequence<UInt8>, yield: ([UInt8]) -> Void
  ) throws(Problem) {
    for byte in bytes {
      if let listDepth {
        consumeInList(byte, listDepth, yield)
      } else {
        consumeInEnvelope(byte)
      }
      guard element.count <= Self.largestElement, envelope.count <= Self.largestElement else {
        throw Problem("an element over 1 MiB")
      }
    }
  }

  private static let largestElement = 1 << 20

  private mutating func consumeInEnvelope(_ byte: UInt8) {
    envelope.append(byte)
    let wasInString = isInString
    let opened = track(byte)
    if isInString, !wasInString {
      key = []
    } else if isInString, key.count < 8 {
      key.append(byte)
    }
    if opened, byte == UInt8(ascii: "["),
      depth == 1
        || depth == 2 && envelope.first(where: { !$0.isBlank }) == UInt8(ascii: "{")
          && key.elementsEqual("data".utf8)
    {
      listDepth = depth
    }
  }

  private mutating func consumeInList(
    _ byte: UInt8, _ listDepth: Int, _ yield: ([UInt8]) -> Void
  ) {
    let isBetween = !isInString && depth == listDepth
    if isBetween, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") {
      if !element.isEmpty { yield(element) }
      element.removeAll(keepingCapacity: true)
      if byte == UInt8(ascii: "]") {
        depth -= 1
        self.listDepth = nil
        envelope.append(byte)
      }
    } else {
      _ = track(byte)
      if !(isBetween && byte.isBlank) { element.append(byte) }
    }
  }

  /// Whether `byte` opens an array or an object.
  private mutating func track(_ byte: UInt8) -> Bool {
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      }
      return false
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      depth += 1
      return true
    case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
    default: break
    }
    return false
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool {
    self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D
  }
}
