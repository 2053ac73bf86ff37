/// The question for the supervisor's PIN: dots, never digits.
extension PanelContents {
  /// - Parameter wait: seconds until a PIN may be tried again; nil where it may be now.
  func pin(_ prompt: PINPrompt, wait: Int?) -> PanelContent {
    var lines = [
      PanelContent.Line(topic: .reason, text: texts.pin(for: prompt.action), isBold: true)
    ]
    func add(_ topic: PanelContent.Line.Topic, _ text: String, isBold: Bool = false) {
      if !text.isEmpty { lines.append(.init(topic: topic, text: text, isBold: isBold)) }
    }
    if setup.kiosk?.hasPIN != true {
      add(.people, texts.noPIN, isBold: true)
    } else {
      add(.name, Array(repeating: "•", count: prompt.digits).joined(separator: " "), isBold: true)
      add(.people, answer(to: prompt, wait: wait), isBold: true)
      add(.nextStep, texts.pinKeys)
    }
    return PanelContent(
      role: .field, place: .centre, words: blockWords(texts.pinWord), headline: texts.pinWord[0],
      lines: lines)
  }

  private func answer(to prompt: PINPrompt, wait: Int?) -> String {
    let waiting = wait.map { texts.pinWait(texts.age(seconds: $0)) }
    return switch prompt.phase {
    case .typing: waiting ?? ""
    case .checking: texts.pinChecking
    case .wrong: [texts.pinWrong, waiting].compactMap(\.self).joined(separator: ". ")
    case .malformed: waiting ?? texts.pinMalformed
    }
  }
}
