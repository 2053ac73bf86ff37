/// What an admission is called in every store and ledger that holds it: 32 hexadecimal digits in lower
/// case. Whoever records the same one again records nothing.
package struct AdmissionID: RawRepresentable, Sendable, Hashable {
  package let rawValue: String

  private static let length = 32

  /// - Returns: nil where it is no such name.
  package init?(rawValue: String) {
    let isDigit: (UInt8) -> Bool = {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
    }
    guard rawValue.utf8.count == Self.length, rawValue.utf8.allSatisfy(isDigit) else { return nil }
    self.rawValue = rawValue
  }

  private init(_ number: UInt128) {
    let digits = String(number, radix: 16)
    rawValue = String(repeating: "0", count: Self.length - digits.count) + digits
  }

  /// One that nothing else is called. A `UUID` would open a file for its chance, which a scan waits for.
  package static func new() -> AdmissionID { AdmissionID(.random(in: 0 ... .max)) }
}
