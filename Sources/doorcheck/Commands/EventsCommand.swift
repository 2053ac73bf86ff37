import Admission
import ArgumentParser
import CheckIn
import Door
import DoorConfiguration
import DoorScreen
import Formatting
import Foundation
import Fourvenues

struct EventsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events",
    abstract: "Lists the events around tonight that the key can see.",
    discussion: """
      Lists events from two days ago to two days ahead and marks tonight's.

      Examples:
        doorcheck events
        doorcheck events --format json | jq -r 'select(.tonight) | .id'
      """)

  @OptionGroup var options: CommonOptions

  func run() async throws {
    let settings = try options.settings()
    let services = try ProgramExit.orConfiguration {
      try DoorServices(settings: settings, logger: Logs.logger(for: .commands))
    }
    let now = Date()
    let result: Result<[Admission.Event], FourvenuesError>
    do throws(FourvenuesError) {
      result = .success(
        try await services.client.events(around: now, timeZone: settings.time.timeZone))
    } catch {
      result = .failure(error)
    }
    await services.client.shutdown()
    switch result {
    case .success(let events): show(events, settings: settings, now: now)
    case .failure(let error):
      let advice =
        services.client.isAddressInDoubt
        ? settings.addressAdvice
        : error == .failed(.unauthorized) ? settings.keyRefusedAdvice : error.advice
      StandardStreams.writeError(line: "doorcheck: \(advice)")
      throw ProgramExit.unreachable
    }
  }

  private func show(_ events: [Admission.Event], settings: Settings, now: Date) {
    let text = EventText(time: settings.time)
    if events.isEmpty, options.format == .text {
      StandardStreams.writeError(line: "doorcheck: the service lists no events around tonight")
    }
    let choice = TonightChoice(listed: events)
    let on = choice.eventsOn(at: now)
    let sorted = (choice.listed ?? []).sorted {
      ($0.startsAt ?? .distantPast) < ($1.startsAt ?? .distantPast)
    }
    for event in sorted {
      let isTonight = settings.event.id.map(event.hasID) ?? on.contains(event)
      switch options.format {
      case .text:
        StandardStreams.write(line: (isTonight ? "tonight  " : "         ") + text.line(for: event))
      case .json: StandardStreams.write(line: text.json(for: event, isTonight: isTonight))
      }
    }
  }
}
