package import FoundationEssentials

/// The strokes that are still to come. It knows no clock: whoever rings asks it when.
package struct Ringing: Sendable, Equatable {
  /// Seconds between the strokes of two bells, so that they are heard as two.
  private static let pause: TimeInterval = 0.25

  private var strokes: ArraySlice<Bell.Stroke> = []
  private var lastStroke = -TimeInterval.infinity
  /// Uptime in seconds when the next stroke is due; nil while all is silent.
  package private(set) var next: TimeInterval?

  package init() {}

  /// Begins a bell in the place of one that still rings: the newest verdict is the one that counts.
  package mutating func begin(_ bell: Bell, at now: TimeInterval) {
    strokes = bell.strokes[...]
    next = max(now, lastStroke + Self.pause)
  }

  /// The stroke that is due, if one is. After a delay the next one keeps its distance all the same.
  package mutating func takeStroke(at now: TimeInterval) -> Bell.Stroke? {
    guard let next, now >= next, let stroke = strokes.popFirst() else { return nil }
    lastStroke = now
    self.next = strokes.first.map { now + $0.pause }
    return stroke
  }
}
