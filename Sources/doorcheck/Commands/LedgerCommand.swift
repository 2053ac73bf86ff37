import ArgumentParser
import CheckIn
import Door
import DoorConfiguration
import SharedLedger

/// What somebody does who looks after the ledger that several doors share.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "Sets up the ledger that several doors share, and says how it is.",
    discussion: """
      The ledger is a PostgreSQL database that ledger.url names on every box.

      Examples:
        doorcheck ledger init --url postgresql:///doorcheck
        doorcheck ledger status
      """,
    subcommands: [LedgerInitCommand.self, LedgerStatusCommand.self])
}

extension Settings {
  /// Where the shared ledger is, for a command that needs it. What is wrong goes to standard error.
  /// - Throws: `ProgramExit.configuration`, also where there is none.
  func requiredLedger() throws -> LedgerAddress {
    if let address = try ProgramExit.orConfiguration(ledgerAddress) { return address }
    StandardStreams.writeError(
      line: "doorcheck: there is no shared ledger: ledger.url names the PostgreSQL database of the "
        + "doors")
    throw ProgramExit.configuration
  }

  /// Where root runs the command, the rest of it runs as the door's own user, by whom a server on the
  /// box itself may know it. What is not given up here stays root's.
  func takeDoorsPlace() { try? StoreOwner(ofStore: storeFile)?.takePlace() }

  /// Says why the ledger could not do what it was asked for.
  /// - Returns: what the command ends with.
  func ledgerFailed(_ error: LedgerError) -> ProgramExit {
    let place = ledger.url.map { " (\($0.shown))" } ?? ""
    StandardStreams.writeError(line: "doorcheck: the shared ledger\(place): \(error.text)")
    return error.exit
  }
}
