import Admission

/// What a verdict looks like wherever it is shown. A new reason does not compile until it has a face.
struct VerdictFace {
  var role: Style.Role
  var symbol: String
  var place: PanelContent.Place
  /// In block letters, the preferred first.
  var words: [String]

  init(_ reason: Reason, texts: any Texts) {
    switch reason.verdict {
    case .admit: self.init(role: .admit, symbol: "✓", place: .left, words: texts.admitWord)
    case .refuse: self.init(role: .refuse, symbol: "✗", place: .right, words: texts.refuseWord)
    case .unverified:
      let words: [String]
      switch reason {
      case .unreadableCode: words = texts.scanAgainWord
      case .noEvent, .unauthorized, .rateLimited, .serviceError, .offline, .unknownPass,
        .wrongOrganization, .archived, .notActive, .notTonight, .tooEarly, .tooLate, .alreadyUsed,
        .valid:
        words = texts.unverifiedWord
      }
      self.init(role: .unverified, symbol: "?", place: .centre, words: words)
    }
  }

  private init(role: Style.Role, symbol: String, place: PanelContent.Place, words: [String]) {
    self.role = role
    self.symbol = symbol
    self.place = place
    self.words = words
  }

  /// Block letters, the fullest first. People stand beside the word only where several come in:
  /// their number matters more than the symbol, which the headline repeats.
  func blockWords(people: Int) -> [BlockWord] {
    words.flatMap { word in
      let decorated: [[String]] =
        switch place {
        case .left where people > 1:
          [[symbol, word, "\(people)"], [word, "\(people)"], [symbol, word], [word]]
        case .left: [[symbol, word], [word]]
        case .right: [[word, symbol], [word]]
        case .centre: [[symbol, word, symbol], [word]]
        }
      return decorated.map(BlockWord.init(parts:))
    }
  }
}
