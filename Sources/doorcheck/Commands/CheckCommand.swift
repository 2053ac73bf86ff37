import ArgumentParser
import Door
import DoorConfiguration
import Foundation
import Readiness
import Terminal

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks that the box is ready before the doors open.",
    discussion: """
      Prints one line for each point and says how to fix each problem: configuration, service, key, \
      event, passes, rates, clock, store, terminal, colours, locale, scanner; after passes also \
      tickets, lists and bookings where door.accepts names them, and types where door.types does; after \
      store ledger and doors on a shared ledger, and exits where there is one or a rule needs one. \
      The key's line says which kinds of code it may look up. It changes nothing, so it may run \
      beside the door screen. On a terminal it asks for a scan and waits up to a minute. \
      Without one, the scanner passes if a door on the same store has just read a code.

      Use JSON for monitoring: point, status (pass, fail, skipped), message, next_step.

      Examples:
        doorcheck check
        doorcheck check --no-scanner
        doorcheck check --format json | jq -r 'select(.status == "fail") | .point'

      Exit codes: 0 nothing fails; 1 something fails; 69 the service cannot be reached; 78 wrong \
      configuration, or several events are on and one must be named.
      """)

  @OptionGroup var options: CommonOptions

  @Flag(help: "Do not ask for a scan.")
  var noScanner = false

  func run() async throws {
    let exit = await CheckRun(
      load: { () throws(ConfigurationError) in try options.configured.load() },
      format: options.format, asksForScan: !noScanner
    ).run()
    if exit != .success { throw exit }
  }
}
