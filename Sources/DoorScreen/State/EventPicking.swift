import Admission
import FoundationEssentials

/// Choosing tonight's event where several are (Contract: The door screen). It is no dialog: a scan
/// covers it for as long as its panel stands.
extension DoorState {
  /// Empty where there is nothing to choose.
  var eventsToChoose: [Event] {
    if case .none(.several(let events)) = night.tonight { return events }
    return choice.until == nil ? [] : choice.events
  }

  /// F5 on the idle screen: who picked the wrong one of several picks again.
  mutating func chooseAgain(at now: Moment) {
    guard overlay == nil, panel(at: now) == .idle, choice.events.count > 1 else { return }
    choice.until = now.uptime + Span.choosing
    choice.pickedID = night.tonight.event?.id
  }

  /// Enter, or a card.
  mutating func choose() -> [Effect] {
    let event = eventsToChoose[pickedIndex]
    choice.until = nil
    return [.choose(eventID: event.id)]
  }

  /// Which of them is selected.
  var pickedIndex: Int { eventsToChoose.firstIndex { $0.id == choice.pickedID } ?? 0 }

  /// The verdict says that an event is missing, and there are some to choose among.
  var lacksChosenEvent: Bool {
    !eventsToChoose.isEmpty && overlay == nil && verdicts.shown?.outcome.reason == .noEvent
  }

  /// Whoever reaches for the arrows, or their cards, then means the choice.
  mutating func showEventsToChoose(at now: Moment) {
    leaveStrip(at: now)
    verdicts.shown = nil
  }

  func isPicking(at now: Moment) -> Bool {
    !eventsToChoose.isEmpty && overlay == nil && panel(at: now) == .idle
  }

  /// - Parameter wraps: from the last to the first, and back.
  mutating func movePick(by step: Int, wraps: Bool = false) {
    let events = eventsToChoose
    guard !events.isEmpty else { return }
    let index = pickedIndex + step
    let next =
      wraps ? (index + events.count) % events.count : min(max(0, index), events.count - 1)
    choice.pickedID = events[next].id
  }
}
