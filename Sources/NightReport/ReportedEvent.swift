package import Admission
package import Foundation
package import NightStore

/// Which event a report is about.
package struct ReportedEvent {
  /// What `--event` or the configuration says of it; nil where they name none.
  var named: Event?
  var store: NightStore

  package init(named: Event? = nil, store: NightStore) {
    self.named = named
    self.store = store
  }

  /// The named event, else the newest one of the store; nil where that has none.
  package func find(at now: Date) async throws(StoreError) -> Event? {
    guard let named else { return try await newest(at: now) }
    let stored = try await store.storedEvent(id: named.id)?.value
    return Event(
      id: named.id, name: named.name ?? stored?.name, startsAt: named.startsAt ?? stored?.startsAt,
      endsAt: named.endsAt ?? stored?.endsAt)
  }

  /// Of the events that can have begun, the last for which anything is recorded; else the last.
  private func newest(at now: Date) async throws(StoreError) -> Event? {
    // An event without a known start is as old as what is known of it.
    let begun = try await store.storedEvents()
      .map { (event: $0.value, start: $0.value.startsAt ?? $0.fetchedAt) }
      .filter { $0.start.addingTimeInterval(-Tonight.leadBeforeStart) <= now }
      .sorted { $0.start > $1.start }
      .map(\.event)
    for event in begun {
      let figures = try await store.figures(eventID: event.id)
      if figures != NightFigures(eventID: event.id) { return event }
    }
    return begun.first
  }
}
