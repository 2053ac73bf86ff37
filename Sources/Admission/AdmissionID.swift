package import FoundationEssentials

/// What an admission is called in every store and ledger that holds it: 32 hexadecimal digits in lower
/// case. Whoever records the same one again records nothing.
package struct AdmissionID: RawRepresentable, Sendable, Hashable {
  package let rawValue: String

  /// - Returns: nil where it is no such name.
  package init?(rawValue: String) {
    let isDigit: (UInt8) -> Bool = {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
    }
    guard rawValue.utf8.count == 32, rawValue.utf8.allSatisfy(isDigit) else { return nil }
    self.rawValue = rawValue
  }

  private init(_ id: UUID) {
    rawValue = id.uuidString.lowercased().filter { $0 != "-" }
  }

  /// One that nothing else is called.
  package static func new() -> AdmissionID { AdmissionID(UUID()) }
}
