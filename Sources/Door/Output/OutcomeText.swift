import Admission
import DoorScreen
import Formatting

/// A verdict on one line for people, in aligned columns.
struct OutcomeText: Sendable {
  var isColoured: Bool
  /// A demo's codes are there to be tried, so they stand whole.
  var showsWholeCode = false
  var message: @Sendable (Outcome) -> String
  /// The kind and what it holds for the door; nil where nothing is to be said of them.
  var particulars: @Sendable (Outcome) -> String? = { _ in nil }

  func line(for outcome: Outcome) -> String {
    let code = showsWholeCode ? outcome.code : masked(code: outcome.code)
    let columns = [
      coloured(Self.padded(outcome.verdict.rawValue.uppercased(), to: 10), outcome.verdict),
      Self.padded(outcome.reasonName, to: 18),
      Self.padded(DisplayText.cleaned(code), to: showsWholeCode ? 12 : 8),
      Self.padded(outcome.pass?.customer.map(DisplayText.cleaned) ?? "-", to: 28),
      [message(outcome), particulars(outcome)].compactMap(\.self).joined(separator: "; "),
    ]
    return columns.joined(separator: "  ")
  }

  /// Fills up to a width in cells; what is longer is cut at it.
  private static func padded(_ text: String, to width: Int) -> String {
    let cut = DisplayText(text).cut(to: width, charset: .unicode)
    return cut.text + String(repeating: " ", count: max(0, width - cut.width))
  }

  private func coloured(_ text: String, _ verdict: Verdict) -> String {
    guard isColoured else { return text }
    let colour =
      switch verdict {
      case .admit: "1;32"
      case .refuse: "1;31"
      case .unverified: "1;33"
      case .out: "1;36"
      }
    return "\u{1B}[\(colour)m\(text)\u{1B}[0m"
  }
}
