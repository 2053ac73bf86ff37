import FaultServer
import Foundation
import GRDB
import PostgresServer
import SandboxVenue
import SeededRandom
import TestSupport
import Testing

/// A night of people who come, leave and come back one by one over two entrances and an exit, whose
/// ways to the ledger are cut now and then, held to a model of where each of them is.
struct InAndOutNight {
  /// Passes, and so two to three times as many people.
  let passes: Int
  /// How often the doors are connected and then cut.
  let rounds: Int
  /// Scans at each door between two changes.
  let scans: Int
  let seed: UInt64

  /// One of the two entrances, or the exit.
  private struct Door {
    let name: String
    let direction: String
    let folder: String
    let forwarder: Forwarder
    let stream: ScanStream
    var verdicts: AsyncStream<ScanStream.Line>.Iterator
  }

  private struct Person: Hashable {
    var code: String
    var number: Int
  }

  private enum Whereabouts { case notYet, inside, outside }

  /// What somebody does at a door.
  private struct Move {
    var person: Person
    /// Somebody else tries a code of which all are inside.
    var isCheat = false
  }

  private struct Counts {
    var came = 0
    var left = 0
    var cameBack = 0
    var cheats = 0
    var cuts = 0
    var turnedAwayInCuts = 0
    var unheardInCuts = 0
  }

  /// - Returns: what it counted, in one line.
  func run() async throws -> String {
    let many = try await ManyDoors(passes: passes, seed: seed)
    var doors: [Door] = []
    for (name, direction) in [("North", "in"), ("South", "in"), ("Exit", "out")] {
      doors.append(try await door(name, direction, at: many))
    }
    var random = SplitMix64(seed: seed)
    var people: [Person: Whereabouts] = [:]
    for (code, count) in many.passes {
      for number in 0..<count { people[Person(code: code, number: number)] = .notYet }
    }
    var counts = Counts()
    for _ in 0..<rounds {
      try await move(&people, through: &doors, cutOff: [], &counts, &random)
      try await hold(doors, to: people, "connected")
      let cut = doors.indices.filter { _ in Bool.random(using: &random) }
      for index in cut { doors[index].forwarder.cut() }
      counts.cuts += cut.count
      // Whoever came in without all doors knowing leaves, and comes back.
      for _ in 0..<3 {
        try await move(&people, through: &doors, cutOff: Set(cut), &counts, &random)
      }
      for index in cut { doors[index].forwarder.mend() }
      try await hold(doors, to: people, "after a cut")
    }
    for door in doors { door.stream.endInput() }
    for door in doors { _ = door.stream.waitUntilExit() }
    for door in doors { try await door.forwarder.stop() }
    await many.stop()
    let inside = people.values.count { $0 == .inside }
    return """
      In and out, seed \(seed): \(people.count) people, \(counts.came) came, \(counts.left) left, \
      \(counts.cameBack) came back, \(inside) inside at the end; \(counts.cuts) doors cut off, \
      \(counts.turnedAwayInCuts) not let in during cuts, \(counts.unheardInCuts) left unheard of; \
      \(counts.cheats) tried a code twice, none came in
      """
  }

  private func door(_ name: String, _ direction: String, at many: ManyDoors) async throws -> Door {
    let forwarder = try await Forwarder.start(.router, to: many.server.port)
    let folder = BuiltProgram.newFolder()
    let environment = many.environment(
      name, folder: folder, oneByOne: true, port: forwarder.port
    ).merging([
      "DOORCHECK_DOOR_DIRECTION": direction, "DOORCHECK_RULES_REENTRY": "allow",
    ]) { $1 }
    let stream = try ScanStream(environment: environment, event: many.venue.tonightEventID)
    return Door(
      name: name, direction: direction, folder: folder, forwarder: forwarder, stream: stream,
      verdicts: stream.lines.makeAsyncIterator())
  }

  // MARK: People

  /// Each person moves once at most, and each door's guests come one after the other.
  private func move(
    _ people: inout [Person: Whereabouts], through doors: inout [Door], cutOff: Set<Int>,
    _ counts: inout Counts, _ random: inout SplitMix64
  ) async throws {
    let order = people.keys.sorted { ($0.code, $0.number) < ($1.code, $1.number) }
      .shuffled(using: &random)
    let goingIn = order.filter { people[$0] != .inside }.prefix(scans * 2)
    let goingOut = order.filter { people[$0] == .inside }.prefix(scans)
    var moves: [[Move]] = [[], [], goingOut.map { Move(person: $0) }]
    for person in goingIn {
      moves[Int.random(in: 0...1, using: &random)].append(Move(person: person))
    }
    if cutOff.isEmpty {
      let moving = Set((goingIn + goingOut).map(\.code))
      let full = Dictionary(grouping: people.keys, by: \.code).filter { code, all in
        !moving.contains(code) && all.allSatisfy { people[$0] == .inside }
      }.keys.sorted().prefix(scans / 10)
      for code in full {
        moves[Int.random(in: 0...1, using: &random)].append(
          Move(person: Person(code: code, number: 0), isCheat: true))
      }
    }
    for index in doors.indices {
      doors[index].stream.feed(moves[index].map(\.person.code))
    }
    for index in doors.indices {
      for move in moves[index] {
        let verdict = try await verdict(at: &doors[index], on: move.person.code)
        note(
          verdict, of: move, at: doors[index], isConnected: cutOff.isEmpty, &people, &counts)
      }
    }
  }

  private func verdict(at door: inout Door, on code: String) async throws -> VerdictLine {
    while let line = await door.verdicts.next() {
      guard case .verdict(let verdict) = line else { continue }
      #expect(verdict.code == code, "\(door.name), seed \(seed)")
      return verdict
    }
    throw Ended(door: door.name)
  }

  private struct Ended: Error { var door: String }

  private func note(
    _ verdict: VerdictLine, of move: Move, at door: Door, isConnected: Bool,
    _ people: inout [Person: Whereabouts], _ counts: inout Counts
  ) {
    let text = "\(verdict) at \(door.name), seed \(seed)"
    guard !move.isCheat else {
      counts.cheats += 1
      #expect(verdict.reason == "already_used" && verdict.verdict == "refuse", "\(text)")
      return
    }
    if door.direction == "out" {
      // Nobody is held up, whatever the exit knows.
      people[move.person] = .outside
      counts.left += 1
      if verdict.reason != "left" { counts.unheardInCuts += 1 }
      #expect(verdict.verdict == "out" && verdict.admitted == 0, "\(text)")
      if isConnected { #expect(verdict.reason == "left", "\(text)") }
    } else if verdict.verdict == "admit" {
      if people[move.person] == .outside { counts.cameBack += 1 } else { counts.came += 1 }
      people[move.person] = .inside
      #expect(verdict.admitted == 1, "\(text)")
    } else {
      counts.turnedAwayInCuts += 1
      #expect(!isConnected, "\(text)")
      #expect(verdict.reason == "already_used", "\(text)")
    }
  }

  // MARK: The doors' stores

  /// Waits until each door knows who is inside on each pass.
  private func hold(
    _ doors: [Door], to people: [Person: Whereabouts], _ when: String
  ) async throws {
    let expected = Dictionary(grouping: people.keys, by: \.code).mapValues { all in
      all.count { people[$0] == .inside }
    }.filter { $0.value > 0 }
    for door in doors {
      guard try await comes(within: .seconds(30), { try Self.inside(door.folder) == expected })
      else {
        let found = try Self.inside(door.folder)
        let wrong = Set(expected.keys).union(found.keys).filter { expected[$0] != found[$0] }
        Issue.record(
          """
          \(door.name), \(when), seed \(seed): \(wrong.count) passes wrong, such as \
          \(wrong.sorted().prefix(3).map { "\($0): \(found[$0] ?? 0), not \(expected[$0] ?? 0)" })
          """)
        throw NotRight(door: door.name)
      }
    }
  }

  private struct NotRight: Error { var door: String }

  /// People who are inside, by code, read by plain SQL.
  private static func inside(_ folder: String) throws -> [String: Int] {
    try DatabaseQueue(path: folder + "/doorcheck.sqlite").read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT code, sum(people + back - (gone - unseen)) AS inside FROM admissions
          WHERE undone_at IS NULL GROUP BY code
          """)
      return Dictionary(uniqueKeysWithValues: rows.map { ($0["code"], $0["inside"]) })
        .filter { $0.value != 0 }
    }
  }
}
