import FoundationEssentials

extension Calibration {
  /// `scanner.gap_ms` where nothing else is known.
  private static let usualGap = 50

  /// The format with what the scans say of prefix, suffix and layout. What they say nothing of stays.
  package func format(over current: CodeFormat) -> CodeFormat {
    guard recognised > 0 else { return current }
    var format = current
    format.prefix = prefix.isEmpty ? nil : prefix
    format.suffix = suffix.isEmpty ? nil : suffix
    switch layout {
    case .console(let layouts):
      if !layouts.contains(where: { $0 == current.layout }) { format.layout = layouts.first }
    case .fits, .scanner:
      // The code has none of the characters in which these two differ.
      if current.layout != .us, current.layout != .uk { format.layout = nil }
    }
    return format
  }

  /// A `scanner.gap_ms` that the slowest character keeps with half as much to spare; the current one
  /// where that does.
  package func gapMilliseconds(over current: Int) -> Int {
    guard let longestGap, !isTyped else { return current }
    // In tenths: a clock has no more to say.
    let needed = (longestGap * 15_000).rounded() / 10
    if needed <= Double(current) { return current }
    if needed <= Double(Self.usualGap) { return Self.usualGap }
    return min(1000, Int((needed / 10).rounded(.up)) * 10)
  }
}
