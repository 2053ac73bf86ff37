import Admission
import Formatting

/// The search among the stored passes: what is typed, and whom it fits.
struct FindView {
  let finder: Finder
  let texts: any Texts
  /// Other kinds than passes are found, too.
  var namesKinds = false

  func draw(in area: Area, on canvas: inout Canvas) {
    canvas.fill(area, Style(.plain))
    guard !area.isEmpty else { return }
    let page = area.inset(area.columns >= 20 ? 1 : 0)
    drawField(in: page.line(0), on: &canvas)
    guard let passes = finder.passes, !passes.isEmpty else {
      canvas.write(advice, in: page.line(1), Style(.plain, isBold: true))
      canvas.write(texts.findLeave, in: page.line(2), Style(.faint))
      return
    }
    var title = page.line(1)
    let mark = canvas.text("\(finder.selected + 1)/\(passes.count)")
    canvas.write(mark, in: title, Style(.plain, isBold: true), aligned: .right)
    title.columns -= mark.width + 1
    canvas.write(texts.findKeys, in: title, Style(.faint))
    var list = page
    list.row += 2
    list.rows -= 2
    let window = ScrollWindow(rows: list.rows, of: passes.count, around: finder.selected)
    for (row, index) in window.range.enumerated() {
      draw(passes[index], isSelected: index == finder.selected, in: list.line(row), on: &canvas)
    }
  }

  private func drawField(in line: Area, on canvas: inout Canvas) {
    let prompt = canvas.text("\(texts.find) ")
    canvas.write(prompt, in: line, Style(.plain, isBold: true))
    var field = line
    field.column += prompt.width
    field.columns -= prompt.width
    canvas.fill(field, Style(.field))
    let isTyping = !finder.typed.isEmpty
    let text = canvas.text(isTyping ? finder.typed : finder.query)
      .cutAtStart(to: max(0, field.columns - 1), charset: canvas.charset)
    canvas.write(text, in: field, Style(.field, isBold: isTyping))
    canvas.placeCursor(row: field.row, column: field.column + (isTyping ? text.width : 0))
  }

  private var advice: String {
    if finder.passes != nil { return texts.nobodyFound }
    return finder.query.count < Finder.shortest ? texts.typeToFind : texts.searching
  }

  private func draw(
    _ pass: FoundPass, isSelected: Bool, in line: Area, on canvas: inout Canvas
  ) {
    let style = isSelected ? Style(.field, isBold: true) : Style(.plain)
    canvas.fill(line, style)
    let typed = finder.mistyped
    let code = canvas.text(
      typed.map { NearMissCode(pass.code, typed: $0).text }
        ?? masked(code: DisplayText.cleaned(pass.code)))
    canvas.write(code, in: line, style, aligned: .right)
    var rest = line
    rest.columns -= code.width + 1
    let customer = DisplayText.cleaned(pass.customer ?? "")
    let type = DisplayText.cleaned(pass.type ?? "")
    let kind = namesKinds ? texts.words(pass.kind).name : ""
    let parts = [customer, kind, type].filter { $0.contains { $0 != " " } }
    canvas.write("\(isSelected ? "›" : " ") \(parts.joined(separator: " · "))", in: rest, style)
  }
}
