package import Admission
package import Formatting

/// What is printed on the page of staff cards, in the venue's language.
package struct CardWords: Sendable {
  private let texts: any Texts
  package let languageCode: String

  package init(language: Language) {
    texts = language.texts
    languageCode = language.rawValue
  }

  package var title: String { texts.cardsTitle }
  package var note: String { texts.cardsNote }

  package func caption(of command: StaffCommand) -> String { texts.card(command) }
}
