import Admission
import Foundation
import NightStore
import Testing

@testable import Door
@testable import NightReport

/// A night of six hours from 23:00 in Madrid on which the clocks change, with two doors on one store
/// and a network that is lost twice. Guests come at random, staff correct now and then; each verdict,
/// and all that the report must tell, is worked out on the side, without the program's own rules.
struct SimulatedNight {
  struct Admission {
    var at: Double
    var people: Int
    var type: String?
    var door: String
    var guest: Int
    var isStored = false
    var isByHand = false
    var isUndone = false
  }

  static let doors = ["Main", "South"]
  static let length = 21_600
  /// When nobody reaches the service, in seconds from the start: 12 and 20 minutes.
  static let outages: [Range<Double>] = [2400..<3120, 12_600..<13_800]
  /// Seconds between two looks for the service where it is silent.
  private static let probePause = 30.0
  /// F8 takes nothing back that is older, in seconds.
  private static let longestUndo = 3600.0

  let change: Change
  let event: Event
  private(set) var admissions: [Admission] = []
  private(set) var reasons: [Reason: Int] = [:]
  private(set) var scansByType: [String?: Int] = [:]
  private(set) var scansByDoor: [String: Int] = [:]
  private(set) var repeats = 0
  private(set) var looks = 0
  /// Of the journal's first and last line, in seconds since 1970.
  private(set) var firstAt = Double.infinity
  private(set) var lastAt = -Double.infinity
  private var lines = doors.map { _ in SimulatedLine() }
  private var crowd: SimulatedCrowd
  private let clock: NightClock
  private let service = SimulatedService()

  init(_ change: Change, guests: Int, seed: UInt64) {
    self.change = change
    event = Event(
      id: "night", name: "Cambio de hora", startsAt: Date(timeIntervalSince1970: change.start),
      endsAt: Date(timeIntervalSince1970: change.start + Double(Self.length)))
    crowd = SimulatedCrowd(
      guests: guests, eventID: event.id, length: Self.length, doors: Self.doors.count, seed: seed)
    clock = NightClock(at: change.start)
  }

  // MARK: What the report must tell

  var people: Int { counted.reduce(0) { $0 + $1.people } }
  var counted: [Admission] { admissions.filter { !$0.isUndone } }

  /// People by the beginning of their quarter of an hour.
  var quarters: [Double: Int] {
    counted.reduce(into: [:]) { $0[($1.at / 900).rounded(.down) * 900, default: 0] += $1.people }
  }

  /// The most people of any 5 minutes.
  var peak: Int {
    let bySecond = counted.reduce(into: [Double: Int]()) { $0[$1.at, default: 0] += $1.people }
    return bySecond.keys.map { last in
      (0..<300).reduce(0) { $0 + bySecond[last - Double($1), default: 0] }
    }.max() ?? 0
  }

  /// To a tenth.
  var minutesOffline: Double {
    (SimulatedLine.secondsOffline(lines, within: firstAt...lastAt) / 6).rounded() / 10
  }

  // MARK: The night

  mutating func run(in night: ReportStore) async throws {
    for pass in crowd.guests.compactMap(\.pass) { service.add(pass) }
    try await night.store.store(
      passes: crowd.guests.filter(\.isStored).compactMap(\.pass), fetchedAt: clock.date,
      eventID: event.id)
    let doors = Self.doors.map {
      SimulatedDoor($0, event: event, store: night.store, service: service, clock: clock)
    }
    var probedAt = clock.seconds
    for visit in crowd.visits {
      let at = change.start + visit.at
      while probedAt + Self.probePause <= at {
        probedAt += Self.probePause
        move(to: probedAt)
        for (index, door) in doors.enumerated() {
          if lines[index].isDark { lines[index].ask(isAnswered: !isDown, at: clock.seconds) }
          await door.probe()
        }
      }
      move(to: at)
      try await receive(visit, at: doors[visit.door])
    }
    for index in lines.indices { lines[index].end(at: clock.seconds) }
    for door in doors { await door.end() }
  }

  private var isDown: Bool {
    Self.outages.contains { $0.contains(clock.seconds - change.start) }
  }

  private mutating func receive(_ visit: SimulatedCrowd.Visit, at door: SimulatedDoor) async throws
  {
    if crowd.hits(percent: 4) {
      _ = try await scan(visit, at: door, isLook: true)
      pass(4)
    }
    let outcome = try await scan(visit, at: door)
    if crowd.hits(percent: 5) {
      pass(1)
      try await scanTwice(visit, outcome, at: door)
    } else if outcome.verdict == .admit, let admitted = outcome.count?.admitted, admitted > 1,
      crowd.hits(percent: 30)
    {
      pass(2)
      try await setPeople(crowd.number(in: 1...admitted), of: outcome, visit, at: door)
    } else if outcome.verdict != .admit, crowd.hits(percent: 10) {
      pass(2)
      try await letIn(outcome, visit, at: door)
    }
    if crowd.hits(percent: 3) { try await undo(at: door) }
  }

  /// Lets some seconds pass in which nobody looks for the service.
  private func pass(_ seconds: Double) { move(to: clock.seconds + seconds) }

  private func move(to seconds: Double) {
    clock.move(to: seconds)
    service.isDown = isDown
  }

  /// Scans a guest's code, and holds the verdict to what it must be.
  private mutating func scan(
    _ visit: SimulatedCrowd.Visit, at door: SimulatedDoor, isLook: Bool = false
  ) async throws -> Outcome {
    let now = clock.seconds
    let guest = crowd.guests[visit.guest]
    let isStored = guest.isKnown(at: now)
    let isAsked = !(lines[visit.door].isDark && isStored)
    let isAnswered = isAsked && !isDown
    if isAsked { lines[visit.door].ask(isAnswered: isAnswered, at: now) }
    if isAnswered {
      crowd.guests[visit.guest].isStored = true
      crowd.guests[visit.guest].answeredAt = now
    }
    let isKnown = isAnswered || isStored
    let left = guest.kind == .comesIn ? max(0, guest.people - guest.peopleIn) : 0
    let reason: Reason =
      switch guest.kind {
      case _ where !isKnown: .offline
      case .unknown: .unknownPass
      case .refused(let reason): reason
      case .comesIn: left > 0 ? .valid : .alreadyUsed
      }
    let type = isKnown ? guest.pass?.typeName : nil
    if isLook {
      looks += 1
    } else {
      reasons[reason, default: 0] += 1
      scansByType[type, default: 0] += 1
      scansByDoor[door.name, default: 0] += 1
    }
    journal()
    if reason == .valid, !isLook {
      crowd.guests[visit.guest].peopleIn += left
      admissions.append(
        Admission(
          at: now, people: left, type: type, door: door.name, guest: visit.guest,
          isStored: !isAnswered))
    }

    let outcome = try #require(await door.scan(guest.code, isLook: isLook))
    try #require(outcome.reason == reason, "\(guest), \(visit)")
    try #require(!outcome.isRepeat, "\(visit)")
    let admitted = reason == .valid ? left : 0
    try #require(outcome.count?.admitted ?? 0 == admitted, "\(guest), \(visit)")
    switch outcome.source {
    case .live: try #require(isAnswered, "\(visit)")
    case .cache: try #require(isKnown && !isAnswered, "\(visit)")
    case nil: try #require(!isKnown, "\(visit)")
    }
    return outcome
  }

  /// The scanner reads twice, which is a second try only where the first one said nothing.
  private mutating func scanTwice(
    _ visit: SimulatedCrowd.Visit, _ first: Outcome, at door: SimulatedDoor
  ) async throws {
    guard first.verdict != .unverified else {
      _ = try await scan(visit, at: door)
      return
    }
    let second = try #require(await door.scan(crowd.guests[visit.guest].code))
    try #require(second.isRepeat && second.reason == first.reason, "\(visit)")
    repeats += 1
    journal()
  }

  private mutating func setPeople(
    _ people: Int, of outcome: Outcome, _ visit: SimulatedCrowd.Visit, at door: SimulatedDoor
  ) async throws {
    let changed = try #require(await door.setAdmitted(number: outcome.number, people: people))
    try #require(changed.count?.admitted == people, "\(visit)")
    let newest = admissions.count - 1
    guard admissions[newest].people != people else { return }
    crowd.guests[visit.guest].peopleIn += people - admissions[newest].people
    admissions[newest].people = people
    journal()
  }

  private mutating func letIn(
    _ outcome: Outcome, _ visit: SimulatedCrowd.Visit, at door: SimulatedDoor
  ) async throws {
    let changed = try #require(await door.letIn(number: outcome.number))
    try #require(changed.count?.admitted == 1, "\(visit)")
    crowd.guests[visit.guest].peopleIn += 1
    admissions.append(
      Admission(
        at: clock.seconds, people: 1, type: outcome.pass?.type, door: door.name,
        guest: visit.guest, isByHand: true))
    journal()
  }

  private mutating func undo(at door: SimulatedDoor) async throws {
    let undone = await door.undo()
    let newest = admissions.lastIndex { $0.door == door.name && !$0.isUndone }
    guard let newest, admissions[newest].at >= clock.seconds - Self.longestUndo else {
      try #require(undone == nil)
      return
    }
    try #require(undone?.people == admissions[newest].people)
    crowd.guests[admissions[newest].guest].peopleIn -= admissions[newest].people
    admissions[newest].isUndone = true
    journal()
  }

  private mutating func journal() {
    firstAt = min(firstAt, clock.seconds)
    lastAt = max(lastAt, clock.seconds)
  }
}
