import GRDB
import Glibc
import Synchronization

/// Waits for another's transaction in steps of a millisecond, the first ones shorter: SQLite's own
/// steps grow to a tenth of a second, which a guest would notice.
final class Patience: Sendable {
  private let deadline = Mutex(ContinuousClock.now)

  var busyMode: Database.BusyMode {
    .callback { [self] tries in
      let now = ContinuousClock.now
      let isInTime = deadline.withLock { deadline in
        if tries == 0 { deadline = now + .seconds(NightStore.busyTimeout) }
        return now < deadline
      }
      // Most transactions are over in less than a millisecond.
      if isInTime { usleep(tries < 10 ? 100 : 1_000) }
      return isInTime
    }
  }
}
