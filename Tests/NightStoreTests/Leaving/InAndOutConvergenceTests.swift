import Admission
import FoundationEssentials
import GRDB
import SeededRandom
import Testing

@testable import NightStore

/// Two entrances and two exits that are cut off from one another now and then, and guests who come and
/// go: where each of them really is, is known here.
private struct ComingAndGoing {
  let folders: [TemporaryFolder]
  let doors: [NightStore]
  private var random: SplitMix64
  private var rows: [AdmissionID: LedgerAdmission] = [:]
  private var isCutOff: [Bool]
  private var now: TimeInterval = 0
  private(set) var scansApart = 0

  /// Whether each guest is inside.
  private var isInside = Array(repeating: false, count: 12)
  private var everCame: Set<Int> = []

  init(seed: UInt64) throws {
    random = SplitMix64(seed: seed)
    folders = (0..<4).map { _ in TemporaryFolder() }
    doors = try folders.map { try $0.open().store }
    isCutOff = doors.map { _ in false }
  }

  var inside: Int { isInside.count { $0 } }
  var admitted: Int { everCame.count }

  mutating func step() async throws {
    now += Double.random(in: 3...30, using: &random)
    switch Int.random(in: 0..<12, using: &random) {
    case 0:
      let door = doors.indices.randomElement(using: &random) ?? 0
      isCutOff[door].toggle()
      if !isCutOff[door] { try await exchange(with: door) }
    case 1: try await scanTooMany()
    default: try await walk()
    }
  }

  /// A guest goes through a door: in where they are outside, and the other way round.
  private mutating func walk() async throws {
    let guest = isInside.indices.randomElement(using: &random) ?? 0
    if isInside[guest] {
      let exit = Int.random(in: 2...3, using: &random)
      try await meet(at: exit)
      try await doors[exit].leave(
        pass("\(guest)"), at: now, door: "Exit \(exit)", keepsUnmet: true)
      isInside[guest] = false
      if isCutOff[exit] { scansApart += 1 } else { try await exchange(with: exit) }
    } else {
      // Staff at an entrance that is cut off see amber, and send them to the other one.
      let entrance = Int.random(in: 0...1, using: &random)
      try await meet(at: entrance)
      let recorded = try await doors[entrance].admit(
        pass("\(guest)"), at: now, door: "Entrance \(entrance)", reentry: .allow)
      guard recorded.decision.reason == .valid else { return }
      isInside[guest] = true
      everCame.insert(guest)
      if isCutOff[entrance] { scansApart += 1 } else { try await exchange(with: entrance) }
    }
  }

  /// Somebody who has left already holds the phone to an exit again.
  private mutating func scanTooMany() async throws {
    guard let guest = everCame.filter({ !isInside[$0] }).sorted().randomElement(using: &random)
    else { return }
    let exit = Int.random(in: 2...3, using: &random)
    try await meet(at: exit)
    try await doors[exit].leave(
      pass("\(guest)"), at: now, door: "Exit \(exit)", keepsUnmet: true)
    if !isCutOff[exit] { try await exchange(with: exit) }
  }

  /// A door that is not cut off knows what the ledger holds before it judges.
  private mutating func meet(at door: Int) async throws {
    if !isCutOff[door] { try await exchange(with: door) }
  }

  private mutating func exchange(with door: Int) async throws {
    try await deliver(from: door)
    let doorID = doors[door].doorID
    try await doors[door].takeOver(
      rows.values.filter { $0.doorID != doorID }.sorted { $0.id.rawValue < $1.id.rawValue }
        .shuffled(using: &random))
    try await deliver(from: door)
  }

  private mutating func deliver(from door: Int) async throws {
    let due = try await doors[door].own()
    for admission in due where admission.revision > rows[admission.id]?.revision ?? 0 {
      rows[admission.id] = admission
    }
    try await doors[door].noteDelivered(due, toLedger: ledgerID)
  }

  /// All are together, until nobody has anything to say.
  mutating func settle() async throws {
    for _ in 0..<4 {
      for door in doors.indices.shuffled(using: &random) { try await exchange(with: door) }
    }
    for door in doors { #expect(try await door.own().isEmpty) }
  }

  /// Who went by which row, as a door has it.
  func held(by door: Int) async throws -> [String] {
    try await doors[door].ledger.read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT entry_id || ' ' || people || ' ' || back || ' ' || gone || ' ' || unseen
          FROM admissions WHERE people + back + gone > 0 ORDER BY entry_id
          """)
    }
  }
}

struct InAndOutConvergenceTests {
  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `Who is inside is right once all doors have told each other`(seed: UInt64) async throws {
    var night = try ComingAndGoing(seed: seed)
    for door in night.doors { try await door.takeOver([]) }
    for _ in 0..<120 { try await night.step() }
    try await night.settle()
    #expect(night.scansApart > 0 && night.admitted > 0)
    let first = try await night.held(by: 0)
    for door in night.doors.indices {
      #expect(try await night.held(by: door) == first, "door \(door), seed \(seed)")
      let crowd = try await night.doors[door].crowd(eventID: tonightID)
      #expect(crowd.inside == night.inside, "door \(door), seed \(seed)")
    }
  }
}
