import Admission
import CheckIn
import Fourvenues

/// While what is stored answers at once, somebody has to notice that the service is back.
struct RecoveryProbe: Sendable {
  /// Nobody is asked who answers, so the limit of once a minute is not touched.
  private static let pause: Duration = .seconds(2)

  let link: VenueLink

  /// Until it is cancelled.
  func run() async {
    while !Task.isCancelled {
      if await link.finder.isDark, let event = await link.keeper.tonight.event {
        do throws(FourvenuesError) {
          _ = try await link.client.event(id: event.id)
          await link.finder.note(isAnswered: true)
        } catch {
          if error != .failed(.offline) { await link.finder.note(isAnswered: true) }
        }
      }
      try? await Task.sleep(for: Self.pause)
    }
  }
}
