import FoundationEssentials
import Synchronization

extension Venue {
  /// `PUT /passes/{passId}/checkin?event_id=`. Every call is recorded, however it is answered; one
  /// that brings more people than the pass allows is counted as it is, because what the vendor
  /// does then is unknown.
  func checkIn(_ request: APIRequest) throws -> Answer {
    let eventID = request["event_id"]
    let entries = try? JSONDecoder().decode([SandboxCheckIn.Entry].self, from: Data(request.body))
    var call = SandboxCheckIn(
      passID: request.identifier, eventID: eventID, entries: entries ?? [], status: 200,
      at: Date.now.timeIntervalSince1970)
    let pass =
      guestList.guest(id: request.identifier, of: .pass)?.pass
      ?? generated.pass(id: request.identifier)
    if let refusal = refusal(of: call, isReadable: entries != nil, pass: pass) {
      call.status = refusal.status
      call.entries.removeAll { !$0.isSensible }
      book.withLock { $0.record(call) }
      return refusal
    }
    book.withLock { $0.record(call) }
    return try .data(pass.map(current))
  }

  private func refusal(of call: SandboxCheckIn, isReadable: Bool, pass: SandboxPass?) -> Answer? {
    guard isReadable, call.entries.allSatisfy(\.isSensible) else {
      return .error(400, "Body is not valid")
    }
    guard !call.entries.isEmpty, call.people > 0 else { return .error(400, "Nobody to check in") }
    guard let eventID = call.eventID else { return .error(400, "event_id is empty") }
    guard programme.event(id: eventID) != nil else { return .error(404, "Event not found") }
    guard let pass else { return Self.notFound(.pass) }
    return pass.isFor(eventID: eventID) ? nil : .error(400, "Pass is not for this event")
  }
}
