import Formatting

/// Brings a panel's lines into the rows there are.
struct LineFitting {
  let columns: Int
  /// Columns of the mark at the right end of the first row.
  let mark: Int
  let charset: Charset

  private typealias Pair = (PanelContent.Line.Topic, PanelContent.Line.Topic)
  /// Lines that may share a row when rows are scarce: those that lose nothing by it, and those that
  /// do so only once the nights have gone.
  private static let pairs: [Pair] = [
    (.usage, .nights), (.name, .type), (.people, .usage), (.nextStep, .usage), (.nextStep, .nights),
    (.stored, .hours), (.place, .extras),
  ]
  private static let tightPairs: [Pair] = [
    (.reason, .stored), (.usage, .stored), (.people, .stored), (.age, .collect),
  ]
  /// What a pass holds beside its people.
  private static let held: [PanelContent.Line.Topic] = [.age, .remark, .place, .extras]
  /// A long remark gets so many rows before other lines lose anything, and more where rows are left.
  private static let rowsOfRemark = 2

  /// At most `rows` lines: two share a row where both fit, the hint and the nights go, name and type share a row
  /// that is too short for both, and then the least important go. All but the last is also done
  /// before a line would be cut short.
  func fitted(_ lines: [PanelContent.Line], rows: Int) -> [PanelContent.Line] {
    var lines = lines
    while rowsNeeded(for: lines) > rows {
      guard
        join(Self.pairs, in: &lines) || dropHint(&lines) || dropNights(&lines)
          || join(Self.tightPairs, in: &lines)
      else { break }
    }
    // A remark is cut before a name.
    while rowsNeeded(for: lines, ofRemark: 1) > rows {
      guard
        dropUsage(&lines) || join(Self.tightPairs, in: &lines)
          || squeeze(.name, .type, in: &lines) || squeeze(.remark, .place, in: &lines)
      else { break }
    }
    while lines.count > max(0, rows) {
      guard let last = lines.indices.max(by: { lines[$0].topic < lines[$1].topic }) else { break }
      // That an answer is a stored one goes last of all.
      if lines[last].topic == .stored, squeeze(.name, .stored, leaving: 10, in: &lines) { continue }
      lines.remove(at: last)
    }
    return lines
  }

  /// Whether all lines find room without losing anything but the hint.
  func fits(_ lines: [PanelContent.Line], rows: Int) -> Bool {
    var lines = lines
    while rowsNeeded(for: lines) > rows {
      guard join(Self.pairs, in: &lines) || dropHint(&lines) else { return false }
    }
    return true
  }

  /// How many rows each line gets: one each, and the rest in the order of importance.
  func rows(for lines: [PanelContent.Line], in rows: Int) -> [Int] {
    var given = Array(repeating: 1, count: lines.count)
    var spare = rows - lines.count
    func isBefore(_ one: Int, _ other: Int) -> Bool {
      // What a remark is long for comes last.
      let (one, other) = (lines[one].topic, lines[other].topic)
      return one == .remark ? false : other == .remark || one < other
    }
    for index in lines.indices.sorted(by: isBefore) {
      let extra = min(max(0, rowsNeeded(lines[index], at: index) - 1), max(0, spare))
      given[index] += extra
      spare -= extra
    }
    return given
  }

  private func rowsNeeded(
    for lines: [PanelContent.Line], ofRemark rows: Int = Self.rowsOfRemark
  ) -> Int {
    lines.indices.reduce(0) { sum, index in
      let needed = rowsNeeded(lines[index], at: index)
      return sum + (lines[index].topic == .remark ? min(rows, needed) : needed)
    }
  }

  /// The first line shares its first row with the mark. A name is cut rather than broken.
  private func rowsNeeded(_ line: PanelContent.Line, at index: Int) -> Int {
    if line.topic == .name { return 1 }
    let width = width(line.text)
    if width <= room(forLine: index) { return min(1, width) }
    var rest = DisplayText(line.text, charset: charset)
    var rows = 0
    while !rest.isEmpty {
      rest = rest.firstRow(columns: rows == 0 ? room(forLine: index) : columns).rest
      rows += 1
    }
    return rows
  }

  private func join(_ pairs: [Pair], in lines: inout [PanelContent.Line]) -> Bool {
    for (first, second) in pairs {
      guard let one = lines.firstIndex(where: { $0.topic == first }),
        let other = lines.firstIndex(where: { $0.topic == second }), one < other
      else { continue }
      let joined = "\(lines[one].text) · \(lines[other].brief ?? lines[other].text)"
      guard width(joined) <= room(forLine: one) else { continue }
      if second == .nights { lines[one].withoutNights = lines[one].text }
      if second == .stored { lines[one].stored = [lines[other]] }
      lines[one].text = joined
      lines[one].topic = min(first, second)
      lines.remove(at: other)
      return true
    }
    return false
  }

  private func dropHint(_ lines: inout [PanelContent.Line]) -> Bool {
    guard let hint = lines.firstIndex(where: { $0.topic == .hint }) else { return false }
    lines.remove(at: hint)
    return true
  }

  private func dropNights(_ lines: inout [PanelContent.Line]) -> Bool {
    if let joined = lines.firstIndex(where: { $0.withoutNights != nil }) {
      lines[joined].text = lines[joined].withoutNights ?? ""
      lines[joined].withoutNights = nil
      return true
    }
    guard let nights = lines.firstIndex(where: { $0.topic == .nights }) else { return false }
    lines.remove(at: nights)
    return true
  }

  /// Who comes in and who came before says how the usage is, so what the pass holds goes before it.
  private func dropUsage(_ lines: inout [PanelContent.Line]) -> Bool {
    guard lines.contains(where: { $0.topic == .people }),
      lines.contains(where: { Self.held.contains($0.topic) }),
      let usage = lines.firstIndex(where: { $0.topic == .usage })
    else { return false }
    // That an answer is a stored one is said whatever goes.
    lines += lines.remove(at: usage).stored
    return true
  }

  /// Both in one row, of which each keeps at least half, or the first one at least that many columns.
  private func squeeze(
    _ first: PanelContent.Line.Topic, _ second: PanelContent.Line.Topic, leaving least: Int? = nil,
    in lines: inout [PanelContent.Line]
  ) -> Bool {
    guard let one = lines.firstIndex(where: { $0.topic == first }),
      let other = lines.firstIndex(where: { $0.topic == second }), one < other
    else { return false }
    let room = room(forLine: one) - 3
    guard room >= 10 else { return false }
    let otherText = DisplayText(lines[other].brief ?? lines[other].text, charset: charset)
    let oneText = DisplayText(lines[one].text, charset: charset)
      .cut(to: max(least ?? room / 2, room - otherText.width), charset: charset)
    let cutOther = otherText.cut(to: room - oneText.width, charset: charset)
    lines[one].text = "\(oneText.string) · \(cutOther.string)"
    lines.remove(at: other)
    return true
  }

  private func room(forLine index: Int) -> Int {
    index == 0 && mark > 0 ? columns - mark - 1 : columns
  }

  private func width(_ text: String) -> Int { DisplayText.width(of: text, charset: charset) }
}
