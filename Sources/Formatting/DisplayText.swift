/// Text that may be painted: one glyph a cell or two, nothing that could act on a terminal. Every
/// text goes through here, ours included, because names and codes come from strangers.
package struct DisplayText: Sendable, Equatable {
  /// A base character with the marks on it.
  package struct Glyph: Sendable, Equatable {
    package var text: String
    /// Cells: 1 or 2.
    package var width: Int

    static let space = Glyph(text: " ", width: 1)
  }

  package private(set) var glyphs: [Glyph]

  /// Cells that the text takes.
  package var width: Int { glyphs.reduce(0) { $0 + $1.width } }
  package var string: String { glyphs.map(\.text).joined() }
  package var text: String { glyphs.map(\.text).joined() }
  package var isEmpty: Bool { glyphs.isEmpty }

  package init(_ text: String, charset: Charset = .unicode) {
    let clean = Self.cleaned(text)
    glyphs = Self.glyphs(of: charset == .ascii ? AsciiFolding.folded(clean) : clean)
  }

  private init(glyphs: some Sequence<Glyph>) {
    self.glyphs = Array(glyphs)
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
    var rest = DisplayText(glyphs: glyphs)
    while !rest.isEmpty, rest.width + ellipsis.width > columns { rest.glyphs.removeFirst() }
    return rest.isEmpty ? prefix(columns) : DisplayText(glyphs: ellipsis.glyphs + rest.glyphs)
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
    let end = (1...fitting.count).last(where: mayBreak) ?? fitting.count
    let rest = glyphs[end...].drop { $0 == .space }
    return (DisplayText(glyphs: glyphs[..<end]), DisplayText(glyphs: rest))
  }

  /// Whether a row may end before a blank: no row begins with the mark that French sets off by one.
  private func mayBreak(at index: Int) -> Bool {
    guard glyphs[index] == .space else { return false }
    return
      !(glyphs.indices.contains(index + 1)
      && [":", ";", "?", "!"].contains(glyphs[index + 1].text))
  }

  private static func glyphs(of clean: String) -> [Glyph] {
    var glyphs: [Glyph] = []
    for scalar in clean.unicodeScalars {
      let width = CharacterWidth.columns(of: scalar)
      if width == 0, let last = glyphs.indices.last {
        glyphs[last].text.unicodeScalars.append(scalar)
      } else if width > 0 {
        glyphs.append(Glyph(text: String(Character(scalar)), width: width))
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
