import Admission
import FoundationEssentials

/// What staff change after the verdict: how many came in, letting in by hand, taking back; and what
/// the service changes when it answers late.
extension DoorState {
  /// ↑ ↓ on the panel of a group, or of somebody who was let in by hand.
  mutating func changePeople(by step: Int, at now: Moment) -> [Effect] {
    guard now.uptime >= verdicts.shownAt, var verdict = verdicts.shown,
      let effect = verdict.changePeople(by: step)
    else { return [] }
    verdict.until = now.uptime + setup.panelSeconds
    verdicts.shown = verdict
    return [effect]
  }

  mutating func correct(_ outcome: Outcome) {
    // It was corrected before the service refused it, and told afterwards.
    if outcome.verdict == .admit, isContradicted(number: outcome.number) { return }
    if let index = scans.recent.firstIndex(where: { $0.outcome.number == outcome.number }) {
      scans.recent[index].outcome = outcome
    }
    if verdicts.shown?.outcome.number == outcome.number { verdicts.shown?.confirm(outcome) }
    if verdicts.displaced?.outcome.number == outcome.number { verdicts.displaced?.confirm(outcome) }
    for index in strips.indices { strips[index].correct(outcome) }
  }

  /// The store holds what it did not hold in time: nothing is late about it any more.
  mutating func noteRecorded(number: Int) {
    if let index = scans.recent.firstIndex(where: { $0.outcome.number == number }) {
      scans.recent[index].outcome.isRecordedLate = false
    }
    if verdicts.shown?.outcome.number == number { verdicts.shown?.outcome.isRecordedLate = false }
    if verdicts.displaced?.outcome.number == number {
      verdicts.displaced?.outcome.isRecordedLate = false
    }
  }

  /// F6 on a red or amber panel.
  mutating func askToLetIn(at now: Moment) -> [Effect] {
    guard now.uptime >= verdicts.shownAt, overlay == nil, var verdict = verdicts.shown,
      let effect = verdict.letIn()
    else { return [] }
    verdict.until = now.uptime + setup.panelSeconds
    verdicts.shown = verdict
    return [effect]
  }

  mutating func letIn(_ outcome: Outcome, at now: Moment) {
    undoing.doneUpTo = nil
    endQuestions()
    if let index = scans.recent.firstIndex(where: { $0.outcome.number == outcome.number }) {
      scans.recent[index] = RecentScan(outcome: outcome, manner: .byHand)
    } else {
      remember(outcome, .byHand)
    }
    if verdicts.displaced?.outcome.number == outcome.number { verdicts.displaced?.letIn(outcome) }
    guard verdicts.shown?.outcome.number == outcome.number else {
      add(.letIn(outcome), for: Span.strip, at: now)
      return
    }
    closeOverlay()
    var verdict = ShownVerdict(
      outcome: outcome, manner: .byHand, since: now.uptime, until: now.uptime + setup.panelSeconds)
    verdict.correction = verdicts.shown?.correction
    verdicts.shown = verdict
    verdicts.beat.begin(at: now)
  }

  // MARK: Taking back

  /// F8. Whoever presses it once more, with nobody let in between, may think that it did nothing; and
  /// while a scan has no verdict, whoever presses it may mean that guest, or the one before. Both are
  /// asked first.
  /// - Parameter now: when it was pressed, which may be right before a verdict that is shown by now.
  mutating func askToUndo(at now: Moment) -> [Effect] {
    defer { undoing.doneUpTo = scans.newestNumber }
    undoing.askedAfter = scans.newestNumber
    guard undoing.doneUpTo != nil || isLookingUp || now.uptime < verdicts.shownAt else {
      return [.undo]
    }
    undoing.isOfferAwaited = true
    return [.offerUndo]
  }

  /// The answer to that. What came since has ended the question before it was asked.
  mutating func offerUndo(_ entry: UndoneEntry, at now: Moment) {
    guard undoing.isOfferAwaited else { return }
    undoing.isOfferAwaited = false
    closeOverlay()
    undoing.question = UndoQuestion(entry: entry, until: now.uptime + Span.undoQuestion)
  }

  /// F8 while the question stands.
  mutating func confirmUndo(_ question: UndoQuestion) -> [Effect] {
    undoing.askedAfter = scans.newestNumber
    // Where that one is out already, staff are asked about the next.
    undoing.isOfferAwaited = true
    return [question.entry.reference.map(Effect.confirmUndo) ?? .offerUndo]
  }

  /// Something came that has to be seen: no second F8 or F9 confirms what the screen asks no longer.
  mutating func endQuestions() {
    undoing.question = nil
    undoing.isOfferAwaited = false
    turning = nil
  }

  mutating func undone(_ result: UndoResult, at now: Moment) {
    closeOverlay()
    endQuestions()
    // Somebody without a code stands in no row, but in a strip that is true no longer.
    if result.entry?.code.isEmpty == true {
      strips.removeAll { if case .counted = $0.content { true } else { false } }
    }
    if let entry = result.entry, !entry.code.isEmpty,
      let index = scans.recent.firstIndex(where: {
        !$0.isUndone && $0.moved == entry.direction && isSameCode($0.outcome.code, entry.code)
      })
    {
      scans.recent[index].isUndone = true
    }
    // A scan that came since the key was pressed keeps the panel, and so does any verdict that
    // nothing was taken back from.
    guard scans.waiting.isEmpty, undoing.askedAfter == scans.newestNumber,
      result.entry != nil || verdicts.shown == nil
    else {
      add(.undone(result), for: Span.strip, at: now)
      return
    }
    leaveStrip(at: now)
    verdicts.shown = nil
    undoing.result = ShownUndo(result: result, until: now.uptime + setup.panelSeconds)
  }

  /// The green was wrong: its row becomes the refusal, and so does its panel where that still stands.
  /// A strip says so until a key or a minute.
  mutating func contradict(_ outcome: Outcome, at now: Moment) -> [Effect] {
    strips.removeAll {
      guard case .contradiction(let earlier) = $0.content else { return false }
      return earlier.number == outcome.number
    }
    add(.contradiction(outcome), for: Span.contradiction, at: now)
    endQuestions()
    if let index = scans.recent.firstIndex(where: { $0.outcome.number == outcome.number }) {
      scans.recent[index].outcome = outcome
      scans.recent[index].isContradiction = true
    }
    if verdicts.displaced?.outcome.number == outcome.number {
      verdicts.displaced?.outcome = outcome
      verdicts.displaced?.isContradiction = true
    }
    guard let shown = verdicts.shown, shown.manner != .byHand,
      shown.outcome.number == outcome.number
    else {
      // The bell of a refusal would be taken for the verdict on whoever stands there now.
      return [.ring(.attention)]
    }
    closeOverlay()
    verdicts.shown = ShownVerdict(
      outcome: outcome, manner: shown.manner, since: now.uptime,
      until: now.uptime + setup.panelSeconds, isContradiction: true)
    verdicts.beat.begin(at: now)
    // Whoever only looked has let nobody in.
    return [.ring(shown.manner == .look ? .attention : .refuse)]
  }

  private func isContradicted(number: Int) -> Bool {
    scans.recent.contains { $0.outcome.number == number && $0.isContradiction }
  }
}

extension RecentScan {
  /// Which way somebody went by it; nil where nobody did.
  fileprivate var moved: DoorDirection? {
    switch manner {
    case .scan:
      switch outcome.verdict {
      case .admit: .in
      case .out: outcome.decision.people > 0 ? .out : nil
      case .refuse, .unverified: isContradiction ? .in : nil
      }
    case .byHand: .in
    case .look: nil
    }
  }
}
