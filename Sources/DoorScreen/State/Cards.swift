import Admission

/// Staff cards, for doors without a keyboard.
extension DoorState {
  /// Does what the command's key does, without asking for a PIN, to the newest verdict that was shown:
  /// somebody who holds a card up while the next look-up runs has seen no newer one. Like any scan, it
  /// closes what is open, but for the card that chooses there.
  mutating func present(
    _ command: StaffCommand, isAgain: Bool, at now: Moment
  ) -> [Effect] {
    strips.removeAll { $0.isContradiction || $0.isOfCard }
    night.doubleEntries.endByKey(at: now)
    if isAgain {
      // What the first reading opened stays open.
      add(.cardAgain, for: Span.strip, at: now)
      return []
    }
    let finder: Finder? = if case .find(let finder) = overlay { finder } else { nil }
    closeOverlay()
    let question = undoing.question
    endQuestions()
    if let question {
      switch command {
      case .undo: return confirmUndo(question)
      case .look: break
      case .fewer, .more, .byHand, .choose, .countIn, .countOut, .turn:
        add(.cardWithoutEffect, for: Span.strip, at: now)
        return []
      }
    }
    if var finder, finder.mistyped != nil, command == .more || command == .fewer {
      finder.move(by: command == .more ? 1 : -1, wraps: true)
      overlay = .find(finder)
      return []
    }
    if [.more, .fewer, .choose].contains(command), lacksChosenEvent {
      showEventsToChoose(at: now)
      return []
    }
    // One more goes on to the next one, and from the last to the first. By hand chooses where no card
    // for that was printed.
    if isPicking(at: now) {
      switch command {
      case .more, .fewer:
        movePick(by: command == .more ? 1 : -1, wraps: true)
        return []
      case .byHand, .choose: return choose()
      case .undo, .look, .countIn, .countOut, .turn: break
      }
    }
    switch command {
    case .undo: return askToUndo(at: now)
    case .look:
      if lookUntil == nil { beginLook(at: now) } else { lookUntil = nil }
      return []
    case .fewer: return act(at: now) { $0.changePeople(by: -1) }
    case .more: return act(at: now) { $0.changePeople(by: 1) }
    case .byHand: return act(at: now) { $0.letIn() }
    case .countIn: return [.countByHand(.in)]
    case .countOut: return [.countByHand(.out)]
    case .turn: return [.turn(night.direction.opposite)]
    case .choose:
      if let finder, finder.chosen != nil { return choose(in: finder) }
      if finder == nil, let offers = offers(at: now) {
        // Of several, somebody must see which is selected.
        guard offers.passes?.count == 1 else {
          overlay = .find(offers)
          return []
        }
        return choose(in: offers)
      }
      add(.cardWithoutEffect, for: Span.strip, at: now)
      return []
    }
  }

  private mutating func act(
    at now: Moment, _ change: (inout ShownVerdict) -> Effect?
  ) -> [Effect] {
    if now.uptime >= verdicts.shownAt, var verdict = verdicts.shown, let effect = change(&verdict) {
      verdict.until = now.uptime + setup.panelSeconds
      verdicts.shown = verdict
      return [effect]
    }
    if verdicts.shown == nil, !scans.waiting.isEmpty, var verdict = verdicts.displaced,
      let effect = change(&verdict)
    {
      verdicts.displaced = verdict
      if verdict.correction != nil {
        var outcome = verdict.outcome
        outcome.decision = verdict.decision
        add(.corrected(outcome), for: Span.strip, at: now)
      }
      return [effect]
    }
    add(.cardWithoutEffect, for: Span.strip, at: now)
    return []
  }
}
