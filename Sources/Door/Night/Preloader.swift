import Admission
import CheckIn
import DoorScreen
import Foundation
import Fourvenues
import LinuxBox
import NightStore
import Waiting

/// Fetches all passes of tonight's event into the store, page by page, so that the door can go on when
/// the network is gone. Never in the way of a scan.
struct Preloader: Sendable {
  /// Between two preloads; the endpoint may be asked once a minute at most.
  private static let pause: Double = 300
  /// What failed at the start is not left so for five minutes.
  private static let retry = BackOff(first: 2, longest: pause)

  let client: FourvenuesClient
  let store: NightStore
  let rules: Rules
  let clock: BoxClock
  let timer: any WaitClock
  let post: @Sendable (DoorEvent) -> Void
  let tonight: @Sendable () async -> Tonight

  /// Until it is cancelled.
  func run() async {
    var newest: String?
    var stored: String?
    var failures = 0
    var renewals = store.renewals
    while !Task.isCancelled {
      if renewals != store.renewals {
        renewals = store.renewals
        stored = nil
        post(.night(.preload(.lost)))
      }
      if let event = await tonight().event {
        // What was said of another night's passes does not hold for this one's.
        if newest != nil, newest != event.id { post(Self.notice(of: nil)) }
        if newest != event.id { failures = 0 }
        newest = event.id
        await tellStored(event)
        if await preload(event) {
          stored = event.id
          failures = 0
        } else if stored != event.id {
          failures += 1
        }
      }
      try? await store.tidy()
      // Without an event there is nothing to fetch yet: it may be chosen any moment.
      let pause =
        await tonight().event == nil
        ? 1 : failures > 0 ? Self.retry.pause(after: failures, spread: 1) : Self.pause
      await wait(.seconds(pause), unlessNot: newest, renewals)
    }
  }

  /// When the clock is set, the night is another one or the store is a new one, all begins anew: what
  /// was fetched by a clock that was wrong is stamped with what it read.
  private func wait(_ pause: Duration, unlessNot eventID: String?, _ renewals: Int) async {
    let (steps, end) = (clock.steps, timer.now + pause)
    while timer.now < end, !Task.isCancelled {
      await timer.sleep(for: .seconds(1))
      let event = await tonight().event
      if store.renewals != renewals || clock.steps != steps || event != nil && event?.id != eventID
      {
        return
      }
    }
  }

  /// What is stored, and how old it is: after a start without a network that is all there is.
  private func tellStored(_ event: Event) async {
    guard let last = try? await store.lastPreload(eventID: event.id) else { return }
    post(
      .night(
        .preload(
          .finished(
            count: last.passes, at: clock.corrected(last.finishedAt) ?? .distantFuture))))
  }

  /// - Returns: whether all are stored.
  private func preload(_ event: Event) async -> Bool {
    var done = 0
    var forecast = RefusalForecast(eventID: event.id, rules: rules)
    post(.night(.preload(.running(done: 0, of: nil))))
    do {
      let list = try await store.beginList(eventID: event.id)
      var pages = client.passes(eventID: event.id).makeAsyncIterator()
      while true {
        // What is fetched is as old as the question.
        let asked = Moment.now
        guard let page = try await pages.next() else { break }
        try await store.store(
          passes: page, fetchedAt: asked.wall, eventID: event.id, list: list, askedAt: asked.uptime)
        done += page.count
        forecast.add(page)
        post(.night(.preload(.running(done: done, of: nil))))
      }
      let finishedAt = Date()
      try await store.note(
        CompletedPreload(finishedAt: finishedAt, passes: done), eventID: event.id, list: list,
        isWhole: pages.isWhole)
      post(.night(.preload(.finished(count: done, at: finishedAt))))
      post(.notice(.preloadForbidden(kinds: [.pass]), isActive: false))
      post(Self.notice(of: forecast.cause))
      return true
    } catch FourvenuesError.failed(.unauthorized) {
      post(.night(.preload(.stopped)))
      post(.notice(.preloadForbidden(kinds: [.pass]), isActive: true))
      return false
    } catch {
      post(.night(.preload(.stopped)))
      return false
    }
  }

  private static func notice(of cause: RefusalForecast.Cause?) -> DoorEvent {
    .notice(.mostNotTonight(rule: cause?.rule ?? ""), isActive: cause != nil)
  }
}
