import Admission
import CheckIn
import DoorScreen
import Foundation
import Fourvenues
import LinuxBox
import NightStore
import Waiting

/// Fetches all of tonight's codes into the store, kind by kind and page by page, so that the door can go
/// on when the network is gone. Never in the way of a scan.
struct Preloader: Sendable {
  let client: FourvenuesClient
  let store: NightStore
  /// That this door takes, in their order.
  let kinds: [PassKind]
  let rules: Rules
  let clock: BoxClock
  let timer: any WaitClock
  let timeZone: TimeZone
  let post: @Sendable (DoorEvent) -> Void
  let tonight: @Sendable () async -> Tonight

  /// What is known of one night and one store.
  private struct Round {
    var eventID: String?
    let renewals: Int
    let steps: Int
    var listings: [KindListing]
  }

  /// Until it is cancelled.
  func run() async {
    var round = newRound(of: nil)
    while !Task.isCancelled {
      let event = await tonight().event
      if store.renewals != round.renewals { post(.night(.preload(.lost))) }
      if let event, event.id != round.eventID || isOver(round) {
        // What was said of another night's passes does not hold for this one's.
        if round.eventID != nil { post(Self.notice(of: nil)) }
        round = newRound(of: event.id)
        for kind in kinds { await tellStored(event, kind) }
      }
      if let event, event.id == round.eventID {
        for index in round.listings.indices where round.listings[index].isDue(at: timer.now) {
          if isOver(round) { break }
          await fetch(&round.listings[index], of: event)
          tell(round.listings)
        }
      }
      if !Task.isCancelled { await timer.sleep(for: .seconds(1)) }
    }
  }

  private func newRound(of eventID: String?) -> Round {
    Round(
      eventID: eventID, renewals: store.renewals, steps: clock.steps,
      listings: kinds.map(KindListing.init))
  }

  /// When the clock is set or the store is a new one, all begins anew: what was fetched by a clock that
  /// was wrong is stamped with what it read.
  private func isOver(_ round: Round) -> Bool {
    store.renewals != round.renewals || clock.steps != round.steps
  }

  /// What is stored, and how old it is: after a start without a network that is all there is.
  private func tellStored(_ event: Event, _ kind: PassKind) async {
    guard let last = try? await store.lastPreload(eventID: event.id, kind: kind) else { return }
    let at = clock.corrected(last.finishedAt) ?? .distantFuture
    post(.night(.preload(.finished(count: last.passes, at: at), of: kind)))
  }

  private func tell(_ listings: [KindListing]) {
    let forbidden = listings.filter(\.isForbidden).map(\.kind)
    post(.notice(.preloadForbidden(kinds: forbidden), isActive: !forbidden.isEmpty))
    post(Self.notice(of: listings.lazy.compactMap(\.cause).first))
  }

  private func fetch(_ listing: inout KindListing, of event: Event) async {
    let kind = listing.kind
    var (done, forecast) = (0, RefusalForecast(eventID: event.id, rules: rules))
    let beginning = listing.beginning(at: timer.now)
    if beginning == nil { post(.night(.preload(.running(done: 0, of: nil), of: kind))) }
    do {
      let list = beginning == nil ? try await store.beginList(eventID: event.id, kind: kind) : nil
      var pages = client.passes(
        kind: kind, eventID: event.id, days: event.days(in: timeZone), since: beginning
      ).makeAsyncIterator()
      while true {
        // What is fetched is as old as the question.
        let asked = Moment.now
        guard let page = try await pages.next() else { break }
        try await store.store(
          passes: page, fetchedAt: asked.wall, eventID: event.id, list: list, askedAt: asked.uptime)
        done += page.count
        forecast.add(page)
        if list != nil { post(.night(.preload(.running(done: done, of: nil), of: kind))) }
      }
      if let list {
        let finishedAt = Date()
        try await store.note(
          CompletedPreload(finishedAt: finishedAt, passes: done), eventID: event.id, list: list,
          isWhole: pages.isWhole)
        post(.night(.preload(.finished(count: done, at: finishedAt), of: kind)))
        // The words are of passes.
        if kind == .pass { listing.cause = forecast.cause }
      }
      listing.noteDone(isWhole: list != nil, newest: pages.newest, at: timer.now)
    } catch {
      if beginning == nil { post(.night(.preload(.stopped, of: kind))) }
      listing.noteFailure(
        isForbidden: (error as? FourvenuesError) == .failed(.unauthorized), at: timer.now)
    }
    try? await store.tidy()
  }

  private static func notice(of cause: RefusalForecast.Cause?) -> DoorEvent {
    .notice(.mostNotTonight(rule: cause?.rule ?? ""), isActive: cause != nil)
  }
}

extension Event {
  /// The days that it touches by the venue's clock, as `YYYY-MM-DD`: a night begins on one and ends on
  /// the next. Bookings are listed by them. Without hours, today and yesterday.
  fileprivate func days(in timeZone: TimeZone) -> [String] {
    let style = Date.ISO8601FormatStyle(timeZone: timeZone).year().month().day()
    let first = startsAt ?? Date().addingTimeInterval(-12 * 3600)
    let last = max(first, endsAt ?? startsAt ?? Date())
    // A festival has more days than a night.
    let between = stride(from: 0, to: min(last.timeIntervalSince(first), 7 * 86_400), by: 86_400)
      .map(first.addingTimeInterval)
    return (between + [last]).reduce(into: []) { days, date in
      let day = date.formatted(style)
      if !days.contains(day) { days.append(day) }
    }
  }
}
