import Formatting

/// Columns that share the cells of a line: what is added first gets its cells first.
struct TableColumns<Row> {
  private struct Column {
    var text: KeyPath<Row, String>
    var width: Int
    var isRight: Bool
  }

  private let rows: [Row]
  private let headings: Row?
  private let gap: Int
  private let charset: Charset
  private var columns: [Column] = []
  /// Cells that no column has yet.
  private(set) var room: Int

  /// - Parameters:
  ///   - headings: they stand above the columns; nil where nothing does.
  ///   - room: cells for all columns.
  ///   - gap: cells between two of them.
  init(rows: [Row], headings: Row?, room: Int, gap: Int, charset: Charset) {
    self.rows = rows
    self.headings = headings
    self.room = room
    self.gap = gap
    self.charset = charset
  }

  /// Adds a column that is as wide as its widest text, but no wider than that. A column without any
  /// text takes no cells.
  mutating func add(_ text: KeyPath<Row, String>, atMost: Int, isRight: Bool = false) {
    func width(_ row: Row) -> Int { DisplayText.width(of: row[keyPath: text], charset: charset) }
    var widest = rows.map(width).max() ?? 0
    guard widest > 0, room > 0 else { return }
    if let headings { widest = max(widest, width(headings)) }
    let width = min(widest, max(1, min(atMost, room)))
    columns.append(Column(text: text, width: width, isRight: isRight))
    room -= width + gap
  }

  /// Puts the columns in reading order.
  mutating func arrange(_ order: [KeyPath<Row, String>]) {
    columns = order.compactMap { path in columns.first { $0.text == path } }
  }

  func draw(_ row: Row, in line: Area, _ style: Style, on canvas: inout Canvas) {
    var rest = line
    for column in columns {
      var cell = rest
      cell.columns = min(column.width, rest.columns)
      canvas.write(
        row[keyPath: column.text], in: cell, style, aligned: column.isRight ? .right : .left)
      rest.column += column.width + gap
      rest.columns -= column.width + gap
    }
  }
}
