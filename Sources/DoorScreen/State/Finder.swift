import Admission

/// A search among the stored passes while it is typed.
struct Finder: Sendable, Equatable {
  /// From so many characters on, a search says something.
  static let shortest = 2

  /// What stands typed now; empty once Enter or Esc took it.
  var typed = ""
  /// The newest search asked for.
  var query = ""
  /// The answer to that search; nil until it comes.
  var passes: [FoundPass]?
  var selected = 0
  /// The code that was typed, while those are shown that differ from it by one character.
  private(set) var mistyped: String?

  /// Nil where nothing is found or the answer is still to come.
  var chosen: FoundPass? {
    guard let passes, passes.indices.contains(selected) else { return nil }
    return passes[selected]
  }

  init() {}

  /// What is offered in the place of a code that was typed.
  init(offering passes: [FoundPass], of code: String) {
    (query, self.passes, mistyped) = (code, passes, code)
  }

  /// Takes what is typed now. An empty line keeps the search: Enter empties it before it chooses.
  /// - Returns: what is to be searched for, if that changed.
  mutating func type(_ text: String) -> String? {
    typed = text
    let wanted = text.split(separator: " ").joined(separator: " ")
    guard !wanted.isEmpty, wanted != query else { return nil }
    query = wanted
    mistyped = nil
    passes = nil
    selected = 0
    return wanted.count >= Self.shortest ? wanted : nil
  }

  mutating func show(_ passes: [FoundPass], for query: String) {
    guard query == self.query else { return }
    self.passes = passes
    selected = 0
  }

  /// - Parameter wraps: from the last to the first, and back.
  mutating func move(by step: Int, wraps: Bool = false) {
    let count = max(1, passes?.count ?? 0)
    let index = selected + step
    selected = wraps ? (index + count) % count : min(max(0, index), count - 1)
  }
}
