import FoundationEssentials
import Synchronization

extension Venue {
  /// Passes on one page of the list (FourvenuesAPI: Endpoints).
  static let pageSize = 500

  /// `GET /v2/passes/by-code/{code}`
  func passByCode(_ code: String) throws -> Reply {
    if let guest = guestList.guest(code: code, of: .pass) { return try reply(about: guest) }
    guard let pass = generated.pass(code: code) else { return .answer(Self.notFound(.pass)) }
    return .answer(try .data(current(pass)))
  }

  /// What the look-up of the guest's kind says about the guest.
  func reply(about guest: Guest) throws -> Reply {
    switch guest.answer {
    case .pass(let pass), .otherPass(let pass):
      return .answer(try .data(current(pass)))
    case .entry(let entry):
      return .answer(try .data(current(entry)))
    case .sample:
      return .answer(try sample(guest.kind))
    case .notFound:
      return .answer(Self.notFound(guest.kind))
    case .refusal(let status, let retryAfterSeconds, let body):
      return .answer(
        Answer(
          status: status,
          contentType: body.hasPrefix("<") ? ContentType.html : ContentType.json,
          retryAfterSeconds: retryAfterSeconds, body: Array(body.utf8)))
    case .nonsense(let contentType, let body):
      return .answer(Answer(status: 200, contentType: contentType, body: Array(body.utf8)))
    case .silence:
      return .silence(seconds: 60)
    }
  }

  /// The vendor's sample as published, until somebody is checked in on it.
  private func sample(_ kind: SandboxKind) throws -> Answer {
    let published = Answer(status: 200, body: Samples.bytes(kind))
    if let sample = SandboxEntry.sample(kind) {
      let entry = current(sample)
      return entry == sample ? published : try .data(entry)
    }
    let pass = current(Samples.pass)
    return pass == Samples.pass ? published : try .data(pass)
  }

  /// `GET /v2/passes/?event_id=&limit=&offset=`: those with a usage for the event, the guest list
  /// first.
  func passes(_ request: APIRequest) throws -> Answer {
    let event = try namedEvent(request)
    let listed = guestList.guests.compactMap(\.pass).filter { $0.isFor(eventID: event.id) }
    let generatedCount = event.id == programme.tonight.id ? generated.count : 0
    let range = try pageRange(request, of: listed.count + generatedCount)
    let book = book.withLock { $0 }
    return try .data(
      range.map { index in
        book.updated(
          index < listed.count ? listed[index] : generated.pass(index - listed.count))
      })
  }

  /// `GET /passes-rates/?event_id=`
  func rates(_ request: APIRequest) throws -> Answer {
    try .data(PriceList.rates(eventID: namedEvent(request).id))
  }

  /// An answer of a look-up about somebody else than the one asked about; of all other endpoints a
  /// pass, which is none of theirs.
  func answerAboutAnother(at endpoint: SandboxEndpoint) throws -> Answer {
    let entries = GuestEntries(programme: programme)
    return switch endpoint {
    case .ticketByCode: try .data(entries.ticket("0THERPASS", "Nobody Here", type: "Early Ticket"))
    case .listByCode: try .data(entries.list("0THERPASS", "Nobody Here", type: "General Access"))
    case .bookingByCode: try .data(entries.booking("0THERPASS", "Nobody Here", people: 2))
    case .passByCode, .passes, .passesRates, .event, .events, .checkIn, .tickets, .ticketCheckIn,
      .lists, .listsRates, .listCheckIn, .bookings, .bookingStatus:
      try .data(
        GuestPasses(programme: programme).pass("0THERPASS", "Nobody Here", type: "Pase Simple"))
    }
  }

  /// The pass with those who were checked in since the venue was started.
  func current(_ pass: SandboxPass) -> SandboxPass {
    book.withLock { $0.updated(pass) }
  }

  /// Which of so many the request's `limit` and `offset` ask for.
  func pageRange(_ request: APIRequest, of count: Int) throws(Refusal) -> Range<Int> {
    let limit = try number(request, "limit", 1...(.max)) ?? Self.pageSize
    let first = min(try number(request, "offset", 0...(.max)) ?? 0, count)
    return first..<min(first + min(limit, Self.pageSize), count)
  }

  private func number(
    _ request: APIRequest, _ name: String, _ range: ClosedRange<Int>
  ) throws(Refusal) -> Int? {
    guard let text = request[name] else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw Refusal(.error(400, "\(name) is not valid"))
    }
    return number
  }
}
