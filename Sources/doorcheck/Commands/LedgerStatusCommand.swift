import ArgumentParser
import CheckIn
import Door
import DoorConfiguration
import Foundation
import SharedLedger

struct LedgerStatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Says whether the shared ledger can be reached and is current.",
    discussion: """
      Says which server and database ledger.url leads to, whether its tables are those of this version, \
      how many doors and admissions it holds, and how fast it answers. It changes nothing.

      Examples:
        doorcheck ledger status
        doorcheck ledger status --format json | jq .latency_ms

      Exit codes: 0 it is current; 1 it answers, but is not current or takes no writes; 69 it cannot \
      be reached; 78 wrong configuration, or no URL.
      """)

  @OptionGroup var options: CommonOptions

  func run() async throws {
    let settings = try options.settings(needsCredentials: false)
    let address = try settings.requiredLedger()
    settings.takeDoorsPlace()
    let status: LedgerStatusText
    do throws(LedgerError) {
      status = LedgerStatusText(url: settings.ledger.url, facts: try await LedgerFacts.ask(address))
    } catch {
      if options.format == .json {
        StandardStreams.write(line: LedgerStatusText(url: settings.ledger.url, facts: nil).json)
      }
      throw settings.ledgerFailed(error)
    }
    switch options.format {
    case .text: for line in status.lines { StandardStreams.write(line: line) }
    case .json: StandardStreams.write(line: status.json)
    }
    for fault in status.faults { StandardStreams.writeError(line: "doorcheck: \(fault)") }
    if !status.isReady { throw ProgramExit(1) }
  }
}
