import CheckIn
import Foundation
import Fourvenues
import LinuxBox
import NightStore

/// Tells the service who came in, behind everything else (Contract: Configuration,
/// `check_in.report`).
struct Reporting: Sendable {
  let reporter: EntryReporter

  /// - Parameter store: nil where none could be opened yet.
  init(store: NightStore?, client: FourvenuesClient) {
    reporter = EntryReporter(outbox: store, sender: client, now: { .now })
  }

  /// Reports from now on.
  func begin() -> Task<Void, Never> {
    Task { [reporter] in await reporter.run() }
  }
}
