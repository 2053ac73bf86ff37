import Admission

/// What a verdict looks like wherever it is shown. A new reason does not compile until it has a face.
struct VerdictFace {
  var role: Style.Role
  var symbol: String
  var place: PanelContent.Place
  /// In block letters, the preferred first.
  var words: [String]

  init(_ outcome: Outcome, texts: any Texts) {
    switch outcome.verdict {
    case .admit: self.init(role: .admit, symbol: "✓", place: .left, words: texts.admitWord)
    case .refuse: self.init(role: .refuse, symbol: "✗", place: .right, words: texts.refuseWord)
    case .unverified:
      let words: [String]
      switch outcome.reason {
      case .unreadableCode: words = texts.scanAgainWord
      case .serviceError where outcome.decision.isClaimedElsewhere: words = texts.scanAgainWord
      case .noEvent, .unauthorized, .rateLimited, .serviceError, .offline, .unknownPass,
        .wrongOrganization, .archived, .notActive, .notTonight, .wrongDoor, .tooEarly, .tooLate,
        .alreadyUsed,
        .venueFull, .valid, .left, .nobodyInside:
        words = texts.unverifiedWord
      }
      self.init(role: .unverified, symbol: "?", place: .centre, words: words)
    case .out:
      let words = outcome.reason == .nobodyInside ? texts.nobodyWord : texts.outWord
      self.init(role: .neutral, symbol: "→", place: .centre, words: words)
    }
  }

  private init(role: Style.Role, symbol: String, place: PanelContent.Place, words: [String]) {
    self.role = role
    self.symbol = symbol
    self.place = place
    self.words = words
  }

  /// Block letters, the fullest first. The number of people matters more than the symbol, which the
  /// headline repeats, and than a longer word.
  /// - Parameter people: to stand beside the word; nil where it is to stand alone.
  func blockWords(people: Int?) -> [BlockWord] {
    let plain = words.flatMap { word -> [[String]] in
      switch place {
      case .left: [[symbol, word], [word]]
      case .right: [[word, symbol], [word]]
      case .centre: [[symbol, word, symbol], [symbol, word], [word]]
      }
    }
    guard let people else { return plain.map(BlockWord.init(parts:)) }
    let counted = words.flatMap { [[symbol, $0, "\(people)"], [$0, "\(people)"]] }
    return (counted + plain).map(BlockWord.init(parts:))
  }
}
