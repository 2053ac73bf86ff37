import Foundation
import Synchronization

/// A picture that waits for the verdict of a scan: where that comes at once, nobody could read "looking
/// up" before it. The thread that reads asks for it when nothing has come for a moment, since a timer
/// for each scan would wake two threads.
final class PutOffPicture: Sendable {
  /// Seconds from the scan. The old colour must be gone within 0.1.
  static let longest: TimeInterval = 0.02

  private let waits = Atomic(false)

  /// Whoever puts it off looks at the clock afterwards, and whoever asks has done so before: one of them
  /// finds that the time is over.
  func putOff() { waits.store(true, ordering: .sequentiallyConsistent) }

  func paint() { waits.store(false, ordering: .sequentiallyConsistent) }

  var isDue: Bool { waits.load(ordering: .sequentiallyConsistent) }
}
