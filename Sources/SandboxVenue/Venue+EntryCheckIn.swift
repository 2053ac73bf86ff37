import FoundationEssentials
import Synchronization

extension Venue {
  /// `PUT /tickets/by-code/{code}/checkin`: `enter` people more are in.
  func checkInTicket(_ request: APIRequest) throws -> Answer {
    struct Body: Decodable {
      var enter: Int
      var entryDate: String

      enum CodingKeys: String, CodingKey {
        case enter
        case entryDate = "entry_date"
      }
    }
    let body = try? JSONDecoder().decode(Body.self, from: Data(request.body))
    let ticket =
      guestList.guest(code: request.identifier, of: .ticket)?.entry
      ?? generatedEntries[.ticket]?.entry(code: request.identifier)
    var call = call(.ticket, request)
    call.enter = body?.enter
    call.entryDate = body?.entryDate
    return try record(
      call, about: ticket,
      isReadable: body.map { (1...10_000).contains($0.enter) && moment($0.entryDate) != nil }
        ?? false
    ) { _ in try .json(["success": true]) }
  }

  /// `PUT /lists/{listId}/checkin`
  func checkInList(_ request: APIRequest) throws -> Answer {
    let entries = try? JSONDecoder().decode([SandboxCheckIn.Entry].self, from: Data(request.body))
    var call = call(.list, request)
    call.entries = (entries ?? []).filter(\.isSensible)
    return try record(
      call, about: entry(id: request.identifier, of: .list),
      isReadable: call.entries.count == entries?.count && call.people > 0
    ) { try .data($0) }
  }

  /// `PUT /bookings/{bookingId}/status`: says that somebody has come, and not how many.
  func setBookingStatus(_ request: APIRequest) throws -> Answer {
    let body = try? JSONDecoder().decode([String: String].self, from: Data(request.body))
    var call = call(.booking, request)
    call.bookingStatus = body?["status"]
    return try record(
      call, about: entry(id: request.identifier, of: .booking),
      isReadable: call.bookingStatus.map(Self.bookingStatuses.contains) ?? false
    ) { try .data($0) }
  }

  private static let bookingStatuses: Set = [
    "pending", "accepted", "rejected", "released", "arrival", "sitting",
  ]

  private func call(_ kind: SandboxKind, _ request: APIRequest) -> SandboxCheckIn {
    SandboxCheckIn(
      kind: kind, passID: request.identifier, entries: [], status: 200,
      at: Date.now.timeIntervalSince1970)
  }

  /// Every call is recorded, however it is answered; one that brings more people than may come is
  /// counted as it is, because what the vendor does then is unknown.
  private func record(
    _ call: SandboxCheckIn, about entry: SandboxEntry?, isReadable: Bool,
    answer: (SandboxEntry) throws -> Answer
  ) throws -> Answer {
    var call = call
    call.eventID = entry?.eventID
    let refusal: Answer? =
      if !isReadable { .error(400, "Body is not valid") } else if entry == nil {
        Self.notFound(call.kind)
      } else { nil }
    call.status = refusal?.status ?? 200
    book.withLock { [call] in $0.record(call, entryID: entry?.id) }
    if let refusal { return refusal }
    return try entry.map { try answer(current($0)) } ?? Self.notFound(call.kind)
  }

  private func entry(id: String, of kind: SandboxKind) -> SandboxEntry? {
    guestList.guest(id: id, of: kind)?.entry ?? generatedEntries[kind]?.entry(id: id)
  }
}
