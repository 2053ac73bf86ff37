import Formatting
import FoundationEssentials

/// The codes to try in the demo: all of them where they fit, else a page at a time.
struct DemoCodesView {
  let codes: [DemoCode]
  let title: String
  /// Uptime in seconds: it decides which page is shown.
  let uptime: TimeInterval

  /// Rows that show everything, title included.
  func rowsWanted(columns: Int) -> Int {
    codes.isEmpty ? 0 : 1 + (codes.count + perRow(columns) - 1) / perRow(columns)
  }

  func draw(in area: Area, on canvas: inout Canvas) {
    guard !codes.isEmpty, !area.isEmpty else { return }
    let style = Style(.neutral)
    // Where there is room for a row or two only, they are for codes.
    let titleRows = area.rows >= 4 ? 1 : 0
    if titleRows > 0 { canvas.write(title, in: area.line(0), Style(.neutral, isBold: true)) }
    let perRow = perRow(area.columns)
    let rows = area.rows - titleRows
    let perPage = max(1, rows * perRow)
    let pages = (codes.count + perPage - 1) / perPage
    let turn = (uptime / DoorState.Span.demoPage).rounded(.down)
    let page = Int(turn.truncatingRemainder(dividingBy: Double(pages)))
    let shown = codes.dropFirst(page * perPage).prefix(perPage)
    let rowsUsed = min(rows, (codes.count + perRow - 1) / perRow)
    let width = area.columns / perRow
    let codeWidth = codes.map { canvas.text($0.code).width }.max() ?? 0
    for (index, code) in shown.enumerated() {
      var cell = area.line(titleRows + index % rowsUsed)
      cell.column += index / rowsUsed * width
      cell.columns = perRow == 1 ? area.columns : width - 2
      canvas.write(code.code, in: cell, Style(.neutral, isBold: true))
      let indent = min(codeWidth, cell.columns) + 2
      cell.column += indent
      cell.columns -= indent
      canvas.write(code.explanation, in: cell, style)
    }
  }

  private func perRow(_ columns: Int) -> Int { columns >= 70 ? 2 : 1 }
}
