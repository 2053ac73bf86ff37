import Formatting

/// The columns of the price list: name, price and window always, the rest where there is room.
struct RateTable {
  struct Row: Equatable {
    var rate: String
    var people = ""
    var option = ""
    /// The least age, for a narrow screen.
    var terms = ""
    var price = ""
    var window: String
    /// The window in fewer cells, for a narrow screen.
    var briefWindow: String
    var information = ""
    var holds: Bool

    init(
      rate: String, people: String = "", option: String = "", terms: String = "",
      price: String = "", window: String,
      briefWindow: String? = nil, information: String = "", holds: Bool = false
    ) {
      self.rate = rate
      self.people = people
      self.option = option
      self.terms = terms
      self.price = price
      self.window = window
      self.briefWindow = briefWindow ?? window
      self.information = information
      self.holds = holds
    }

    init(_ headings: RateColumns) {
      self.init(
        rate: headings.rate, people: headings.people, option: headings.option,
        price: headings.price, window: headings.window, information: headings.information)
    }
  }

  private struct Column {
    var text: KeyPath<Row, String>
    var width: Int
    var isRight = false
  }

  let isWide: Bool
  private let columns: [Column]
  private let gap: Int
  /// Cells for the marks of what is selected and of what holds.
  private static let marks = 3

  /// - Parameters:
  ///   - headings: they stand above the columns of a wide table.
  ///   - available: cells from edge to edge.
  init(rows: [Row], headings: Row, columns available: Int, charset: Charset) {
    let isWide = available >= 66
    let gap = available >= 90 ? 2 : 1
    func widest(_ text: KeyPath<Row, String>) -> Int {
      let widest = rows.map { DisplayText($0[keyPath: text], charset: charset).width }.max() ?? 0
      let heading = DisplayText(headings[keyPath: text], charset: charset).width
      return widest > 0 && isWide ? max(widest, heading) : widest
    }
    var columns: [Column] = []
    var room = available - Self.marks
    func add(_ text: KeyPath<Row, String>, atMost: Int, isRight: Bool = false) {
      let widest = widest(text)
      guard widest > 0, room > 0 else { return }
      let width = min(widest, max(1, min(atMost, room)))
      columns.append(Column(text: text, width: width, isRight: isRight))
      room -= width + gap
    }
    // The most important get their cells first; they are put in reading order below.
    add(\.price, atMost: 12, isRight: true)
    add(isWide ? \.window : \.briefWindow, atMost: !isWide ? 13 : available >= 90 ? 28 : 19)
    if isWide { add(\.people, atMost: 6, isRight: true) }
    if !isWide { add(\.terms, atMost: 3) }
    add(\.rate, atMost: isWide ? max(16, room * 2 / 5) : room)
    if isWide {
      add(\.option, atMost: max(8, room / 3))
      add(\.information, atMost: room)
    }
    self.isWide = isWide
    self.gap = gap
    let order: [KeyPath<Row, String>] = [
      \.rate, \.terms, \.people, \.option, \.price, \.window, \.briefWindow, \.information,
    ]
    self.columns = order.compactMap { path in columns.first { $0.text == path } }
  }

  func draw(
    _ row: Row, isSelected: Bool = false, in line: Area, _ style: Style, on canvas: inout Canvas
  ) {
    var rest = line
    canvas.write("\(isSelected ? "›" : " ")\(row.holds ? "•" : " ")", in: rest, style)
    rest.column += Self.marks
    rest.columns -= Self.marks
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
