/// A language of the door screen and of the words in `scan` output (`screen.language`).
package enum Language: String, Sendable, Equatable, CaseIterable {
  case english = "en"

  var texts: any Texts {
    switch self {
    case .english: EnglishTexts()
    }
  }
}
