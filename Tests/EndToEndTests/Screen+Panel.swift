import ScreenReader

/// What the door screen's panel says, in English.
extension Screen {
  /// The public name of the reason on the panel; nil where no verdict stands. Staff read its words, so
  /// those are what is looked for; strips and list are left out.
  var panelReason: String? { Self.words.first { shows($0.texts) }?.reason }

  func shows(_ reason: String) -> Bool {
    Self.words.contains { $0.reason == reason && shows($0.texts) }
  }

  private func shows(_ texts: [String]) -> Bool {
    guard let first = (2..<rows).first(where: { isPanelsFirst(row: $0) }) else { return false }
    return (first..<rows).prefix { !isListed(row: $0) && !isStrip(row: $0) }
      .contains { row in texts.contains { text(row: row).contains($0) } }
  }

  /// The reason on the panel with this running number; nil while another one stands there, or none.
  func reason(of number: Int) -> String? {
    contains("#\(number) ") || text.hasSuffix("#\(number)") ? panelReason : nil
  }

  private static let words: [(reason: String, texts: [String])] = [
    ("valid", ["Let ", "WOULD BE ADMITTED"]), ("already_used", ["Already used"]),
    ("not_active", ["not active: ", "No longer on the list"]),
    ("service_error", ["The service gave no usable answer", "Being let in elsewhere"]),
    ("unreadable_code", ["SCAN AGAIN"]),
    ("offline", ["No answer from the service", "Stored answer ("]),
    ("unauthorized", ["The service refuses our key"]),
    ("rate_limited", ["The service is too busy"]),
    (
      "no_event",
      [
        "No event chosen yet", "No event tonight", "Several events tonight",
        "Event could not be fetched", "The event is over", "The service does not know this event",
        "The service refuses our key",
      ]
    ),
    ("unknown_pass", ["No such "]), ("wrong_organization", ["Pass of another organizer"]),
    ("archived", ["Pass withdrawn"]), ("not_tonight", ["Not for tonight"]),
    ("wrong_door", ["Wrong door"]), ("too_early", ["Too early"]), ("too_late", ["Too late"]),
    ("venue_full", ["The house is full", "Only 1 place", "places left"]),
    ("repeat_scan", ["SAME PASS, COUNTED ONCE"]),
  ]

  /// The running number ends the first line below the letters.
  private func isPanelsFirst(row: Int) -> Bool {
    let last = text(row: row).split(separator: " ").last ?? ""
    return last.hasPrefix("#") && Int(last.dropFirst()) != nil
  }

  /// A time of day begins it.
  private func isListed(row: Int) -> Bool {
    let start = text(row: row).drop { $0 == " " }.prefix(8)
    return start.split(separator: ":").compactMap { Int($0) }.count == 3
  }

  private func isStrip(row: Int) -> Bool {
    ["✗", "?", "+", "x"].contains { text(row: row).hasPrefix(" \($0) ") }
  }
}
