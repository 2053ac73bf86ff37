import Admission
import FoundationEssentials
import GRDB
import SeededRandom
import Testing

@testable import NightStore

/// Doors that tell each other what they did over one ledger, late, twice and in any order.
private struct ManyDoors {
  /// How the ledger has each, by the highest revision, and the changes in the order of their arrival.
  private struct Ledger {
    var rows: [AdmissionID: LedgerAdmission] = [:]
    var feed: [LedgerAdmission] = []

    mutating func deliver(_ admission: LedgerAdmission) {
      if let there = rows[admission.id], there.revision >= admission.revision { return }
      rows[admission.id] = admission
      feed.append(admission)
    }
  }

  let folders: [TemporaryFolder]
  private(set) var doors: [NightStore]
  private var random: SplitMix64
  private var ledger = Ledger()
  private var read: [Int]
  private var now: TimeInterval = 0
  /// People whom the service has counted in, by pass.
  private var counted: [String: Int] = [:]
  private(set) var doneApart = 0

  init(doors count: Int, seed: UInt64) throws {
    random = SplitMix64(seed: seed)
    folders = (0..<count).map { _ in TemporaryFolder() }
    doors = try folders.map { try $0.open().store }
    read = doors.map { _ in 0 }
  }

  mutating func step() async throws {
    now += Double.random(in: 3...30, using: &random)
    let door = Int.random(in: doors.indices, using: &random)
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<7: try await scan(at: door)
    case 7: try await letInByHand(at: door)
    case 8: try await undo(at: door)
    case 9, 10: try await correct(at: door)
    case 11: try await report(at: door)
    case 12..<15: try await deliver(from: door, isHeard: Bool.random(using: &random))
    case 15..<19: try await bring(to: door)
    default: try reopen(door)
    }
  }

  /// As the service answers now.
  private mutating func live() -> Pass {
    let number = Int.random(in: 0..<6, using: &random)
    return pass("\(number)", people: 1 + number % 3, counted: counted["\(number)"])
  }

  // MARK: - What staff do

  private mutating func scan(at door: Int) async throws {
    let pass = live()
    let isTogether = Bool.random(using: &random)
    if isTogether { try await deliver(from: door, isHeard: true) } else { doneApart += 1 }
    let held = ledger.rows.values.filter { $0.passID == pass.id }
    let people = held.reduce(0) { $0 + $1.standing }
    let recorded = try await doors[door].admit(
      pass, at: now, onLedger: isTogether ? held : [], door: "Door \(door)",
      group: Bool.random(using: &random) ? .one : .all)
    guard isTogether, let count = recorded.decision.count else { return }
    // While the ledger answers, a door knows of all who are in.
    #expect(count.used >= people || recorded.decision.reason == .alreadyUsed)
    #expect(people + count.admitted <= max(count.allowed, people))
    try await deliver(from: door, isHeard: true)
  }

  private mutating func letInByHand(at door: Int) async throws {
    let pass = live()
    try await doors[door].admit(
      byHand: HandAdmission(
        passID: pass.id, people: Int.random(in: 1...3, using: &random), reason: .alreadyUsed,
        scan: record(pass.code, at: now, door: "Door \(door)")))
  }

  private mutating func undo(at door: Int) async throws {
    if let newest = try await newest(at: door) {
      _ = try await doors[door].undo(admission: newest, at: night + now)
    }
  }

  private mutating func correct(at door: Int) async throws {
    if let newest = try await newest(at: door) {
      _ = try await doors[door].setPeople(
        Int.random(in: 1...3, using: &random), ofAdmission: newest, at: night + now)
    }
  }

  private func newest(at door: Int) async throws -> Int64? {
    try await doors[door].newestAdmission(door: "Door \(door)", during: night..<night + now)?.id
  }

  private mutating func report(at door: Int) async throws {
    try await doors[door].admit(
      live(), at: now, door: "Door \(door)", group: .one,
      report: ReportOrder(optionID: nil, earliest: night))
    for due in try await doors[door].claimDueReports(now: night + now, lease: 60) {
      if Bool.random(using: &random) {
        counted[due.passID, default: 0] += due.people
        try await doors[door].acknowledge(due, at: night + now + 1)
      } else {
        try await doors[door].retry(due, at: night + now + 60, mayHaveArrived: false)
      }
    }
  }

  // MARK: - What goes between them

  /// - Parameter isHeard: the door learns that it arrived.
  private mutating func deliver(from door: Int, isHeard: Bool) async throws {
    let due = try await doors[door].own()
    for admission in due { ledger.deliver(admission) }
    if isHeard { try await doors[door].noteDelivered(due, toLedger: ledgerID) }
  }

  /// Some of the feed, older changes with it.
  private mutating func bring(to door: Int) async throws {
    let from = max(0, read[door] - Int.random(in: 0...5, using: &random))
    let until = min(ledger.feed.count, from + Int.random(in: 1...20, using: &random))
    guard from < until else { return }
    let doorID = doors[door].doorID
    let page = ledger.feed[from..<until].filter { $0.doorID != doorID }.shuffled(using: &random)
    try await doors[door].takeOver(page, cursor: "\(until)")
    read[door] = max(read[door], until)
  }

  private mutating func reopen(_ door: Int) throws {
    doors[door].close()
    let opened = try folders[door].open(checking: .thorough)
    #expect(opened.setAside == nil)
    doors[door] = opened.store
  }

  /// All that is under way arrives.
  mutating func settle() async throws {
    for door in doors.indices { try await deliver(from: door, isHeard: true) }
    for door in doors.indices {
      let doorID = doors[door].doorID
      try await doors[door].takeOver(
        ledger.feed.filter { $0.doorID != doorID }.shuffled(using: &random))
      #expect(try await doors[door].own().isEmpty)
    }
  }

  // MARK: - What is so in the end

  struct Held: Hashable, Comparable {
    var id: String
    var people: Int
    var isUndone: Bool
    var isTold: Bool
    /// In milliseconds.
    var at: Double

    static func < (one: Held, other: Held) -> Bool { one.id < other.id }
  }

  func rows(of door: Int) async throws -> [Held] {
    try await doors[door].ledger.read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM admissions").map {
        Held(
          id: $0["entry_id"], people: $0["people"], isUndone: $0["undone_at"] != nil,
          isTold: $0["acknowledged_at"] != nil, at: ($0["at"] as Double * 1000).rounded())
      }.sorted()
    }
  }

  var rowsOfLedger: [Held] {
    ledger.rows.values.map {
      Held(
        id: $0.id.rawValue, people: $0.people, isUndone: $0.undoneAt != nil,
        isTold: $0.acknowledgedAt != nil, at: ($0.at.timeIntervalSince1970 * 1000).rounded())
    }.sorted()
  }

  /// By the ledger's rows alone: who came in at two doors or more, and how many too many.
  var doubleEntries: Set<String> {
    Set(
      Dictionary(grouping: ledger.rows.values.filter { $0.passage == .counted }, by: \.passID!)
        .filter {
          _, all in
          let standing = all.filter { $0.undoneAt == nil }
          let allowed = standing.compactMap(\.allowed).max() ?? 0
          let before = all.compactMap(\.used).min() ?? 0
          return Set(standing.map(\.doorID)).count > 1
            && before + standing.reduce(0) { $0 + $1.people } > allowed
        }.keys)
  }
}

struct ConvergenceTests {
  @Test(arguments: [2, 3], 1...8 as ClosedRange<UInt64>)
  func `All doors hold the same in the end`(doors: Int, seed: UInt64) async throws {
    var night = try ManyDoors(doors: doors, seed: seed &+ UInt64(doors) << 32)
    // Each has compared its clock with the ledger's.
    for door in night.doors { try await door.takeOver([]) }
    for _ in 0..<120 { try await night.step() }
    try await night.settle()
    let truth = night.rowsOfLedger
    #expect(!truth.isEmpty && night.doneApart > 0)
    for door in 0..<doors {
      let rows = try await night.rows(of: door)
      #expect(rows.filter { !truth.contains($0) } == [], "door \(door), seed \(seed)")
      #expect(truth.filter { !rows.contains($0) } == [], "door \(door), seed \(seed)")
      #expect(
        try await night.doors[door].people()
          == truth.reduce(0) { $0 + ($1.isUndone ? 0 : $1.people) })
      let double = try await night.doors[door].doubleEntries(eventID: tonightID)
      #expect(Set(double.map(\.passID)) == night.doubleEntries, "door \(door), seed \(seed)")
    }
  }
}
