import Admission
import ArgumentParser
import CheckIn
import Door
import DoorConfiguration
import DoorScreen
import Formatting
import Foundation
import Fourvenues
import NightStore
import Waiting

struct RatesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rates",
    abstract: "Lists tonight's rates and which options hold now.",
    discussion: """
      With --at it answers for another time: a time of day, or ISO 8601 with offset.

      Examples:
        doorcheck rates
        doorcheck rates --at 02:00
        doorcheck rates --format json | jq 'select(.holds)'
      """)

  @OptionGroup var options: CommonOptions

  @Option(help: ArgumentHelp("Answer for this time instead of now.", valueName: "time"))
  var at: String?

  func run() async throws {
    let settings = try options.settings()
    let opening = try StoreOpening.open(file: settings.storeFile)
    async let caughtUp: Void = SharedDoor.catchUp(settings: settings)
    let services = try ProgramExit.orConfiguration {
      try DoorServices(
        settings: settings, logger: Logs.logger(for: .commands),
        opening: opening)
    }
    do {
      let event = try await NightLookUp(services: services).event(settings: settings)
      let moment = try moment(settings: settings, event: event)
      let rates = try await rates(of: event, from: services, settings: settings)
      await services.client.shutdown()
      await caughtUp
      show(
        RateTable(
          event: event, rates: rates, now: moment, time: settings.time,
          currency: settings.screen.currency, language: settings.language))
    } catch {
      await services.client.shutdown()
      throw error
    }
  }

  private func moment(settings: Settings, event: Admission.Event) throws -> Date {
    guard let at else { return Date() }
    guard
      let moment = MomentArgument(at)?.date(near: event, now: Date(), time: settings.time)
    else {
      throw ValidationError(
        "--at: expected a time of day such as 02:00, or ISO 8601 with offset such as "
          + "2026-11-22T02:00:00+01:00")
    }
    return moment
  }

  /// What the service tells, else what it told before, with its age on standard error.
  private func rates(
    of event: Admission.Event, from services: DoorServices, settings: Settings
  ) async throws -> [Rate] {
    let asking = Task {
      [priceLists = services.priceLists] () async -> Result<[Rate], FourvenuesError> in
      do throws(FourvenuesError) {
        return .success(try await priceLists.ask(eventID: event.id))
      } catch {
        return .failure(error)
      }
    }
    let inTime = await asking.value(within: services.patience)
    let kept = await services.priceLists.stored(eventID: event.id)
    let told: Result<[Rate], FourvenuesError>
    if let inTime {
      told = inTime
    } else {
      told = kept == nil ? await asking.value : .failure(.failed(.offline))
    }
    switch told {
    case .success(let rates): return rates
    case .failure(let error):
      // The key may list events and no rates.
      let isNews = error == .failed(.unauthorized) && !services.refusesKey
      // That nothing is found at the address is said already.
      if !services.client.isAddressInDoubt {
        StandardStreams.writeError(
          line: "doorcheck: rates: \(isNews ? settings.keyRefusedAdvice : error.advice)")
      }
      guard let kept else { throw ProgramExit.unreachable }
      StandardStreams.writeError(
        line: "doorcheck: these are stored, as of \(settings.time.timestamp(kept.fetchedAt))")
      return kept.value
    }
  }

  private func show(_ table: RateTable) {
    let lines = options.format == .json ? table.jsonLines : table.textLines
    if lines.isEmpty, options.format == .text {
      StandardStreams.writeError(line: "doorcheck: the service lists no rates for this event")
    }
    for line in lines { StandardStreams.write(line: line) }
  }
}
