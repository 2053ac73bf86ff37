/// What a venue may decide about its door (Contract: Configuration, `rules.*`,
/// `door.organization_id`, `door.types` and `door.capacity`).
package struct Rules: Sendable, Equatable {
  package enum EventWithoutUsage: String, Sendable, CaseIterable { case refuse, admit }
  package enum GroupEntry: String, Sendable, CaseIterable { case all, one }
  package enum Hours: String, Sendable, CaseIterable { case warn, enforce, ignore }
  package enum Capacity: String, Sendable, CaseIterable { case warn, enforce }
  package enum Reentry: String, Sendable, CaseIterable { case refuse, allow }
  package enum RateWindows: String, Sendable, CaseIterable { case show, enforce }

  /// The organization whose passes are taken; nil takes those of any.
  package var organizationID: String?
  /// Names or ids of the types that this door takes; nil takes those of any.
  package var types: [String]?
  package var activeStates: [String] = ["activated"]
  package var eventWithoutUsage: EventWithoutUsage = .refuse
  /// False: anybody in, there or here, uses the pass up.
  package var partialEntry = true
  package var groupEntry: GroupEntry = .all
  package var hours: Hours = .warn
  package var rateWindows: RateWindows = .show
  package var capacity: Capacity = .warn
  /// Whether those who left may come in again.
  package var reentry: Reentry = .refuse
  /// People that the venue holds (`door.capacity`); nil where nobody said.
  package var places: Int?
  /// Whether a stored pass may turn the screen green.
  package var offlineAdmit = true

  package init() {}
}

extension Rules {
  /// The states in which one of a kind may come in. A guest list entry has no status of its own, and
  /// what a booking's words mean is the service's (FourvenuesAPI: Tickets, guest lists and bookings,
  /// inferred).
  package func activeStates(of kind: PassKind) -> [String] {
    switch kind {
    case .pass, .ticket: activeStates
    case .list: [Pass.listedState]
    case .booking: ["accepted", "arrival", "sitting"]
    }
  }
}
