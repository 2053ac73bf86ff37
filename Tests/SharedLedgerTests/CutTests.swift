import Admission
import CheckIn
import FaultServer
import Foundation
import PostgresServer
import SharedLedger
import TestSupport
import Testing

@Suite("A cut cable") struct CutTests {
  private let scanPatience = Duration.milliseconds(300)
  private let bound = Duration.seconds(15)

  @Test("A door behind it is told in time, its pass is free for the others, and it comes back")
  func cut() async throws {
    let server = try await PostgresServer.shared()
    let ledger = try await LedgerUnderTest()
    let cable = try await Forwarder.start(.router, to: server.port)
    let (door, other) = (try ledger.door(port: cable.port), try ledger.door())
    _ = try await door.probe(within: patience)
    let asked = pass("p")
    let hold = try await door.hold(asked, within: .seconds(5))
    cable.cut()
    let entry = admission(asked, at: "cut off")
    hold.record(entry)
    #expect(await hold.isRecorded(within: scanPatience) == false)
    for ask in [
      {
        // Its own scan before has its turn for as long as it may wait.
        try await untilFree { () async throws(LedgerError) in
          try await door.hold(asked, within: scanPatience)
        }.release()
      },
      { _ = try await door.probe(within: scanPatience) },
      { _ = try await door.changes(after: nil, besides: "x") },
    ] as [() async throws -> Void] {
      let start = ContinuousClock.now
      let error = await #expect(throws: LedgerError.self) { try await ask() }
      guard case .unreachable = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(ContinuousClock.now - start < bound)
    }
    // The server lets go of what nobody ends.
    let admitted = try await untilFree { () async throws(LedgerError) in
      try await other.admit(asked, group: 1, allowed: 1, at: "other")
    }
    #expect(admitted == 1)

    cable.mend()
    _ = try await door.probe(within: patience)
    let back = try await door.hold(asked, within: patience)
    #expect(back.admissions.map(\.doorID) == ["other"])
    back.release()
    // Both came in on it: the ledger holds both.
    try await door.deliver([entry])
    #expect(try await other.allChanges(after: nil).admissions.count == 2)
    await door.close()
    await other.close()
    try await cable.stop()
  }

  @Test("Connections that a router forgot are given up in time, and new ones are opened")
  func forgotten() async throws {
    let server = try await PostgresServer.shared()
    let ledger = try await LedgerUnderTest()
    let router = try await Forwarder.start(.router, to: server.port)
    let door = PostgresLedger(
      try ledger.address(port: router.port), patience: .milliseconds(300))
    for number in 0..<3 {
      router.forgetConnections()
      // At most one scan notices.
      try await wait(for: "the door to be back") {
        (try? await door.admit(
          pass("p\(number)"), group: 1, allowed: 2, at: "d", within: .milliseconds(300))) == 1
      }
    }
    await door.close()
    try await router.stop()
  }
}
