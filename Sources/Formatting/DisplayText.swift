/// Text that may be painted: one glyph a cell or two, nothing that could act on a terminal. Every
/// text goes through here, ours included, because names and codes come from strangers.
package struct DisplayText: Sendable, Equatable {
  /// Parts of a text share its memory.
  package private(set) var glyphs: ArraySlice<Glyph>
  /// Cells that the text takes.
  package private(set) var width: Int

  package var string: String {
    var string = ""
    for glyph in glyphs { string.unicodeScalars.append(contentsOf: glyph.scalars) }
    return string
  }
  package var text: String { string }
  package var isEmpty: Bool { glyphs.isEmpty }

  package init(_ text: String, charset: Charset = .unicode) {
    if Self.isPlain(text) {
      self.init(glyphs: text.utf8.map { Glyph(UInt32($0), width: 1) }[...])
    } else if charset == .ascii {
      self.init(glyphs: Self.glyphs(of: AsciiFolding.folded(Self.cleaned(text)))[...])
    } else {
      self.init(glyphs: Self.glyphs(of: text)[...])
    }
  }

  private init(glyphs: ArraySlice<Glyph>) {
    self.glyphs = glyphs
    width = glyphs.reduce(0) { $0 + $1.width }
  }

  /// Cells that a text takes.
  package static func width(of text: String, charset: Charset = .unicode) -> Int {
    if isPlain(text) { return text.utf8.count }
    guard charset == .unicode else { return DisplayText(text, charset: charset).width }
    var width = 0
    clean(text) { width += CharacterWidth.columns(of: $0) }
    return width
  }

  /// The text in at most `columns` cells. What is cut off is shown by `…` (`...` without Unicode),
  /// and a wide character is never split.
  package func cut(to columns: Int, charset: Charset) -> DisplayText {
    guard width > columns else { return self }
    let ellipsis = DisplayText("…", charset: charset)
    guard columns > ellipsis.width else { return prefix(columns) }
    return DisplayText(glyphs: prefix(columns - ellipsis.width).glyphs + ellipsis.glyphs)
  }

  /// The end of the text in at most `columns` cells, for a field that is typed into.
  package func cutAtStart(to columns: Int, charset: Charset) -> DisplayText {
    guard width > columns else { return self }
    let ellipsis = DisplayText("…", charset: charset)
    var (rest, restWidth) = (glyphs, width)
    while let first = rest.first, restWidth + ellipsis.width > columns {
      restWidth -= first.width
      rest.removeFirst()
    }
    return rest.isEmpty ? prefix(columns) : DisplayText(glyphs: ellipsis.glyphs + rest)
  }

  /// As many whole glyphs as fit.
  package func prefix(_ columns: Int) -> DisplayText {
    var used = 0
    return DisplayText(
      glyphs: glyphs.prefix {
        used += $0.width
        return used <= columns
      })
  }

  /// The first row of the text broken at blanks, and what is left for further rows.
  package func firstRow(columns: Int) -> (row: DisplayText, rest: DisplayText) {
    guard width > columns else { return (self, DisplayText(glyphs: [])) }
    let fitting = prefix(columns).glyphs
    guard !fitting.isEmpty else { return (self, DisplayText(glyphs: [])) }
    let end = (fitting.startIndex + 1...fitting.endIndex).last(where: mayBreak) ?? fitting.endIndex
    let rest = glyphs[end...].drop { $0 == .blank }
    return (DisplayText(glyphs: glyphs[..<end]), DisplayText(glyphs: rest))
  }

  /// Whether a row may end before a blank: no row begins with the mark that French sets off by one.
  private func mayBreak(at index: Int) -> Bool {
    guard glyphs[index] == .blank else { return false }
    guard index + 1 < glyphs.endIndex, let next = glyphs[index + 1].single else { return true }
    switch next {
    case ":", ";", "?", "!": return false
    default: return true
    }
  }

  private static func glyphs(of text: String) -> [Glyph] {
    var glyphs: [Glyph] = []
    glyphs.reserveCapacity(min(text.utf8.count, longest))
    clean(text) { scalar in
      let width = CharacterWidth.columns(of: scalar)
      if width == 0, let last = glyphs.indices.last {
        glyphs[last].add(scalar)
      } else if width > 0 {
        glyphs.append(Glyph(scalar.value, width: width))
      }
    }
    return glyphs
  }
}

/// What the terminal can draw.
package enum Charset: Sendable, Equatable, CaseIterable {
  case unicode
  /// Nothing beyond ASCII leaves the view: accents are stripped, other scripts become `?`.
  case ascii
}
