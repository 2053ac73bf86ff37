package import FoundationEssentials
import Hummingbird
import Logging
import NIOCore

/// The stand-in Fourvenues API over real HTTP on loopback: for the demo, for tests, and for anybody
/// who writes a client. It reads the API (FourvenuesAPI: Endpoints) by itself and shares nothing
/// with our client.
package enum SandboxVenue {
  /// The organization that the guests' passes belong to: the vendor's sample's.
  package static let organizationID = Samples.pass.organizationID

  /// The code of the generated pass with this number, from 0 (`SandboxOptions.generatedPasses`).
  package static func generatedCode(_ number: Int) -> String {
    generatedCode(number, of: .pass)
  }

  /// The same of any kind.
  package static func generatedCode(_ number: Int, of kind: SandboxKind) -> String {
    NumberedCodes.code(number, of: kind)
  }

  /// How many people the generated pass with this number brings, where the venue's seed is that.
  package static func generatedPeople(_ number: Int, seed: UInt64) -> Int {
    GeneratedGuests.guest(number, seed: seed).people
  }

  /// Starts a venue; it is listening when this returns, and runs until it is stopped.
  /// - Parameter now: the venue's nights are laid around it.
  /// - Throws: `SandboxError`.
  package static func start(
    _ options: SandboxOptions = SandboxOptions(), now: Date = .now
  ) async throws(SandboxError) -> RunningVenue {
    try options.validate()
    let venue = Venue(options: options, startedAt: now)
    let router = Router(context: SandboxContext.self)
    router.add(middleware: NotFoundMiddleware())
    VenueRoutes(venue: venue, gate: Gate(options: options)).add(to: router)
    ControlRoutes(venue: venue).add(to: router)

    let (listening, announce) = AsyncThrowingStream<any Channel, any Error>.makeStream()
    let app = Application(
      router: router,
      configuration: .init(
        address: .hostname("127.0.0.1", port: options.port), serverName: "doorcheck-sandbox"),
      onServerRunning: { announce.yield($0) },
      logger: options.logger ?? Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() })
    let handlesSignals = options.handlesSignals
    let service = Task {
      do {
        if handlesSignals {
          try await app.runService()
        } else {
          try await app.runService(gracefulShutdownSignals: [])
        }
        announce.finish()
      } catch {
        announce.finish(throwing: error)
      }
    }
    do {
      for try await channel in listening {
        // A request that hangs must not keep the venue from closing after a signal.
        channel.closeFuture.whenComplete { _ in service.cancel() }
        return RunningVenue(
          venue: venue, port: channel.localAddress?.port ?? options.port, service: service)
      }
    } catch {
      throw .cannotListen(port: options.port, reason: "\(error)")
    }
    throw .cannotListen(port: options.port, reason: "stopped before it began")
  }
}
