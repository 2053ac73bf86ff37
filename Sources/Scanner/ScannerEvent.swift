package import Admission
package import FoundationEssentials

/// What the bytes on the input turned out to be.
package enum ScannerEvent: Sendable, Equatable {
  /// A scan came to its terminator.
  case scan(RawScan)
  /// What stands typed and unfinished now; empty when it was cleared.
  case draft(String)
  /// A scanner began while this stood half-typed, which was dropped.
  case draftDropped(String)
  /// No terminator came with this burst, which was dropped.
  /// - isScanners: no fingers typed it, as far as can be told.
  /// - isFast: `RawScan.isFast`.
  case burstDropped(String, isScanners: Bool, isFast: Bool)
  case key(DoorKey)
}

/// A scan as it was read, before cleaning.
package struct RawScan: Sendable, Equatable {
  package enum Content: Sendable, Equatable {
    case bytes([UInt8])
    /// Longer than `ScanDecoder.longestScan`; what it was is not kept.
    case tooLong
  }

  package var content: Content
  /// Seconds on the monotonic clock at which its terminator was read.
  package var readAt: TimeInterval
  /// Fingers typed it, as far as can be told.
  package var isTyped: Bool
  /// Four or more of its characters came so fast one after the other that no fingers type a PIN like
  /// that; false where times mean nothing.
  package var isFast: Bool
  /// Where the characters of its newest burst begin; what stands before came earlier, and may have
  /// been typed by hand. In bytes.
  package var burstStart: Int
  /// Why its bytes alone make it no code, whatever they say; nil where they may be one.
  package var fault: UnreadableCause?

  package init(
    content: Content, readAt: TimeInterval, isTyped: Bool = false, isFast: Bool = false,
    burstStart: Int = 0, fault: UnreadableCause? = nil
  ) {
    self.content = content
    self.readAt = readAt
    self.isTyped = isTyped
    self.isFast = isFast
    self.burstStart = burstStart
    self.fault = fault
  }
}
