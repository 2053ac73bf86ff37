import Admission
import FoundationEssentials
import Waiting

/// Passes that are for another night.
extension CheckInService {
  /// The events that a pass is for, the nearest first, where it is for none of tonight's. What is being
  /// asked about them and about tonight's event is awaited once, for the first such pass, until the
  /// look-up's deadline: one guest may wait, none is sent away for what nobody has looked at yet.
  func nights(
    of lookUp: LookUp, for queued: inout Queued
  ) async -> [Event]? {
    if let event = tonight.event, queued.tonight.event?.hasID(event.id) == true {
      queued.tonight = tonight
    }
    guard let keeper, let pass = lookUp.finding.pass, let event = queued.tonight.event,
      isStranger(pass, at: event, lookUp.finding)
    else { return nil }
    let ids = pass.eventIDs.filter { !event.hasID($0) }
    if strangers.hasAwaitedEvents {
      Task { await keeper.learn(ids: ids) }
    } else {
      strangers.hasAwaitedEvents = true
      let asking = Task {
        async let tonight: Void = keeper.untilAsked()
        await keeper.learn(ids: ids)
        await tonight
      }
      let left =
        setup.deadline - (lookUp.elapsed ?? .zero)
        - .seconds(max(0, now().uptime - lookUp.endedAt))
      if left > .zero, await asking.value(within: left, on: clock) != nil {
        queued.tonight = await keeper.tonight
      }
    }
    return await keeper.events(ids: ids)
  }

  /// Whether the verdict hangs on which event is tonight's, and whether the service knows it.
  private func isStranger(_ pass: Pass, at event: Event, _ finding: Finding) -> Bool {
    let evidence = Evidence(finding: finding, tonight: .unknown(event), now: now().wall)
    let reason = decide(evidence, rules: setup.rules).reason
    return reason == .notTonight || reason == .noEvent && !event.isOver(at: evidence.now)
  }

  func watchForStrangers(_ outcome: inout Outcome, _ pass: Pass?, nights: [Event]?) {
    guard let pass, let event = outcome.tonight.event else { return }
    if pass.eventIDs.contains(where: event.hasID) {
      strangers.forget()
    } else if outcome.reason == .notTonight || outcome.reason == .noEvent {
      outcome.nights = nights
      strangers.note(stranger: pass.code, for: nights?.map(\.id) ?? pass.eventIDs)
    }
    tellOtherEvent(among: nights ?? [])
  }

  func tellOtherEvent(among nights: [Event]) {
    let id = strangers.eventID
    guard id != strangers.toldID else { return }
    strangers.toldID = id
    tell(.otherEvent(id.map { id in nights.first { $0.hasID(id) } ?? Event(id: id) }))
  }
}
