import FaultServer
import Foundation
import PostgresServer
import SeededRandom
import Synchronization

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
  private let isOver = Mutex(false)
  private let counted = Mutex<[Fault: Int]>([:])

  init(server: PostgresServer, database: String, forwarder: Forwarder, hasOwnDisk: Bool) {
    self.server = server
    self.database = database
    self.forwarder = forwarder
    faults = Fault.allCases.filter { hasOwnDisk || $0 != .full }
  }

  var counts: [Fault: Int] { counted.withLock { $0 } }

  func end() { isOver.withLock { $0 = true } }

  /// How long a fault lasts, and the time after it, is a part of the weather.
  func run(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    while !isOver.withLock({ $0 }) {
      let fault = faults.randomElement(using: &random) ?? .paused
      let length = Duration.milliseconds(Int.random(in: 100...1500, using: &random))
      try await bring(fault, for: length)
      counted.withLock { $0[fault, default: 0] += 1 }
      try await pauseOfTyping(.milliseconds(Int.random(in: 200...1500, using: &random)))
    }
  }

  private func bring(_ fault: Fault, for length: Duration) async throws {
    switch fault {
    case .killed:
      server.kill()
      try await pauseOfTyping(length)
      try await server.start()
    case .paused:
      server.pause()
      try await pauseOfTyping(length)
      server.resume()
    case .restarted: try await server.restart()
    case .readOnly:
      try await server.setReadOnly(true)
      try await pauseOfTyping(length)
      try await server.setReadOnly(false)
    case .full:
      try server.fillDisk()
      try await pauseOfTyping(length)
      try server.emptyDisk()
      // A server that could not write may have ended.
      if (try? server.query("SELECT 1")) == nil { try await server.start() }
    case .terminated: try server.terminateConnections(to: database)
    case .cut:
      forwarder.cut()
      try await pauseOfTyping(length)
      forwarder.mend()
    }
  }
}
