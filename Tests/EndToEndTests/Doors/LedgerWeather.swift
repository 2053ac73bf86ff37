import FaultServer
import Foundation
import PostgresServer
import SeededRandom
import Synchronization
import Waiting

/// What befalls the shared ledger and the way to it, one thing after the other, until it is to end.
final class LedgerWeather: Sendable {
  enum Fault: String, CaseIterable, Sendable {
    case killed, paused, restarted, readOnly, full, terminated, cut
  }

  private let server: PostgresServer
  private let database: String
  /// Between one of the doors and the server.
  private let forwarder: Forwarder
  private let faults: [Fault]
  /// How many verdicts the doors have given: how long a fault lasts is counted in them.
  private let verdicts: VerdictCount
  private let isOver = Mutex(false)
  private let counted = Mutex<[Fault: Int]>([:])

  /// In verdicts of all doors together.
  private static let length = 5...60

  init(
    server: PostgresServer, database: String, forwarder: Forwarder, verdicts: VerdictCount
  ) {
    self.server = server
    self.database = database
    self.forwarder = forwarder
    self.verdicts = verdicts
    faults = Fault.allCases.filter { server.hasOwnDisk || $0 != .full }
  }

  var counts: [Fault: Int] { counted.withLock { $0 } }

  /// No more verdicts come.
  func end() {
    isOver.withLock { $0 = true }
    verdicts.end()
  }

  func run(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    while !isOver.withLock({ $0 }) {
      let fault = faults.randomElement(using: &random) ?? .paused
      try await bring(fault, for: Int.random(in: Self.length, using: &random))
      counted.withLock { $0[fault, default: 0] += 1 }
      await verdicts.wait(for: Int.random(in: Self.length, using: &random))
    }
  }

  private func bring(_ fault: Fault, for length: Int) async throws {
    switch fault {
    case .killed:
      server.kill()
      await verdicts.wait(for: length)
      try await server.start()
    case .paused:
      server.pause()
      await verdicts.wait(for: length)
      server.resume()
    case .restarted: try await server.restart()
    case .readOnly:
      try await server.setReadOnly(true)
      await verdicts.wait(for: length)
      try await server.setReadOnly(false)
    case .full:
      try server.fillDisk()
      await verdicts.wait(for: length)
      try server.emptyDisk()
      // A server that could not write may have ended.
      if (try? server.query("SELECT 1")) == nil { try await server.start() }
    case .terminated: try server.terminateConnections(to: database)
    case .cut:
      forwarder.cut()
      await verdicts.wait(for: length)
      forwarder.mend()
    }
  }
}

/// How many verdicts several doors have given together.
final class VerdictCount: Sendable {
  private let state = Mutex((given: 0, isOver: false))
  private let changed = Waiting.Signal()

  func add() {
    state.withLock { $0.given += 1 }
    changed.send()
  }

  /// Nobody waits for more.
  func end() {
    state.withLock { $0.isOver = true }
    changed.send()
  }

  /// Waits until so many more have been given, or no more will be.
  func wait(for more: Int) async {
    let target = state.withLock { $0.given + more }
    while true {
      let next = changed.next
      if state.withLock({ $0.isOver || $0.given >= target }) { return }
      await next.value()
    }
  }
}
