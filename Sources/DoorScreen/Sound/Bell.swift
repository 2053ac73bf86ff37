package import Admission
package import FoundationEssentials

/// What is heard of a verdict by somebody who does not look: told apart by number and rhythm, and by
/// pitch where the terminal can change that.
package enum Bell: Sendable, Equatable, CaseIterable {
  /// Somebody comes in, or leaves: one high stroke.
  case admit
  /// Nobody comes in: three low ones.
  case refuse
  /// Look at the screen, for what is not known: two, far apart.
  case attention

  package struct Stroke: Sendable, Equatable {
    /// Seconds after the stroke before it. Terminals swallow a bell within 0.2 s of another one.
    package var pause: TimeInterval
    /// In hertz.
    package var pitch: Int
    /// Shorter than the next stroke's pause.
    package var milliseconds: Int
  }

  package init(_ verdict: Verdict) {
    self =
      switch verdict {
      case .admit, .out: .admit
      case .refuse: .refuse
      case .unverified: .attention
      }
  }

  /// In order; never empty.
  package var strokes: [Stroke] {
    switch self {
    case .admit: Self.strokes(1, every: 0, pitch: 1500, milliseconds: 200)
    case .refuse: Self.strokes(3, every: 0.3, pitch: 400, milliseconds: 180)
    case .attention: Self.strokes(2, every: 0.6, pitch: 800, milliseconds: 250)
    }
  }

  private static func strokes(
    _ count: Int, every pause: TimeInterval, pitch: Int, milliseconds: Int
  ) -> [Stroke] {
    (0..<count).map {
      Stroke(pause: $0 == 0 ? 0 : pause, pitch: pitch, milliseconds: milliseconds)
    }
  }
}
