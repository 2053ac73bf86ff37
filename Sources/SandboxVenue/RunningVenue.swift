import NIOCore
import NIOPosix
import Synchronization

/// A stand-in venue that answers on loopback until `stop()`.
package final class RunningVenue: Sendable {
  package let port: Int
  private let venue: Venue
  private let service: Task<Void, Never>

  init(venue: Venue, port: Int, service: Task<Void, Never>) {
    self.venue = venue
    self.port = port
    self.service = service
  }

  /// For `fourvenues.base_url`.
  package var baseURL: String { "http://127.0.0.1:\(port)/integrations" }
  /// Where `faults`, `checkins`, `requests` and `guests` are.
  package var controlURL: String { "http://127.0.0.1:\(port)/sandbox" }

  /// The event that the guest list is for, also where `eventsTonight` is `none`.
  package var tonightEventID: String { venue.programme.tonight.id }
  /// Every event that the venue knows, in the order of their starts.
  package var events: [SandboxEvent] { venue.programme.events }
  /// Of all kinds, in a good order for a demo.
  package var guests: [Guest] { venue.guestList.guests }

  /// Every call of a check-in endpoint so far, oldest first.
  package var checkIns: [SandboxCheckIn] { venue.book.withLock { $0.calls } }
  /// Requests to the API so far, whatever became of them.
  package var requestCount: Int { requestCounts.values.reduce(0, +) }
  /// The same by endpoint; one that nobody has asked is not in it.
  package var requestCounts: [SandboxEndpoint: Int] { venue.faults.withLock { $0.requestCounts } }

  package var faults: SandboxFaults { venue.faults.withLock { $0.faults } }

  /// Puts other faults in force and numbers the requests anew.
  /// - Throws: `SandboxError.invalidOption`, and nothing is changed.
  package func setFaults(_ faults: SandboxFaults) throws(SandboxError) {
    if let problem = faults.problem {
      throw .invalidOption("faults.\(problem.key)", expected: problem.expected)
    }
    venue.faults.withLock { $0.set(faults) }
  }

  /// Makes the network go (true) or come back.
  package func setDown(_ down: Bool) {
    venue.faults.withLock { control in
      var faults = control.faults
      faults.down = down
      control.set(faults)
    }
  }

  /// Ends the venue and every connection to it; returns when its port is free.
  package func stop() async {
    await takeInConnections()
    service.cancel()
    await service.value
  }

  /// Waits until connections that were begun before are in: a server that is cancelled while it takes
  /// one in ends the whole program. Each of its loops takes them in one after the other, so they are
  /// through once each has answered one that was begun now.
  private func takeInConnections() async {
    let request = ByteBuffer(
      string: "GET /sandbox/faults HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n")
    for _ in 0..<System.coreCount {
      let loops = MultiThreadedEventLoopGroup.singleton
      let opening = ClientBootstrap(group: loops).connect(host: "127.0.0.1", port: port)
      // It has ended by a signal already.
      guard let connection = try? await opening.get() else { return }
      try? await connection.writeAndFlush(request)
      try? await connection.closeFuture.get()
    }
  }

  /// Returns when the venue has ended, by `stop()` or by a signal.
  package func waitUntilStopped() async {
    await service.value
  }
}
