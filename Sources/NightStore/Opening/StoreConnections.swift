import GRDB
import Glibc
import Synchronization

/// The connections to one file, while it is the store.
struct StoreConnections: Sendable {
  let identity: StoreIdentity
  let ledger: DatabaseQueue
  let journal: DatabaseQueue
  /// A pool, or where the store is open for reading alone, its one connection.
  let pool: any DatabaseWriter
  /// Reads what a scan waits for, and nothing else: so no scan waits behind a report.
  let lookUps: DatabaseQueue
  /// The store's id.
  var doorID: String
  let place = LedgerPlace()
  /// Nil where it is open for reading alone.
  var tonight: TonightsCopy?

  func hold(_ writer: any DatabaseWriter) -> Bool {
    [ledger, journal, pool].contains { $0 === writer }
  }

  /// Brings the copy up to date in the background.
  func keepCopyUp() { tonight?.keepUpSoon() }
}

/// What is wrong with a store, until other connections are used.
struct StoreTrouble: Sendable {
  private var newest: (error: StoreError, ledger: DatabaseQueue)?

  mutating func note(_ error: StoreError, in connections: StoreConnections) {
    newest = (error, connections.ledger)
  }

  func found(in connections: StoreConnections) -> StoreError? {
    newest?.ledger === connections.ledger ? newest?.error : nil
  }
}

/// A store that was found damaged while it was open.
struct SuspectStore: Sendable {
  let identity: StoreIdentity
  let detail: String

  /// Whether it is still the file at its path: somebody else may have set it aside already.
  func isAt(_ files: StoreFiles) -> Bool { StoreIdentity(files: files).hasSameFile(as: identity) }
}

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
