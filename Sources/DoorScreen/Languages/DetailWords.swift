package import Admission
package import Formatting

/// What a pass holds for the door, cleaned: nil where nothing is there to be read.
extension PassDetails {
  /// More of one text is read by nobody at a door.
  private static let longest = 500

  var shownNote: String? { Self.shown(note) }
  var shownPrivateNote: String? { Self.shown(privateNote) }

  var shownExtras: String? {
    let labels = extras.prefix(20).compactMap(Self.shown)
    return labels.isEmpty ? nil : labels.joined(separator: ", ")
  }

  /// "Terraza, S1, expected 02:00"
  func shownPlace(_ texts: any Texts) -> String? {
    Self.joined(Self.shown(place), shownHour.map(texts.expected))
  }

  /// "Terraza, S1, 02:00", for a row that it shares.
  var shownPlaceBriefly: String? { Self.joined(Self.shown(place), shownHour) }

  private var shownHour: String? { Self.shown(expectedAt).map { Self.time($0) ?? $0 } }

  private static func joined(_ place: String?, _ hour: String?) -> String? {
    let words = [place, hour].compactMap(\.self)
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }

  private static func shown(_ text: String?) -> String? {
    guard let text else { return nil }
    let clean = DisplayText.cleaned(String(text.prefix(longest)))
    return clean.contains { $0 != " " } ? clean : nil
  }

  /// "02:00" of "2:00" or "2:00:00"; nil for what is no time of day.
  private static func time(_ text: String) -> String? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { (48...57).contains($0) } && (1...2).contains(part.utf8.count)
        ? Int(part) : nil
    }
    guard (2...3).contains(parts.count), numbers.count == parts.count, numbers[0] < 24,
      numbers.dropFirst().allSatisfy({ $0 < 60 }), parts.dropFirst().allSatisfy({ $0.count == 2 })
    else { return nil }
    return "\(numbers[0] < 10 ? "0" : "")\(numbers[0]):\(parts[1])"
  }
}

/// What `scan` says of an outcome's kind and of what it holds for the door, for people.
package func particulars(of outcome: Outcome, language: Language) -> String? {
  guard let pass = outcome.pass else { return nil }
  let texts = language.texts
  let details = pass.details
  // At a wrong door the reason names it.
  let type = outcome.reason == .wrongDoor ? nil : pass.type(among: [], texts)
  let words = [
    type, outcome.minimumAge.map(texts.checkAge),
    details.shownPlace(texts), details.shownExtras.map(texts.extras), details.shownNote,
  ]
  return words.compactMap(\.self).joined(separator: "; ")
}
