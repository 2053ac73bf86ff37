import Admission

/// Choosing tonight's event where several are (contract, "The door screen"). It is no dialog: a scan
/// covers it for as long as its panel stands.
extension DoorState {
  /// Empty where there is nothing to choose.
  var eventsToChoose: [Event] {
    guard case .none(.several(let events)) = tonight else { return [] }
    return events
  }

  /// Which of them is selected.
  var pickedIndex: Int { eventsToChoose.firstIndex { $0.id == pickedEventID } ?? 0 }

  func isPicking(at now: Moment) -> Bool {
    !eventsToChoose.isEmpty && overlay == nil && panel(at: now) == .idle
  }

  mutating func movePick(by step: Int) {
    let events = eventsToChoose
    guard !events.isEmpty else { return }
    pickedEventID = events[min(max(0, pickedIndex + step), events.count - 1)].id
  }
}
