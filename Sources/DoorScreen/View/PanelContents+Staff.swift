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
      case .out:
        outcome.decision.people > 0
          ? texts.wouldLeave(outcome.decision.people) : texts.nobodyInside.uppercased()
      }
    if outcome.verdict == .out {
      // What would be says who is inside, and there is nothing to do.
      lines.removeAll { [.people, .reason, .nextStep].contains($0.topic) }
    }
    lines.insert(.init(topic: .people, text: verdict, isBold: true), at: 0)
    let symbol = VerdictFace(outcome, texts: texts).symbol
    return PanelContent(
      role: .look, place: .centre,
      words: texts.lookWord.flatMap { word in
        [[word, symbol], [word]].map(BlockWord.init(parts:))
      },
      lastResort: [BlockWord(parts: [symbol])],
      subtitles: subtitles(of: outcome), headline: "\(symbol) \(verdict)", lines: lines,
      mark: mark(of: shown, waiting: waiting))
  }

  /// Somebody decided: neither the green of a verdict nor its red or amber.
  func letIn(_ shown: ShownVerdict, waiting: Int) -> PanelContent {
    var outcome = shown.outcome
    outcome.decision.count = shown.count
    let people = max(1, outcome.count?.admitted ?? 1)
    let face = VerdictFace(outcome, texts: texts)
    var lines: [PanelContent.Line] = [
      .init(topic: .name, text: name(of: outcome), isBold: true),
      .init(topic: .reason, text: texts.letInByHand, isBold: true),
      .init(topic: .people, text: texts.cameInByHand(people), isBold: people > 1),
      .init(topic: .nextStep, text: "\(face.words[0])\(texts.colon)\(reason(of: outcome))"),
    ]
    if let type = outcome.pass?.type(among: setup.accepts, texts) {
      lines.insert(.init(topic: .type, text: type), at: 1)
    }
    lines.insert(contentsOf: ages(of: outcome), at: 1)
    lines += remarks(of: outcome) + places(of: outcome, withExtras: true)
    if outcome.isRecordedLate { lines.append(late) }
    if shown.correctable != nil { lines.append(.init(topic: .hint, text: texts.howManyKeys)) }
    return PanelContent(
      role: .field, place: .left, words: blockWords(texts.byHandWord.map { byHand($0, outcome) }),
      headline: byHand(texts.letInByHand, outcome), lines: lines,
      mark: mark(of: shown, waiting: waiting))
  }

  /// The word, with the people who came in by hand where there are several.
  func byHand(_ word: String, _ outcome: Outcome) -> String {
    let people = outcome.count?.admitted ?? 1
    return people > 1 ? texts.group(word, people: people) : word
  }

  /// What came of taking the last admission back.
  func undone(_ result: UndoResult) -> PanelContent {
    switch result {
    case .undone(let entry):
      PanelContent(
        role: .neutral, place: .centre, words: blockWords(texts.undoneWord),
        headline: texts.undoneWord[0],
        lines: [
          .init(topic: .name, text: name(of: entry), isBold: true),
          .init(topic: .reason, text: takenBack(entry), isBold: true),
          .init(topic: .nextStep, text: moment(of: entry)),
        ] + (entry.isRecordedLate ? [late] : []))
    case .tooOld(let entry):
      PanelContent(
        role: .neutral, place: .centre, words: blockWords(texts.nothingWord),
        headline: texts.nothingToUndo,
        lines: [
          .init(topic: .reason, text: texts.tooOldToUndo, isBold: true),
          .init(topic: .name, text: name(of: entry)),
          .init(topic: .people, text: admitted(entry)),
        ])
    case .nothing:
      PanelContent(
        role: .neutral, place: .centre, words: blockWords(texts.nothingWord),
        headline: texts.nothingToUndo,
        lines: [.init(topic: .reason, text: texts.nothingToUndo, isBold: true)])
    }
  }

  /// Whether to take one more back.
  func undoQuestion(_ entry: UndoneEntry) -> PanelContent {
    PanelContent(
      role: .field, place: .centre, words: blockWords(texts.undoQuestionWord),
      headline: texts.undoQuestionWord[0],
      lines: [
        .init(topic: .reason, text: texts.undoQuestion, isBold: true),
        .init(topic: .name, text: name(of: entry), isBold: true),
        .init(topic: .people, text: admitted(entry), isBold: true),
        .init(topic: .nextStep, text: texts.undoKeys),
      ])
  }

  private func admitted(_ entry: UndoneEntry) -> String {
    let (people, time) = (texts.people(entry.people), setup.time.seconds(entry.time))
    return switch entry.direction {
    case .in: texts.admitted(people, at: time)
    case .out: texts.out(people, at: time)
    }
  }

  /// What taking it back does to the count.
  func takenBack(_ entry: UndoneEntry) -> String {
    switch entry.direction {
    case .in: texts.takenBack(entry.people)
    case .out: texts.insideAgain(entry.people)
    }
  }

  private func moment(of entry: UndoneEntry) -> String {
    let time = setup.time.seconds(entry.time)
    return switch entry.direction {
    case .in: texts.cameIn(at: time)
    case .out: texts.wentOut(at: time)
    }
  }

  var late: PanelContent.Line {
    PanelContent.Line(topic: .late, text: texts.recordedLate, isBold: true)
  }

  /// The name, or the masked code where no name is known.
  func name(of entry: UndoneEntry) -> String {
    if entry.code.isEmpty { return texts.countedByHand }
    let name = DisplayText.cleaned(entry.name ?? "")
    return name.contains { $0 != " " } ? name : shown(entry.code)
  }
}
