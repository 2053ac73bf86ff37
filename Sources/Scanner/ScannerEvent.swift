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
  case burstDropped(String, isScanners: Bool)
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
  /// The longest time between two of its bytes, its terminator included, in seconds; 0 where times
  /// mean nothing.
  package var longestPause: TimeInterval
  /// Why its bytes alone make it no code, whatever they say; nil where they may be one.
  package var fault: UnreadableCause?

  package init(
    content: Content, readAt: TimeInterval, isTyped: Bool = false, longestPause: TimeInterval = 0,
    fault: UnreadableCause? = nil
  ) {
    self.content = content
    self.readAt = readAt
    self.isTyped = isTyped
    self.longestPause = longestPause
    self.fault = fault
  }
}
