import Foundation

/// A part of a whole in percent. Only none is 0 and only all is 100, however it rounds.
struct Share: Equatable {
  var part: Int
  var whole: Int

  /// - Returns: nil where there is no whole.
  init?(_ part: Int, of whole: Int) {
    guard whole > 0 else { return nil }
    (self.part, self.whole) = (part, whole)
  }

  /// To a whole number.
  var rounded: Int { Int(Double(truncating: to(decimals: 0) as NSDecimalNumber)) }

  /// To a tenth.
  var tenths: Decimal { to(decimals: 1) }

  private func to(decimals: Int) -> Decimal {
    let least = decimals == 0 ? Decimal(1) : Decimal(string: "0.1")!
    var exact = Decimal(part) * 100 / Decimal(whole)
    var result = Decimal()
    NSDecimalRound(&result, &exact, decimals, .plain)
    if part > 0 { result = max(result, least) }
    if part < whole { result = min(result, 100 - least) }
    if part > whole { result = max(result, 100 + least) }
    return result
  }
}
