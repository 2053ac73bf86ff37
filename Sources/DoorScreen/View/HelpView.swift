import Formatting

/// The help page, in the panel's place: whom to call, the warnings that hold now, signs and keys.
struct HelpView {
  let texts: any Texts
  let lines: [HelpLine]
  let help: String?
  /// What the banners say, in full.
  let warnings: [String]
  /// The newest answer's latency; nil while there is none.
  let latency: Duration?
  /// The line at the top, as far as there are enough below it.
  let first: Int

  func draw(in area: Area, on canvas: inout Canvas) {
    let style = Style(.plain)
    let boldStyle = Style(.plain, isBold: true)
    canvas.fill(area, style)
    guard !area.isEmpty else { return }
    var page = area.inset(area.columns >= 20 ? 1 : 0)
    let figures = latency.map {
      HelpLine(sign: texts.live, meaning: texts.answers(milliseconds: $0.milliseconds))
    }
    let keys = self.lines + [figures].compactMap(\.self)
    var lines = warnings.flatMap { wrapped($0, columns: page.columns, charset: canvas.charset) }
    lines += keys.map(Line.init)
    if let help, !DisplayText(help).isEmpty {
      lines.insert(Line(HelpLine(sign: texts.help, meaning: texts.call(help))), at: 0)
    } else if page.rows > lines.count {
      canvas.write(texts.help, in: page.line(0), boldStyle)
      page.row += 1
      page.rows -= 1
    }
    let signs = min(keys.map { canvas.text($0.sign).width }.max() ?? 0, page.columns / 3)
    let top = max(0, min(first, lines.count - page.rows))
    let shown = lines.dropFirst(top).prefix(page.rows)
    for (index, line) in shown.enumerated() {
      var cell = page.line(index)
      guard let sign = line.sign else {
        canvas.write(line.text, in: cell, Style(.banner, isBold: true))
        continue
      }
      cell.columns = signs
      canvas.write(sign, in: cell, boldStyle)
      cell.column += signs + 2
      cell.columns = page.columns - signs - 2
      canvas.write(line.text, in: cell, style)
    }
    // In the last column, which no text reaches on a screen of any use.
    if top > 0 { canvas.write("↑", in: area.line(0), boldStyle, aligned: .right) }
    if top + shown.count < lines.count {
      canvas.write("↓", in: area.line(area.rows - 1), boldStyle, aligned: .right)
    }
  }

  private struct Line {
    /// Nil for a warning.
    var sign: String?
    var text: String

    init(_ line: HelpLine) {
      sign = line.sign
      text = line.meaning
    }

    init(warning: String) { text = warning }
  }

  private func wrapped(_ warning: String, columns: Int, charset: Charset) -> [Line] {
    var lines: [Line] = []
    var rest = DisplayText(warning, charset: charset)
    while !rest.isEmpty {
      let next = rest.firstRow(columns: columns)
      lines.append(Line(warning: next.row.string))
      rest = next.rest
    }
    return lines
  }
}

extension Duration {
  fileprivate var milliseconds: Int {
    let (seconds, attoseconds) = components
    guard seconds < 1_000_000, seconds >= 0 else { return 0 }
    return Int(seconds) * 1000 + Int((attoseconds + 500_000_000_000_000) / 1_000_000_000_000_000)
  }
}
