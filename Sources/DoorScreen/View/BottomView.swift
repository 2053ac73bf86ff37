import Admission
import Formatting

/// The last lines: what is typed, what was dropped, or the keys.
struct BottomView {
  let state: DoorState
  /// Idle beneath a page.
  let panel: Panel
  let texts: any Texts
  let now: Moment

  /// What may be a PIN is dots.
  private var typed: String {
    state.pin.hiddenDigits > 0
      ? String(repeating: "•", count: state.pin.hiddenDigits) : state.typing.draft
  }

  /// A sign that is about to count somebody is not looked up.
  private var draftHint: String {
    guard let signs = state.typing.signs else { return texts.enterAndEscape }
    return signs.needsEnter
      ? texts.enterCounts(signs.people, signs.direction)
      : texts.countsSoon(signs.people, signs.direction)
  }

  /// Rows that must be there for what has to be said now.
  func rowsWanted(size: Size, charset: Charset) -> Int {
    if !typed.isEmpty { return sharesRow(columns: size.columns, charset) ? 1 : 2 }
    let isSaid = state.dropped(at: now) != nil || state.isAskingAgain(at: now)
    return isSaid || namesDemo ? 1 : 0
  }

  func draw(in area: Area, on canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    let last = area.line(area.rows - 1)
    if !typed.isEmpty {
      drawDraft(in: area, on: &canvas)
    } else if let dropped = state.dropped(at: now) {
      let style = Style(.banner, isBold: true)
      canvas.fill(last, style)
      let code = masked(code: DisplayText.cleaned(dropped.text))
      let words =
        switch dropped.cause {
        case .scan: texts.dropped(code)
        case .noEnd: texts.droppedWithoutEnter(code)
        case .mayBePIN: texts.mayBePIN
        }
      canvas.write(words, in: last, style)
    } else if state.isAskingAgain(at: now) {
      canvas.fill(last, Style(.field))
      canvas.write(texts.askingAgain, in: last, Style(.field, isBold: true))
    } else {
      canvas.write(hints(columns: last.columns), in: last, Style(.faint))
    }
  }

  private func hints(columns: Int) -> String {
    switch state.keyHints {
    case .keys: keys(columns: columns)
    case .cards: cards(columns: columns)
    case .auto, .none: ""
    }
  }

  /// Whoever tries a demo finds the key that breaks its network on the smallest screen, too.
  private var namesDemo: Bool {
    !state.setup.demoCodes.isEmpty && panel == .idle && state.overlay == nil
      && state.keyHints == .keys
  }

  /// As many keys as fit, those that mean most at this moment first.
  private func keys(columns: Int) -> String {
    let demo: [KeyHint] = namesDemo ? [.changeDemo] : []
    let hints = (demo + (panel == .idle ? idleHints : KeyHint.hints(for: panel)))
      .filter { $0 != .leave || state.setup.kiosk?.hasPIN ?? true }
      .filter { $0 != .doors || state.night.shared.isShared }
    return joined(hints.map(texts.key), by: "   ", columns: columns)
  }

  /// A door is turned where people leave, or leave and come back: elsewhere nobody is told how.
  private var idleHints: [KeyHint] {
    let isDemo = !state.setup.demoCodes.isEmpty
    return switch state.night.direction {
    case .out: KeyHint.atExit(turns: !isDemo)
    case .in:
      KeyHint.atEntrance(
        turns: !isDemo && (state.turnedTo != nil || state.setup.allowsReentry),
        isTurned: state.turnedTo != nil)
    }
  }

  /// The same for staff cards.
  private func cards(columns: Int) -> String {
    let commands = state.listCards(at: now) ?? KeyHint.cards(for: panel)
    let title = texts.cards + texts.colon
    let rest = joined(
      commands.map(texts.cardHint), by: " · ", columns: columns - DisplayText.width(of: title))
    return rest.isEmpty ? "" : title + rest
  }

  private func joined(_ hints: [String], by separator: String, columns: Int) -> String {
    var line = ""
    var width = 0
    for hint in hints {
      let before = line.isEmpty ? "" : separator
      let wider = width + DisplayText.width(of: before) + DisplayText.width(of: hint)
      guard wider <= columns else { continue }
      line += before + hint
      width = wider
    }
    return line
  }

  private func drawDraft(in area: Area, on canvas: inout Canvas) {
    var field = area.line(area.rows - 1)
    let hint = canvas.text(draftHint)
    canvas.fill(area, Style(.field))
    if area.rows > 1 {
      canvas.write(hint, in: area.line(area.rows - 2), Style(.field))
    } else if sharesRow(columns: area.columns, canvas.charset) {
      canvas.write(hint, in: field, Style(.field), aligned: .right)
      field.columns -= hint.width + 2
    }
    // The end of what is typed stays in sight, with a cell for the cursor.
    let prompt = canvas.text(field.columns > 4 ? "› " : "")
    let shown = canvas.text(typed)
      .cutAtStart(to: max(0, field.columns - prompt.width - 1), charset: canvas.charset)
    canvas.write(prompt, in: field, Style(.field))
    field.column += prompt.width
    field.columns -= prompt.width
    canvas.write(shown, in: field, Style(.field, isBold: true))
    canvas.placeCursor(row: field.row, column: field.column + shown.width)
  }

  private func sharesRow(columns: Int, _ charset: Charset) -> Bool {
    let draft = DisplayText.width(of: typed, charset: charset)
    let hint = DisplayText.width(of: draftHint, charset: charset)
    return columns >= 60 ? draft < 28 || columns >= draft + hint + 6 : columns >= draft + hint + 6
  }
}
