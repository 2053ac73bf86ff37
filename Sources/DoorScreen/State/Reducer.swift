package import Admission
import FoundationEssentials

extension DoorState {
  private static let mostRecent = 64
  private static let mostStrips = 3

  /// Takes one event in and says what is to be done outside. `now` must not run backwards.
  package mutating func reduce(_ event: DoorEvent, at now: Moment) -> [Effect] {
    forgetWhatIsOver(at: now)
    switch event {
    case .scanned(let number, let code, let isRepeat):
      overlay = nil
      if isRepeat { scannedAgain(number, at: now) } else { scanned(number, code: code, at: now) }
    case .verdict(let outcome):
      overlay = nil
      waiting.removeAll { $0.number <= outcome.number }
      if outcome.isRepeat { answerRepeat(outcome, at: now) } else { show(outcome, at: now) }
    case .draft(let text): draft = text
    case .draftDropped(let text):
      draft = ""
      dropped = Dropped(text: text, until: now.uptime + Span.dropped)
    case .key(let key): return press(key, at: now)
    case .tick: break
    case .service(let status): service = status
    case .tonight(let tonight): self.tonight = tonight
    case .admitted(let people): admitted = people
    case .notice(let notice, let isActive): notices[notice.kind] = isActive ? notice : nil
    case .preload(let preload): storedPasses.take(preload)
    case .rates(let rates, let asOf, let isStale):
      priceList = rates.map { .known($0, asOf: asOf, isStale: isStale) } ?? .unknown
    }
    return []
  }

  private mutating func forgetWhatIsOver(at now: Moment) {
    strips.removeAll { now.uptime >= $0.until }
    if let until = shown?.until, now.uptime >= until { shown = nil }
    if let until = dropped?.until, now.uptime >= until { dropped = nil }
  }

  /// A new scan: the old colour goes at once.
  private mutating func scanned(_ number: Int, code: String, at now: Moment) {
    leaveStrip(at: now)
    shown = nil
    waiting.append(WaitingScan(number: number, code: code))
  }

  private mutating func show(_ outcome: Outcome, at now: Moment) {
    leaveStrip(at: now)
    shown = ShownVerdict(
      outcome: outcome, since: now.uptime, until: now.uptime + setup.panelSeconds)
    recent.insert(outcome, at: 0)
    if recent.count > Self.mostRecent { recent.removeLast() }
  }

  /// The newest code was read again. While its look-up runs there is nothing to say; otherwise the
  /// panel answers before the repeated verdict comes, so that no green stands for a second try.
  private mutating func scannedAgain(_ number: Int, at now: Moment) {
    guard waiting.isEmpty, shown != nil else { return }
    answeredRepeat = number
    repeatShown(at: now)
  }

  private mutating func answerRepeat(_ outcome: Outcome, at now: Moment) {
    guard answeredRepeat != outcome.number else { return }
    if let shown {
      // An older scan's repeat says nothing about a newer verdict.
      guard shown.outcome.number <= outcome.number,
        shown.outcome.code.utf8.elementsEqual(outcome.code.utf8)
      else { return }
      repeatShown(at: now)
    } else if waiting.isEmpty {
      // The panel has gone already: say why nothing happens.
      shown = ShownVerdict(
        outcome: outcome, since: now.uptime, until: now.uptime + setup.panelSeconds,
        repetition: outcome.verdict == .unverified ? .marked : .neutral)
    }
  }

  /// Amber is never counted, so it never turns into "counted once": it stays amber, marked.
  private mutating func repeatShown(at now: Moment) {
    guard var verdict = shown else { return }
    if verdict.outcome.verdict == .unverified {
      verdict.repetition = .marked
    } else if verdict.repetition != .neutral, now.uptime - verdict.since < Span.marking {
      verdict.repetition = .marked
    } else {
      leaveStrip(at: now)
      verdict.repetition = .neutral
      verdict.until = now.uptime + setup.panelSeconds
    }
    shown = verdict
  }

  mutating func leaveStrip(at now: Moment) {
    guard let shown, shown.repetition != .neutral, now.uptime - shown.since < Span.readable else {
      return
    }
    switch shown.outcome.verdict {
    case .admit: return
    case .refuse, .unverified: break
    }
    strips.insert(Strip(outcome: shown.outcome, until: now.uptime + Span.strip), at: 0)
    if strips.count > Self.mostStrips { strips.removeLast() }
  }
}
