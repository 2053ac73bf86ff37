import Admission
import Formatting

/// That one pass let more people in than it allows, at several doors: told in as many rows as there are.
struct DoubleEntryNote {
  let entry: DoubleEntry
  /// How many more are to be told.
  let more: Int
  let texts: any Texts
  let time: LocalTime

  private let style = Style(.banner, isBold: true)
  private static let mostRows = 5
  /// The report has all of them.
  private static let mostDoors = 4
  private static let longestDoor = 20

  /// Rows that it needs in full.
  func rowsWanted(columns: Int, charset: Charset) -> Int {
    min(rows(of: paragraphs, columns: columns, charset).count, Self.mostRows)
  }

  func draw(in area: Area, on canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    canvas.fill(area, style)
    let page = area.inset(area.columns >= 20 ? 1 : 0)
    if more > 0 { canvas.write(mark(canvas.charset), in: page.line(0), style, aligned: .right) }
    let forms = ([paragraphs, pair] + sentences.map { [$0] }).map {
      rows(of: $0, columns: area.columns, canvas.charset)
    }
    guard let rows = forms.first(where: { $0.count <= area.rows }) ?? forms.last else { return }
    for (index, row) in rows.prefix(area.rows).enumerated() {
      let isCut = index == area.rows - 1 && index < rows.count - 1
      var line = page.line(index)
      if index == 0 { line.columns -= markColumns(canvas.charset) }
      canvas.write(
        isCut ? canvas.text(row.string + " " + rows[index + 1].string) : row, in: line, style)
    }
  }

  private func rows(of paragraphs: [String], columns: Int, _ charset: Charset) -> [DisplayText] {
    let columns = columns - (columns >= 20 ? 2 : 0)
    var rows: [DisplayText] = []
    for paragraph in paragraphs {
      var rest = DisplayText(paragraph, charset: charset)
      while !rest.isEmpty {
        let room = rows.isEmpty ? columns - markColumns(charset) : columns
        let next = rest.firstRow(columns: max(1, room))
        rows.append(next.row)
        rest = next.rest
      }
    }
    return rows
  }

  private func mark(_ charset: Charset) -> DisplayText {
    DisplayText(texts.more(more), charset: charset)
  }

  private func markColumns(_ charset: Charset) -> Int { more > 0 ? mark(charset).width + 1 : 0 }

  // MARK: Words

  private var paragraphs: [String] {
    [
      head(withType: true), doors.joined(separator: ", "),
      "\(excess). \(texts.doorWords.doubleEntryStep)",
    ]
  }

  private var pair: [String] {
    [
      "\(head(withType: true)) · \(excess)",
      "\(doors.joined(separator: ", ")). \(texts.doorWords.doubleEntryStep)",
    ]
  }

  /// The same in one, with less and less of it.
  private var sentences: [String] {
    let long = "\(head(withType: true))\(texts.colon)\(doors.joined(separator: ", ")) · \(excess)"
    return [
      "\(long). \(texts.doorWords.doubleEntryStep)", long,
      "\(head(withType: false))\(texts.colon)\(doors.joined(separator: ", ")) · \(excess)",
      "\(head(withType: false)) · \(excess)",
    ]
  }

  private func head(withType: Bool) -> String {
    let type = withType ? entry.passType.map(DisplayText.cleaned) : nil
    let code = entry.code.map { masked(code: DisplayText.cleaned($0)) }
    let pass = [code, type].compactMap(\.self).filter { $0.contains { $0 != " " } }
    return ([texts.doorWords.doubleEntry] + [pass.joined(separator: " · ")])
      .filter { !$0.isEmpty }.joined(separator: " ")
  }

  private var excess: String {
    let people = entry.parts.reduce(0) { $0.addingClamped(max(0, $1.people)) }
    return texts.tooMany(max(1, people - max(0, entry.allowed)))
  }

  private var doors: [String] {
    let doors = entry.parts.prefix(Self.mostDoors).map { part in
      let name = DisplayText(part.door).cut(to: Self.longestDoor, charset: .unicode).string
      let people = part.people > 1 ? " (\(part.people))" : ""
      return "\(name) \(time.minutes(part.at))\(people)"
    }
    let rest = entry.parts.count - doors.count
    return doors + (rest > 0 ? ["+\(rest)"] : [])
  }
}
