import Admission
import DoorConfiguration
import Foundation
import Scanner

/// Tells a supervisor's PIN from scans while it is asked for. What belongs to a PIN goes no further:
/// it is neither shown nor looked up nor written down.
struct PINEntry {
  enum Meaning {
    /// So many characters stand typed.
    case typed(Int)
    /// Enter. Nil: what was typed cannot be a PIN.
    case entered(PIN?)
    /// It has nothing to do with a PIN.
    case other
  }

  /// No fingers type a whole PIN and its Enter without a longer pause than this, in seconds. Not the
  /// scanner's own gap: a venue may have set that so wide that fingers are as fast.
  private static let fastestFingers: TimeInterval = 0.05

  /// Digits that a burst dropped, which may turn out to be fingers that rolled over the keys.
  private var dropped = ""

  /// - Parameter isAsked: the question stands. If not, it has just gone, and only the rest of a PIN
  ///   is still its own.
  mutating func take(_ event: ScannerEvent, isAsked: Bool) -> Meaning {
    switch event {
    case .draft(let text):
      return isAsked || Self.isDigits(text) ? .typed(dropped.count + text.count) : .other
    case .draftDropped(let text), .burstDropped(let text, _):
      guard isAsked || Self.isDigits(text) else { return .other }
      dropped += text
      return .typed(dropped.count)
    case .scan(let scan):
      defer { dropped = "" }
      guard case .bytes(let bytes) = scan.content else { return .other }
      let text = String(decoding: bytes, as: UTF8.self)
      let isByHand = Self.isDigits(text) && scan.longestPause > Self.fastestFingers
      guard isByHand || isAsked && scan.isTyped else { return .other }
      return .entered(try? PIN(dropped + text))
    case .key(let key):
      defer { dropped = "" }
      // A gap so wide that fingers keep within it makes a burst of what they type.
      guard isAsked, key == .enter, !dropped.isEmpty else { return .other }
      return .entered(try? PIN(dropped))
    }
  }

  private static func isDigits(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}
