import Admission
import Formatting
import FoundationEssentials

/// Tonight's price list as a table, with the selected line in full beneath it.
struct RatesView {
  let list: PriceList
  let selected: Int
  let wording: RateWording

  private var texts: any Texts { wording.texts }
  private let boldStyle = Style(.plain, isBold: true)

  func draw(in area: Area, on canvas: inout Canvas) {
    canvas.fill(area, Style(.plain))
    guard !area.isEmpty else { return }
    let page = area.inset(area.columns >= 20 ? 1 : 0)
    let entries = list.entries
    canvas.writeTitle(
      texts.ratesTitle, age: age,
      list.oldSince == nil ? Style(.plain) : Style(.banner, isBold: true), selected: selected,
      of: entries.count, in: page.line(0))
    guard !entries.isEmpty else {
      canvas.write(emptiness, in: page.line(1), boldStyle)
      return
    }
    let selected = min(selected, entries.count - 1)
    let rows = entries.map(row)
    let headings = RateTable.Row(texts.rateColumns)
    let table = RateTable(
      rows: rows, headings: headings, columns: page.columns, charset: canvas.charset)
    let heading = table.isWide && page.rows >= 10 ? 1 : 0
    let details = page.rows >= 6 ? min(3, page.rows / 4) : 0
    var body = page
    body.row += 2
    body.rows -= 2 + details
    if let change = wording.clock.nextChange(in: list.rates) {
      canvas.write(countdown(to: change), in: page.line(1), Style(.plain))
    }
    if heading > 0 {
      table.draw(headings, in: body.line(0), Style(.faint), on: &canvas)
      body.row += 1
      body.rows -= 1
    }
    let lines = lines(of: entries)
    let position = lines.firstIndex(of: .entry(selected)) ?? 0
    let window = ScrollWindow(rows: body.rows, of: lines.count, around: position)
    for (line, index) in window.range.enumerated() {
      guard case .entry(let index) = lines[index] else {
        if case .kind(let kind) = lines[index] {
          let name = texts.words(kind).name.uppercased()
          canvas.write(name, in: body.line(line), boldStyle)
        }
        continue
      }
      let style = style(of: rows[index], isSelected: index == selected)
      canvas.fill(body.line(line), style)
      table.draw(
        rows[index], isSelected: index == selected, in: body.line(line), style, on: &canvas)
    }
    var bottom = page
    bottom.row += page.rows - details
    bottom.rows = details
    canvas.writeDetails(parts(of: entries[selected], on: canvas), in: bottom)
  }

  /// What the table shows line by line: each kind has a heading where there are several.
  private enum Line: Equatable {
    case kind(PassKind)
    case entry(Int)
  }

  private func lines(of entries: [PriceList.Entry]) -> [Line] {
    guard Set(entries.map(\.rate.kind)).count > 1 else { return entries.indices.map(Line.entry) }
    var lines: [Line] = []
    for (index, entry) in entries.enumerated() {
      if index == 0 || entries[index - 1].rate.kind != entry.rate.kind {
        lines.append(.kind(entry.rate.kind))
      }
      lines.append(.entry(index))
    }
    return lines
  }

  private func style(of row: RateTable.Row, isSelected: Bool) -> Style {
    if isSelected { return Style(.field, isBold: row.holds) }
    return row.holds ? boldStyle : Style(.faint)
  }

  private var age: String {
    guard case .known(_, let asOf?, let isStale) = list else { return "" }
    guard isStale else { return texts.ratesAsOf(wording.shown(asOf)) }
    return texts.ratesNotRenewed(
      for: AgeText.inMinutes(since: asOf, at: wording.clock.now, texts))
  }

  private var emptiness: String {
    switch list {
    case .notAsked: texts.ratesNotAsked
    case .unknown: texts.ratesUnknown.capitalizedFirst
    case .known: texts.noRates
    }
  }

  private func countdown(to change: Date) -> String {
    let left = Countdown(to: change, at: wording.clock.now).text(texts)
    return texts.nextRateChange(at: wording.shown(change), in: left)
  }

  private func row(_ entry: PriceList.Entry) -> RateTable.Row {
    guard let option = entry.option else {
      return RateTable.Row(
        rate: DisplayText.cleaned(entry.rate.name), people: people(entry.rate),
        window: texts.noValidPrice)
    }
    let phase = wording.clock.phase(option)
    return RateTable.Row(
      rate: DisplayText.cleaned(entry.rate.name), people: people(entry.rate),
      option: [wording.terms(option) ?? "", DisplayText.cleaned(option.content ?? "")]
        .filter { $0.contains { $0 != " " } }.joined(separator: ", "),
      terms: option.minimumAge.flatMap { $0 > 0 ? "\($0)+" : nil } ?? "",
      price: wording.prices.text(option.price),
      window: phase == .faulty ? texts.neverValid : wording.window(option),
      briefWindow: phase == .faulty ? texts.faulty : wording.briefWindow(option),
      information: DisplayText.cleaned(option.information ?? ""), holds: phase == .holds)
  }

  private func people(_ rate: Rate) -> String { rate.beneficiaries.map { "\($0)" } ?? "" }

  /// Everything that is to be known of an option.
  private func parts(of entry: PriceList.Entry, on canvas: Canvas) -> [String] {
    let row = row(entry)
    let isWindowCut = row.window != row.briefWindow || canvas.text(row.window).width > 11
    return [
      row.rate, isWindowCut ? row.window : "", entry.rate.beneficiaries.map(texts.people) ?? "",
      row.option, row.information,
    ].filter { $0.contains { $0 != " " } }
  }
}
