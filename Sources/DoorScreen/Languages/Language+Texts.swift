import Formatting

extension Language {
  var texts: any Texts {
    switch self {
    case .english: Self.english
    case .spanish: Self.spanish
    case .french: Self.french
    case .italian: Self.italian
    case .portuguese: Self.portuguese
    }
  }

  // Each is hundreds of words, which a frame asks for many times.
  private static let english: any Texts = EnglishTexts()
  private static let spanish: any Texts = SpanishTexts()
  private static let french: any Texts = FrenchTexts()
  private static let italian: any Texts = ItalianTexts()
  private static let portuguese: any Texts = PortugueseTexts()
}
