/// What may stand between the characters on a pass and those that arrive, character by character.
struct Distortion: Hashable, Sendable {
  enum Layout: Hashable, Sendable {
    case none
    /// The scanner types as a US keyboard, on a console with this layout.
    case console(KeyboardLayout)
    /// The scanner types as a keyboard of this layout, on a US console.
    case scanner(KeyboardLayout)
  }

  enum Capitals: Hashable, Sendable, CaseIterable {
    case asPrinted
    /// Caps Lock inverts letters; on some consoles not those with accents; on some it holds Shift
    /// for every key.
    case locked, lockedPlain, shifted
    /// The scanner makes all letters capital, or small.
    case upper, lower
  }

  var layout = Layout.none
  var capitals = Capitals.asPrinted

  /// All that are tried, the simplest first.
  static let all: [Distortion] = {
    let others = KeyboardLayout.allCases.filter { $0 != .us }
    let layouts = [.none] + others.map(Layout.console) + others.map(Layout.scanner)
    return layouts.flatMap { layout in
      Capitals.allCases.map { Distortion(layout: layout, capitals: $0) }
    }.sorted { $0.causes < $1.causes }
  }()

  /// How many things are wrong at once.
  var causes: Int { (layout == .none ? 0 : 1) + (capitals == .asPrinted ? 0 : 1) }

  /// What was scanned, by what arrived. What no key makes stays.
  func undone(_ arrived: String) -> String {
    switch capitals {
    case .asPrinted, .upper, .lower: rearranged(arrived)
    case .locked: rearranged(Self.map(arrived, Self.otherCase))
    case .lockedPlain: rearranged(Self.map(arrived) { $0.isASCII ? Self.otherCase($0) : $0 })
    case .shifted: Self.map(rearranged(arrived)) { Self.otherShift[$0] ?? $0 }
    }
  }

  /// What of a printed code can still be told.
  func remainder(of printed: String) -> String {
    switch capitals {
    case .asPrinted, .locked, .lockedPlain, .shifted: printed
    case .upper: printed.uppercased()
    case .lower: printed.lowercased()
    }
  }

  private func rearranged(_ text: String) -> String {
    switch layout {
    case .none: text
    case .console(let layout): layout.repaired(text)
    case .scanner(let layout): layout.meant(text)
    }
  }

  private static func map(
    _ text: String, _ change: (Unicode.Scalar) -> Unicode.Scalar
  ) -> String {
    var changed = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { changed.append(change(scalar)) }
    return String(changed)
  }

  private static func otherCase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let properties = scalar.properties
    let other = properties.isLowercase ? properties.uppercaseMapping : properties.lowercaseMapping
    let scalars = other.unicodeScalars
    return scalars.count == 1 ? scalars.first ?? scalar : scalar
  }

  /// Each key of a US keyboard with and without Shift.
  private static let otherShift: [Unicode.Scalar: Unicode.Scalar] = {
    let keys = Array(KeyboardLayout.Keys.us.unicodeScalars)
    let half = keys.count / 2
    let pairs = zip(keys[..<half], keys[half...])
    return Dictionary(uniqueKeysWithValues: pairs.flatMap { [($0, $1), ($1, $0)] })
  }()
}
