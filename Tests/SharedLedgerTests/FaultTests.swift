import Admission
import CheckIn
import Foundation
import PostgresServer
import SharedLedger
import Testing

/// As long as a scan waits for the ledger at a venue.
private let scanPatience = Duration.milliseconds(300)
/// What a busy machine may add before it counts as hanging.
private let bound = Duration.seconds(15)

@Suite("A server that fails") struct FaultTests {
  private let server: PostgresServer
  private let ledger: LedgerUnderTest
  private let door: PostgresLedger

  init() async throws {
    server = try await PostgresServer()
    ledger = try await LedgerUnderTest(on: server)
    door = try ledger.door()
    _ = try await door.probe(within: patience)
  }

  private struct Question {
    let name: String
    let ask: @Sendable () async throws -> Void

    init(_ name: String, _ ask: @escaping @Sendable () async throws -> Void) {
      self.name = name
      self.ask = ask
    }
  }

  /// All that a door asks, with the patience of a scan where there is one.
  private var questions: [Question] {
    let door = door
    let entry = admission(pass("q"))
    let line = LedgerLine(
      number: 1, at: Date(), action: "scan", eventID: nil, door: "D", code: nil)
    let beat = DoorBeat(
      id: "d", name: "D", eventID: nil, rules: "", isAlone: false, version: "1")
    return [
      Question("hold") { try await door.hold(pass("q"), within: scanPatience).release() },
      Question("probe") { _ = try await door.probe(within: scanPatience) },
      Question("confirm") { try await door.confirm(entry.id, within: scanPatience) },
      Question("changes") { _ = try await door.changes(after: nil, besides: "x") },
      Question("deliver") { try await door.deliver([entry]) },
      Question("lines") { try await door.deliver([line], of: "d") },
      Question("last line") { _ = try await door.lastLine(of: "d") },
      Question("beat") { _ = try await door.beat(beat) },
      Question("doors") { _ = try await door.doors(thisDoor: "d") },
    ]
  }

  private func expectAllUnreachable() async {
    for question in questions {
      let start = ContinuousClock.now
      let error = await #expect(throws: LedgerError.self, "\(question.name)") {
        try await question.ask()
      }
      if case .unreachable(let message) = error {
        #expect(!message.contains("\n") && !message.contains(PostgresServer.password))
      } else {
        Issue.record("\(question.name): \(String(describing: error))")
      }
      #expect(ContinuousClock.now - start < bound, "\(question.name)")
    }
  }

  private func expectRefused(_ words: String, _ ask: () async throws -> Void) async {
    let error = await #expect(throws: LedgerError.self) { try await ask() }
    if case .refused(let message) = error {
      #expect(message.contains(words))
    } else {
      Issue.record("\(String(describing: error))")
    }
  }

  private func expectAllAnswered() async throws {
    for question in questions {
      do { try await question.ask() } catch { Issue.record("\(question.name): \(error)") }
    }
  }

  @Test("Stopped still, it is given up in time, and asked again once it goes on")
  func paused() async throws {
    server.pause()
    await expectAllUnreachable()
    server.resume()
    _ = try await door.probe(within: patience)
    try await expectAllAnswered()
    await door.close()
  }

  @Test("Killed, it is given up at once; what was recorded is there when it is back")
  func killed() async throws {
    #expect(try await door.admit(pass("p"), group: 2, allowed: 2, at: "d") == 2)
    server.kill()
    await expectAllUnreachable()
    try await server.start()
    try await expectAllAnswered()
    #expect(try await door.admit(pass("p"), group: 2, allowed: 2, at: "d") == 0)
    await door.close()
  }

  @Test("Restarted between two scans, the second does not notice")
  func restarted() async throws {
    for number in 0..<3 {
      let admitted = try await door.admit(pass("p\(number)"), group: 1, allowed: 1, at: "d")
      #expect(admitted == 1)
      try await server.restart()
    }
    try await expectAllAnswered()
    await door.close()
  }

  @Test("Lost between hold and record, nothing is recorded, and the pass is free")
  func lostInBetween() async throws {
    for number in 0..<3 {
      let asked = pass("p\(number)")
      let hold = try await door.hold(asked, within: patience)
      switch number {
      case 0: try server.terminateConnections(to: ledger.database)
      case 1: try await server.restart()
      default:
        server.kill()
        try await server.start()
      }
      hold.record(admission(asked))
      #expect(await hold.isRecorded(within: bound) == false)
      #expect(try await door.admit(asked, group: 1, allowed: 1, at: "d") == 1)
    }
    await door.close()
  }

  @Test(
    "Stopped still between hold and record, the answer is unknown, and it is there once at most")
  func pausedInBetween() async throws {
    let door = PostgresLedger(try ledger.address(), patience: scanPatience)
    let asked = pass("p")
    let entry = admission(asked)
    _ = try await door.probe(within: patience)
    let hold = try await door.hold(asked, within: patience)
    server.pause()
    let start = ContinuousClock.now
    hold.record(entry)
    #expect(await hold.isRecorded(within: scanPatience) == false)
    #expect(ContinuousClock.now - start < bound)
    server.resume()
    _ = try await door.probe(within: patience)
    try await door.deliver([entry])
    #expect(try await door.allChanges(after: nil).admissions == [entry])
    await door.close()
  }

  @Test("Read-only, it says so, and records nothing")
  func readOnly() async throws {
    let hold = try await door.hold(pass("p"), within: patience)
    try await server.setReadOnly(true)
    // A transaction that was begun before may still record.
    hold.release()
    let next = try await door.hold(pass("p"), within: patience)
    next.record(admission(pass("p")))
    #expect(await next.isRecorded(within: patience) == false)
    await expectRefused("read-only") { try await door.deliver([admission(pass("q"))]) }
    await expectRefused("read-only") { _ = try await door.probe(within: patience) }
    #expect(try await LedgerFacts.ask(ledger.address()).isReadOnly)
    #expect(try await door.allChanges(after: nil).admissions.isEmpty)
    try await server.setReadOnly(false)
    _ = try await door.probe(within: patience)
    #expect(try await door.admit(pass("p"), group: 1, allowed: 1, at: "d") == 1)
    await door.close()
  }

  @Test("Connections that are ended one by one cost no scan", arguments: [1, 2])
  func terminated(seed: Int) async throws {
    let (server, database, door) = (server, ledger.database, door)
    let terminating = Task {
      while !Task.isCancelled {
        try server.terminateConnections(to: database)
        await Task.yield()
      }
    }
    var certain = 0
    for number in 0..<200 {
      // Another door asks again, too, where its answer was lost.
      let asked = pass("p\(number)")
      let entry = admission(asked)
      while true {
        guard let hold = try? await door.hold(asked, within: patience) else { continue }
        if hold.admissions.contains(where: { $0.id == entry.id }) {
          hold.release()
          break
        }
        #expect(hold.admissions.isEmpty)
        hold.record(entry)
        if await hold.isRecorded(within: patience) {
          certain += 1
          break
        }
      }
    }
    terminating.cancel()
    _ = await terminating.result
    #expect(try await door.allChanges(after: nil).admissions.count == 200)
    #expect(certain > 0)
    await door.close()
  }

  @Test("A role that lost its rights is told so by a probe")
  func noRights() async throws {
    try server.query(
      "REVOKE INSERT ON doorcheck.admissions FROM \(ledger.role)", in: ledger.database)
    await expectRefused("ledger init") { _ = try await door.probe(within: patience) }
    #expect(try await door.admit(pass("p"), group: 1, allowed: 1, at: "d") == 0)
    await door.close()
  }
}

@Suite("A full disk") struct FullDiskTests {
  /// Where the tests may not mount one, the server is made to say what it says then.
  private func fill(_ server: PostgresServer, _ database: String) throws {
    if server.hasOwnDisk {
      try server.fillDisk()
    } else {
      try server.query(
        """
        CREATE FUNCTION doorcheck.full() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END $$;
        CREATE TRIGGER disk BEFORE INSERT ON doorcheck.admissions
          EXECUTE FUNCTION doorcheck.full()
        """, in: database)
    }
  }

  private func empty(_ server: PostgresServer, _ database: String) throws {
    if server.hasOwnDisk {
      try server.emptyDisk()
    } else {
      try server.query("DROP TRIGGER disk ON doorcheck.admissions", in: database)
    }
  }

  @Test("Nothing is recorded that is not, and all goes on when there is room")
  func full() async throws {
    var options = PostgresServer.Options()
    options.diskMegabytes = 120
    let server = try await PostgresServer(options)
    let ledger = try await LedgerUnderTest(on: server)
    let door = try ledger.door()
    try fill(server, ledger.database)
    // Until what there is of free places in its files is used up.
    var recorded: Set<AdmissionID> = []
    var failure: LedgerError?
    while failure == nil, recorded.count < 100_000 {
      let batch = (0..<200).map { admission(pass("p\(recorded.count + $0)")) }
      do throws(LedgerError) {
        try await door.deliver(batch)
        recorded.formUnion(batch.map(\.id))
      } catch { failure = error }
    }
    guard case .refused(let message) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(message.contains("53100"))
    #expect(!message.contains("\n"))
    try empty(server, ledger.database)
    let batch = (0..<200).map { admission(pass("later\($0)")) }
    try await door.deliver(batch)
    recorded.formUnion(batch.map(\.id))
    let found = try await door.allChanges(after: nil).admissions.map(\.id)
    #expect(found.count == recorded.count && Set(found) == recorded)
    await door.close()
  }
}
