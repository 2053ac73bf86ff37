package import Foundation

/// Which version of the program this is.
package enum Version {
  package static let text = "0.1.0"

  /// When this version was made, in seconds since 1970: 2026-11-21. No clock can be right before it.
  private static let madeAt: TimeInterval = 1_795_219_200

  package static let builtAt = Date(timeIntervalSince1970: madeAt)

  /// The day of `madeAt`, as manual pages write it.
  package static var date: String {
    let style = Date.VerbatimFormatStyle(
      format: "\(month: .wide) \(day: .defaultDigits), \(year: .defaultDigits)",
      locale: Locale(identifier: "en_US"), timeZone: .gmt,
      calendar: Calendar(identifier: .gregorian))
    return Date(timeIntervalSince1970: madeAt).formatted(style)
  }

  package static func isPlausible(_ now: Date) -> Bool { now.timeIntervalSince1970 >= madeAt }
}
