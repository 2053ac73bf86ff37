import Admission
import FoundationEssentials

/// Signs typed by hand that count people without a code.
struct HandSigns: Sendable, Equatable {
  var direction: DoorDirection
  /// A key that is held down is one.
  var people: Int
  /// When the newest was typed, in seconds of uptime.
  var typedAt: TimeInterval
  /// Nobody counts by mistake beside a verdict.
  var needsEnter: Bool
  /// When they count by themselves, unless something else is typed; nil: never.
  var due: TimeInterval? { needsEnter ? nil : typedAt + DoorState.Span.handCount }

  /// Nil where the text is anything else than signs of one kind.
  static func direction(of text: String) -> DoorDirection? {
    guard let first = text.first, text.allSatisfy({ $0 == first }) else { return nil }
    switch first {
    case "+": return .in
    case "-": return .out
    default: return nil
    }
  }
}

/// The hand counter (Contract: Out and in again).
extension DoorState {
  /// Signs stand typed that count in a moment, or with Enter at once.
  package var hasSigns: Bool { typing.signs != nil }

  /// Notes what is typed now. A sign may begin a code, so it counts by itself only once it has stood alone
  /// for a while on an idle screen; whatever is typed with it makes it a character like any other.
  mutating func noteSigns(in text: String, before: String, isLoneKey: Bool, at now: Moment) {
    let signs = typing.signs
    typing.signs = nil
    guard isLoneKey, overlay == nil, !isPicking(at: now),
      let needsEnter = countingNeedsEnter(at: now),
      let direction = HandSigns.direction(of: text), text.dropLast() == before
    else { return }
    guard !before.isEmpty else {
      typing.signs = HandSigns(
        direction: direction, people: 1, typedAt: now.uptime, needsEnter: needsEnter)
      return
    }
    guard var signs else { return }
    if now.uptime - signs.typedAt >= Span.keyRepeat { signs.people += 1 }
    signs.typedAt = now.uptime
    typing.signs = signs
  }

  /// Nil where something is asked or a verdict is waited for: there nobody is counted.
  private func countingNeedsEnter(at now: Moment) -> Bool? {
    switch panel(at: now) {
    case .idle: false
    case .verdict: true
    case .readyToLook, .lookingUp, .repeated, .undone, .undoQuestion, .turnQuestion: nil
    }
  }

  /// What has stood alone long enough.
  mutating func countSigns(at now: Moment) -> [Effect] {
    guard let signs = typing.signs, let due = signs.due, now.uptime >= due else { return [] }
    return [.forgetTyped] + countSigns()
  }

  /// Whoever typed them has let go of them.
  mutating func countSigns() -> [Effect] {
    guard let signs = typing.signs else { return [] }
    typing.signs = nil
    typing.draft = ""
    return Array(repeating: .countByHand(signs.direction), count: signs.people)
  }

  /// Somebody was counted by hand. Of several in a row one line says how many.
  mutating func counted(_ direction: DoorDirection, isLate: Bool, at now: Moment) {
    // Nothing was taken back since, so the next F8 means this one.
    undoing.doneUpTo = nil
    endQuestions()
    var count = Strip.HandCounted(people: 1, direction: direction, isLate: isLate)
    strips.removeAll { strip in
      guard case .counted(let earlier) = strip.content, now.uptime < strip.until else {
        return false
      }
      if earlier.direction == direction {
        count.people += earlier.people
        count.isLate = count.isLate || earlier.isLate
      }
      return true
    }
    add(.counted(count), for: Span.strip, at: now)
  }
}
