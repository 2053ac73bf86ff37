import Admission
import Formatting

/// Outcomes in a row each: the strips of displaced panels and the list of the last scans.
struct OutcomeRows {
  private let contents: PanelContents
  /// Cells that hold every word with its symbol, and a group of up to 99.
  private let verdictColumns: Int
  private var texts: any Texts { contents.texts }

  init(contents: PanelContents) {
    self.contents = contents
    let texts = contents.texts
    let words = [
      texts.refuseWord, texts.unverifiedWord, texts.scanAgainWord, texts.lookWord,
      texts.byHandWord, texts.undoneWord,
    ]
    let widest = words.map { DisplayText.width(of: $0[0]) }.max() ?? 0
    verdictColumns =
      2 + max(widest, DisplayText.width(of: texts.group(texts.admitWord[0], people: 99)))
  }

  func drawStrip(_ strip: Strip, in line: Area, on canvas: inout Canvas) {
    let (role, text) = wording(of: strip)
    let style = Style(role, isBold: true)
    canvas.fill(line, style)
    if !canvas.isColoured, let frame = PanelFrame(role) {
      _ = frame.draw(around: line, role, on: &canvas)
    }
    canvas.write(text, in: line.inset(line.columns >= 20 ? 1 : 0), style)
  }

  private func wording(of strip: Strip) -> (Style.Role, String) {
    switch strip.content {
    case .verdict(let outcome):
      let face = VerdictFace(outcome, texts: texts)
      let word = contents.word(outcome, face)
      return (face.role, "\(face.symbol) \(word) #\(outcome.number)  \(whoAndWhy(outcome))")
    case .letIn(let outcome):
      let word = contents.byHand(texts.letInByHand, outcome)
      return (.field, "+ \(word) #\(outcome.number)  \(contents.name(of: outcome))")
    case .undone(.undone(let entry)):
      let people = contents.takenBack(entry)
      return (.field, "- \(texts.undoneWord[0])  \(contents.name(of: entry)) · \(people)")
    case .undone(.nothing): return (.field, texts.nothingToUndo)
    case .undone(.tooOld(let entry)):
      return (.field, "\(texts.tooOldToUndo) · \(contents.name(of: entry))")
    case .contradiction(let outcome):
      let face = VerdictFace(outcome, texts: texts)
      let word = texts.afterAll(face.words[0])
      return (.refuse, "\(face.symbol) \(word) #\(outcome.number)  \(whoAndWhy(outcome))")
    case .corrected(let outcome):
      let word =
        switch outcome.verdict {
        case .admit: texts.group(texts.admitWord[0], people: outcome.count?.admitted ?? 1)
        case .out: texts.group(texts.outWord[0], people: outcome.decision.people)
        case .refuse, .unverified: contents.byHand(texts.byHandWord[0], outcome)
        }
      return (.field, "= \(word) #\(outcome.number)  \(contents.name(of: outcome))")
    case .counted(let count):
      let late = count.isLate ? ", \(texts.recordedLate)" : ""
      return (.field, texts.countedByHand(count.people, count.direction) + late)
    case .notCounted: return (.field, texts.notCounted)
    case .cardWithoutEffect: return (.field, texts.cardWithoutEffect)
    case .cardAgain: return (.field, texts.cardAgain)
    }
  }

  private func whoAndWhy(_ outcome: Outcome) -> String {
    "\(contents.name(of: outcome)) · \(contents.reason(of: outcome))"
  }

  /// Time, code, verdict, name, and the reason where there is room.
  func drawRecent(_ scan: RecentScan, in line: Area, on canvas: inout Canvas) {
    let outcome = scan.outcome
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
    let (role, word) = verdict(of: scan)
    column(word, verdictColumns, Style(role, isBold: true))
    let why: String? =
      switch outcome.verdict {
      case .admit: nil
      case .out: outcome.reason == .left ? nil : contents.reason(of: outcome)
      case .refuse, .unverified: contents.reason(of: outcome)
      }
    // The code stands there already.
    let who = contents.customer(of: outcome)
    column(
      [who, why].compactMap(\.self).joined(separator: " · "), rest.columns, Style(.plain))
  }

  private func verdict(of scan: RecentScan) -> (Style.Role, String) {
    if scan.isUndone { return (.faint, "- \(texts.undoneWord[0])") }
    switch scan.manner {
    case .scan:
      let face = VerdictFace(scan.outcome, texts: texts)
      // In few letters, for the column.
      let word =
        scan.outcome.reason == .nobodyInside
        ? face.words.last ?? "" : contents.word(scan.outcome, face)
      return (face.role, "\(face.symbol) \(word)")
    case .look: return (.look, "• \(texts.lookWord[0])")
    case .byHand:
      // The number first: it is the word that may be cut off.
      let people = scan.outcome.count?.admitted ?? 1
      return (.field, "+\(people > 1 ? "\(people)" : "") \(texts.byHandWord[0])")
    }
  }
}
