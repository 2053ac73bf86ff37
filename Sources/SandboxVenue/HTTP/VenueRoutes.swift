import HTTPTypes
import Hummingbird
import Synchronization

/// The API's endpoints over HTTP: fault, gate, venue, delivery. Trailing slashes are optional.
struct VenueRoutes: Sendable {
  let venue: Venue
  let gate: Gate

  func add(to router: Router<SandboxContext>) {
    let api = router.group("integrations")
    for endpoint in SandboxEndpoint.allCases {
      let (method, path) = Self.route(endpoint)
      api.on(path, method: method) { request, context in
        try await respond(to: request, context: context, at: endpoint)
      }
    }
  }

  private static func route(_ endpoint: SandboxEndpoint) -> (HTTPRequest.Method, RouterPath) {
    switch endpoint {
    case .passByCode: (.get, "v2/passes/by-code/:identifier")
    case .passes: (.get, "v2/passes")
    case .passesRates: (.get, "passes-rates")
    case .event: (.get, "events/:identifier")
    case .events: (.get, "events")
    case .checkIn: (.put, "passes/:identifier/checkin")
    case .ticketByCode: (.get, "tickets/by-code/:identifier")
    case .tickets: (.get, "tickets")
    case .ticketCheckIn: (.put, "tickets/by-code/:identifier/checkin")
    case .listByCode: (.get, "lists/by-code/:identifier")
    case .lists: (.get, "lists")
    case .listsRates: (.get, "lists-rates")
    case .listCheckIn: (.put, "lists/:identifier/checkin")
    case .bookingByCode: (.get, "bookings/code/:identifier")
    case .bookings: (.get, "bookings")
    case .bookingStatus: (.put, "bookings/:identifier/status")
    }
  }

  private func respond(
    to request: Request, context: SandboxContext, at endpoint: SandboxEndpoint
  ) async throws -> Response {
    guard let plan = venue.faults.withLock({ $0.planNext(at: endpoint) }) else {
      await context.hangUp(abruptly: true)
      throw HungUp()
    }
    if plan.delay > 0 { try await Task.sleep(for: .milliseconds(plan.delay)) }
    let delivery = Delivery(
      request: request, context: context,
      answerAboutAnother: try venue.answerAboutAnother(at: endpoint))
    return try await delivery.deliver(plan.effect) {
      try await reply(to: request, context: context, at: endpoint)
    }
  }

  private func reply(
    to request: Request, context: SandboxContext, at endpoint: SandboxEndpoint
  ) async throws -> Reply {
    if let refusal = gate.refusal(of: request.headers, at: endpoint) { return .answer(refusal) }
    do {
      return try venue.reply(to: await APIRequest(request, context: context), at: endpoint)
    } catch let refusal as Refusal {
      return .answer(refusal.answer)
    }
  }
}
