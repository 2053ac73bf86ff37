import Admission
import Formatting

/// Tonight's doors as a table (F7), with the selected one in full beneath it.
struct DoorsView {
  let shared: SharedDoors
  let selected: Int
  let texts: any Texts
  let time: LocalTime
  let now: Moment

  private var words: DoorWords { texts.doorWords }
  private let boldStyle = Style(.plain, isBold: true)
  /// Cells for the marks of the selected door, of this one, and of what is to be known of it.
  private static let marks = 4

  private struct Row {
    var door = ""
    var people = ""
    var scans = ""
    var seen = ""
    var state = ""
    var remarks = ""
  }

  func draw(in area: Area, on canvas: inout Canvas) {
    canvas.fill(area, Style(.plain))
    guard !area.isEmpty else { return }
    let page = area.inset(area.columns >= 20 ? 1 : 0)
    let doors = shared.doors
    canvas.writeTitle(
      words.title, age: age, Style(.banner, isBold: true), selected: selected, of: doors.count,
      in: page.line(0))
    guard !doors.isEmpty else {
      canvas.write(words.none, in: page.line(1), boldStyle)
      return
    }
    let selected = min(selected, doors.count - 1)
    let isWide = page.columns >= 66
    let rows = doors.map { row($0, isWide: isWide) }
    let columns = columns(of: rows, isWide: isWide, in: page.columns, canvas.charset)
    let details = page.rows >= 6 ? min(3, page.rows / 3) : 0
    var body = page
    body.row += 1
    body.rows -= 1 + details
    if isWide, page.rows >= 8 {
      columns.draw(headings, in: cells(of: body.line(0)), Style(.faint), on: &canvas)
      body.row += 1
      body.rows -= 1
    }
    let window = ScrollWindow(rows: body.rows, of: doors.count, around: selected)
    for (line, index) in window.range.enumerated() {
      let line = body.line(line)
      let style = style(of: doors[index], isSelected: index == selected)
      canvas.fill(line, style)
      canvas.write(marks(of: doors[index], isSelected: index == selected), in: line, style)
      columns.draw(rows[index], in: cells(of: line), style, on: &canvas)
    }
    var bottom = page
    bottom.row += page.rows - details
    bottom.rows = details
    canvas.writeDetails(parts(of: doors[selected]), in: bottom)
  }

  /// While this door is alone, the table is as old as it says.
  private var age: String {
    guard shared.aloneSince != nil, let told = shared.told else { return "" }
    return texts.ratesAsOf(time.minutes(told.wall))
  }

  private var headings: Row {
    Row(
      door: words.door, people: words.people, scans: words.scans, seen: words.seen,
      state: words.state, remarks: words.remarks)
  }

  private func columns(
    of rows: [Row], isWide: Bool, in available: Int, _ charset: Charset
  ) -> TableColumns<Row> {
    var columns = TableColumns(
      rows: rows, headings: isWide ? headings : nil, room: available - Self.marks,
      gap: available >= 90 ? 2 : 1, charset: charset)
    columns.add(\.state, atMost: 12)
    columns.add(\.people, atMost: 7, isRight: true)
    columns.add(\.seen, atMost: isWide ? 13 : 6, isRight: true)
    if isWide { columns.add(\.scans, atMost: 8, isRight: true) }
    columns.add(\.door, atMost: isWide ? max(14, columns.room / 2) : columns.room)
    if isWide { columns.add(\.remarks, atMost: columns.room) }
    columns.arrange([\.door, \.people, \.scans, \.seen, \.state, \.remarks])
    return columns
  }

  private func row(_ door: DoorOnLedger, isWide: Bool) -> Row {
    let age = AgeText.text(seconds: shared.unseen(door, at: now), texts)
    return Row(
      door: DisplayText.cleaned(door.name), people: Self.people(of: door),
      scans: "\(max(0, door.scans))", seen: isWide ? texts.ago(age) : age,
      state: words.state(shared.state(of: door)),
      remarks: remarks(on: door, texts.briefly).joined(separator: ", "))
  }

  private func remarks(on door: DoorOnLedger, _ words: (DoorRemark) -> String) -> [String] {
    let isThis = shared.isThisDoor(door)
    let exit = door.direction == .out ? [texts.exit] : []
    return (isThis ? [self.words.thisDoor] : []) + exit + shared.remarks(on: door).map(words)
  }

  private func marks(of door: DoorOnLedger, isSelected: Bool) -> String {
    let isNoted = !shared.remarks(on: door).isEmpty
    return "\(isSelected ? "›" : " ")\(shared.isThisDoor(door) ? "•" : " ")\(isNoted ? "!" : " ")"
  }

  private func cells(of line: Area) -> Area {
    var cells = line
    cells.column += Self.marks
    cells.columns -= Self.marks
    return cells
  }

  /// What somebody has to see to is loud.
  private func style(of door: DoorOnLedger, isSelected: Bool) -> Style {
    if isSelected { return Style(.field, isBold: true) }
    switch shared.state(of: door) {
    case .alone, .silent: return Style(.banner, isBold: true)
    case .ended: return Style(.faint)
    case .connected, nil: return Style(.plain, isBold: shared.isThisDoor(door))
    }
  }

  /// Everything that is to be known of a door.
  private func parts(of door: DoorOnLedger) -> [String] {
    [DisplayText.cleaned(door.name)] + remarks(on: door, texts.remark)
      + [texts.people(max(0, door.people))]
      + (Self.showsLeavers(of: door) ? [texts.left(max(0, door.gone))] : [])
      + [texts.scans(max(0, door.scans))]
  }

  private static func showsLeavers(of door: DoorOnLedger) -> Bool {
    door.direction == .out || door.gone > 0
  }

  /// Who came in by it, and after the arrow who left.
  private static func people(of door: DoorOnLedger) -> String {
    let came = max(0, door.people)
    guard showsLeavers(of: door) else { return "\(came)" }
    return "\(came > 0 ? "\(came)" : "")→\(max(0, door.gone))"
  }
}
