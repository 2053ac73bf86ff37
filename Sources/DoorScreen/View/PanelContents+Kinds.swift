import Admission
import Formatting

/// What a panel says of the kinds of codes.
extension PanelContents {
  func explanation(of outcome: Outcome) -> Explanation {
    Explanation(
      outcome, help: setup.help, accepted: setup.accepts, texts: texts, time: setup.time)
  }

  /// In block letters below the refusing word; nil for what is no refusal.
  func refusalWord(of outcome: Outcome) -> String? {
    guard let refusal = Refusal(outcome, accepted: setup.accepts) else { return nil }
    // Where adjectives have a gender, it is that of the kind.
    if let pass = outcome.pass, pass.kind != .pass, outcome.reason == .notActive,
      let state = KnownState(pass), state != .removed
    {
      return texts.state(state, of: texts.words(pass.kind)).uppercased()
    }
    return texts.reasonWord(refusal)
  }

  /// How old the guest must be: staff look at an identity card.
  func ages(of outcome: Outcome) -> [PanelContent.Line] {
    outcome.minimumAge.map {
      [.init(topic: .age, text: texts.checkAge($0), isBold: true, bar: .unverified)]
    } ?? []
  }

  /// The organizer's remarks: that for the door, and, where staff look, the private one.
  func remarks(of outcome: Outcome) -> [PanelContent.Line] {
    let details = outcome.pass?.details
    let note = details?.shownNote
    let privateNote = outcome.isLook ? details?.shownPrivateNote.map(texts.privateNote) : nil
    return [note, privateNote].compactMap(\.self).map {
      .init(topic: .remark, text: $0, isBold: true)
    }
  }

  /// Where the guests sit and when they were expected, and what they bought with it.
  func places(of outcome: Outcome, withExtras: Bool) -> [PanelContent.Line] {
    guard let details = outcome.pass?.details else { return [] }
    var lines: [PanelContent.Line] = []
    if let place = details.shownPlace(texts) {
      lines.append(
        .init(
          topic: .place, text: place.capitalizedFirst, isBold: true,
          brief: details.shownPlaceBriefly))
    }
    if withExtras, let extras = details.shownExtras {
      lines.append(.init(topic: .extras, text: texts.extras(extras)))
    }
    return lines
  }

  /// How many codes of each kind are stored, where the door takes several.
  var storedKinds: String? {
    let counts = storedPasses.wholes
    guard setup.namesKinds, !counts.isEmpty else { return nil }
    return texts.stored(counts: texts.counted(counts), age: nil).capitalizedFirst
  }
}

extension PassSummary {
  /// The type, with the kind before it where a door takes others than passes; nil where neither is to
  /// be said.
  func type(among accepted: [PassKind], _ texts: any Texts) -> String? {
    let type = DisplayText.cleaned(type ?? "")
    let kind = accepted == [.pass] ? nil : texts.words(kind).name
    let words = [kind, type].compactMap(\.self).filter { $0.contains { $0 != " " } }
    return words.isEmpty ? nil : words.joined(separator: " · ")
  }
}
