/// Codes that are made of a prefix and a number of six digits or more, from 0 to below `count`.
struct NumberedCodes: Sendable {
  static let maximumCount = 100_000_000
  private static let minimumDigits = 6

  let kind: SandboxKind
  let count: Int

  /// The code of a kind with this number.
  static func code(_ index: Int, of kind: SandboxKind) -> String {
    let digits = String(index)
    return prefix(kind) + String(repeating: "0", count: max(0, minimumDigits - digits.count))
      + digits
  }

  /// The number behind a code, if it is spelled as `code(_:of:)` spells it, but for the case.
  func index(ofCode code: String) -> Int? { index(of: code, prefix: Self.prefix(kind)) }

  /// The number behind an id that begins with `idPrefix`, where the code follows.
  func index(ofID id: String, idPrefix: String) -> Int? {
    index(of: id, prefix: idPrefix + Self.prefix(kind))
  }

  private func index(of text: String, prefix: String) -> Int? {
    let digits = text.utf8.dropFirst(prefix.utf8.count)
    guard CodeKey(String(text.utf8.prefix(prefix.utf8.count)) ?? "") == CodeKey(prefix),
      digits.count >= Self.minimumDigits, digits.allSatisfy({ (0x30...0x39).contains($0) }),
      digits.count == Self.minimumDigits || digits.first != UInt8(ascii: "0"),
      let index = Int(Substring(digits)), index < count
    else { return nil }
    return index
  }

  private static func prefix(_ kind: SandboxKind) -> String {
    switch kind {
    case .pass: "SAND"
    case .ticket: "TICK"
    case .list: "LIST"
    case .booking: "BOOK"
    }
  }
}
