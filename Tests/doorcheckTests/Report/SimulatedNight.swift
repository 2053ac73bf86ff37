import Admission
import Foundation
import NightStore
import TestSupport

@testable import doorcheck

/// A night of seven hours from 23:00 in Madrid on which the clocks change: it is scanned into a store at
/// random, and what went in is counted on the side, without the store.
struct SimulatedNight {
  enum Change: CaseIterable {
    /// 2026-10-25 03:00 becomes 02:00.
    case back
    /// 2026-03-29 02:00 becomes 03:00.
    case forward

    /// 23:00 in Madrid, in seconds since 1970.
    var start: Double {
      switch self {
      case .back: 1_792_875_600
      case .forward: 1_774_735_200
      }
    }

    /// Both change at 01:00 UTC.
    var at: Double {
      switch self {
      case .back: 1_792_890_000
      case .forward: 1_774_746_000
      }
    }

    /// ISO 8601 by hand: what Madrid's clocks show.
    func timestamp(_ seconds: Double) -> String {
      let isSummer = (seconds < at) == (self == .back)
      let local = Date(timeIntervalSince1970: seconds + (isSummer ? 7200 : 3600))
      return local.formatted(.iso8601).replacing("Z", with: isSummer ? "+02:00" : "+01:00")
    }
  }

  struct Admission {
    var at: Double
    var people: Int
    var type: String?
    var door: String
    var isStored = false
    var isByHand = false
    var isUndone = false
  }

  static let doors = ["Main", "South"]
  static let types: [String?] = ["Season", "VIP", "Noche de Año Nuevo", nil]
  /// When nobody answered, in seconds from the start: 12 and 20 minutes.
  static let outages: [Range<Double>] = [2400..<3120, 12_600..<13_800]
  static let length = 22_000.0

  let change: Change
  let event: Event
  private var random: SplitMix64
  private(set) var admissions: [Admission] = []
  private(set) var reasons: [Reason: Int] = [:]
  private(set) var scansByType: [String?: Int] = [:]
  private(set) var scansByDoor: [String: Int] = [:]
  private(set) var repeats = 0
  private(set) var looks = 0
  private(set) var moments: [Double] = []
  private var passes: [Pass] = []

  init(_ change: Change, seed: UInt64) {
    self.change = change
    event = Event(
      id: "night", name: "Cambio de hora", startsAt: Date(timeIntervalSince1970: change.start),
      endsAt: Date(timeIntervalSince1970: change.start + 25_200))
    random = SplitMix64(state: seed)
  }

  var people: Int { counted.reduce(0) { $0 + $1.people } }
  var counted: [Admission] { admissions.filter { !$0.isUndone } }

  /// People by the beginning of their quarter of an hour.
  var quarters: [Double: Int] {
    counted.reduce(into: [:]) { $0[($1.at / 900).rounded(.down) * 900, default: 0] += $1.people }
  }

  /// The most people of any 5 minutes.
  var peak: Int {
    counted.map { last in
      counted.filter { $0.at > last.at - 300 && $0.at <= last.at }.reduce(0) { $0 + $1.people }
    }.max() ?? 0
  }

  mutating func run(in night: ReportStore, scans: Int) async throws {
    for outage in Self.outages {
      let (start, end) = (moment(outage.lowerBound), moment(outage.upperBound))
      try await night.store.note(.offline(since: start), door: "Main", at: start)
      try await night.store.note(.live(latency: .zero), door: "Main", at: end)
    }
    // The first and the last scan lie outside of both.
    try await refuse(at: 0, in: night)
    for number in 1..<scans {
      let at = (Self.length * Double(number) / Double(scans)).rounded()
      switch Int.random(in: 0..<100, using: &random) {
      case 0..<60: try await newGuest(at: at, in: night)
      case 60..<70: try await sameGuestAgain(at: at, in: night)
      case 70..<78: try await refuse(at: at, in: night)
      case 78..<84: try await readAgain(.repeat, at: at, in: night)
      case 84..<90: try await readAgain(.look, at: at, in: night)
      case 90..<95: try await byHand(at: at, in: night)
      default: try await undo(at: at, in: night)
      }
    }
    try await refuse(at: Self.length, in: night)
  }

  private func moment(_ at: Double) -> Date {
    Date(timeIntervalSince1970: change.start + at)
  }

  private func isOffline(_ at: Double) -> Bool { Self.outages.contains { $0.contains(at) } }

  private func source(_ at: Double) -> Source {
    isOffline(at) ? .cache(fetchedAt: moment(at - 600), because: .offline) : .live
  }

  private mutating func anyDoor() -> String { Self.doors.randomElement(using: &random)! }

  private mutating func newGuest(at: Double, in night: ReportStore) async throws {
    let door = anyDoor()
    guard !isOffline(at) || Bool.random(using: &random) else {
      // Nothing is stored of this guest.
      try await night.scan(.offline, eventID: event.id, at: moment(at), source: nil, door: door)
      return count(.offline, type: nil, door: door, at: at)
    }
    let people = Int.random(in: 1...4, using: &random)
    let type = Self.types.randomElement(using: &random)!
    let pass = reportPass("\(passes.count)", people: people, type: type, eventID: event.id)
    passes.append(pass)
    try await night.settle(
      pass, eventID: event.id, at: moment(at), source: source(at), door: door)
    count(.valid, type: type, door: door, at: at)
    admissions.append(
      Admission(
        at: change.start + at, people: people, type: type, door: door, isStored: isOffline(at)))
  }

  private mutating func sameGuestAgain(at: Double, in night: ReportStore) async throws {
    guard let pass = passes.randomElement(using: &random) else { return }
    let door = anyDoor()
    // Whoever was undone comes in now; the store is asked, the tally follows its answer's count.
    let settled = try await night.settle(
      pass, eventID: event.id, at: moment(at), source: source(at), door: door)
    count(settled.decision.reason, type: pass.typeName, door: door, at: at)
    if let count = settled.decision.count, count.admitted > 0 {
      admissions.append(
        Admission(
          at: change.start + at, people: count.admitted, type: pass.typeName, door: door,
          isStored: isOffline(at)))
    }
  }

  private mutating func refuse(at: Double, in night: ReportStore) async throws {
    let refusals: [Reason] = [.unknownPass, .notActive, .notTonight, .archived]
    let reason = refusals.randomElement(using: &random)!
    let door = anyDoor()
    try await night.scan(
      reason, eventID: event.id, at: moment(at), source: source(at), door: door)
    count(reason, type: nil, door: door, at: at)
  }

  private mutating func readAgain(
    _ action: ScanRecord.Action, at: Double, in night: ReportStore
  ) async throws {
    try await night.scan(
      .valid, eventID: event.id, at: moment(at), action: action, source: source(at))
    moments.append(at)
    if action == .repeat { repeats += 1 } else { looks += 1 }
  }

  private mutating func byHand(at: Double, in night: ReportStore) async throws {
    let people = Int.random(in: 1...3, using: &random)
    let door = anyDoor()
    try await night.store.admit(
      byHand: HandAdmission(
        passID: nil, people: people, reason: .unknownPass,
        scan: ScanRecord(
          at: moment(at), door: door, eventID: event.id, code: "HAND-\(at)", source: source(at),
          latency: .zero)))
    moments.append(at)
    admissions.append(
      Admission(at: change.start + at, people: people, door: door, isByHand: true))
  }

  private mutating func undo(at: Double, in night: ReportStore) async throws {
    let door = anyDoor()
    guard
      let newest = admissions.lastIndex(where: { $0.door == door && !$0.isUndone })
    else { return }
    let standing = try await night.store.newestAdmission(
      door: door, during: .distantPast ..< .distantFuture)
    if let id = standing?.id { _ = try await night.store.undo(admission: id, at: moment(at)) }
    moments.append(at)
    admissions[newest].isUndone = true
  }

  private mutating func count(_ reason: Reason, type: String?, door: String, at: Double) {
    reasons[reason, default: 0] += 1
    scansByType[type, default: 0] += 1
    scansByDoor[door, default: 0] += 1
    moments.append(at)
  }
}
