import Admission
import FoundationEssentials

/// What staff change after the verdict: how many came in, letting in by hand, taking back; and what
/// the service changes when it answers late.
extension DoorState {
  /// ↑ ↓ on a group's panel.
  mutating func changePeople(by step: Int, at now: Moment) -> [Effect] {
    guard var verdict = shown, let range = verdict.correctable, let count = verdict.count else {
      return []
    }
    let people = min(max(range.lowerBound, count.admitted + step), range.upperBound)
    guard people != count.admitted else { return [] }
    verdict.correction = ShownVerdict.Correction(
      people: people, unanswered: (verdict.correction?.unanswered ?? 0) + 1)
    verdict.until = now.uptime + setup.panelSeconds
    shown = verdict
    return [.setAdmitted(number: verdict.outcome.number, people: people)]
  }

  mutating func correct(_ outcome: Outcome) {
    if let index = recent.firstIndex(where: { $0.outcome.number == outcome.number }) {
      recent[index].outcome = outcome
    }
    guard var verdict = shown, verdict.outcome.number == outcome.number else { return }
    verdict.outcome = outcome
    if let correction = verdict.correction, correction.unanswered > 1 {
      verdict.correction?.unanswered -= 1
    } else {
      verdict.correction = nil
    }
    shown = verdict
  }

  /// F6 on a red or amber panel.
  mutating func askToLetIn(at now: Moment) -> [Effect] {
    guard overlay == nil, var verdict = shown, verdict.mayBeLetIn else { return [] }
    verdict.isLetInAskedFor = true
    verdict.until = now.uptime + setup.panelSeconds
    shown = verdict
    return [.letIn(number: verdict.outcome.number)]
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
        !$0.isUndone && $0.admitsSomebody && $0.outcome.code.utf8.elementsEqual(entry.code.utf8)
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
