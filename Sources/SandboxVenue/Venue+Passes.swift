import FoundationEssentials
import Synchronization

extension Venue {
  /// Passes on one page of the list (FourvenuesAPI: Endpoints).
  static let pageSize = 500

  /// `GET /v2/passes/by-code/{code}`
  func passByCode(_ code: String) throws -> Reply {
    guard let guest = guestList.guest(code: code) else {
      guard let pass = generated.pass(code: code) else { return .answer(Self.passNotFound) }
      return .answer(try .data(current(pass)))
    }
    switch guest.answer {
    case .pass(let pass), .otherPass(let pass):
      return .answer(try .data(current(pass)))
    case .sample:
      let pass = current(Samples.pass)
      return .answer(
        pass == Samples.pass
          ? Answer(status: 200, body: Samples.passByCode) : try .data(pass))
    case .notFound:
      return .answer(Self.passNotFound)
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

  /// `GET /v2/passes/?event_id=&limit=&offset=`: those with a usage for the event, the guest list
  /// first.
  func passes(_ request: APIRequest) throws -> Answer {
    let event = try namedEvent(request)
    let limit = try number(request, "limit", 1...(.max)) ?? Self.pageSize
    let offset = try number(request, "offset", 0...(.max)) ?? 0
    let listed = guestList.guests.compactMap(\.pass).filter { $0.isFor(eventID: event.id) }
    let generatedCount = event.id == programme.tonight.id ? generated.count : 0
    let first = min(offset, listed.count + generatedCount)
    let last = min(first + min(limit, Self.pageSize), listed.count + generatedCount)
    let book = book.withLock { $0 }
    return try .data(
      (first..<last).map { index in
        book.updated(
          index < listed.count ? listed[index] : generated.pass(index - listed.count))
      })
  }

  /// `GET /passes-rates/?event_id=`
  func rates(_ request: APIRequest) throws -> Answer {
    try .data(PriceList.rates(eventID: namedEvent(request).id))
  }

  /// An answer about somebody else than the one asked about.
  var otherPass: Answer {
    get throws {
      try .data(
        GuestPasses(programme: programme).pass("0THERPASS", "Nobody Here", type: "Pase Simple"))
    }
  }

  /// The pass with those who were checked in since the venue was started.
  func current(_ pass: SandboxPass) -> SandboxPass {
    book.withLock { $0.updated(pass) }
  }

  static var passNotFound: Answer { .error(404, "Pass not found") }

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
