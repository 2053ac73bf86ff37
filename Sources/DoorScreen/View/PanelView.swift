import Formatting

/// Paints a panel: colour over its whole area, the word as large as it goes, the lines below it.
struct PanelView {
  let content: PanelContent
  private var style: Style { Style(content.role) }
  private var boldStyle: Style { Style(content.role, isBold: true) }

  /// - Parameter linesWanted: rows below the word that the caller fills, beside the content's lines.
  /// - Returns: the rows that are left below the lines.
  @discardableResult
  func draw(in area: Area, on canvas: inout Canvas, linesWanted: Int = 0) -> Area {
    canvas.fill(area, style)
    guard !area.isEmpty else { return area }
    var area = area
    if !canvas.isColoured, let frame = PanelFrame(content.role) {
      area = frame.draw(around: area, content.role, on: &canvas)
    }
    let wordRows = drawWord(in: area, on: &canvas, linesWanted: linesWanted)
    var below = Area(
      row: area.row + wordRows, column: area.column, rows: area.rows - wordRows,
      columns: area.columns)
    if area.columns >= 20 { below = below.inset(1) }
    let used = drawLines(in: below, on: &canvas, linesWanted: linesWanted)
    below.row += used
    below.rows -= used
    return below
  }

  /// Returns the rows that the block letters take, with the space around them.
  private func drawWord(in area: Area, on canvas: inout Canvas, linesWanted: Int) -> Int {
    let letters = PanelLetters(
      content: content, columns: area.columns, rows: area.rows, linesWanted: linesWanted,
      charset: canvas.charset)
    guard let arrangement = letters.arrangement else {
      let shown = canvas.text(content.headline)
      let fitting = shown.width > area.columns ? shown.prefix(area.columns) : shown
      canvas.write(fitting, in: area.line(0), boldStyle, aligned: alignment)
      return 1
    }
    var row = area.row
    for block in arrangement.blocks {
      row += block.above
      let width = block.word.width * block.scale.columns
      let free = area.columns - width
      let margin = min(2, free)
      let offset =
        switch content.place {
        case .left: margin
        case .centre: free / 2
        case .right: free - margin
        }
      let height = BlockFont.rows * block.scale.rows
      canvas.draw(
        block.word, scale: block.scale,
        in: Area(row: row, column: area.column + offset, rows: height, columns: width),
        withAccents: block.above > 0, boldStyle)
      row += height
    }
    return row + arrangement.below - area.row
  }

  private var alignment: Canvas.Alignment {
    switch content.place {
    case .left: .left
    case .centre: .centre
    case .right: .right
    }
  }

  /// Returns the rows that the lines take.
  private func drawLines(in area: Area, on canvas: inout Canvas, linesWanted: Int) -> Int {
    guard !area.isEmpty else { return 0 }
    let mark = canvas.text(content.mark)
    let fitting = LineFitting(columns: area.columns, mark: mark.width, charset: canvas.charset)
    let room = linesWanted > 0 ? max(1, area.rows - linesWanted) : area.rows
    let lines = fitting.fitted(content.lines, rows: room)

    var used = 0
    for (line, rows) in zip(lines, fitting.rows(for: lines, in: room)) {
      var rest = canvas.text(line.text)
      for index in 0..<rows where !rest.isEmpty {
        var place = area.line(used)
        if used == 0, !mark.isEmpty { place.columns -= mark.width + 1 }
        if let bar = line.bar { canvas.fill(place, Style(bar)) }
        let isLast = index == rows - 1
        let next =
          isLast ? (row: rest, rest: canvas.text("")) : rest.firstRow(columns: place.columns)
        let look = Style(line.bar ?? content.role, isBold: line.isBold)
        canvas.write(next.row, in: place, look)
        used += 1
        rest = next.rest
      }
    }
    canvas.write(mark, in: area.line(0), boldStyle, aligned: .right)
    return used
  }
}
