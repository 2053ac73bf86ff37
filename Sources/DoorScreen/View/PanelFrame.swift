/// What parts the black panels from each other where there are no colours: an admission is white, a
/// refusal has a thick frame, an unverified one a broken frame, a look a thin one.
enum PanelFrame {
  case thick, broken, thin

  /// Nil where the panel is told by its own look.
  init?(_ role: Style.Role) {
    switch role {
    case .refuse: self = .thick
    case .unverified: self = .broken
    case .look: self = .thin
    case .plain, .faint, .header, .banner, .admit, .neutral, .field: return nil
    }
  }

  /// Columns at each side.
  private var sides: Int {
    switch self {
    case .thick, .broken: 3
    case .thin: 1
    }
  }

  /// A low area keeps its rows for its words, and so does one where letters of two sizes just fit; a
  /// narrow one keeps some of its columns.
  func draw(around area: Area, _ role: Style.Role, on canvas: inout Canvas) -> Area {
    let sides = area.rows == 1 || area.columns < 20 ? min(1, area.columns / 8) : sides
    let edges =
      switch self {
      case .thick: (10..<16).contains(area.rows) || area.rows >= 20 ? 1 : 0
      case .broken: area.rows >= 10 ? 1 : 0
      case .thin: 0
      }
    // The header is as bright as the frame and closes it above; letters are not to hang from it.
    let above =
      switch self {
      case .thick: area.rows == 19 ? 1 : edges
      case .broken: edges
      case .thin: area.rows >= 10 ? 1 : 0
      }
    var style = Style(role)
    style.isReversed = true
    for index in 0..<area.rows {
      let line = area.line(index)
      let isEdge = index >= area.rows - edges
      if isEdge {
        fill(line, style, on: &canvas)
      } else if self != .broken || index.isMultiple(of: 2) {
        canvas.fill(Area(row: line.row, column: line.column, rows: 1, columns: sides), style)
        canvas.fill(
          Area(
            row: line.row, column: line.column + line.columns - sides, rows: 1, columns: sides),
          style)
      }
    }
    return Area(
      row: area.row + above, column: area.column + sides, rows: area.rows - above - edges,
      columns: area.columns - 2 * sides)
  }

  private func fill(_ line: Area, _ style: Style, on canvas: inout Canvas) {
    guard self == .broken else { return canvas.fill(line, style) }
    for column in stride(from: 0, to: line.columns, by: 6) {
      canvas.fill(
        Area(
          row: line.row, column: line.column + column, rows: 1,
          columns: min(3, line.columns - column)), style)
    }
  }
}
