import CheckIn
import Foundation
import Fourvenues
import LinuxBox
import NightStore

/// Tells the service who came in, behind everything else (Contract: Configuration,
/// `check_in.report`).
struct Reporting: Sendable {
  let reporter: EntryReporter
  let outbox: StoreOutbox

  /// - Parameter store: nil where none could be opened yet.
  init(store: NightStore?, client: FourvenuesClient) {
    outbox = StoreOutbox(store: store)
    reporter = EntryReporter(
      outbox: outbox, sender: ClientEntrySender(client: client), now: { .now })
  }

  /// Reports from now on.
  func begin() -> Task<Void, Never> {
    Task { [reporter] in await reporter.run() }
  }
}
