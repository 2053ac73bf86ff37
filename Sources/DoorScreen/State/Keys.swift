import Admission
import FoundationEssentials

/// What the keys do (contract, "The door screen").
extension DoorState {
  /// Lines that `pageUp` and `pageDown` move: a page of the smallest screen.
  private static let page = 6

  mutating func press(_ key: DoorKey, at now: Moment) -> [Effect] {
    switch key {
    case .function(1): toggle(.help(first: 0))
    case .function(2): toggle(.rates(selected: priceList.firstHeld(rateClock(at: now.wall)) ?? 0))
    case .escape: overlay = nil
    case .function(5): return [.refresh]
    case .function(10): return [.leave]
    case .function: break
    case .up: move(by: -1, at: now)
    case .down: move(by: 1, at: now)
    case .pageUp: move(by: -Self.page, at: now)
    case .pageDown: move(by: Self.page, at: now)
    case .enter: return confirm(at: now)
    }
    return []
  }

  /// The same key closes what it opened.
  private mutating func toggle(_ page: Overlay) {
    switch (overlay, page) {
    case (.help, .help), (.rates, .rates): overlay = nil
    case (_, .help), (_, .rates): overlay = page
    }
  }

  private mutating func move(by step: Int, at now: Moment) {
    switch overlay {
    case .help(let first):
      let last = max(0, setup.language.texts.helpLines.count - Self.page)
      overlay = .help(first: min(max(0, first + step), last))
      return
    case .rates(let selected):
      overlay = .rates(selected: min(max(0, selected + step), max(0, priceList.entries.count - 1)))
      return
    case nil: break
    }
    if isPicking(at: now) {
      movePick(by: step)
    } else if !eventsToChoose.isEmpty, shown?.outcome.reason == .noEvent {
      // The verdict says that an event is missing; reaching for the arrows means: back to the choice.
      leaveStrip(at: now)
      shown = nil
    }
  }

  private func confirm(at now: Moment) -> [Effect] {
    guard isPicking(at: now) else { return [] }
    return [.choose(eventID: eventsToChoose[pickedIndex].id)]
  }
}
