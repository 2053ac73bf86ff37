import ScreenReader

extension Screen {
  /// The reason's public name on the panel with this running number; nil while another one stands
  /// there, or none.
  func reason(of number: Int) -> String? {
    guard let row = position(of: "#\(number)")?.row else { return nil }
    let word = text(row: row + 1).split(separator: " ").last.map(String.init)
    return word.flatMap { Self.reasons.contains($0) ? $0 : nil }
  }

  private static let reasons: Set<String> = [
    "unreadable_code", "no_event", "unauthorized", "rate_limited", "service_error", "offline",
    "unknown_pass", "wrong_organization", "archived", "not_active", "not_tonight", "too_early",
    "too_late", "already_used", "valid",
  ]
}
