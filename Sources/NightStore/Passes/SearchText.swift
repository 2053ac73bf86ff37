import Admission
import Foundation

/// What a pass is found by: its code and its name, without case and accents.
enum SearchText {
  /// More words than this narrow nothing further down.
  private static let mostWords = 4

  static func of(_ pass: Pass) -> String {
    folded("\(pass.code)\n\(pass.customerName ?? "")")
  }

  /// The words of a search; a pass fits when it holds each of them.
  static func words(_ text: String) -> [String] {
    folded(text).split(whereSeparator: \.isWhitespace).prefix(mostWords).map(String.init)
  }

  private static func folded(_ text: String) -> String {
    // SQLite stops at a NUL when it reads a text.
    text.replacing("\0", with: " ")
      .folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
  }
}
