import Admission
import CheckIn
import Foundation
import Terminal

/// Keeps the night up to date behind the screen: which event is on, its hours, its rates. It asks about
/// once a minute, which also keeps the connection warm and shows whether the service lives.
actor NightWatch {
  /// No endpoint is asked more than once a minute (API page, "Bases and credentials").
  private static let pause: Duration = .seconds(61)
  /// Somebody who holds F5 down asks no more often than this, in seconds.
  private static let shortestPause: TimeInterval = 5

  private let link: VenueLink
  private let checkIn: CheckInService
  private let needsRates: Bool
  private let mailbox: Mailbox<DoorLoop.Event>
  private var lastAsked: TimeInterval?

  init(
    link: VenueLink, checkIn: CheckInService, needsRates: Bool,
    mailbox: Mailbox<DoorLoop.Event>
  ) {
    self.link = link
    self.checkIn = checkIn
    self.needsRates = needsRates
    self.mailbox = mailbox
  }

  /// Until it is cancelled.
  func run() async {
    while !Task.isCancelled {
      await refresh()
      try? await Task.sleep(for: Self.pause)
    }
  }

  /// Asks now, unless it has just been done.
  func refresh() async {
    let now = Moment.now
    if let lastAsked, now.uptime - lastAsked < Self.shortestPause { return }
    lastAsked = now.uptime
    await take(link.keeper.refresh(at: now.wall))
    if needsRates, let rates = await link.keeper.rates() { await checkIn.set(rates: rates) }
  }

  /// Staff picked one of several events.
  func pick(_ id: String) async {
    await take(link.keeper.pick(id, at: Date()))
    lastAsked = nil
    await refresh()
  }

  private func take(_ tonight: Tonight) async {
    await checkIn.set(tonight: tonight)
    mailbox.post(.tonight(tonight))
  }
}
