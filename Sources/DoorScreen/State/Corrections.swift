import Admission
import FoundationEssentials

/// What staff change after the verdict: how many came in, letting in by hand, taking back; and what
/// the service changes when it answers late.
extension DoorState {
  /// ↑ ↓ on a group's panel.
  mutating func changePeople(by step: Int, at now: Moment) -> [Effect] {
    guard var verdict = shown, let effect = verdict.changePeople(by: step) else { return [] }
    verdict.until = now.uptime + setup.panelSeconds
    shown = verdict
    return [effect]
  }

  mutating func correct(_ outcome: Outcome) {
    if let index = recent.firstIndex(where: { $0.outcome.number == outcome.number }) {
      recent[index].outcome = outcome
    }
    if shown?.outcome.number == outcome.number { shown?.confirm(outcome) }
    if displaced?.outcome.number == outcome.number { displaced?.confirm(outcome) }
    for index in strips.indices { strips[index].correct(outcome) }
  }

  /// F6 on a red or amber panel.
  mutating func askToLetIn(at now: Moment) -> [Effect] {
    guard overlay == nil, var verdict = shown, let effect = verdict.letIn() else { return [] }
    verdict.until = now.uptime + setup.panelSeconds
    shown = verdict
    return [effect]
  }

  mutating func letIn(_ outcome: Outcome, at now: Moment) {
    if let index = recent.firstIndex(where: { $0.outcome.number == outcome.number }) {
      recent[index] = RecentScan(outcome: outcome, manner: .byHand)
    } else {
      remember(outcome, .byHand)
    }
    guard shown?.outcome.number == outcome.number else {
      add(.letIn(outcome), for: Span.strip, at: now)
      return
    }
    closeOverlay()
    shown = ShownVerdict(
      outcome: outcome, manner: .byHand, since: now.uptime, until: now.uptime + setup.panelSeconds)
    beat.begin(at: now)
  }

  /// F8.
  mutating func askToUndo() -> [Effect] {
    undoAskedAfter = newestNumber
    return [.undo]
  }

  /// - Parameter entry: nil where there was nothing to take back.
  mutating func undone(_ entry: UndoneEntry?, at now: Moment) {
    closeOverlay()
    if let entry,
      let index = recent.firstIndex(where: {
        !$0.isUndone && $0.admitsSomebody && isSameCode($0.outcome.code, entry.code)
      })
    {
      recent[index].isUndone = true
    }
    // A scan that came since the key was pressed keeps the panel, and so does any verdict that
    // nothing was taken back from.
    guard waiting.isEmpty, undoAskedAfter == newestNumber, entry != nil || shown == nil else {
      add(.undone(entry), for: Span.strip, at: now)
      return
    }
    leaveStrip(at: now)
    shown = nil
    undo = ShownUndo(entry: entry, until: now.uptime + setup.panelSeconds)
  }

  /// The green was wrong. Where it still stands it goes; a strip says so until a key or a minute.
  mutating func contradict(_ outcome: Outcome, at now: Moment) -> [Effect] {
    strips.removeAll {
      guard case .contradiction(let earlier) = $0.content else { return false }
      return earlier.number == outcome.number
    }
    add(.contradiction(outcome), for: Span.contradiction, at: now)
    guard let shown, shown.manner == .scan, shown.outcome.number == outcome.number else {
      // The bell of a refusal would be taken for the verdict on whoever stands there now.
      return [.ring(.attention)]
    }
    closeOverlay()
    self.shown = ShownVerdict(
      outcome: outcome, since: now.uptime, until: now.uptime + setup.panelSeconds,
      isContradiction: true)
    beat.begin(at: now)
    return [.ring(.refuse)]
  }
}

extension RecentScan {
  fileprivate var admitsSomebody: Bool {
    switch manner {
    case .scan: outcome.verdict == .admit
    case .byHand: true
    case .look: false
    }
  }
}
