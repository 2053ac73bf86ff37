import Admission
import DoorConfiguration
import Foundation
import Scanner

/// Tells a supervisor's PIN from scans while it is asked for. What belongs to a PIN goes no further:
/// it is neither shown nor looked up nor written down.
package struct PINEntry {
  enum Meaning {
    /// So many characters stand typed.
    case typed(Int)
    /// Enter. Nil: what was typed cannot be a PIN.
    case entered(PIN?)
    /// A scan, of which only that is left which is certainly no PIN.
    case scan(RawScan)
    /// A scanner's burst without an end, or fingers as fast as one: it is not told what it said.
    case dropped(isScanners: Bool)
    /// It has nothing to do with a PIN.
    case other
  }

  /// Digits that a burst dropped, which may turn out to be fingers: a venue may have set the scanner's
  /// gap so wide that they keep within it.
  private var dropped = ""

  /// - Parameter isAsked: the question stands. If not, it has gone a short while ago, and only what
  ///   looks like a PIN is still one.
  mutating func read(_ event: ScannerEvent, isAsked: Bool) -> Meaning {
    switch event {
    case .draft(let text):
      return isAsked || Self.mayBePIN(text) ? .typed(dropped.count + text.count) : .other
    case .draftDropped(let text):
      guard isAsked || Self.mayBePIN(text) else { return .other }
      dropped += text
      return .typed(dropped.count)
    case .burstDropped(let text, let isScanners, let isFast):
      guard isAsked || Self.beginsWithDigit(text) else { return .other }
      guard !isFast else {
        dropped = ""
        return .dropped(isScanners: isScanners)
      }
      dropped += text
      return .typed(dropped.count)
    case .scan(let scan):
      defer { dropped = "" }
      guard case .bytes(let bytes) = scan.content else { return .other }
      let text = String(decoding: bytes, as: UTF8.self)
      let isTypedPIN = scan.isTyped && (isAsked || Self.mayBePIN(text))
      if !scan.isFast, Self.isDigits(text) || isTypedPIN {
        return .entered(try? PIN(dropped + text))
      }
      // The beginning of a PIN may stand before it, or all of one that was typed too fast.
      let mayHoldPIN = scan.burstStart > 0 || scan.fault == .partMissing
      guard mayHoldPIN, isAsked || Self.beginsWithDigit(text) else { return .other }
      var rest = scan
      rest.content = .bytes([])
      rest.burstStart = 0
      return .scan(rest)
    case .key(let key):
      defer { dropped = "" }
      guard isAsked, key == .enter, !dropped.isEmpty else { return .other }
      return .entered(try? PIN(dropped))
    }
  }

  private static func isDigits(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// Digits, or enough of them for a PIN and a slip of the finger.
  private static func mayBePIN(_ text: String) -> Bool {
    isDigits(text)
      || text.utf8.prefix { (0x30...0x39).contains($0) }.count >= PIN.lengths.lowerBound
  }

  private static func beginsWithDigit(_ text: String) -> Bool {
    text.utf8.first.map { (0x30...0x39).contains($0) } == true
  }
}
