package import Admission
package import Formatting

/// An outcome in one plain sentence, as `scan` prints it: "already used: in since 23:41".
/// - Parameter accepted: the kinds that the door takes.
package func message(
  for outcome: Outcome, language: Language, time: LocalTime, accepted: [PassKind] = [.pass]
) -> String {
  let texts = language.texts
  let remarks = Remarks(outcome, texts: texts, time: time)
  var message = Explanation(
    outcome, help: nil, accepted: accepted, texts: texts, time: time
  ).sentence
  switch outcome.verdict {
  case .admit:
    if let count = outcome.count { message += ", \(remarks.people(count).lowercasedFirst)" }
    if outcome.isRecordedLate { message += ", \(texts.recordedLate)" }
  case .out:
    if outcome.isRecordedLate { message += ", \(texts.recordedLate)" }
  case .refuse, .unverified: break
  }
  if let stored = remarks.stored { message += "\(texts.colon)\(stored)" }
  if outcome.isRepeat { message = "\(texts.samePassCountedOnce)\(texts.colon)\(message)" }
  return DisplayText.cleaned(message)
}
