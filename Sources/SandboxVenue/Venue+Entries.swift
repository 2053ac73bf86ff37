import FoundationEssentials
import Synchronization

extension Venue {
  /// `GET /tickets/by-code/{code}`, `/lists/by-code/{code}` and `/bookings/code/{code}`
  func entryByCode(_ code: String, of kind: SandboxKind) throws -> Reply {
    if let guest = guestList.guest(code: code, of: kind) { return try reply(about: guest) }
    guard let entry = generatedEntries[kind]?.entry(code: code) else {
      return .answer(Self.notFound(kind))
    }
    return .answer(try .data(current(entry)))
  }

  /// `GET /tickets/?event_id=&limit=&offset=&start_date=`
  func tickets(_ request: APIRequest) throws -> Answer {
    let event = try namedEvent(request)
    guard let since = request["start_date"] else { return try page(.ticket, of: event, request) }
    guard let since = moment(since) else { return .error(400, "start_date is not valid") }
    return try page(.ticket, of: event, request) { entry in
      // The vendor's sample carries no other time.
      (entry.fields["created_at"].string ?? entry.fields["activation_date"].string)
        .flatMap(moment).map { $0 >= since } ?? true
    }
  }

  /// `GET /lists/?event_id=&limit=&offset=`
  func lists(_ request: APIRequest) throws -> Answer {
    try page(.list, of: namedEvent(request), request)
  }

  /// `GET /lists-rates/?event_id=`
  func listRates(_ request: APIRequest) throws -> Answer {
    _ = try namedEvent(request)
    return try .data(PriceList.listRates)
  }

  /// `GET /bookings/?date=YYYY-MM-DD&limit=&offset=`: those of a day, whichever event they are for.
  func bookings(_ request: APIRequest) throws -> Answer {
    guard let date = request["date"] else { return .error(400, "Date is empty") }
    guard let day = Day(date) else { return .error(400, "Date is not valid") }
    let listed = guestList.entries(.booking).filter { entry in
      entry.fields["date"].string.flatMap(moment).flatMap(programme.day) == day
    }
    let isTonight = programme.day(of: programme.tonight.startsAt) == day
    return try page(listed, isTonight ? generatedEntries[.booking] : nil, request)
  }

  /// The entry with those who were checked in since the venue was started.
  func current(_ entry: SandboxEntry) -> SandboxEntry {
    book.withLock { $0.updated(entry) }
  }

  static func notFound(_ kind: SandboxKind) -> Answer {
    switch kind {
    case .pass: .error(404, "Pass not found")
    case .ticket: .error(404, "Ticket not found")
    case .list: .error(404, "List not found")
    case .booking: .error(404, "Booking not found")
    }
  }

  /// A page of an event's entries: the guest list first, then the generated ones.
  private func page(
    _ kind: SandboxKind, of event: SandboxEvent, _ request: APIRequest,
    where isWanted: (SandboxEntry) -> Bool = { _ in true }
  ) throws -> Answer {
    let listed = guestList.entries(kind).filter {
      $0.eventID.utf8.elementsEqual(event.id.utf8) && isWanted($0)
    }
    guard let generated = generatedEntries[kind], event.id == programme.tonight.id else {
      return try page(listed, nil, request)
    }
    // They were sold one after the other, so those that are not wanted come first.
    let first =
      (0..<generated.count).partitioningIndex { isWanted(generated.entry($0)) }
    return try page(listed, generated, from: first, request)
  }

  private func page(
    _ listed: [SandboxEntry], _ generated: GeneratedEntries?, from start: Int = 0,
    _ request: APIRequest
  ) throws -> Answer {
    let range = try pageRange(request, of: listed.count + (generated?.count ?? 0) - start)
    let book = book.withLock { $0 }
    return try .data(
      range.compactMap { index in
        index < listed.count
          ? listed[index] : generated?.entry(start + index - listed.count)
      }.map(book.updated))
  }

  /// ISO 8601 with or without milliseconds, or a day.
  func moment(_ text: String) -> Date? {
    if let date = try? Date(
      text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    {
      return date
    }
    if let date = try? Date(text, strategy: .iso8601) { return date }
    guard let day = Day(text) else { return nil }
    return programme.calendar.date(
      from: DateComponents(year: day.year, month: day.month, day: day.day))
  }
}

extension Range<Int> {
  /// The first index from which on `isIn` holds; it must hold of all after one of which it holds.
  fileprivate func partitioningIndex(_ isIn: (Int) -> Bool) -> Int {
    var (low, high) = (lowerBound, upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if isIn(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
