import Admission
import ArgumentParser
import CheckIn
import Foundation
import Fourvenues

/// Finds tonight's event for a command that has no screen to ask on.
struct NightLookUp {
  let link: VenueLink

  /// - Throws: `ExitCode.configuration` where several events are on, once they are listed with their
  ///   ids on standard error.
  func tonight(settings: Settings) async throws -> Tonight {
    let tonight = await link.keeper.refresh(at: .now)
    guard case .none(.several(let events)) = tonight else { return tonight }
    StandardStreams.writeError(
      line: "doorcheck: several events are on; name one by --event, event.id or DOORCHECK_EVENT_ID:"
    )
    for event in events {
      StandardStreams.writeError(line: "  " + EventText(time: settings.time).line(for: event))
    }
    throw ExitCode.configuration
  }

  /// - Throws: what `tonight` throws, and the exit code that fits where there is no event.
  func event(settings: Settings) async throws -> Event {
    switch try await tonight(settings: settings) {
    case .chosen(let event): return event
    case .none(.unreachable), .none(.notChosen):
      StandardStreams.writeError(
        line: "doorcheck: the service does not say which event is tonight; name it by --event")
      throw ExitCode.unreachable
    case .none(.noneTonight), .none(.several), .none(.ended):
      StandardStreams.writeError(
        line: "doorcheck: the service lists no event for tonight; name one by --event, "
          + "or see \"doorcheck events\"")
      throw ExitCode.configuration
    }
  }
}

extension FourvenuesError {
  /// What went wrong, for the person at the shell.
  var advice: String {
    switch self {
    case .notFound: "the service knows no such event"
    case .failed(.unauthorized): "the service refuses the key for this"
    case .failed(.rateLimited): "the service is asked too often; wait a minute"
    case .failed(.serviceError): "the service gave no usable answer"
    case .failed(.offline): "the service does not answer"
    }
  }
}
