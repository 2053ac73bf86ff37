import Admission
import Formatting
import FoundationEssentials

/// What an exit says, and who comes back in.
extension PanelContents {
  /// An exit that waits for somebody.
  var idleExit: PanelContent {
    PanelContent(
      role: .neutral, place: .centre,
      words: texts.exitWord.flatMap { word in
        [["→", word, "→"], ["→", word], [word]].map(BlockWord.init(parts:))
      },
      headline: "→ \(texts.exitWord[0])",
      lines: [
        .init(topic: .reason, text: texts.scanOnTheWayOut, isBold: true),
        .init(topic: .nextStep, text: texts.orType),
      ])
  }

  /// Who leaves and who stays.
  func whoLeaves(_ outcome: Outcome) -> String? {
    guard let departure = outcome.decision.departure else { return nil }
    let left = texts.left(departure.people)
    guard departure.remaining > 0 else { return left }
    let rest =
      setup.countsOneAScan
      ? texts.leaveOneByOne(departure.remaining) : texts.stayInside(departure.remaining)
    return "\(left), \(rest.lowercasedFirst)"
  }

  /// Nil where nobody comes back in.
  func backIn(_ outcome: Outcome) -> String? {
    outcome.decision.backIn(texts: texts, time: setup.time)
  }

  /// Whether people are to go through this door the other way.
  func turnQuestion(_ direction: DoorDirection) -> PanelContent {
    PanelContent(
      role: .field, place: .centre, words: blockWords(texts.turnWord(direction)),
      headline: texts.turnWord(direction)[0],
      lines: [
        .init(topic: .reason, text: texts.turnQuestion(direction), isBold: true),
        .init(topic: .nextStep, text: texts.turnKeys),
      ])
  }
}

extension Decision {
  /// In words, who comes in again; nil where nobody does.
  func backIn(texts: any Texts, time: LocalTime) -> String? {
    guard reason == .valid, back > 0 else { return nil }
    return texts.backIn(
      back, leftAt: leftAt.map(time.minutes), new: max(0, (count?.admitted ?? 0) - back))
  }
}
