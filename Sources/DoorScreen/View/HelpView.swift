/// The help page, in the panel's place.
struct HelpView {
  let texts: any Texts
  let help: String?

  func draw(in area: Area, on canvas: inout Canvas) {
    let style = Style(.plain)
    let boldStyle = Style(.plain, isBold: true)
    canvas.fill(area, style)
    guard !area.isEmpty else { return }
    var page = area.inset(area.columns >= 20 ? 1 : 0)
    var lines = texts.helpLines
    if let help, !DisplayText(help).isEmpty {
      lines.insert(HelpLine(sign: texts.help, meaning: texts.call(help)), at: 0)
    } else if area.rows > lines.count {
      canvas.write(texts.help, in: page.line(0), boldStyle)
      page.row += 1
      page.rows -= 1
    }
    let signs = min(lines.map { canvas.text($0.sign).width }.max() ?? 0, page.columns / 3)
    for (index, line) in lines.enumerated() where index < page.rows {
      var cell = page.line(index)
      cell.columns = signs
      canvas.write(line.sign, in: cell, boldStyle)
      cell.column += signs + 2
      cell.columns = page.columns - signs - 2
      canvas.write(line.meaning, in: cell, style)
    }
  }
}
