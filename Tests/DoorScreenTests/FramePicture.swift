import DoorScreen
import Terminal

/// A frame as a drawing (SVG), in the colours that the terminal is sent. The same frame always makes the
/// same text.
struct FramePicture {
  let frame: Frame
  let palette: Palette

  /// What one cell takes, as in the console's smallest font.
  private static let cell = (width: 8, height: 16)
  private static let block = "█"

  var svg: String {
    let width = frame.size.columns * Self.cell.width
    let height = frame.size.rows * Self.cell.height
    var lines = [
      #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \#(width) \#(height)" width="\#(width)" "#
        + #"height="\#(height)" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" "#
        + #"font-size="13" shape-rendering="crispEdges">"#,
      #"<rect width="\#(width)" height="\#(height)" fill="\#(Self.paper(Look()))"/>"#,
    ]
    for (row, cells) in frame.rows.enumerated() {
      for run in runs(of: cells) {
        let part = cells[run]
        let look = look(of: part[run.lowerBound].style)
        let isBlock = part[run.lowerBound].text == Self.block
        lines += rectangle(
          row, run, fill: isBlock ? Self.ink(look) : Self.paper(look))
        if !isBlock { lines += text(row, run, part, look) }
      }
    }
    return (lines + ["</svg>", ""]).joined(separator: "\n")
  }

  /// Cells side by side that look alike; blocks are apart from letters.
  private func runs(of cells: [Cell]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for column in cells.indices {
      if let last = runs.last, cells[column].style == cells[last.lowerBound].style,
        (cells[column].text == Self.block) == (cells[last.lowerBound].text == Self.block)
      {
        runs[runs.count - 1] = last.lowerBound..<(column + 1)
      } else {
        runs.append(column..<(column + 1))
      }
    }
    return runs
  }

  private func rectangle(_ row: Int, _ columns: Range<Int>, fill: String) -> [String] {
    if fill == Self.paper(Look()) { return [] }
    let (width, height) = Self.cell
    return [
      #"<rect x="\#(columns.lowerBound * width)" y="\#(row * height)" "#
        + #"width="\#(columns.count * width)" height="\#(height)" fill="\#(fill)"/>"#
    ]
  }

  private func text(
    _ row: Int, _ columns: Range<Int>, _ cells: ArraySlice<Cell>, _ look: Look
  ) -> [String] {
    guard let first = columns.first(where: { cells[$0].text != " " }),
      let last = columns.last(where: { cells[$0].text != " " })
    else { return [] }
    let (width, height) = Self.cell
    let style = cells[first].style
    let isBold = look.bold == .always || (look.bold == .asAsked && style.isBold)
    let attributes = [
      #"x="\#(first * width)" y="\#(row * height + 12)" fill="\#(Self.ink(look))""#,
      #"textLength="\#((last - first + 1) * width)" lengthAdjust="spacingAndGlyphs""#,
      isBold ? #"font-weight="bold""# : nil, look.isDim ? #"fill-opacity="0.7""# : nil,
      look.isUnderlined ? #"text-decoration="underline""# : nil,
      #"xml:space="preserve""#,
    ].compactMap(\.self).joined(separator: " ")
    let characters = cells[first...last].map { Self.escaped($0.text) }.joined()
    return ["<text \(attributes)>\(characters)</text>"]
  }

  private func look(of style: Style) -> Look {
    var look = palette.look(of: style.role)
    look.isReverse = look.isReverse != style.isReversed
    return look
  }

  private static func ink(_ look: Look) -> String {
    look.isReverse ? shown(look.background, else: black) : shown(look.foreground, else: lightGrey)
  }

  private static func paper(_ look: Look) -> String {
    look.isReverse ? shown(look.foreground, else: lightGrey) : shown(look.background, else: black)
  }

  // What a terminal shows that nobody has told a colour.
  private static let black = (0, 0, 0)
  private static let lightGrey = (218, 218, 218)

  /// The fixed ones of the 256 colours: a cube of six steps a side, then greys.
  private static func shown(_ number: Int16?, else usual: (Int, Int, Int)) -> String {
    func step(_ value: Int) -> Int { value == 0 ? 0 : 55 + 40 * value }
    let colour: (Int, Int, Int)
    switch number.map(Int.init) {
    case nil: colour = usual
    case let index? where index < 232:
      colour = (step((index - 16) / 36), step((index - 16) / 6 % 6), step((index - 16) % 6))
    case let index?:
      colour = (8 + 10 * (index - 232), 8 + 10 * (index - 232), 8 + 10 * (index - 232))
    }
    return "#"
      + [colour.0, colour.1, colour.2].map { part in
        (part < 16 ? "0" : "") + String(part, radix: 16)
      }.joined()
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
