import Admission
import Formatting
import FoundationEssentials

/// Tonight's events to choose from, in the idle panel's place.
struct EventPickerView {
  let events: [Event]
  let picked: Int
  let contents: PanelContents

  func draw(in area: Area, on canvas: inout Canvas) {
    var content = contents.eventPicker()
    // The events matter more than the big word.
    if area.rows < events.count + content.lines.count + BlockFont.rows { content.words = [] }
    let rowsForEvents = area.rows - content.lines.count - (content.words.isEmpty ? 1 : 0)
    if rowsForEvents < events.count { content.mark = "\(picked + 1)/\(events.count)" }
    let below = PanelView(content: content).draw(
      in: area, on: &canvas, linesWanted: max(1, min(events.count, rowsForEvents)))
    let window = ScrollWindow(rows: below.rows, of: events.count, around: picked)
    for (row, index) in window.range.enumerated() {
      draw(events[index], isPicked: index == picked, in: below.line(row), on: &canvas)
    }
  }

  private func draw(
    _ event: Event, isPicked: Bool, in line: Area, on canvas: inout Canvas
  ) {
    let style = isPicked ? Style(.field, isBold: true) : Style(.neutral)
    canvas.fill(line, style)
    let hours = canvas.text(hours(of: event))
    canvas.write(hours, in: line, style, aligned: .right)
    var name = line
    name.columns -= hours.isEmpty ? 0 : hours.width + 1
    canvas.write(
      "\(isPicked ? "›" : " ") \(event.displayName(contents.texts))", in: name, style)
  }

  private func hours(of event: Event) -> String {
    let time = contents.setup.time
    if event.startsAt == nil, event.endsAt == nil { return "" }
    return "\(event.startsAt.map(time.minutes) ?? "?")–\(event.endsAt.map(time.minutes) ?? "?")"
  }
}
