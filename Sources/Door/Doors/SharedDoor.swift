package import Admission
package import CheckIn
package import DoorConfiguration
import DoorScreen
import Formatting
import Foundation
import NightStore
import SharedLedger
import Waiting

/// This door among those that share a ledger: the way of its scans there, and who keeps both in step.
package struct SharedDoor: Sendable {
  /// What is to be told of it.
  package struct News: Sendable {
    var status: @Sendable (LedgerStatus) -> Void
    var keeping: @Sendable (LedgerKeeper.News) -> Void

    package init(
      status: @escaping @Sendable (LedgerStatus) -> Void = { _ in },
      keeping: @escaping @Sendable (LedgerKeeper.News) -> Void = { _ in }
    ) {
      self.status = status
      self.keeping = keeping
    }
  }

  let link: LedgerLink
  let keeper: LedgerKeeper

  /// - Returns: nil where the configuration names no ledger.
  /// - Throws: `ConfigurationError` where its address is none.
  init?(
    settings: Settings, store: NightStore, claims: any PassClaims, timer: any WaitClock,
    direction: @escaping @Sendable () -> DoorDirection,
    tonight: @escaping @Sendable () async -> Tonight, news: News
  ) throws(ConfigurationError) {
    guard let address = try settings.ledgerAddress() else { return nil }
    let patience = Duration.milliseconds(settings.ledger.patienceMilliseconds)
    let now: @Sendable () -> Date = { Date() }
    link = LedgerLink(
      ledger: PostgresLedger(address, patience: patience), replica: store, patience: patience,
      now: now, clock: timer, tell: news.status)
    keeper = LedgerKeeper(
      link: link, claims: claims,
      door: LedgerKeeper.Door(
        name: settings.door.name, rules: settings.sharedRules, version: Version.text,
        direction: direction),
      tonight: tonight, now: now, tell: news.keeping)
  }
}

extension SharedDoor {
  /// How long a command that is no door waits for the ledger.
  private static let patience: Duration = .seconds(2)

  /// Delivers what the box's store holds and the ledger lacks, and brings what other doors did, for a
  /// command that looks at the store. Does nothing where there is no ledger, or no whole store.
  package static func catchUp(settings: Settings) async {
    let file = settings.storeFile
    // To open it for writing would set a damaged one aside.
    guard settings.ledger.url != nil,
      let whole = try? NightStore.openForReading(path: file, checking: .quick)
    else { return }
    whole.close()
    guard let store = (try? StoreOpening.openForWriting(file: file))?.store else { return }
    let door = try? SharedDoor(
      settings: settings, store: store, claims: PassClaimFile(store: file), timer: .box,
      direction: { settings.door.direction },
      tonight: { .none(.notChosen) },
      news: News { _ in
      } keeping: { news in
        guard case .failed(let error?) = news else { return }
        StandardStreams.writeError(line: "doorcheck: the shared ledger: \(error.text)")
      })
    await door?.keeper.finish(within: patience, isDoor: false)
    store.close()
  }
}

extension DoubleEntry {
  /// One line for standard error and the log: no name, no whole code.
  var line: String {
    let doors = parts.map { "\(DisplayText.cleaned($0.door)) \($0.people)" }
    return "\(code.map { masked(code: DisplayText.cleaned($0)) } ?? passID) allows \(allowed), "
      + "came in: \(doors.joined(separator: ", "))"
  }
}

extension [DoorOnLedger] {
  /// How many doors use the key now: those that were seen in the last minute.
  var present: Int {
    count { door in
      switch door.state {
      case .connected, .alone: true
      case .silent, .ended: false
      }
    }
  }
}
