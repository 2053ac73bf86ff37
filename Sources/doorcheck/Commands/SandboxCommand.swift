import ArgumentParser
import Door
import Formatting
import Foundation
import SandboxVenue

struct SandboxCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox",
    abstract: "Runs the stand-in Fourvenues API alone, for other clients.",
    discussion: """
      Listens on loopback until you end it. Its first line of output names the address and tonight's \
      event, whose id --event sets. It has passes, tickets, guest lists and table bookings, among \
      them the vendor's samples; /sandbox/checkins tells which entries were reported, and \
      /sandbox/requests how often each endpoint was asked.

      Examples:
        doorcheck sandbox --port 8080
        doorcheck sandbox --port 8080 --latency-ms 250 --fail 0.1 --seed 7
        doorcheck sandbox --guests --tickets 60000 --forbid lists
        curl http://127.0.0.1:8080/integrations/v2/passes/by-code/P6J21FF2S
      """)

  @Option(help: ArgumentHelp("Listen on this port; 0 takes any free one.", valueName: "number"))
  var port = 8080

  @OptionGroup var common: CommonOptions

  @Flag(help: "Also print the guest list: code, reason, kind, what it shows.")
  var guests = false

  @Option(help: ArgumentHelp("Require this key.", valueName: "key"))
  var apiKey: String?

  @Option(help: ArgumentHelp("Require this id of the older scheme.", valueName: "id"))
  var integrationID: String?

  @Option(help: ArgumentHelp("Require this secret of the older scheme.", valueName: "secret"))
  var secret: String?

  @Option(
    help: ArgumentHelp(
      "Refuse the key at this endpoint: "
        + SandboxEndpoint.allCases.map(\.rawValue).joined(separator: ", ") + ".",
      valueName: "endpoint"))
  var forbid: [SandboxEndpoint] = []

  @Option(help: ArgumentHelp("Answer 429 over this many requests a second.", valueName: "number"))
  var rateLimit: Int?

  @Option(help: "How many events are on tonight: none, one or two.")
  var events: SandboxEventsTonight = .one

  @Option(help: ArgumentHelp("Add this many passes.", valueName: "number"))
  var passes = 0

  @Option(help: ArgumentHelp("Add this many tickets.", valueName: "number"))
  var tickets = 0

  @Option(help: ArgumentHelp("Add this many guest list entries.", valueName: "number"))
  var lists = 0

  @Option(help: ArgumentHelp("Add this many table bookings.", valueName: "number"))
  var bookings = 0

  @Option(help: ArgumentHelp("Seed of the random faults.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Wait this long before each answer.", valueName: "ms"))
  var latencyMs = 0

  @Option(help: ArgumentHelp("Wait up to this much longer.", valueName: "ms"))
  var jitterMs = 0

  @Option(help: ArgumentHelp("Share of answers (0 to 1) that come late.", valueName: "share"))
  var slow = 0.0

  @Option(help: ArgumentHelp("How late they come.", valueName: "ms"))
  var slowMs = 3000

  @Option(help: ArgumentHelp("Share of answers that are 5xx.", valueName: "share"))
  var fail = 0.0

  @Option(help: ArgumentHelp("Share of answers that are nonsense.", valueName: "share"))
  var lie = 0.0

  @Option(help: ArgumentHelp("Share of answers that arrive byte by byte.", valueName: "share"))
  var drip = 0.0

  @Option(help: ArgumentHelp("Share of connections that are cut.", valueName: "share"))
  var hangUp = 0.0

  @Option(help: ArgumentHelp("Share of requests that get no answer.", valueName: "share"))
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
    options.tonightEventID = common.event
    options.generatedPasses = passes
    options.generatedTickets = tickets
    options.generatedLists = lists
    options.generatedBookings = bookings
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
        let kind = guest.kind.rawValue.padding(toLength: 9, withPad: " ", startingAt: 0)
        StandardStreams.write(line: code + reason + kind + guest.explanation)
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
        line.add("kind", guest.kind.rawValue)
        StandardStreams.write(line: line.text)
      }
    }
  }
}

extension SandboxEndpoint: ExpressibleByArgument {}
extension SandboxEventsTonight: ExpressibleByArgument {}
