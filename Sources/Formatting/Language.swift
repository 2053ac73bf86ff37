/// A language of the door screen, of the words in `scan` output and of reports (`screen.language`).
package enum Language: String, Sendable, Equatable, CaseIterable {
  case english = "en"
  case spanish = "es"
  case french = "fr"
  case italian = "it"
  case portuguese = "pt"
}
