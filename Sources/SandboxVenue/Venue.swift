import FoundationEssentials
import Synchronization

/// The stand-in venue: its nights, its guests, and what has happened at its door. Everything that it
/// answers is a function of a request; the network is not its business.
final class Venue: Sendable {
  let programme: Programme
  let guestList: GuestList
  let generated: GeneratedGuests
  let book = Mutex(CheckInBook())
  let faults: Mutex<FaultSwitch>

  init(options: SandboxOptions, startedAt now: Date) {
    programme = Programme(options: options, startedAt: now)
    guestList = GuestList(programme: programme)
    generated = GeneratedGuests(
      count: options.generatedPasses, seed: options.seed, passes: GuestPasses(programme: programme))
    faults = Mutex(FaultSwitch(options.faults))
  }

  func reply(to request: APIRequest, at endpoint: SandboxEndpoint) throws -> Reply {
    switch endpoint {
    case .passByCode: try passByCode(request.identifier)
    case .passes: .answer(try passes(request))
    case .passesRates: .answer(try rates(request))
    case .event: .answer(try event(request.identifier))
    case .events: .answer(try events(request))
    case .checkIn: .answer(try checkIn(request))
    }
  }

  /// The event that the query names.
  func namedEvent(_ request: APIRequest) throws(Refusal) -> SandboxEvent {
    guard let id = request["event_id"] else { throw Refusal(.error(400, "event_id is empty")) }
    guard let event = programme.event(id: id) else {
      throw Refusal(.error(404, "Event not found"))
    }
    return event
  }
}
