import FoundationEssentials

/// How many of tonight's passes the rules refuse before the first guest has come. Where it is most
/// of them, the venue's rules are mistaken about what the service means, and a whole queue of paying
/// guests would see red.
package struct RefusalForecast: Sendable, Equatable {
  /// What decides that most are refused.
  package enum Cause: Sendable, Equatable {
    case organizationID
    /// The raw states that passes have and `rules.active_states` does not, the most frequent first.
    case activeStates(seen: [String])
    case eventWithoutUsage
    /// Their usages for tonight add up to 0 people, which no rule overrides.
    case noPeople

    /// The configuration key of the rule; where none decides, the service's own field.
    package var rule: String {
      switch self {
      case .organizationID: "door.organization_id"
      case .activeStates: "rules.active_states"
      case .eventWithoutUsage: "rules.event_without_usage"
      case .noPeople: "beneficiaries"
      }
    }
  }

  /// A service may make up a state for each pass.
  private static let mostStates = 50

  private let tonight: Tonight
  private let eventID: String
  private let rules: Rules
  private var states: [String: Int] = [:]
  private var withoutUsage = 0

  package private(set) var passes = 0
  /// Passes that would be `wrong_organization`.
  package private(set) var wrongOrganization = 0
  /// Passes that would be `not_active`.
  package private(set) var notActive = 0
  /// Passes that would be `not_tonight`.
  package private(set) var notTonight = 0

  package init(eventID: String, rules: Rules) {
    // Without hours: an event that is over would hide what the rules say of the passes.
    tonight = .chosen(Event(id: eventID))
    self.eventID = eventID
    self.rules = rules
  }

  package mutating func add(_ pass: Pass) {
    passes += 1
    let evidence = Evidence(finding: .found(pass, .live), tonight: tonight, now: .distantPast)
    switch decide(evidence, rules: rules).reason {
    case .wrongOrganization: wrongOrganization += 1
    // Whether a guest list entry or a booking is active is no rule of the venue's.
    case .notActive where pass.kind == .list || pass.kind == .booking: break
    case .notActive:
      notActive += 1
      if states[pass.state] != nil || states.count < Self.mostStates {
        states[pass.state, default: 0] += 1
      }
    case .notTonight:
      notTonight += 1
      if pass.usages(forEvent: eventID).isEmpty { withoutUsage += 1 }
    // Each of the others is about one pass, or about the moment.
    case .unreadableCode, .noEvent, .unauthorized, .rateLimited, .serviceError, .offline,
      .unknownPass, .archived, .wrongDoor, .tooEarly, .tooLate, .alreadyUsed, .venueFull,
      .valid, .left, .nobodyInside:
      break
    }
  }

  package mutating func add(_ passes: some Sequence<Pass>) {
    for pass in passes { add(pass) }
  }

  package var refused: Int { wrongOrganization + notActive + notTonight }

  /// What refuses most of them; nil while no more than half would be refused.
  package var cause: Cause? {
    guard refused * 2 > passes else { return nil }
    if wrongOrganization >= max(notActive, notTonight) { return .organizationID }
    if notActive >= notTonight {
      let seen = states.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
      return .activeStates(seen: seen)
    }
    return withoutUsage * 2 >= notTonight ? .eventWithoutUsage : .noPeople
  }
}
