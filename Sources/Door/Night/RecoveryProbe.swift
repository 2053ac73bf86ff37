import Admission
import CheckIn
import Foundation
import Fourvenues
import Waiting

/// While what is stored answers at once, somebody has to notice that the service is back.
struct RecoveryProbe: Sendable {
  /// Between two starts: one that hears nothing holds up none after it.
  private static let pause: Duration = .seconds(2)

  let services: DoorServices

  /// Until it is cancelled.
  func run() async {
    await withDiscardingTaskGroup { group in
      while !Task.isCancelled {
        if services.finder.isDark { group.addTask { await probe() } }
        await services.timer.sleep(for: Self.pause)
      }
    }
  }

  /// Any answer of any endpoint ends the dark.
  func probe() async {
    let event = await services.keeper.tonight.event
    let isAnswered = await services.client.probe(
      eventID: event?.id, timeLimit: max(Self.pause, services.patience))
    if isAnswered { services.finder.noteAnswer() }
  }
}
