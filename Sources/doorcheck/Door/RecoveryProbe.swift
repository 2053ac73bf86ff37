import Admission
import CheckIn
import Foundation
import Fourvenues

/// While what is stored answers at once, somebody has to notice that the service is back.
struct RecoveryProbe: Sendable {
  /// Nobody is asked who answers, so the limit of once a minute is not touched.
  private static let pause: Duration = .seconds(2)

  let link: VenueLink

  /// Until it is cancelled.
  func run() async {
    while !Task.isCancelled {
      if await link.finder.isDark { ask(await link.keeper.tonight.event) }
      try? await Task.sleep(for: Self.pause)
    }
  }

  /// Nobody waits for it: one that hangs is not to hold up the next. The finder hears of its answer
  /// as of any other.
  private func ask(_ event: Event?) {
    Task { [link] in
      if let event {
        _ = try? await link.client.event(id: event.id)
      } else {
        _ = try? await link.client.events(around: Date(), timeZone: .gmt)
      }
    }
  }
}
