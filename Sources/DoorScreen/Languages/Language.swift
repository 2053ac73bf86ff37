/// A language of the door screen and of the words in `scan` output (`screen.language`).
package enum Language: String, Sendable, Equatable, CaseIterable {
  case english = "en"
  case spanish = "es"
  case french = "fr"
  case italian = "it"
  case portuguese = "pt"

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
