import FoundationEssentials

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
