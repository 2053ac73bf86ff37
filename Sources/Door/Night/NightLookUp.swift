package import Admission
import CheckIn
package import DoorConfiguration
import Formatting
import Foundation
import Fourvenues
import LinuxBox
import Waiting

/// Finds tonight's event for a command that has no screen to ask on.
package struct NightLookUp {
  let services: DoorServices

  package init(services: DoorServices) {
    self.services = services
  }

  /// What is known of tonight once the service has answered, or has had its time and something is
  /// stored.
  struct Answer {
    var tonight: Tonight
    /// What the service is still asked; nil where it has answered, or could not.
    var late: Promise<Tonight>?
  }

  /// - Throws: `ProgramExit.configuration` where several events are on, once they are listed with their
  ///   ids on standard error.
  func answer(settings: Settings) async throws -> Answer {
    try await answer(settings: settings) { $0.event != nil }
  }

  /// - Parameter isEnough: whether what is stored makes the service's answer needless for now.
  private func answer(
    settings: Settings, isEnough: (Tonight) -> Bool
  ) async throws -> Answer {
    let asked = Promise<Tonight>()
    services.work.add { [keeper = services.keeper] in asked.fulfil(with: await keeper.refresh()) }
    if let told = await asked.value(within: services.patience, on: services.timer) {
      return Answer(tonight: try checked(told, settings: settings))
    }
    let recalled = await services.keeper.recall()
    if isEnough(recalled) {
      warn(of: recalled, settings: settings)
      return Answer(tonight: recalled, late: asked)
    }
    return Answer(tonight: try checked(await asked.value(), settings: settings))
  }

  private func checked(_ tonight: Tonight, settings: Settings) throws -> Tonight {
    warn(of: tonight, settings: settings)
    guard case .none(.several(let events)) = tonight else { return tonight }
    StandardStreams.writeError(
      line: "doorcheck: several events are on; name one by --event, event.id or DOORCHECK_EVENT_ID:"
    )
    for event in events {
      StandardStreams.writeError(line: "  " + EventText(time: settings.time).line(for: event))
    }
    throw ProgramExit.configuration
  }

  /// What whoever named the event should know, and a guest should not pay for.
  private func warn(of tonight: Tonight, settings: Settings) {
    if services.refusesKey {
      StandardStreams.writeError(line: "doorcheck: \(settings.keyRefusedAdvice)")
    }
    if services.client.isAddressInDoubt {
      StandardStreams.writeError(line: "doorcheck: \(settings.addressAdvice)")
    }
    guard let event = tonight.event else { return }
    let text = EventText(time: settings.time).sentence(for: event)
    if tonight.isUnknown {
      StandardStreams.writeError(
        line: "doorcheck: the service knows no event "
          + "\(DisplayText.cleaned(event.id)); \"doorcheck events\" lists those that it knows")
    }
    if let end = event.latestEnd, services.clock.now >= end {
      StandardStreams.writeError(
        line: "doorcheck: THE EVENT IS OVER since \(settings.time.timestamp(end)): \(text)")
    }
  }

  /// - Throws: what `answer` throws, and the exit code that fits where there is no event.
  package func event(settings: Settings) async throws -> Event {
    // Rates may begin and end by the event's hours.
    let tonight = try await answer(settings: settings) { $0.event?.startsAt != nil }.tonight
    switch tonight {
    case .chosen(let event), .unknown(let event): return event
    // Said already.
    case .none(.keyRefused): throw ProgramExit.unreachable
    case .none(.unreachable), .none(.notChosen):
      StandardStreams.writeError(
        line: "doorcheck: the service does not say which event is tonight; name it by --event")
      throw ProgramExit.unreachable
    case .none(.noneTonight), .none(.several), .none(.ended), .none(.unknown):
      StandardStreams.writeError(
        line: "doorcheck: the service lists no event for tonight; name one by --event, "
          + "or see \"doorcheck events\"")
      throw ProgramExit.configuration
    }
  }
}

extension Settings {
  /// That the key is refused, and who can mend it.
  package var keyRefusedAdvice: String {
    let call = door.help.map { "; \(DisplayText.cleaned($0)) can help" } ?? ""
    return "the service refuses the key: ask whoever gave it to you (Fourvenues, the organizer) "
      + "for one that is valid\(call)"
  }
}

extension Settings {
  /// That nothing is found at the address.
  package var addressAdvice: String {
    "whatever is asked is not found at \(fourvenues.baseURL.absoluteString): look at "
      + "fourvenues.base_url, which usually ends with /integrations"
  }
}

extension FourvenuesError {
  /// What went wrong, for the person at the shell.
  package var advice: String {
    switch self {
    case .notFound: "the service knows no such event"
    case .failed(.unauthorized): "the service refuses the key for this"
    case .failed(.rateLimited): "the service is asked too often; wait a minute"
    case .failed(.serviceError): "the service gave no usable answer"
    case .failed(.offline): "the service does not answer"
    }
  }
}
