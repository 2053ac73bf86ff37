import Admission
import DoorScreen
import Formatting
import Foundation
import Testing

/// Saturday 2026-03-07 23:41:07 in Madrid, and values around it.
package enum Night {
  static let now = Moment(wall: Date(timeIntervalSince1970: 1_772_923_267), uptime: 1000)
  static let event = Event(
    id: "ev1", name: "Noche de Luna", startsAt: at(hours: -0.7), endsAt: at(hours: 6.3))
  static let time = LocalTime(timeZone: TimeZone(identifier: "Europe/Madrid")!)

  static func at(hours: Double) -> Date { now.wall.addingTimeInterval(hours * 3600) }

  static func setup(demoCodes: [DemoCode] = [], help: String? = "Marta 600 123 123") -> ScreenSetup
  {
    ScreenSetup(doorName: "Main door", help: help, time: time, demoCodes: demoCodes, keys: .keys)
  }

  static let demoCodes = [
    ("DEMO-VALID", "lets one person in"), ("DEMO-GROUP", "lets four people in"),
    ("DEMO-PART", "two of four are in already"), ("DEMO-USED", "already used"),
    ("DEMO-BLOCKED", "not active"), ("DEMO-ARCHIVED", "withdrawn"),
    ("DEMO-OTHER-NIGHT", "not for tonight"), ("DEMO-OTHER-HOUSE", "another organizer"),
    ("DEMO-NOBODY", "no such pass"), ("DEMO-SLOW", "no answer in time"),
    ("DEMO-FAULT", "service error"), ("DEMO-LIMIT", "too many requests"),
    ("DEMO-KEY", "key refused"), ("!", "unreadable"),
  ].map { DemoCode(code: $0.0, explanation: $0.1) }

  /// One warning of every kind.
  static let notices: [Notice] = [
    .clockWrong, .scannerWithoutEnd(lost: 3), .clockOffset(seconds: -190), .slowService,
    .notRecording, .certificateRefused,
    .storeSetAside(name: "doorcheck-2026-03-07.damaged"), .preloadForbidden(kinds: [.pass]),
    .serviceDenies,
    .mostNotTonight(rule: "rules.event_without_usage"), .hookFailed(.exited(3)),
    .otherEvent(Event(id: "ev9", name: "Gala de Nochevieja")),
  ]

  /// So many events that all cover now.
  static func events(_ count: Int) -> [Event] {
    let names = ["Noche de Luna", "Gala", "Tarde de Sol", "Sala 2: Techno", "Boda Puig"]
    return (0..<count).map { index in
      let cycle = index / names.count
      return Event(
        id: "ev\(index + 1)",
        name: names[index % names.count] + (cycle > 0 ? " \(cycle + 1)" : ""),
        startsAt: at(hours: -0.7 + Double(index)), endsAt: at(hours: 6.3 + Double(index)))
    }
  }

  /// A screen in the middle of a good night.
  static func state(
    setup: ScreenSetup = setup(), tonight: Tonight = .chosen(event), service: ServiceStatus? = nil
  ) -> DoorState {
    var state = DoorState(setup: setup)
    state.take(.night(.tonight(tonight)))
    state.take(.service(ServiceHealth(service ?? .live(latency: .milliseconds(43)))))
    state.take(.night(.crowd(Crowd(admitted: 123, inside: 123))))
    return state
  }

  static func pass(
    _ customer: String? = "Ana García", type: String? = "VIP table", state: String = "activated"
  ) -> PassSummary {
    PassSummary(id: "p1", customer: customer, type: type, state: state, nightsUsed: 3, nights: 7)
  }

  /// An outcome as the rules would make it for `reason`.
  static func outcome(
    _ reason: Reason, number: Int = 12, code: String = "AB12CD9123", count: HeadCount? = nil,
    pass: PassSummary? = nil, tonight: Tonight = .chosen(event), entry: Entry? = nil,
    source: Source? = nil, hours: HoursWarning? = nil, isRepeat: Bool = false,
    isLook: Bool = false, at: Date = now.wall,
    rate: Rate? = nil, unreadable: UnreadableCause? = nil
  ) -> Outcome {
    var decision = Decision(
      reason: reason, count: count ?? usualCount(reason), hoursWarning: hours,
      unreadable: unreadable ?? (reason == .unreadableCode ? .notACode : nil))
    switch reason.verdict {
    case .admit, .refuse, .unverified: break
    case .out:
      let inside = decision.count?.used ?? 0
      decision.departure = Departure(people: inside, inside: inside)
    }
    return Outcome(
      number: number, code: code, decision: decision,
      isRepeat: isRepeat, pass: pass ?? usualPass(reason), tonight: tonight, earlierEntry: entry,
      source: source ?? usualSource(reason), at: at, latency: .milliseconds(43), rate: rate,
      isLook: isLook)
  }

  private static func usualCount(_ reason: Reason) -> HeadCount? {
    switch reason {
    case .unreadableCode, .noEvent, .unauthorized, .rateLimited, .serviceError, .offline,
      .unknownPass:
      nil
    case .wrongOrganization, .archived, .notActive, .wrongDoor, .tooEarly, .tooLate, .venueFull:
      HeadCount(allowed: 2, used: 0)
    case .left: HeadCount(allowed: 2, used: 2)
    case .nobodyInside: HeadCount(allowed: 2, used: 0)
    case .notTonight: HeadCount(allowed: 0, used: 0)
    case .alreadyUsed: HeadCount(allowed: 4, used: 4)
    case .valid: HeadCount(allowed: 1, used: 0, admitted: 1)
    }
  }

  private static func usualPass(_ reason: Reason) -> PassSummary? {
    switch reason {
    case .unreadableCode, .unauthorized, .rateLimited, .serviceError, .offline, .unknownPass: nil
    case .notActive: pass(state: "blocked_by_venue")
    case .noEvent, .wrongOrganization, .archived, .wrongDoor, .tooEarly, .tooLate, .notTonight,
      .alreadyUsed,
      .venueFull, .valid, .left, .nobodyInside:
      pass()
    }
  }

  private static func usualSource(_ reason: Reason) -> Source? {
    switch reason {
    case .unreadableCode, .unauthorized, .rateLimited, .serviceError, .offline: nil
    case .noEvent, .unknownPass, .wrongOrganization, .archived, .notActive, .notTonight, .wrongDoor,
      .tooEarly,
      .tooLate, .alreadyUsed, .venueFull, .valid:
      .live
    case .left, .nobodyInside: .cache(fetchedAt: now.wall, because: nil)
    }
  }
}

extension DoorState {
  /// One event, `after` seconds into the scene.
  @discardableResult
  mutating func press(_ key: DoorKey, after: TimeInterval = 0) -> [Effect] {
    take(.key(key), after: after)
  }

  @discardableResult
  mutating func take(_ event: DoorEvent, after: TimeInterval = 0) -> [Effect] {
    reduce(event, at: Night.now.advanced(by: after))
  }

  /// A scan and its verdict at once.
  mutating func scan(_ outcome: Outcome, after: TimeInterval = 0, isLook: Bool = false) {
    take(
      .scan(
        .taken(
          number: outcome.number, code: outcome.code, isRepeat: outcome.isRepeat, isLook: isLook)),
      after: after)
    var outcome = outcome
    outcome.isLook = isLook
    take(.scan(.verdict(outcome)), after: after)
  }

  func seen(
    after: TimeInterval = 0, columns: Int = 80, rows: Int = 24, charset: Charset = .unicode
  ) -> Frame {
    view(
      self, size: Size(columns: columns, rows: rows), at: Night.now.advanced(by: after),
      appearance: Appearance(charset: charset))
  }
}

extension Frame: CustomTestStringConvertible {
  /// A failed expectation shows the picture.
  package var testDescription: String { "\n\(text)\n" }

  var lines: [String] { rows.map { $0.map(\.text).joined() } }
  var text: String { lines.joined(separator: "\n") }

  func contains(_ text: String) -> Bool { lines.contains { $0.contains(text) } }

  /// How many cells have a role.
  func cells(_ role: Style.Role) -> Int {
    rows.reduce(0) { $0 + $1.count { $0.style.role == role } }
  }

  /// The panel's role: that of most cells.
  var mainRole: Style.Role { Style.Role.allCases.max { cells($0) < cells($1) }! }
}
