import Admission
import FoundationEssentials

/// From the scan to its verdict on the panel.
extension DoorState {
  private static let mostRecent = 64
  private static let mostStrips = 3
  /// A night has fewer used passes; whoever scans more gets no more memory.
  private static let mostTries = 5_000

  /// A new scan: the old colour goes at once. A look is for one scan: this one.
  mutating func scanned(_ scan: WaitingScan, at now: Moment) {
    leaveStrip(at: now)
    if let shown = verdicts.shown { verdicts.displaced = shown }
    verdicts.shown = nil
    undoing.result = nil
    if scan.isLook { lookUntil = nil }
    scans.waiting.append(scan)
    scans.newestNumber = max(scans.newestNumber, scan.number)
  }

  mutating func show(_ outcome: Outcome, at now: Moment) -> [Effect] {
    scans.waiting.removeAll { $0.number <= outcome.number }
    scans.newestNumber = max(scans.newestNumber, outcome.number)
    if let service = outcome.service { note(service) }
    if outcome.isRepeat {
      // Silent, without a beat: nothing new has happened.
      answerRepeat(outcome, at: now)
      return []
    }
    undoing.askedAfter = nil
    // Of a scan that came before F8, staff had seen no verdict: they are asked once more.
    if outcome.movesSomebody, !outcome.isLook, outcome.number > undoing.doneUpTo ?? 0 {
      undoing.doneUpTo = nil
    }
    show(outcome, outcome.isLook ? .look : .scan, at: now)
    // Whoever only looks stands before the screen, and must not be heard to admit anybody.
    return outcome.isLook ? [] : [.ring(Bell(outcome.verdict))]
  }

  private mutating func show(_ outcome: Outcome, _ manner: Manner, at now: Moment) {
    leaveStrip(at: now)
    verdicts.displaced = nil
    undoing.result = nil
    verdicts.shownAt = now.uptime
    var verdict = ShownVerdict(
      outcome: outcome, manner: manner, since: now.uptime, until: now.uptime + setup.panelSeconds)
    if manner == .scan, outcome.reason == .alreadyUsed { verdict.tries = countTry(outcome.code) }
    verdicts.shown = verdict
    verdicts.beat.begin(at: now)
    remember(outcome, manner)
  }

  /// The first try let somebody in.
  private mutating func countTry(_ code: String) -> Int {
    let code = Array(code.utf8)
    let refused = (scans.triesOfUsed[code] ?? 0) + 1
    if refused > 1 || scans.triesOfUsed.count < Self.mostTries { scans.triesOfUsed[code] = refused }
    return refused + 1
  }

  /// What is recorded goes beyond this run of the program, and beyond this door.
  mutating func noteRefusals(_ recorded: Int, beforeScan number: Int) {
    guard var shown = verdicts.shown, shown.outcome.number == number, shown.tries > 0,
      recorded + 2 > shown.tries
    else { return }
    shown.tries = recorded + 2
    verdicts.shown = shown
    let code = Array(shown.outcome.code.utf8)
    if scans.triesOfUsed[code] != nil { scans.triesOfUsed[code] = recorded + 1 }
  }

  mutating func remember(_ outcome: Outcome, _ manner: Manner) {
    scans.recent.insert(RecentScan(outcome: outcome, manner: manner), at: 0)
    if scans.recent.count > Self.mostRecent { scans.recent.removeLast() }
  }

  /// The newest code was read again. While its look-up runs there is nothing to say; otherwise the
  /// panel answers before the repeated verdict comes, so that no green stands for a second try.
  mutating func scannedAgain(_ scan: WaitingScan, at now: Moment) {
    if scan.isLook { lookUntil = nil }
    scans.newestNumber = max(scans.newestNumber, scan.number)
    guard scans.waiting.isEmpty, verdicts.shown != nil else { return }
    scans.answeredRepeat = scan.number
    repeatShown(at: now)
  }

  private mutating func answerRepeat(_ outcome: Outcome, at now: Moment) {
    guard scans.answeredRepeat != outcome.number else { return }
    if let shown = verdicts.shown {
      // An older scan's repeat says nothing about a newer verdict.
      guard shown.outcome.number <= outcome.number,
        isSameCode(shown.outcome.code, outcome.code)
      else { return }
      repeatShown(at: now)
    } else if scans.waiting.isEmpty {
      // The panel has gone already: say why nothing happens.
      let first = scans.recent.first { isSameCode($0.outcome.code, outcome.code) }
      var verdict = ShownVerdict(
        outcome: outcome, manner: first?.manner ?? .scan, since: now.uptime,
        until: now.uptime + setup.panelSeconds)
      verdict.repetition = verdict.countsNobody ? .marked : .neutral
      undoing.result = nil
      verdicts.shown = verdict
    }
  }

  /// What counts nobody never turns into "counted once": it stays as it is, marked.
  private mutating func repeatShown(at now: Moment) {
    guard var verdict = verdicts.shown else { return }
    if verdict.countsNobody {
      verdict.repetition = .marked
    } else if verdict.repetition != .neutral, now.uptime - verdict.since < Span.marking {
      verdict.repetition = .marked
    } else {
      leaveStrip(at: now)
      verdict.repetition = .neutral
      verdict.until = now.uptime + setup.panelSeconds
    }
    verdicts.shown = verdict
  }

  /// What is left of a red or amber panel that gives way before it could be read.
  mutating func leaveStrip(at now: Moment) {
    guard let shown = verdicts.shown, shown.manner == .scan, shown.repetition != .neutral,
      now.uptime - shown.since < Span.readable
    else { return }
    switch shown.outcome.verdict {
    case .admit, .out: return
    case .refuse, .unverified: add(.verdict(shown.outcome), for: Span.strip, at: now)
    }
  }

  /// - Parameter seconds: how long the strip stays.
  mutating func add(_ content: Strip.Content, for seconds: TimeInterval, at now: Moment) {
    strips.insert(Strip(content: content, until: now.uptime + seconds), at: 0)
    let passing = strips.indices.filter { !strips[$0].isContradiction }
    if passing.count > Self.mostStrips, let oldest = passing.last { strips.remove(at: oldest) }
    let lasting = strips.indices.filter { strips[$0].isContradiction }
    if lasting.count > Self.mostStrips, let oldest = lasting.last { strips.remove(at: oldest) }
  }
}

extension Outcome {
  /// Somebody comes in by it, or leaves.
  fileprivate var movesSomebody: Bool {
    switch verdict {
    case .admit: true
    case .out: decision.people > 0
    case .refuse, .unverified: false
    }
  }
}

extension ShownVerdict {
  /// A look and an amber verdict admit nobody, and refuse nobody either.
  fileprivate var countsNobody: Bool {
    switch manner {
    case .look: true
    case .scan: outcome.verdict == .unverified || outcome.reason == .nobodyInside
    case .byHand: false
    }
  }
}
