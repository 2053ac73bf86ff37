package import Admission
import Formatting

/// Draws, over the whole screen, why a kiosk cannot begin: exactly `size`, at any size.
/// - Parameter state: its setup is what could be read; of the rest only the question for the PIN is
///   drawn.
package func view(
  _ fault: SetupFault, state: DoorState, size: Size, at now: Moment,
  appearance: Appearance = Appearance()
) -> Frame {
  var canvas = Canvas(size: size, appearance: appearance)
  SetupFaultView(fault: fault, state: state, now: now).draw(on: &canvas, size: size)
  return canvas.frame
}

private struct SetupFaultView {
  let fault: SetupFault
  let state: DoorState
  let now: Moment

  private var setup: ScreenSetup { state.setup }

  private var texts: any Texts { setup.language.texts }

  func draw(on canvas: inout Canvas, size: Size) {
    let screen = Area(row: 0, column: 0, rows: size.rows, columns: size.columns)
    let header = screen.line(0)
    canvas.fill(header, Style(.header))
    canvas.write("doorcheck", in: header, Style(.header, isBold: true))
    canvas.write(
      setup.time.minutes(now.wall), in: header, Style(.header, isBold: true), aligned: .right)
    var panel = screen
    panel.row += 1
    panel.rows -= 1
    if case .pin(let prompt) = state.overlay {
      let content = PanelContents(setup, priceList: state.night.priceList).pin(
        prompt, wait: state.pinWait(at: now))
      PanelView(content: content).draw(in: panel, on: &canvas)
      return
    }
    let columns = max(1, panel.columns - 2)
    let details = fault.details.flatMap { rows(of: $0, columns: columns, canvas.charset) }
    // Who stands before it needs to know whom to call, who mends it the details.
    let below = PanelView(content: content).draw(
      in: panel, on: &canvas, linesWanted: min(details.count, max(0, panel.rows / 2 - 1)))
    for (index, row) in details.prefix(max(0, below.rows)).enumerated() {
      let line = below.line(index)
      canvas.fill(line, Style(.plain))
      canvas.write(row, in: line, Style(.plain))
    }
  }

  /// Amber: nobody is refused, and nobody can be admitted.
  private var content: PanelContent {
    let call = setup.help.map { DisplayText.cleaned($0) }.flatMap { $0.isEmpty ? nil : $0 }
    return PanelContent(
      role: .unverified, place: .centre, words: texts.notReadyWord.map { BlockWord(parts: [$0]) },
      headline: texts.notReadyWord[0],
      lines: [
        .init(topic: .reason, text: texts.fault(fault.kind), isBold: true),
        .init(topic: .name, text: call.map(texts.call) ?? texts.callWhoSetUp, isBold: true),
        .init(topic: .nextStep, text: texts.faultRetry),
      ])
  }

  private func rows(of line: String, columns: Int, _ charset: Charset) -> [String] {
    var rows: [String] = []
    var rest = DisplayText(line, charset: charset)
    while !rest.isEmpty {
      let next = rest.firstRow(columns: columns)
      rows.append(next.row.string)
      rest = next.rest
    }
    return rows
  }
}
