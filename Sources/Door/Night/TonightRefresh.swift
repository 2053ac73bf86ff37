import Admission
import CheckIn
import DoorScreen
import Foundation
import Fourvenues
import LinuxBox
import NightStore
import Waiting

/// Keeps the night up to date behind the screen: which event is on, its hours, its rates. It asks
/// about once a minute, which also keeps the connection warm and shows whether the service lives.
actor TonightRefresh {
  /// No endpoint is asked more than once a minute (FourvenuesAPI: Bases and credentials).
  private static let pause: Double = 61
  /// What failed at the start is not left so for a minute.
  private static let retry = BackOff(first: 2, longest: pause)
  /// Somebody who holds F5 down asks no more often than this, in seconds.
  private static let shortestPause: TimeInterval = 5
  /// While something has never been told, in seconds.
  private static let shortestPauseAtStart: TimeInterval = 1

  private let services: DoorServices
  private let checkIn: CheckInService
  /// Nil where nothing is kept over a restart.
  private let picked: PickedEventFile?
  private let turning: DoorTurning
  private let queue: EventQueue<DoorLoop.Event>
  private let onClockSet: @Sendable () -> Void
  private let now: @Sendable () -> Moment
  private var lastAsked: TimeInterval?
  /// When the price list was fetched, in seconds, monotonic, and of which event it is.
  private var ratesAt: TimeInterval?
  private var ratesOf: String?
  private var programmeAt: TimeInterval?
  /// What the screen was told last.
  private var shown: Tonight?
  private var shownToPick: [Event] = []

  /// Seconds.
  private static let ratesPause: TimeInterval = 300
  private static let programmePause: TimeInterval = 600
  private static let look: Duration = .seconds(1)

  init(
    services: DoorServices, checkIn: CheckInService, picked: PickedEventFile?,
    turning: DoorTurning = DoorTurning(),
    queue: EventQueue<DoorLoop.Event>, now: @escaping @Sendable () -> Moment = { .now },
    onClockSet: @escaping @Sendable () -> Void = {}
  ) {
    self.now = now
    self.onClockSet = onClockSet
    self.services = services
    self.picked = picked
    self.turning = turning
    self.checkIn = checkIn
    self.queue = queue
  }

  /// Until it is cancelled.
  func run() async {
    async let watching: Void = watch()
    var failures = 0
    while !Task.isCancelled {
      await refresh()
      failures = services.lacksAnswer ? failures + 1 : 0
      let pause = failures > 0 ? Self.retry.pause(after: failures, spread: 1) : Self.pause
      await services.timer.sleep(for: .seconds(pause))
    }
    await watching
  }

  /// Hours begin and end between two questions, and the clock may be set: then all is asked anew.
  private func watch() async {
    while !Task.isCancelled {
      await services.timer.sleep(for: Self.look)
      if Task.isCancelled { return }
      if await services.keeper.isOutdated {
        (lastAsked, ratesAt, programmeAt) = (nil, nil, nil)
        onClockSet()
        // What hangs on the clock is painted anew.
        queue.post(.wake)
        services.work.add { await self.refresh() }
      } else if shown != nil, await services.keeper.reconsider() != shown {
        // Before the first answer there is nothing to choose by: scans wait for it.
        await show(services.keeper.tonight)
      }
    }
  }

  /// Staff asked: on new connections, and with a sign of life first where none was heard for long.
  func renew() async {
    services.client.renewConnections()
    if services.finder.isDark {
      services.work.add { [services] in await RecoveryProbe(services: services).probe() }
    }
    await refresh()
  }

  /// What was stored of the night is lost: it is fetched again.
  func storeIsNew() async {
    (lastAsked, ratesAt, programmeAt) = (nil, nil, nil)
    await refresh()
  }

  /// Asks now, unless it has just been done.
  func refresh() async {
    let now = now()
    let pause = services.lacksAnswer ? Self.shortestPauseAtStart : Self.shortestPause
    if let lastAsked, now.uptime - lastAsked < pause { return }
    lastAsked = now.uptime
    let told = await answer { [services] in
      await services.keeper.refresh()
    } meanwhile: {
      await show(services.keeper.recall())
      await showStoredRates(unlessOf: ratesOf)
    }
    await show(told)
    await learnProgramme(now)
    await refreshRates(now)
  }

  /// The service's answer. Where it takes longer than the service is waited for, something else is done
  /// before.
  private func answer<Answer: Sendable>(
    _ ask: @escaping @Sendable () async -> Answer, meanwhile: () async -> Void
  ) async -> Answer {
    let answer = Promise<Answer>()
    async let asking: Void = { answer.fulfil(with: await ask()) }()
    if await answer.value(within: services.patience, on: services.timer) == nil {
      await meanwhile()
    }
    await asking
    return await answer.value()
  }

  /// The events around tonight, for the words of those who come on another night.
  private func learnProgramme(_ now: Moment) async {
    if let programmeAt, now.uptime - programmeAt < Self.programmePause { return }
    programmeAt = now.uptime
    // What failed is asked again together with the rest of the night.
    if await !services.keeper.learnProgramme() { programmeAt = nil }
    await show(services.keeper.reconsider())
  }

  /// The price list, kept for 5 minutes; an older one, stored or not, is shown with its age.
  private func refreshRates(_ now: Moment) async {
    guard let event = await services.keeper.tonight.event else { return }
    if let ratesAt, now.uptime - ratesAt < Self.ratesPause, ratesOf == event.id { return }
    let told = await answer { [services] in
      await services.keeper.rates()
    } meanwhile: {
      await showStoredRates(unlessOf: ratesOf)
    }
    if let rates = told {
      (ratesAt, ratesOf) = (now.uptime, event.id)
      await checkIn.set(rates: rates)
      queue.post(.screen(.night(.rates(rates, asOf: now.wall, isStale: false))))
    } else if await !showStoredRates(), ratesOf != event.id {
      queue.post(.screen(.night(.rates(nil, asOf: nil, isStale: false))))
    }
  }

  /// - Parameter fetched: the event whose price list is there already.
  /// - Returns: whether there are any.
  @discardableResult
  private func showStoredRates(unlessOf fetched: String? = nil) async -> Bool {
    guard let event = await services.keeper.tonight.event, event.id != fetched,
      let kept = await services.priceLists.stored(eventID: event.id)
    else { return false }
    await checkIn.set(rates: kept.value)
    queue.post(
      .screen(
        .night(.rates(kept.value, asOf: services.clock.corrected(kept.fetchedAt), isStale: true))))
    return true
  }

  /// Staff picked one of several events.
  func pick(_ id: String) async {
    picked?.remember(id)
    await show(services.keeper.pick(id))
    lastAsked = nil
    await refresh()
  }

  private func show(_ tonight: Tonight) async {
    if let event = tonight.event {
      let direction = turning.begin(eventID: event.id)
      if await checkIn.direction != direction {
        await checkIn.set(direction: direction)
        queue.post(.screen(.night(.direction(direction))))
      }
    }
    await checkIn.set(tonight: tonight)
    let several = await services.keeper.eventsToPick
    if tonight != shown || several != shownToPick {
      (shown, shownToPick) = (tonight, several)
      queue.post(.screen(.night(.eventsToPick(several))))
    }
    queue.post(.tonight(tonight))
  }
}
