import ArgumentParser
import Foundation
import Terminal

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Whether all is ready, before the doors open.",
    discussion: """
      One line a point, with what to do where it fails: configuration, service, key, event, passes, \
      rates, clock, store, terminal, colours, locale, scanner. Nothing is changed, so it may run \
      beside the door screen. On a terminal it asks for a scan, for up to a minute; elsewhere the \
      scanner counts where a door on the same store has just read something.

      JSON is for monitoring: point, status (pass, fail, skipped), message, next_step.

      Examples:
        doorcheck check
        doorcheck check --no-scanner
        doorcheck check --format json | jq -r 'select(.status == "fail") | .point'

      Exit codes: 0 nothing fails; 1 something does; 69 the service cannot be reached; 78 wrong \
      configuration, or several events where one must be named.
      """)

  @OptionGroup var options: CommonOptions

  @Flag(help: "Do not ask for a scan.")
  var noScanner = false

  func run() async throws {
    let exit = await CheckRun(options: options, asksForScan: !noScanner).run()
    if exit != .success { throw exit }
  }
}
