import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// What a test or a demo may ask and change while the venue runs, under `/sandbox` (and under
/// `/integrations/sandbox`, for clients that know only the base address). No fault and no credential
/// stands before it.
///
/// - `GET /sandbox/checkins`: an array of the check-in calls, oldest first.
/// - `GET /sandbox/guests`: an array of `kind`, `code`, `explanation`, `expected_reason`,
///   `expected_admitted`.
/// - `GET /sandbox/requests`: an object with the requests to each endpoint so far.
/// - `GET /sandbox/faults`: the faults in force.
/// - `PUT /sandbox/faults`: an object with the keys to change, for instance `{"down": true}`; the
///   others stay. It starts the numbering of requests anew and answers with the faults in force;
///   400 where a key does not exist or a value is out of its range, and nothing is changed then.
struct ControlRoutes: Sendable {
  let venue: Venue

  func add(to router: Router<SandboxContext>) {
    for path: RouterPath in ["sandbox", "integrations/sandbox"] {
      let control = router.group(path)
      control.get("checkins") { _, _ in
        try Answer.json(venue.book.withLock { $0.calls }).response()
      }
      control.get("guests") { _, _ in
        try Answer.json(venue.guestList.guests.map(WireGuest.init)).response()
      }
      control.get("requests") { _, _ in
        let counts = venue.faults.withLock { $0.requestCounts }
        return try Answer.json(
          Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) })
        ).response()
      }
      control.get("faults") { _, _ in
        try Answer.json(venue.faults.withLock { $0.faults }).response()
      }
      control.put("faults") { request, context in
        do {
          return try change(await APIRequest(request, context: context).body).response()
        } catch let refusal as Refusal {
          return refusal.answer.response()
        }
      }
    }
  }

  private func change(_ body: [UInt8]) throws -> Answer {
    guard let change = try? JSONDecoder().decode(FaultsChange.self, from: Data(body)) else {
      return .error(400, "Body is not valid")
    }
    return try venue.faults.withLock { control in
      var faults = control.faults
      try change.apply(to: &faults)
      if let problem = faults.problem {
        return .error(400, "\(problem.key): expected \(problem.expected)")
      }
      control.set(faults)
      return try .json(faults)
    }
  }
}

private struct WireGuest: Encodable {
  let kind: SandboxKind
  let code: String
  let explanation: String
  let expectedReason: String
  let expectedAdmitted: Int

  enum CodingKeys: String, CodingKey {
    case kind, code, explanation
    case expectedReason = "expected_reason"
    case expectedAdmitted = "expected_admitted"
  }

  init(_ guest: Guest) {
    kind = guest.kind
    code = guest.code
    explanation = guest.explanation
    expectedReason = guest.expectedReason
    expectedAdmitted = guest.expectedAdmitted
  }
}

/// Paths that do not exist answer in the API's words.
struct NotFoundMiddleware: RouterMiddleware {
  func handle(
    _ request: Request, context: SandboxContext,
    next: (Request, SandboxContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as HTTPError {
      return Answer.error(error.status.code, error.status.reasonPhrase).response()
    }
  }
}
