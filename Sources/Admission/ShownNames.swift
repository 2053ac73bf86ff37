import Foundation

/// How much of a customer's name is shown (`door.show_names`).
package enum ShownNames: String, Sendable, CaseIterable {
  case full, initials, hidden

  /// The name as it may be shown; nil where nothing of it may be, or nothing is there.
  package func shown(_ name: String) -> String? {
    let words = name.split(whereSeparator: \.isWhitespace)
    guard !words.isEmpty else { return nil }
    switch self {
    case .full: return name
    case .initials:
      // A name is a stranger's text: what is no letter is no initial.
      let initials = words.compactMap { $0.first(where: \.isLetter) }
      return initials.isEmpty ? nil : initials.map { "\($0)." }.joined(separator: " ")
    case .hidden: return nil
    }
  }
}

extension PassDetails {
  /// What may be shown where names are not shown in full. A remark often holds the customer's name
  /// ("Ana's birthday"), so that becomes initials there, too; where names are hidden, so are remarks,
  /// as they may name others. A place stays: it is the venue's.
  func shown(_ names: ShownNames, customer: String?) -> PassDetails {
    var details = self
    switch names {
    case .full: return self
    case .initials:
      details.note = note.map { $0.replacing(namesIn: customer) { "\($0.prefix(1))." } }
      details.privateNote = privateNote.map {
        $0.replacing(namesIn: customer) { "\($0.prefix(1))." }
      }
      details.place = place.map { $0.replacing(namesIn: customer) { "\($0.prefix(1))." } }
    case .hidden:
      details.note = nil
      details.privateNote = nil
      details.place = place.map { $0.replacing(namesIn: customer) { _ in "…" } }
    }
    return details
  }
}

extension String {
  /// With each word that is one of a name's, ignoring case and accents, as `replacement` has it.
  fileprivate func replacing(
    namesIn name: String?, _ replacement: (Substring) -> String
  ) -> String {
    // One letter is an initial already.
    let names = Set((name ?? "").split { !$0.isLetter }.filter { $0.count > 1 }.map(Self.folded))
    guard !names.isEmpty else { return self }
    var text = ""
    var rest = self[...]
    while let first = rest.first {
      let word = rest.prefix { $0.isLetter == first.isLetter }
      text += names.contains(Self.folded(word)) ? replacement(word) : String(word)
      rest = rest.dropFirst(word.count)
    }
    return text
  }

  private static func folded(_ word: Substring) -> String {
    word.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
  }
}
