import FoundationEssentials
import Synchronization

/// The stand-in venue: its nights, its guests, and what has happened at its door. Everything that it
/// answers is a function of a request; the network is not its business.
final class Venue: Sendable {
  let programme: Programme
  let guestList: GuestList
  let generated: GeneratedGuests
  /// Of every kind but passes.
  let generatedEntries: [SandboxKind: GeneratedEntries]
  let book = Mutex(CheckInBook())
  let faults: Mutex<FaultSwitch>

  init(options: SandboxOptions, startedAt now: Date) {
    programme = Programme(options: options, startedAt: now)
    guestList = GuestList(programme: programme)
    generated = GeneratedGuests(
      count: options.generatedPasses, seed: options.seed, passes: GuestPasses(programme: programme))
    let entries = GuestEntries(programme: programme)
    generatedEntries = [
      .ticket: options.generatedTickets, .list: options.generatedLists,
      .booking: options.generatedBookings,
    ].reduce(into: [:]) { generated, size in
      generated[size.key] = GeneratedEntries(
        kind: size.key, count: size.value, seed: options.seed, entries: entries)
    }
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
    case .ticketByCode: try entryByCode(request.identifier, of: .ticket)
    case .tickets: .answer(try tickets(request))
    case .ticketCheckIn: .answer(try checkInTicket(request))
    case .listByCode: try entryByCode(request.identifier, of: .list)
    case .lists: .answer(try lists(request))
    case .listsRates: .answer(try listRates(request))
    case .listCheckIn: .answer(try checkInList(request))
    case .bookingByCode: try entryByCode(request.identifier, of: .booking)
    case .bookings: .answer(try bookings(request))
    case .bookingStatus: .answer(try setBookingStatus(request))
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

extension Venue {
  /// `GET /events/{eventId}`
  func event(_ id: String) throws -> Answer {
    guard let event = programme.event(id: id) else { return .error(404, "Event not found") }
    return try .data(WireEvent(event, calendar: programme.calendar))
  }

  /// `GET /events/?start=YYYY-MM-DD&end=YYYY-MM-DD`, both days included.
  func events(_ request: APIRequest) throws -> Answer {
    guard let start = request["start"], let end = request["end"] else {
      return .error(400, "Date is empty")
    }
    guard let first = Day(start), let last = Day(end) else {
      return .error(400, "Date is not valid")
    }
    return try .data(
      programme.events(from: first, to: last).map { event in
        WireEvent(event, calendar: programme.calendar)
      })
  }
}
