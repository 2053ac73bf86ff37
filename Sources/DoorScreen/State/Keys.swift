import Admission
import FoundationEssentials

/// What the keys do (Contract: The door screen).
extension DoorState {
  /// Lines that `pageUp` and `pageDown` move: a page of the smallest screen.
  private static let page = 6

  mutating func press(_ key: DoorKey, at now: Moment) -> [Effect] {
    strips.removeAll(where: \.isContradiction)
    night.doubleEntries.endByKey(at: now)
    let (question, turning) = (undoing.question, turning)
    endQuestions()
    if question != nil || turning != nil {
      switch key {
      case .function(8):
        if let question { return confirmUndo(question) }
      case .function(9):
        if let turning { return [.turn(turning.direction)] }
      // What they would change stands beneath the question, where nobody sees it.
      case .function(6), .up, .down, .pageUp, .pageDown, .enter, .escape: return []
      case .function: break
      }
    }
    switch key {
    case .function(1): toggle(.help(first: 0))
    case .function(2):
      toggle(.rates(selected: night.priceList.firstHeld(rateClock(at: now.wall)) ?? 0))
    case .function(3):
      // To end a look takes nobody's permission.
      guard lookUntil == nil else {
        lookUntil = nil
        break
      }
      return ask(for: .look, at: now)
    case .function(4): return toggleFind(at: now)
    case .function(5):
      chooseAgain(at: now)
      typing.askingUntil = now.uptime + Span.asking
      return [.refresh]
    case .function(6): return ask(for: .byHand, at: now)
    case .function(7) where night.shared.isShared: toggle(.doors(selected: 0))
    case .function(8): return ask(for: .undo, at: now)
    case .function(9):
      return setup.demoCodes.isEmpty ? ask(for: .turn, at: now) : [.changeDemo]
    case .function(10): return ask(for: .leave, at: now)
    case .function: break
    case .escape:
      closeOverlay()
      lookUntil = nil
      choice.until = nil
    case .up: return move(by: -1, at: now)
    case .down: return move(by: 1, at: now)
    case .pageUp: return move(by: -Self.page, at: now)
    case .pageDown: return move(by: Self.page, at: now)
    case .enter: return confirm(at: now)
    }
    return []
  }

  /// The same key closes what it opened.
  private mutating func toggle(_ page: Overlay) {
    let before = overlay
    closeOverlay()
    switch (before, page) {
    case (.help, .help), (.rates, .rates), (.doors, .doors): break
    case (_, .help), (_, .rates), (_, .doors), (_, .find), (_, .pin): overlay = page
    }
  }

  /// What was typed into a search stands in the field again: Enter would look it up.
  mutating func closeOverlay() {
    if case .find(let finder) = overlay { typing.draft = finder.typed }
    overlay = nil
  }

  private mutating func toggleFind(at now: Moment) -> [Effect] {
    if case .find = overlay {
      closeOverlay()
      return []
    }
    pin.hiddenUntil = nil
    pin.hiddenDigits = 0
    let offers = typing.draft.isEmpty ? offers(at: now) : nil
    var finder = offers ?? Finder()
    let query = finder.type(typing.draft)
    typing.draft = ""
    overlay = .find(finder)
    return query.map { [.find($0)] } ?? []
  }

  /// The mode must be seen, so it takes the panel.
  mutating func beginLook(at now: Moment) {
    closeOverlay()
    leaveStrip(at: now)
    verdicts.shown = nil
    undoing.result = nil
    lookUntil = now.uptime + Span.look
  }

  private mutating func move(by step: Int, at now: Moment) -> [Effect] {
    switch overlay {
    case .help(let first):
      let last = max(0, helpLines.count - Self.page)
      overlay = .help(first: min(max(0, first + step), last))
      return []
    case .rates(let selected):
      overlay = .rates(
        selected: min(max(0, selected + step), max(0, night.priceList.entries.count - 1)))
      return []
    case .doors(let selected):
      overlay = .doors(
        selected: min(max(0, selected + step), max(0, night.shared.doors.count - 1)))
      return []
    case .find(var finder):
      finder.move(by: step)
      overlay = .find(finder)
      return []
    case .pin: return []
    case nil: break
    }
    if isPicking(at: now) {
      movePick(by: step)
    } else if lacksChosenEvent {
      showEventsToChoose(at: now)
    } else if abs(step) == 1 {
      return changePeople(by: -step, at: now)
    }
    return []
  }

  private mutating func confirm(at now: Moment) -> [Effect] {
    if case .find(let finder) = overlay { return choose(in: finder) }
    guard isPicking(at: now) else { return [] }
    return choose()
  }
}
