package import FoundationEssentials
package import Logging

/// How a stand-in venue is set up. Every property has a default: `SandboxOptions()` is a venue with
/// one event tonight that anybody may ask.
package struct SandboxOptions: Sendable {
  /// The loopback port, 0 to 65,535; 0 takes any that is free.
  package var port = 0

  /// The key that `x-api-key` must carry. With no credentials set, every request is let through.
  package var apiKey: String?
  /// Goes with `secret`: the header `integration_id`.
  package var integrationID: String?
  /// Goes with `integrationID`: the header `secret`.
  package var secret: String?
  /// These answer 403, as when a key was not granted them (FourvenuesAPI: Bases and credentials).
  package var forbiddenEndpoints: Set<SandboxEndpoint> = []
  /// Requests a second that each key has, at least 1; one more is answered 429. Nil: no limit.
  package var rateLimit: Int?

  package var eventsTonight: SandboxEventsTonight = .one
  /// Tonight's id. Nil: that of the vendor's sample pass.
  package var tonightEventID: String?
  package var eventName = "Noche Sandbox"
  /// Tonight's start. Nil: 2 hours before the venue was started, rounded down to the full hour.
  package var startsAt: Date?
  /// Tonight's end. Nil: 8 hours after its start.
  package var endsAt: Date?
  /// Listed beside tonight's, yesterday's and tomorrow's.
  package var extraEvents: [SandboxEvent] = []
  /// Says which day an event belongs to.
  package var timeZone: TimeZone = .current

  /// Generated passes that are valid tonight, beside the guest list; at least 0. They are made
  /// when asked for, so a million cost nothing up front.
  package var generatedPasses = 0
  /// Tickets, guest list entries and bookings likewise.
  package var generatedTickets = 0
  package var generatedLists = 0
  package var generatedBookings = 0
  /// The generated names follow from it.
  package var seed: UInt64 = 1

  /// What goes wrong, and how often. Can be changed while the venue runs.
  package var faults = SandboxFaults()

  /// Whether SIGTERM and SIGINT end the venue. Off: the process that holds it keeps its signals.
  package var handlesSignals = false
  /// Nil: silent.
  package var logger: Logger?

  package init() {}
}

/// How many events run tonight.
package enum SandboxEventsTonight: String, Sendable, CaseIterable {
  case none, one, two
}

/// The endpoints (FourvenuesAPI: Endpoints).
package enum SandboxEndpoint: String, Sendable, Codable, CaseIterable {
  case passByCode = "pass-by-code"
  case passes
  case passesRates = "passes-rates"
  case event
  case events
  case checkIn = "check-in"
  case ticketByCode = "ticket-by-code"
  case tickets
  case ticketCheckIn = "ticket-check-in"
  case listByCode = "list-by-code"
  case lists
  case listsRates = "lists-rates"
  case listCheckIn = "list-check-in"
  case bookingByCode = "booking-by-code"
  case bookings
  case bookingStatus = "booking-status"
}

/// Why a stand-in venue cannot be started.
package enum SandboxError: Error, Equatable, CustomStringConvertible {
  /// An option is out of its range: its name, and what was expected.
  case invalidOption(String, expected: String)
  /// The port is taken or may not be used: the system's words.
  case cannotListen(port: Int, reason: String)

  package var description: String {
    switch self {
    case .invalidOption(let name, let expected): "\(name): expected \(expected)"
    case .cannotListen(let port, let reason): "cannot listen on 127.0.0.1:\(port): \(reason)"
    }
  }
}

extension SandboxOptions {
  /// - Throws: `SandboxError.invalidOption` for the first option that cannot be.
  func validate() throws(SandboxError) {
    func expect(_ holds: Bool, _ name: String, _ expected: String) throws(SandboxError) {
      guard holds else { throw .invalidOption(name, expected: expected) }
    }
    try expect((0...65_535).contains(port), "port", "0 to 65535")
    try expect(
      (integrationID == nil) == (secret == nil), "integrationID and secret", "both or neither")
    try expect(rateLimit ?? 1 >= 1, "rateLimit", "at least 1 request a second")
    try expect(tonightEventID != "", "tonightEventID", "an id")
    for (name, count) in [
      ("generatedPasses", generatedPasses), ("generatedTickets", generatedTickets),
      ("generatedLists", generatedLists), ("generatedBookings", generatedBookings),
    ] {
      try expect(
        (0...NumberedCodes.maximumCount).contains(count), name,
        "0 to \(NumberedCodes.maximumCount)")
    }
    if let startsAt, let endsAt {
      try expect(startsAt < endsAt, "endsAt", "a time after startsAt")
    }
    if let problem = faults.problem {
      throw .invalidOption("faults.\(problem.key)", expected: problem.expected)
    }
  }
}
