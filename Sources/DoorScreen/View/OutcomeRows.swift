import Admission

/// Outcomes in a row each: the strips of displaced panels and the list of the last scans.
struct OutcomeRows {
  let contents: PanelContents

  func drawStrip(_ outcome: Outcome, in line: Area, on canvas: inout Canvas) {
    let face = VerdictFace(outcome.reason, texts: contents.texts)
    let style = Style(face.role, isBold: true)
    canvas.fill(line, style)
    let text =
      "\(face.symbol) \(contents.word(outcome, face)) #\(outcome.number)"
      + "  \(contents.name(of: outcome)) · \(contents.reason(of: outcome))"
    canvas.write(text, in: line.inset(line.columns >= 20 ? 1 : 0), style)
  }

  /// Time, code, verdict, name, and the reason where there is room.
  func drawRecent(_ outcome: Outcome, in line: Area, on canvas: inout Canvas) {
    let face = VerdictFace(outcome.reason, texts: contents.texts)
    var rest = line
    func column(_ text: String, _ columns: Int, _ style: Style) {
      var cell = rest
      cell.columns = min(columns, rest.columns)
      canvas.write(text, in: cell, style)
      rest.column += columns + 2
      rest.columns -= columns + 2
    }
    column(contents.setup.time.seconds(outcome.at), 8, Style(.faint))
    column(contents.shown(outcome.code), 9, Style(.plain))
    column("\(face.symbol) \(contents.word(outcome, face))", 10, Style(face.role, isBold: true))
    let name = contents.name(of: outcome)
    switch outcome.verdict {
    case .admit: column(name, rest.columns, Style(.plain))
    case .refuse, .unverified:
      column("\(name) · \(contents.reason(of: outcome))", rest.columns, Style(.plain))
    }
  }
}
