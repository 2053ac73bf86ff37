package import Formatting
package import Foundation

/// Writes amounts of money as they stand on a price list in the screen's language: `10,00 €`,
/// `£10.00`. Foundation's own style would load ICU's tables for these few rules.
package struct PriceFormat: Sendable, Equatable {
  /// An ISO 4217 code (`screen.currency`).
  package var currency: String
  package var language: Language

  package init(currency: String, language: Language) {
    self.currency = currency.uppercased()
    self.language = language
  }

  /// - Parameters:
  ///   - amount: in whole currency units (euros, not cents).
  ///   - isBrief: whole units stand without decimals.
  package func text(_ amount: Decimal, isBrief: Bool = false) -> String {
    guard amount.isFinite else { return "?" }
    var exact = amount
    var rounded = Decimal()
    NSDecimalRound(&rounded, &exact, 0, .plain)
    let decimals = isBrief && rounded == amount ? 0 : decimals
    NSDecimalRound(&rounded, &exact, decimals, .plain)
    var number = "\(rounded)"
    if decimals > 0 {
      let parts = number.split(separator: ".", omittingEmptySubsequences: false)
      let fraction = parts.count > 1 ? String(parts[1]) : ""
      let zeros = String(repeating: "0", count: max(0, decimals - fraction.count))
      number = "\(parts[0])\(usesComma ? "," : ".")\(fraction)\(zeros)"
    }
    return isSymbolFirst
      ? "\(symbol)\(symbol.count > 1 ? " " : "")\(number)" : "\(number) \(symbol)"
  }

  /// A venue that takes euros writes its prices as the countries of the euro do, whatever language
  /// its staff read.
  private var usesComma: Bool {
    switch language {
    case .english: currency == "EUR"
    case .spanish, .french, .italian, .portuguese: true
    }
  }

  private var isSymbolFirst: Bool {
    switch language {
    case .english: currency != "EUR"
    case .portuguese: currency == "BRL"
    case .spanish, .french, .italian: false
    }
  }

  private var symbol: String { Self.symbols[currency] ?? currency }

  private var decimals: Int {
    if Self.withoutDecimals.contains(currency) { return 0 }
    return Self.withThreeDecimals.contains(currency) ? 3 : 2
  }

  private static let symbols = [
    "EUR": "€", "GBP": "£", "USD": "$", "BRL": "R$", "JPY": "¥", "PLN": "zł", "CZK": "Kč",
    "SEK": "kr", "NOK": "kr", "DKK": "kr", "CHF": "CHF",
  ]

  /// ISO 4217's minor units that are not 2.
  private static let withoutDecimals: Set = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV",
    "XAF", "XOF", "XPF",
  ]
  private static let withThreeDecimals: Set = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]
}
