import Admission
import FoundationEssentials
import Testing

let start = Date(timeIntervalSince1970: 1_800_000_000)
let end = start.addingTimeInterval(8 * 3600)
let tonight = Event(id: "tonight", name: "Tonight", startsAt: start, endsAt: end)

/// A pass that lets one person in, until something is changed about it.
func goodPass(_ change: (inout Pass) -> Void = { _ in }) -> Pass {
  var pass = Pass(
    id: "p1", organizationID: "venue", code: "AAAA1", customerName: "Ana", typeID: "t1",
    typeName: "General", state: "activated", usages: [Usage(eventID: "tonight", beneficiaries: 1)])
  change(&pass)
  return pass
}

func evidence(
  _ pass: Pass, now: Date = start.addingTimeInterval(3600), admittedHere: Int = 0,
  event: Event = tonight, rates: [Rate]? = nil
) -> Evidence {
  Evidence(
    finding: .found(pass, .live), tonight: .chosen(event), rates: rates,
    admittedHere: admittedHere, now: now)
}

func rules(_ change: (inout Rules) -> Void) -> Rules {
  var rules = Rules()
  change(&rules)
  return rules
}

/// Every row of the table of reasons (Contract: The verdict), as something that makes its reason
/// hold. Each can be laid upon the others, so that any two reasons can hold at once.
enum Circumstance: String, CaseIterable {
  case unreadable, noEvent, unauthorized, rateLimited, serviceError, offline, unknownPass
  case wrongOrganization, archived, notActive, notTonight, wrongDoor, tooEarly, tooLate
  case alreadyUsed, venueFull
  case nothing

  var reason: Reason {
    switch self {
    case .unreadable: .unreadableCode
    case .noEvent: .noEvent
    case .unauthorized: .unauthorized
    case .rateLimited: .rateLimited
    case .serviceError: .serviceError
    case .offline: .offline
    case .unknownPass: .unknownPass
    case .wrongOrganization: .wrongOrganization
    case .archived: .archived
    case .notActive: .notActive
    case .notTonight: .notTonight
    case .wrongDoor: .wrongDoor
    case .tooEarly: .tooEarly
    case .tooLate: .tooLate
    case .alreadyUsed: .alreadyUsed
    case .venueFull: .venueFull
    case .nothing: .valid
    }
  }

  /// Circumstances that exclude each other: one look-up has one result, one moment one place in the
  /// night, and people counted in on a pass need a usage for tonight.
  func canJoin(_ other: Circumstance) -> Bool {
    let results: Set<Circumstance> = [
      .unreadable, .unauthorized, .rateLimited, .serviceError, .offline, .unknownPass,
    ]
    if results.contains(self), results.contains(other) { return false }
    let pair: Set<Circumstance> = [self, other]
    return pair != [.tooEarly, .tooLate] && pair != [.notTonight, .alreadyUsed]
      && pair != [.noEvent, .tooEarly]
  }

  func apply(to evidence: inout Evidence, _ rules: inout Rules) {
    switch self {
    case .unreadable: evidence.finding = .unreadable(.notACode)
    case .noEvent: evidence.tonight = .none(.noneTonight)
    case .unauthorized: evidence.finding = .failed(.unauthorized)
    case .rateLimited: evidence.finding = .failed(.rateLimited)
    case .serviceError: evidence.finding = .failed(.serviceError)
    case .offline: evidence.finding = .failed(.offline)
    case .unknownPass: evidence.finding = .unknown(.live)
    case .wrongOrganization: rules.organizationID = "another"
    case .archived: evidence.changePass { $0.isArchived = true }
    case .notActive: evidence.changePass { $0.state = "cancelled" }
    case .notTonight: evidence.changePass { $0.usages[0].eventID = "another" }
    case .wrongDoor: rules.types = ["VIP"]
    case .tooEarly:
      rules.hours = .enforce
      evidence.now = start.addingTimeInterval(-1)
    case .tooLate:
      rules.hours = .enforce
      evidence.now = end
    case .alreadyUsed: evidence.changePass { $0.usages[0].isCheckedIn = true }
    case .venueFull:
      rules.capacity = .enforce
      rules.places = 40
      evidence.peopleInside = 40
    case .nothing: break
    }
  }
}

extension Evidence {
  mutating func changePass(_ change: (inout Pass) -> Void) {
    guard case .found(var pass, let source) = finding else { return }
    change(&pass)
    finding = .found(pass, source)
  }
}

private let pairs: [(Circumstance, Circumstance)] = Circumstance.allCases.flatMap { first in
  Circumstance.allCases.filter { first != $0 && first.canJoin($0) }.map { (first, $0) }
}

@Suite struct DecisionTests {
  @Test(arguments: Circumstance.allCases)
  func `Each row of the table`(circumstance: Circumstance) {
    var facts = evidence(goodPass())
    var rules = Rules()
    circumstance.apply(to: &facts, &rules)
    #expect(decide(facts, rules: rules).reason == circumstance.reason)
  }

  /// What makes each kind not active is the service's (FourvenuesAPI: Tickets, guest lists and bookings).
  @Test(
    arguments: [
      (.ticket, "activated", true), (.ticket, "refunded", false), (.ticket, "pending", false),
      (.list, "listed", true), (.list, "removed", false), (.booking, "accepted", true),
      (.booking, "arrival", true), (.booking, "sitting", true), (.booking, "pending", false),
      (.booking, "rejected", false), (.booking, "released", false), (.booking, "activated", false),
    ] as [(PassKind, String, Bool)])
  func `Each kind has states of its own`(kind: PassKind, state: String, isActive: Bool) {
    let facts = evidence(
      goodPass {
        $0.kind = kind
        $0.state = state
      })
    #expect(decide(facts, rules: Rules()).reason == (isActive ? .valid : .notActive))
  }

  @Test(arguments: PassKind.allCases, Circumstance.allCases)
  func `Each row of the table, of each kind`(kind: PassKind, circumstance: Circumstance) {
    var facts = evidence(
      goodPass {
        $0.kind = kind
        $0.state = Self.goodState(kind)
        // The others carry none.
        if kind != .pass { $0.organizationID = nil }
      })
    var rules = Rules()
    circumstance.apply(to: &facts, &rules)
    let holds = circumstance != .wrongOrganization || kind == .pass
    #expect(decide(facts, rules: rules).reason == (holds ? circumstance.reason : .valid))
  }

  private static func goodState(_ kind: PassKind) -> String {
    switch kind {
    case .pass, .ticket: "activated"
    case .list: "listed"
    case .booking: "accepted"
    }
  }

  @Test(
    arguments: [
      (nil, true), (["General"], true), (["GÉNERAL "], true), (["t1"], true),
      (["VIP", "t1"], true),
      (["VIP"], false), (["Gener"], false), (["t"], false), (["p1"], false),
    ] as [([String]?, Bool)])
  func `A door for some types alone`(types: [String]?, isOurs: Bool) {
    let decision = decide(evidence(goodPass()), rules: rules { $0.types = types })
    #expect(decision.reason == (isOurs ? .valid : .wrongDoor))
    let untyped = goodPass { ($0.typeID, $0.typeName) = (nil, "") }
    let unknown = decide(evidence(untyped), rules: rules { $0.types = types })
    #expect(unknown.reason == (types == nil ? .valid : .wrongDoor))
  }

  @Test(arguments: UnreadableCause.allCases)
  func `Why a scan is no code goes with the decision`(cause: UnreadableCause) {
    var facts = evidence(goodPass())
    #expect(decide(facts, rules: Rules()).unreadable == nil)
    facts.finding = .unreadable(cause)
    let decision = decide(facts, rules: Rules())
    #expect(decision.reason == .unreadableCode && decision.unreadable == cause)
  }

  @Test(arguments: pairs)
  func `Of two that hold at once the earlier row is the reason`(
    first: Circumstance, second: Circumstance
  ) throws {
    var facts = evidence(goodPass())
    var rules = Rules()
    first.apply(to: &facts, &rules)
    second.apply(to: &facts, &rules)
    let order = Circumstance.allCases
    let earlier = try #require(order.first { $0 == first || $0 == second })
    #expect(decide(facts, rules: rules).reason == earlier.reason)
  }

  /// The table of reasons, as it stands there (Contract: The verdict).
  @Test func `Names, order and colours are those of the contract`() {
    let contract: [(String, Verdict)] = [
      ("unreadable_code", .unverified), ("no_event", .unverified), ("unauthorized", .unverified),
      ("rate_limited", .unverified), ("service_error", .unverified), ("offline", .unverified),
      ("unknown_pass", .refuse), ("wrong_organization", .refuse), ("archived", .refuse),
      ("not_active", .refuse), ("not_tonight", .refuse), ("wrong_door", .refuse),
      ("too_early", .refuse), ("too_late", .refuse), ("already_used", .refuse),
      ("venue_full", .refuse), ("valid", .admit),
      // Those of an exit (Contract: Out and in again).
      ("left", .out), ("nobody_inside", .out),
    ]
    #expect(Reason.allCases.map(\.rawValue) == contract.map(\.0))
    #expect(Reason.allCases.map(\.verdict) == contract.map(\.1))
  }

  @Test(arguments: [
    (-1.0, Reason.tooEarly), (0, .valid), (1, .valid), (28_799, .valid), (28_800, .tooLate),
    (28_801, .tooLate),
  ])
  func `Hours are half-open, and refuse only where the venue enforces them`(
    elapsed: TimeInterval, reason: Reason
  ) {
    let now = start.addingTimeInterval(elapsed)
    let expected: HoursWarning? =
      reason == .tooEarly ? .beforeStart : reason == .tooLate ? .afterEnd : nil
    let facts = evidence(goodPass(), now: now)
    #expect(decide(facts, rules: rules { $0.hours = .enforce }).reason == reason)
    #expect(decide(facts, rules: Rules()).reason == .valid)
    #expect(decide(facts, rules: Rules()).hoursWarning == expected)
    #expect(decide(facts, rules: rules { $0.hours = .ignore }).reason == .valid)
    #expect(decide(facts, rules: rules { $0.hours = .ignore }).hoursWarning == nil)
  }

  @Test func `Unknown hours refuse nobody`() {
    let facts = evidence(goodPass(), event: Event(id: "tonight"))
    #expect(decide(facts, rules: rules { $0.hours = .enforce }).reason == .valid)
  }

  @Test(arguments: [(21_599.0, false), (21_600, false), (21_601, true)])
  func `An event is tonight's until more than 6 h after its end`(
    afterEnd: TimeInterval, isOver: Bool
  ) {
    let facts = evidence(goodPass(), now: end.addingTimeInterval(afterEnd))
    #expect((decide(facts, rules: Rules()).reason == .noEvent) == isOver)
  }

  @Test(arguments: [
    ("activated", Reason.valid), ("Activated", .notActive), ("", .notActive),
    ("pending", .notActive),
  ])
  func `Only the states that the venue names are active`(state: String, reason: Reason) {
    #expect(decide(evidence(goodPass { $0.state = state }), rules: Rules()).reason == reason)
    let own = rules { $0.activeStates = ["pending", "Activated", ""] }
    let other: Reason = reason == .valid ? .notActive : .valid
    #expect(decide(evidence(goodPass { $0.state = state }), rules: own).reason == other)
  }

  @Test(arguments: [
    (nil as String?, "venue" as String?, Reason.valid), ("venue", "venue", .valid),
    ("venue", "Venue", .wrongOrganization), ("venue", nil, .wrongOrganization), (nil, nil, .valid),
  ])
  func `The organization counts only where it is set`(
    own: String?, its: String?, reason: Reason
  ) {
    let facts = evidence(goodPass { $0.organizationID = its })
    #expect(decide(facts, rules: rules { $0.organizationID = own }).reason == reason)
  }

  @Test func `A pass without a usage tonight comes in only where the venue lets it, once`() {
    let facts = evidence(goodPass { $0.usages = [] })
    #expect(decide(facts, rules: Rules()).reason == .notTonight)
    let open = rules { $0.eventWithoutUsage = .admit }
    #expect(decide(facts, rules: open).count == HeadCount(allowed: 1, used: 0, admitted: 1))
    let again = evidence(goodPass { $0.usages = [] }, admittedHere: 1)
    #expect(decide(again, rules: open).reason == .alreadyUsed)
  }

  /// A group that does not fit is refused whole, as nobody knows whom it would leave outside.
  @Test(arguments: [
    (Rules.Capacity.enforce, 36 as Int?, Reason.valid), (.enforce, 37, .venueFull),
    (.enforce, 40, .venueFull),
    (.enforce, 55, .venueFull), (.warn, 40, .valid), (.enforce, nil, .valid),
  ])
  func `Who does not fit any more is refused where the venue enforces it`(
    capacity: Rules.Capacity, inside: Int?, reason: Reason
  ) {
    var facts = evidence(goodPass { $0.usages[0].beneficiaries = 4 })
    facts.peopleInside = inside
    var rules = rules {
      $0.capacity = capacity
      $0.places = 40
    }
    let decision = decide(facts, rules: rules)
    #expect(decision.reason == reason)
    #expect(decision.freePlaces == (reason == .venueFull ? max(0, 40 - (inside ?? 0)) : nil))
    rules.places = nil
    #expect(decide(facts, rules: rules).reason == .valid, "nobody said how many fit")
    rules.places = 40
    rules.groupEntry = .one
    let fits = capacity == .warn || (inside ?? 0) < 40
    #expect(decide(facts, rules: rules).reason == (fits ? .valid : .venueFull), "one a scan")
  }

  /// (Contract: The verdict, `no_event`): in the place of `not_tonight`, whatever the venue lets in.
  @Test(arguments: [
    (Circumstance.nothing, Reason.noEvent), (.archived, .archived), (.notActive, .notActive),
    (.wrongOrganization, .wrongOrganization), (.unknownPass, .unknownPass), (.offline, .offline),
    (.tooLate, .noEvent), (.tooEarly, .noEvent), (.unreadable, .unreadableCode),
  ])
  func `Where the service knows no such event, a pass for another one is unverified`(
    circumstance: Circumstance, reason: Reason
  ) {
    for lets in [Rules.EventWithoutUsage.refuse, .admit] {
      var rules = Rules()
      rules.eventWithoutUsage = lets
      var facts = evidence(goodPass { $0.usages[0].eventID = "another" })
      facts.tonight = .unknown(tonight)
      circumstance.apply(to: &facts, &rules)
      #expect(decide(facts, rules: rules).reason == reason)
      // One with a usage for it is judged by it.
      var known = evidence(goodPass())
      known.tonight = .unknown(tonight)
      #expect(decide(known, rules: rules).reason != .noEvent)
    }
  }

  @Test func `A usage for nobody is not for tonight, whatever the venue lets in`() {
    let facts = evidence(goodPass { $0.usages[0].beneficiaries = 0 })
    for rule in Rules.EventWithoutUsage.allCases {
      #expect(
        decide(facts, rules: rules { $0.eventWithoutUsage = rule }).reason == .notTonight)
    }
  }

  @Test(arguments: [nil] + LookUpFailure.allCases)
  func `A stored pass decides as a live one, unless green is not allowed`(
    failure: LookUpFailure?
  ) {
    let stored = Source.cache(fetchedAt: start, because: failure)
    let amber: Reason =
      switch failure {
      case .unauthorized: .unauthorized
      case .rateLimited: .rateLimited
      case .serviceError: .serviceError
      case nil, .offline: .offline
      }
    for circumstance in Circumstance.allCases {
      var facts = evidence(goodPass())
      var own = Rules()
      circumstance.apply(to: &facts, &own)
      switch facts.finding {
      case .found(let pass, _): facts.finding = .found(pass, stored)
      case .unknown: facts.finding = .unknown(stored)
      case .failed, .unreadable: continue
      }
      #expect(decide(facts, rules: own).reason == circumstance.reason)
      own.offlineAdmit = false
      let strict = decide(facts, rules: own).reason
      #expect(strict == (circumstance == .nothing ? amber : circumstance.reason))
    }
  }

  @Test(arguments: [
    (-1.0, Reason.tooEarly), (0, .valid), (3599, .valid), (3600, .tooLate),
  ])
  func `Rate windows refuse only where the venue enforces them`(
    elapsed: TimeInterval, reason: Reason
  ) {
    let rates = [
      Rate(id: "x", name: "Other", options: []),
      Rate(
        id: "r", name: "GENERÁL", options: [RateOption(id: "o", price: 10, from: 0, until: 3600)]),
    ]
    let facts = evidence(goodPass(), now: start.addingTimeInterval(elapsed), rates: rates)
    let enforcing = rules {
      $0.rateWindows = .enforce
      $0.hours = .ignore
    }
    #expect(decide(facts, rules: enforcing).reason == reason)
    #expect(decide(facts, rules: rules { $0.hours = .ignore }).reason == .valid)
    var without = facts
    without.rates = nil
    #expect(decide(without, rules: enforcing).reason == .valid)
  }

  /// (Contract: Counting people): with `rules.partial_entry: false`, anybody in uses the pass up.
  @Test(arguments: [true, false])
  func `Others may follow unless one uses the pass up`(partialEntry: Bool) {
    let rules = rules {
      $0.groupEntry = .one
      $0.partialEntry = partialEntry
    }
    let group = goodPass { $0.usages = [Usage(eventID: "tonight", beneficiaries: 4)] }
    let first = decide(evidence(group), rules: rules)
    #expect(first.reason == .valid && first.othersMayFollow == partialEntry)
    let second = decide(evidence(group, admittedHere: 1), rules: rules)
    #expect(second.reason == (partialEntry ? .valid : .alreadyUsed))
  }
}
