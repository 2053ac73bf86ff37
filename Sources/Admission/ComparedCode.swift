/// A code as codes are compared everywhere: the case of ASCII letters aside, else byte by byte. `==` on
/// strings takes the Kelvin sign for a K.
package struct ComparedCode: Hashable, Sendable {
  private let bytes: [UInt8]

  package init(_ code: String) { bytes = code.utf8.map(lowercasedASCII) }
}

/// Whether two codes are the same, as `ComparedCode` has it.
package func isSameCode(_ one: String, _ other: String) -> Bool {
  one.utf8.lazy.map(lowercasedASCII).elementsEqual(other.utf8.lazy.map(lowercasedASCII))
}

/// The one folding of case: that of the service, which leaves all but ASCII letters as they are.
func lowercasedASCII(_ byte: UInt8) -> UInt8 {
  (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}

/// What two admissions have in common when they are on the same pass: its kind and `_id`, or its code.
package struct PassIdentity: Sendable, Hashable {
  package let bytes: [UInt8]

  private init(_ space: String, _ bytes: some Sequence<UInt8>) {
    self.bytes = Array("\(space) ".utf8) + bytes
  }

  /// An empty `_id` is nobody's.
  package static func id(_ id: String, of kind: PassKind) -> PassIdentity? {
    if id.isEmpty { return nil }
    return switch kind {
    // As doorcheck wrote it before it knew other kinds: both may run beside each other.
    case .pass: PassIdentity("id", id.utf8)
    case .ticket, .list, .booking: PassIdentity(kind.rawValue, id.utf8)
    }
  }

  /// The case of ASCII letters does not matter, as it does not to the service.
  package static func code(_ code: String) -> PassIdentity? {
    code.isEmpty ? nil : PassIdentity("code", code.utf8.lazy.map(lowercasedASCII))
  }
}
