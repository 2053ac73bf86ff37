import ArgumentParser
import Formatting
import Foundation
import SandboxVenue

struct SandboxCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox",
    abstract: "The stand-in Fourvenues API alone, for other clients.",
    discussion: """
      Listens on loopback until it is ended. Its first line of output says where, and which event \
      is tonight's.

      Examples:
        doorcheck sandbox --port 8080
        doorcheck sandbox --port 8080 --latency-ms 250 --fail 0.1 --seed 7
        curl http://127.0.0.1:8080/integrations/v2/passes/by-code/P6J21FF2S
      """)

  @Option(help: ArgumentHelp("The port; 0 takes any that is free.", valueName: "number"))
  var port = 8080

  @OptionGroup var common: CommonOptions

  @Flag(help: "Print the guest list too: code, reason, what it shows.")
  var guests = false

  @Option(help: ArgumentHelp("The key that requests must carry.", valueName: "key"))
  var apiKey: String?

  @Option(help: ArgumentHelp("The older scheme's id; goes with --secret.", valueName: "id"))
  var integrationID: String?

  @Option(help: ArgumentHelp("The older scheme's secret.", valueName: "secret"))
  var secret: String?

  @Option(
    help: ArgumentHelp(
      "An endpoint that the key may not use: "
        + SandboxEndpoint.allCases.map(\.rawValue).joined(separator: ", ") + ".",
      valueName: "endpoint"))
  var forbid: [SandboxEndpoint] = []

  @Option(help: ArgumentHelp("Requests a second before it answers 429.", valueName: "number"))
  var rateLimit: Int?

  @Option(help: "How many events are tonight: none, one or two.")
  var events: SandboxEventsTonight = .one

  @Option(help: ArgumentHelp("Passes beside the guest list.", valueName: "number"))
  var passes = 0

  @Option(help: ArgumentHelp("What the faults are drawn from.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Milliseconds before every answer.", valueName: "ms"))
  var latencyMs = 0

  @Option(help: ArgumentHelp("Up to so many milliseconds more.", valueName: "ms"))
  var jitterMs = 0

  @Option(help: ArgumentHelp("Share of requests (0 to 1) that are slow.", valueName: "share"))
  var slow = 0.0

  @Option(help: ArgumentHelp("How much slower those are.", valueName: "ms"))
  var slowMs = 3000

  @Option(help: ArgumentHelp("Share that is answered 5xx.", valueName: "share"))
  var fail = 0.0

  @Option(help: ArgumentHelp("Share that is answered with nonsense.", valueName: "share"))
  var lie = 0.0

  @Option(help: ArgumentHelp("Share whose answer drips.", valueName: "share"))
  var drip = 0.0

  @Option(help: ArgumentHelp("Share whose connection is cut.", valueName: "share"))
  var hangUp = 0.0

  @Option(help: ArgumentHelp("Share that is never answered.", valueName: "share"))
  var hang = 0.0

  func run() async throws {
    let venue: RunningVenue
    do {
      venue = try await SandboxVenue.start(options)
    } catch {
      // The options are named after what they set.
      throw ValidationError(error.description.replacing("faults.", with: "--"))
    }
    announce(venue)
    await venue.waitUntilStopped()
  }

  private var options: SandboxOptions {
    var options = SandboxOptions()
    options.port = port
    options.apiKey = apiKey
    options.integrationID = integrationID
    options.secret = secret
    options.forbiddenEndpoints = Set(forbid)
    options.rateLimit = rateLimit
    options.eventsTonight = events
    options.generatedPasses = passes
    options.seed = seed
    options.handlesSignals = true
    options.faults.seed = seed
    options.faults.latencyMilliseconds = latencyMs
    options.faults.jitterMilliseconds = jitterMs
    options.faults.slow = slow
    options.faults.slowMilliseconds = slowMs
    options.faults.fail = fail
    options.faults.lie = lie
    options.faults.drip = drip
    options.faults.hangUp = hangUp
    options.faults.hang = hang
    return options
  }

  private func announce(_ venue: RunningVenue) {
    switch common.format {
    case .text:
      StandardStreams.write(
        line: "The stand-in venue listens on \(venue.baseURL), tonight's event is "
          + "\(venue.tonightEventID)")
      for guest in guests ? venue.guests : [] {
        let code = guest.code.padding(toLength: 14, withPad: " ", startingAt: 0)
        let reason = guest.expectedReason.padding(toLength: 20, withPad: " ", startingAt: 0)
        StandardStreams.write(line: code + reason + guest.explanation)
      }
    case .json:
      var line = JSONLine()
      line.add("base_url", venue.baseURL)
      line.add("event_id", venue.tonightEventID)
      StandardStreams.write(line: line.text)
      for guest in guests ? venue.guests : [] {
        var line = JSONLine()
        line.add("code", guest.code)
        line.add("reason", guest.expectedReason)
        line.add("explanation", guest.explanation)
        StandardStreams.write(line: line.text)
      }
    }
  }
}

extension SandboxEndpoint: ExpressibleByArgument {}
extension SandboxEventsTonight: ExpressibleByArgument {}
