package import Admission
import FoundationEssentials

/// What one read of the terminal gave, with the time right after it: the gaps between chunks tell a
/// scanner from fingers, so the time is not that of their handling.
package struct InputChunk: Sendable, Equatable {
  /// Never empty.
  package var bytes: [UInt8]
  package var readAt: Moment

  package init(bytes: [UInt8], readAt: Moment) {
    self.bytes = bytes
    self.readAt = readAt
  }
}
