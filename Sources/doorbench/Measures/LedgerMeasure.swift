import Admission
import CheckIn
import Foundation
import PostgresServer
import SharedLedger

/// What the ledger that several doors share carries: on a PostgreSQL of the benchmark's own, beside it
/// on the same machine, which saves what it commits.
struct LedgerMeasure {
  var plan: Plan
  var server: PostgresServer

  private static let patience: Duration = .seconds(30)
  private static let span: Duration = .seconds(3)
  /// How many another door let in before one begins.
  private static let behind = 10_000
  private static let atOnce = 500

  init(plan: Plan) async throws {
    self.plan = plan
    var options = PostgresServer.Options()
    options.isDurable = true
    options.settings = ["max_connections": "300"]
    server = try await PostgresServer(options)
  }

  /// A database with the tables of a ledger, and what a door on it is given.
  func newLedger() async throws -> (address: LedgerAddress, environment: [String: String]) {
    let url = server.url(try server.newDatabase())
    let address = try LedgerAddress(url: url, password: PostgresServer.password)
    _ = try await LedgerSetup.initialize(address)
    return (
      address,
      [
        "DOORCHECK_LEDGER_URL": url, "DOORCHECK_LEDGER_PASSWORD": PostgresServer.password,
      ]
    )
  }

  // MARK: Admissions a second

  /// Doors that do nothing but let guests in, each a pass of its own, on the one machine.
  func load() async throws -> [Figure] {
    var figures: [Figure] = []
    for doors in plan.ledgerDoors {
      Progress.say("\(doors) doors on one ledger")
      let address = try await newLedger().address
      let begin = ContinuousClock.now
      let admitted = try await withThrowingTaskGroup(of: Int.self) { group in
        for door in 0..<doors {
          group.addTask { try await Self.admit(by: door, on: address, until: begin + Self.span) }
        }
        return try await group.reduce(0, +)
      }
      let seconds = (ContinuousClock.now - begin) / .seconds(1)
      figures.append(
        Figure(
          .ledgerAdmissions, Double(admitted) / seconds, "a second",
          "\(doors) \(doors == 1 ? "door" : "doors"), each on connections of its own"))
    }
    return figures
  }

  /// - Returns: how many guests a door let in, one after the other.
  private static func admit(
    by door: Int, on address: LedgerAddress, until end: ContinuousClock.Instant
  ) async throws -> Int {
    let ledger = PostgresLedger(address, patience: patience)
    _ = try await ledger.probe(within: patience)
    var number = 0
    while ContinuousClock.now < end {
      number += 1
      let admission = admission("\(door)-\(number)", door: door)
      let hold = try await ledger.hold(admission.pass, within: patience)
      hold.record(admission)
      guard await hold.isRecorded(within: patience) else {
        throw BenchmarkFailure("the ledger did not record an admission")
      }
    }
    await ledger.close()
    return number
  }

  // MARK: Catching up

  /// From the start of a door with an empty store until it knows whom another door let in before.
  func catchUp(at sandbox: Sandbox) async throws -> Figure {
    Progress.say("catching up with \(Self.behind) admissions")
    let (address, environment) = try await newLedger()
    let ledger = PostgresLedger(address, patience: Self.patience)
    for first in stride(from: 0, to: Self.behind, by: Self.atOnce) {
      try await ledger.deliver(
        (first..<first + Self.atOnce).map { Self.admission("\($0)", door: 0) })
    }
    await ledger.close()
    let door = try Door(
      plan: plan, sandbox: sandbox, name: "behind", environment: environment)
    defer { door.process.end() }
    let begin = ContinuousClock.now
    try door.waitUntilReady()
    let store = try DoorStore(plan, name: door.name)
    try await store.waitForAdmissions(Self.behind)
    return Figure(
      .ledgerCatchUp, (ContinuousClock.now - begin) / .seconds(1), "s",
      "from the start of a door with an empty store, \(Self.behind) admissions")
  }

  private static func admission(_ name: String, door: Int) -> LedgerAdmission {
    LedgerAdmission(
      id: .new(), doorID: String(repeating: "0", count: 24) + String(format: "%08d", door),
      door: "Door \(door)", eventID: "bench", passID: name, code: "BENCH\(name)", allowed: 1,
      used: 0, people: 1, at: Date())
  }
}

extension LedgerAdmission {
  fileprivate var pass: PassAtEvent {
    PassAtEvent(id: passID ?? "", eventID: eventID ?? "", code: code ?? "")
  }
}
