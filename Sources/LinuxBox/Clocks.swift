package import Admission
import FoundationEssentials
import Glibc

extension Moment {
  /// Both clocks, read one after the other.
  package static var now: Moment { Moment(wall: Date(), uptime: monotonicSeconds()) }
}

/// Seconds on the clock that nobody can set.
package func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
