import Formatting

extension Language {
  var texts: any Texts {
    switch self {
    case .english: EnglishTexts()
    case .spanish: SpanishTexts()
    case .french: FrenchTexts()
    case .italian: ItalianTexts()
    case .portuguese: PortugueseTexts()
    }
  }
}
