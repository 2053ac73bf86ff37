/// The layout of the console that a scanner types on (`scanner.layout`). A wedge sends the keys of a
/// US keyboard, and such a console makes other characters of them.
package enum KeyboardLayout: String, Sendable, CaseIterable {
  case us, uk, fr, be, de, ch, es, it, pt

  private static let repairs = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0, LayoutRepair(keys: $0.keys)) })

  /// What was printed, by what arrived: each character is the key that makes it here, and becomes
  /// what that key is on a US keyboard. What no key makes stays. Not for what a person typed, who
  /// looks at this console's own keys.
  ///
  /// Three things cannot be undone, since the console itself loses them: one of two presses of the
  /// same dead key, a blank right after a dead key, and what a desktop's input method swallows.
  package func repaired(_ text: String) -> String {
    Self.repairs[self]?.applied(to: text) ?? text
  }

  /// What was printed, where it is the scanner that types as a keyboard of this layout, on a US
  /// console. A dead key of such a keyboard makes nothing alone, so a scanner presses none.
  func meant(_ text: String) -> String {
    let meanings = Self.meanings[self] ?? [:]
    var printed = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { printed.append(meanings[scalar] ?? scalar) }
    return String(printed)
  }

  private static let meanings = Dictionary(
    uniqueKeysWithValues: allCases.map { layout in
      let pairs = zip(Keys.us.unicodeScalars, layout.keys.host.unicodeScalars)
      return (layout, Dictionary(uniqueKeysWithValues: pairs.map { ($0, $1) }))
    })
}

/// The way back from what a console delivers, made once of a layout's keys.
private struct LayoutRepair: Sendable {
  private var plain: [Unicode.Scalar: Unicode.Scalar] = [:]
  /// What a dead key and the key after it make together.
  private var composed: [Character: [Unicode.Scalar]] = [:]
  /// What a dead "]" delivers here, where that is another key's character too.
  private var ambiguousBracket: Unicode.Scalar?

  /// The Linux console delivers these ASCII characters for dead keys (keymaps(5)).
  private static let standIns: [Unicode.Scalar: Unicode.Scalar] = ["´": "'", "¨": "\""]
  private static let combining: [Unicode.Scalar: Unicode.Scalar] = [
    "`": "\u{300}", "´": "\u{301}", "^": "\u{302}", "~": "\u{303}", "¨": "\u{308}",
  ]
  /// The circumflex raises digits where the console or desktop composes all that Unicode has.
  private static let raised: [Unicode.Scalar: Character] = [
    "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
    "9": "⁹",
  ]
  /// The punctuation that a URL may have, so that a code may (RFC 3986, section 2).
  private static let urlPunctuation = Set("-._~:/?#[]@!$&'()*+,;=%".unicodeScalars)
  /// The AIM symbologies that tickets are printed in: Code 128, Data Matrix, PDF417, QR, Aztec.
  private static let ticketSymbologies = Set("CdLQz".unicodeScalars)

  init(keys: KeyboardLayout.Keys) {
    let pairs = zip(keys.host.unicodeScalars, KeyboardLayout.Keys.us.unicodeScalars)
    for (host, us) in pairs { plain[host] = us }
    let dead = pairs.filter { keys.dead.unicodeScalars.contains($0.1) }
    for (accent, us) in dead {
      for (host, next) in pairs { compose(accent, us, with: host, next) }
      if let standIn = Self.standIns[accent] { add(standIn, for: us) }
    }
  }

  func applied(to text: String) -> String {
    var printed = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if let us = plain[scalar] {
        printed.append(us)
      } else {
        printed.append(contentsOf: composed[Character(scalar)] ?? [scalar])
      }
    }
    if let ambiguousBracket, text.unicodeScalars.first == ambiguousBracket,
      Self.looksLikeIdentifier(printed)
    {
      printed.replaceSubrange(..<printed.index(after: printed.startIndex), with: ["]"])
    }
    return String(printed)
  }

  private mutating func compose(
    _ accent: Unicode.Scalar, _ us: Unicode.Scalar,
    with host: Unicode.Scalar, _ next: Unicode.Scalar
  ) {
    var made: Character?
    if host.properties.isAlphabetic, let mark = Self.combining[accent] {
      // Equal to the one scalar that arrives, since characters compare by what they mean.
      made = Character(String(String.UnicodeScalarView([host, mark])))
    } else if accent == "^" {
      made = Self.raised[host]
    }
    if let made { composed[made] = [us, next] }
  }

  /// Where another key makes the same character, the one of the two that a code may have wins, and
  /// that other key if both are.
  private mutating func add(_ standIn: Unicode.Scalar, for us: Unicode.Scalar) {
    guard let other = plain[standIn] else {
      plain[standIn] = us
      return
    }
    if us == "]" { ambiguousBracket = standIn }
    if Self.mayBeInCode(us), !Self.mayBeInCode(other) { plain[standIn] = us }
  }

  private static func mayBeInCode(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      || urlPunctuation.contains(scalar)
  }

  /// Narrower than an AIM identifier may be: a code may begin with what else the key stands for.
  private static func looksLikeIdentifier(_ scalars: String.UnicodeScalarView) -> Bool {
    let start = Array(scalars.prefix(3))
    return start.count == 3 && ticketSymbologies.contains(start[1])
      && ("0"..."9").contains(start[2])
  }
}
