import Admission
import ArgumentParser
import Door
import DoorConfiguration

struct ScanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Prints verdicts without a screen.",
    discussion: """
      Takes codes from the arguments, else from standard input, one a line, until it ends. Prints one \
      verdict a line, in order, each as soon as it is known. A code may be that of any kind in \
      door.accepts.

      At an exit (door.direction: out, or as staff have turned the door on its screen) a code says who \
      leaves: verdict out, without asking the service.

      Examples:
        doorcheck scan P6J21FF2S
        doorcheck scan --dry-run --format json P6J21FF2S | jq .reason
        doorcheck scan <codes.txt
        DOORCHECK_DOOR_DIRECTION=out doorcheck scan P6J21FF2S

      SIGINT, SIGTERM and SIGHUP end it once all that it has begun to look up is printed; a second one \
      ends it at once. Where standard output cannot be written, nobody is admitted whose line is missing.

      Exit codes: 0 all codes admitted, or out; 1 at least one refused; 2 at least one could not be \
      verified, or was left out as a signal came.
      """)

  @OptionGroup var options: CommonOptions

  @Flag(help: "Record no admission.")
  var dryRun = false

  @Argument(help: "The codes to look up.")
  var codes: [String] = []

  func run() async throws {
    let settings = try options.settings()
    let session = try ScanSession(settings: settings, isDryRun: dryRun)
    let output = VerdictOutput(settings: settings, format: options.format)
    let tally = VerdictTally()
    let show: @Sendable (Outcome) throws -> Void = { outcome in
      tally.count(outcome.verdict)
      if let text = outcome.costlyExpressionText {
        StandardStreams.writeError(line: "doorcheck: \(text)")
      }
      try StandardStreams.tryToWrite(line: output.line(for: outcome))
    }
    do {
      if codes.isEmpty {
        try await session.runStandardInput(show)
      } else {
        // Who is being let in has a line of output, and the others are not asked about.
        let asked = AskedToEnd()
        let left = try await session.run(codes: codes, unless: { asked.isAsked }, show)
        if left > 0 { tally.count(.unverified) }
      }
      await session.end()
    } catch {
      await session.end()
      throw error
    }
    let exitCode = tally.exitCode
    if exitCode != .success { throw exitCode }
  }
}
