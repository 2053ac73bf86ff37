/// A manual page as it grows, in the language of mdoc(7).
struct Mdoc {
  private(set) var lines: [String] = []

  var source: String { lines.joined(separator: "\n") + "\n" }

  /// A line of a macro with its arguments. Those that are not macros themselves come from `word`.
  mutating func macro(_ name: String, _ arguments: String...) {
    lines.append((["." + name] + arguments).joined(separator: " "))
  }

  mutating func section(_ title: String) { macro("Sh", title) }

  mutating func paragraph() { macro("Pp") }

  /// Running text, which the formatter fills. A sentence begins a line, as mdoc wants it.
  mutating func text(_ text: String) {
    let words = text.split(whereSeparator: \.isWhitespace)
    var line: [String] = []
    for word in words {
      line.append(Self.prose(String(word)))
      if word.hasSuffix(".") {
        append(line)
        line = []
      }
    }
    append(line)
  }

  private mutating func append(_ words: [String]) {
    if !words.isEmpty { lines.append(Self.guarded(words.joined(separator: " "))) }
  }

  /// Lines that stay as they are: what is typed, or printed.
  mutating func literal(_ text: [String]) {
    macro("Bd", "-literal", "-offset", "indent")
    lines += text.map { Self.guarded(Self.verbatim($0)) }
    macro("Ed")
  }

  /// A help text: paragraphs parted by empty lines; indented lines stay as they are.
  mutating func discussion(_ text: String) {
    for block in text.split(separator: "\n\n") {
      paragraph()
      let lines = block.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      self.text(lines.filter { !$0.hasPrefix("  ") }.joined(separator: " "))
      let indented = lines.filter { $0.hasPrefix("  ") }
      if !indented.isEmpty { literal(indented.map { String($0.dropFirst(2)) }) }
    }
  }

  /// An argument of a macro, whatever it is.
  static func word(_ text: String) -> String {
    let text = verbatim(text).replacing("\"", with: "\\(dq")
    // A name of two or three letters could be a macro's.
    let guarded = text.count <= 3 ? "\\&" + text : text
    return guarded.contains(where: \.isWhitespace) ? "\"\(guarded)\"" : guarded
  }

  /// Each character stands for itself, and can be copied from the page.
  private static func verbatim(_ text: String) -> String {
    let escapes: [Character: String] = [
      "\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti",
    ]
    return text.reduce(into: "") { $0 += escapes[$1] ?? String($1) }
  }

  /// In running text, what begins with a dash or holds a sign of the shell is typed.
  private static func prose(_ word: String) -> String {
    let isTyped = word.contains { "\\`^~-$/_".contains($0) }
    return isTyped ? verbatim(word) : word
  }

  /// A dot or an apostrophe at the beginning of a line would be a macro's.
  private static func guarded(_ line: String) -> String {
    line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
  }
}
