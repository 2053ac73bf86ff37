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
    let wanted = content.lines.count + linesWanted
    let wordRows = drawWord(in: area, on: &canvas, linesWanted: wanted)
    var below = Area(
      row: area.row + wordRows, column: area.column, rows: area.rows - wordRows,
      columns: area.columns)
    if area.columns >= 20 { below = below.inset(1) }
    let used = drawLines(in: below, on: &canvas, linesWanted: linesWanted)
    below.row += used
    below.rows -= used
    return below
  }

  /// Returns the rows that the word takes, with the space around it.
  private func drawWord(in area: Area, on canvas: inout Canvas, linesWanted: Int) -> Int {
    // Two lines below the word say who and why; with fewer the word is better written small.
    let leastLines = min(2, linesWanted)
    let room = area.rows - max(leastLines, min(linesWanted, area.rows - BlockFont.rows))
    guard let (word, scale) = largestWord(columns: area.columns, rows: room) else {
      let shown = canvas.text(content.headline)
      let fitting = shown.width > area.columns ? shown.prefix(area.columns) : shown
      canvas.write(fitting, in: area.line(0), boldStyle, aligned: alignment)
      return 1
    }
    let height = BlockFont.rows * scale.rows
    let width = word.width * scale.columns
    let spare = room - height
    var above = spare > 0 ? min(spare, scale.rows) / 2 + spare % 2 : 0
    var between = min(scale.rows, spare - above)
    if above == 0, between > 0, !word.accents.isEmpty {
      above = 1
      between -= 1
    }
    let free = area.columns - width
    let margin = min(2, free)
    let offset =
      switch content.place {
      case .left: margin
      case .centre: free / 2
      case .right: free - margin
      }
    canvas.draw(
      word, scale: scale,
      in: Area(
        row: area.row + above, column: area.column + offset, rows: height, columns: width),
      withAccents: above > 0, boldStyle)
    return above + height + between
  }

  private var alignment: Canvas.Alignment {
    switch content.place {
    case .left: .left
    case .centre: .centre
    case .right: .right
    }
  }

  /// The fullest word that fits, unless one with less beside it can be twice as tall.
  private func largestWord(columns: Int, rows: Int) -> (BlockWord, BlockWord.Scale)? {
    var best: (word: BlockWord, scale: BlockWord.Scale)?
    for word in content.words {
      guard let scale = word.scale(columns: columns, rows: rows) else { continue }
      if best == nil || scale.rows >= 2 * (best?.scale.rows ?? 0) { best = (word, scale) }
    }
    return best
  }

  /// Returns the rows that the lines take.
  private func drawLines(in area: Area, on canvas: inout Canvas, linesWanted: Int) -> Int {
    guard !area.isEmpty else { return 0 }
    let mark = canvas.text(content.mark)
    let fitting = LineFitting(columns: area.columns, mark: mark.width, charset: canvas.charset)
    let room = linesWanted > 0 ? max(1, area.rows - linesWanted) : area.rows
    let lines = fitting.fitted(content.lines, rows: room)

    var free: [Int] = []
    for (line, rows) in zip(lines, fitting.rows(for: lines, in: room)) {
      var rest = canvas.text(line.text)
      for index in 0..<rows where !rest.isEmpty {
        var place = area.line(free.count)
        if free.isEmpty, !mark.isEmpty { place.columns -= mark.width + 1 }
        if line.isLoud { canvas.fill(place, Style(.field)) }
        let isLast = index == rows - 1
        let next =
          isLast ? (row: rest, rest: canvas.text("")) : rest.firstRow(columns: place.columns)
        let look = line.isLoud ? Style(.field, isBold: true) : line.isBold ? boldStyle : style
        canvas.write(next.row, in: place, look)
        free.append(line.isLoud ? 0 : place.columns - next.row.width)
        rest = next.rest
      }
    }
    canvas.write(mark, in: area.line(0), boldStyle, aligned: .right)
    drawReasonName(in: area, free: free, on: &canvas)
    return free.count
  }

  /// - free: cells left at the end of each row.
  private func drawReasonName(in area: Area, free: [Int], on canvas: inout Canvas) {
    let name = canvas.text(content.reasonName)
    // Below the mark, or else in the row that has room; a blank row at the bottom will do too.
    let row = free.indices.dropFirst().first { free[$0] > name.width } ?? max(1, free.count)
    guard row < area.rows else { return }
    canvas.write(name, in: area.line(row), style, aligned: .right)
  }
}
