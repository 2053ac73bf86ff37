import Foundation

extension ValueKind where Value == LedgerURL {
  /// What somebody wrote there by mistake may be the password, so no error shows it.
  static var ledgerURL: Self {
    let expectation =
      "a PostgreSQL connection URI without a password, such as "
      + "postgresql://north@db.example/doorcheck"
    return Self(expectation: expectation, spell: \.text) { text throws(ValueRefusal) in
      do throws(LedgerURL.Fault) {
        return try LedgerURL(text.trimmingCharacters(in: .whitespaces))
      } catch {
        throw ValueRefusal(
          expected: expectation, reason: error.reason, suggestion: error.suggestion,
          hidesValue: true)
      }
    }
  }
}
