package import Admission

/// Knows which event is tonight's, as far as it has been told.
package actor TonightKeeper {
  private let programme: any VenueProgramme
  /// What the venue has named itself; it goes over what the service says.
  private let given: Event?
  package private(set) var tonight: Tonight

  package init(programme: any VenueProgramme, given: Event?) {
    self.programme = programme
    self.given = given
    tonight = given.map(Tonight.chosen) ?? .none(.notChosen)
  }

  /// Asks the service for what is not known of the night yet. What cannot be learnt stays as it was.
  @discardableResult
  package func refresh() async -> Tonight {
    guard let given, given.name == nil || given.startsAt == nil || given.endsAt == nil,
      let told = await programme.event(id: given.id)
    else { return tonight }
    tonight = .chosen(
      Event(
        id: given.id, name: given.name ?? told.name, startsAt: given.startsAt ?? told.startsAt,
        endsAt: given.endsAt ?? told.endsAt))
    return tonight
  }

  /// Tonight's price list; nil where it is unknown.
  package func rates() async -> [Rate]? {
    guard let event = tonight.event else { return nil }
    return await programme.rates(eventID: event.id)
  }
}
