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

  let isWide: Bool
  private let columns: TableColumns<Row>
  /// Cells for the marks of what is selected and of what holds.
  private static let marks = 3

  /// - Parameters:
  ///   - headings: they stand above the columns of a wide table.
  ///   - available: cells from edge to edge.
  init(rows: [Row], headings: Row, columns available: Int, charset: Charset) {
    let isWide = available >= 66
    var columns = TableColumns(
      rows: rows, headings: isWide ? headings : nil, room: available - Self.marks,
      gap: available >= 90 ? 2 : 1, charset: charset)
    // The most important get their cells first; they are put in reading order below.
    columns.add(\.price, atMost: 12, isRight: true)
    columns.add(isWide ? \.window : \.briefWindow, atMost: !isWide ? 13 : available >= 90 ? 28 : 19)
    if isWide { columns.add(\.people, atMost: 6, isRight: true) }
    if !isWide { columns.add(\.terms, atMost: 3) }
    columns.add(\.rate, atMost: isWide ? max(16, columns.room * 2 / 5) : columns.room)
    if isWide {
      columns.add(\.option, atMost: max(8, columns.room / 3))
      columns.add(\.information, atMost: columns.room)
    }
    columns.arrange([
      \.rate, \.terms, \.people, \.option, \.price, \.window, \.briefWindow, \.information,
    ])
    self.isWide = isWide
    self.columns = columns
  }

  func draw(
    _ row: Row, isSelected: Bool = false, in line: Area, _ style: Style, on canvas: inout Canvas
  ) {
    var rest = line
    canvas.write("\(isSelected ? "›" : " ")\(row.holds ? "•" : " ")", in: rest, style)
    rest.column += Self.marks
    rest.columns -= Self.marks
    columns.draw(row, in: rest, style, on: &canvas)
  }
}
