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
    let delivery = Delivery(request: request, context: context, otherPass: try venue.otherPass)
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
