import GRDB
import Glibc
import Synchronization

/// Waits for another process' transaction in steps of a millisecond: SQLite's own steps grow to a
/// tenth of a second, which a guest would notice.
final class Patience: Sendable {
  private let deadline = Mutex(ContinuousClock.now)

  var busyMode: Database.BusyMode {
    .callback { [self] tries in
      let now = ContinuousClock.now
      let isInTime = deadline.withLock { deadline in
        if tries == 0 { deadline = now + .seconds(NightStore.busyTimeout) }
        return now < deadline
      }
      if isInTime { usleep(1_000) }
      return isInTime
    }
  }
}
