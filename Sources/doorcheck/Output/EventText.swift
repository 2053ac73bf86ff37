import Admission
import DoorScreen
import Foundation

/// An event on one line, and as a line of JSON (contract, "The verdict").
struct EventText {
  var time: LocalTime

  /// `el4gr…  Sat 2026-11-21 23:00 – 07:00  Noche`
  func line(for event: Event) -> String {
    let hours =
      "\(event.startsAt.map(moment) ?? "?") – \(event.endsAt.map(time.minutes) ?? "?")"
    return "\(DisplayText.cleaned(event.id))  \(hours)  \(DisplayText.cleaned(event.name ?? ""))"
  }

  func json(for event: Event, isTonight: Bool) -> String {
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
