import Formatting

/// What the pages have in common that show a table, of which one line is selected: the rates, the doors.
extension Canvas {
  /// Writes the fullest title that fits, with the age of what is shown behind it, and at the right which
  /// line of how many is selected.
  mutating func writeTitle(
    _ titles: [String], age: String, _ ageStyle: Style, selected: Int, of count: Int, in line: Area
  ) {
    let style = Style(.plain, isBold: true)
    var rest = line
    if count > 0 {
      let mark = text("\(min(selected, count - 1) + 1)/\(count)")
      write(mark, in: rest, style, aligned: .right)
      rest.columns -= mark.width + 1
    }
    let age = text(age)
    let titles = titles.map(text)
    guard
      let title = titles.first(where: { $0.width + age.width + 2 <= rest.columns }) ?? titles.last
    else { return }
    write(title, in: rest, style)
    rest.column += title.width + 2
    rest.columns -= title.width + 2
    write(age, in: rest, ageStyle)
  }

  /// Writes everything that the selected line may have had to leave out, on as many rows as there are.
  mutating func writeDetails(_ parts: [String], in area: Area) {
    var rest = text(parts.joined(separator: " · "))
    for index in 0..<max(0, area.rows) where !rest.isEmpty {
      let isLast = index == area.rows - 1
      let next = isLast ? (row: rest, rest: text("")) : rest.firstRow(columns: area.columns)
      write(next.row, in: area.line(index), Style(.plain))
      rest = next.rest
    }
  }
}
