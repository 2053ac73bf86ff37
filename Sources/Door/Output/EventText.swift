package import Admission
import DoorScreen
package import Formatting
import Foundation

/// An event on one line, and as a line of JSON (Contract: Columns).
package struct EventText {
  var time: LocalTime

  package init(time: LocalTime) {
    self.time = time
  }

  /// `el4gr…  Sat 2026-11-21 23:00 – 07:00  Noche`
  package func line(for event: Event) -> String {
    let (id, name) = (DisplayText.cleaned(event.id), DisplayText.cleaned(event.name ?? ""))
    return "\(id)  \(hours(of: event))  \(name)"
  }

  /// `Noche, 2026-11-21 23:00 – 07:00 (el4gr…)`
  package func sentence(for event: Event) -> String {
    let name = event.name.map { DisplayText.cleaned($0) + ", " } ?? ""
    return "\(name)\(hours(of: event)) (\(DisplayText.cleaned(event.id)))"
  }

  private func hours(of event: Event) -> String {
    "\(event.startsAt.map(moment) ?? "?") – \(event.endsAt.map(time.minutes) ?? "?")"
  }

  package func json(for event: Event, isTonight: Bool) -> String {
    var line = JSONLine()
    line.add("id", event.id)
    line.add("name", event.name)
    line.add("starts_at", event.startsAt.map(time.timestamp))
    line.add("ends_at", event.endsAt.map(time.timestamp))
    line.add("tonight", isTonight)
    return line.text
  }

  private func moment(_ date: Date) -> String {
    "\(time.timestamp(date).prefix(10)) \(time.minutes(date))"
  }
}
