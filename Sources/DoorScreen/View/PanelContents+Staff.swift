import Admission
import Formatting
import FoundationEssentials

/// Panels that answer to staff rather than to the scanner: looks, letting in by hand, taking back.
extension PanelContents {
  /// The next scan only looks.
  func readyToLook(seconds: Int) -> PanelContent {
    PanelContent(
      role: .look, place: .centre, words: blockWords(texts.lookWord), headline: texts.lookWord[0],
      lines: [
        .init(topic: .reason, text: texts.nextScanLooks, isBold: true),
        .init(topic: .nextStep, text: texts.lookEnds(in: seconds)),
      ])
  }

  /// Blue, never green: what the verdict would be stands in words.
  func looked(_ shown: ShownVerdict, waiting: Int) -> PanelContent {
    var outcome = shown.outcome
    let people = outcome.count?.admitted ?? 1
    // Nobody comes in, so the people in are those of before.
    outcome.decision.count = outcome.count?.admitting(0)
    var lines = lines(of: outcome, people: 0).filter { $0.topic != .collect }
    let verdict =
      switch outcome.verdict {
      case .admit: texts.wouldBeAdmitted(people)
      case .refuse: texts.wouldBeRefused
      case .unverified: texts.couldNotBeVerified
      }
    let afterName = lines.firstIndex { $0.topic == .name }.map { $0 + 1 } ?? 0
    lines.insert(.init(topic: .people, text: verdict, isBold: true), at: afterName)
    return PanelContent(
      role: .look, place: .centre, words: blockWords(texts.lookWord), headline: verdict,
      lines: lines, mark: mark(of: shown, waiting: waiting), reasonName: outcome.reason.rawValue)
  }

  /// Somebody decided: neither the green of a verdict nor its red or amber.
  func letIn(_ shown: ShownVerdict, waiting: Int) -> PanelContent {
    let outcome = shown.outcome
    let face = VerdictFace(outcome.reason, texts: texts)
    var lines: [PanelContent.Line] = [
      .init(topic: .name, text: name(of: outcome), isBold: true),
      .init(topic: .reason, text: texts.letInByHand, isBold: true),
      .init(topic: .people, text: texts.cameInByHand(max(1, outcome.count?.admitted ?? 1))),
      .init(topic: .nextStep, text: "\(face.words[0])\(texts.colon)\(reason(of: outcome))"),
    ]
    if let type = outcome.pass?.type.map(DisplayText.cleaned), !type.isEmpty {
      lines.insert(.init(topic: .type, text: type), at: 1)
    }
    if outcome.isRecordedLate { lines.append(late) }
    return PanelContent(
      role: .field, place: .left, words: blockWords(texts.byHandWord),
      headline: texts.letInByHand, lines: lines, mark: mark(of: shown, waiting: waiting),
      reasonName: outcome.reason.rawValue)
  }

  /// The last admission was taken back, or there was none.
  func undone(_ entry: UndoneEntry?) -> PanelContent {
    guard let entry else {
      return PanelContent(
        role: .neutral, place: .centre, words: blockWords(texts.nothingWord),
        headline: texts.nothingToUndo,
        lines: [.init(topic: .reason, text: texts.nothingToUndo, isBold: true)])
    }
    return PanelContent(
      role: .neutral, place: .centre, words: blockWords(texts.undoneWord),
      headline: texts.undoneWord[0],
      lines: [
        .init(topic: .name, text: name(of: entry), isBold: true),
        .init(topic: .reason, text: texts.takenBack(entry.people), isBold: true),
        .init(topic: .nextStep, text: texts.cameIn(at: setup.time.seconds(entry.time))),
      ] + (entry.isRecordedLate ? [late] : []))
  }

  var late: PanelContent.Line {
    PanelContent.Line(topic: .late, text: texts.recordedLate, isBold: true)
  }

  /// The name, or the masked code where no name is known.
  func name(of entry: UndoneEntry) -> String {
    let name = DisplayText.cleaned(entry.name ?? "")
    return name.contains { $0 != " " } ? name : shown(entry.code)
  }
}
