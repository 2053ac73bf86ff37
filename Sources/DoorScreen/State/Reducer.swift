package import Admission
import FoundationEssentials

extension DoorState {
  /// Takes one event in and says what is to be done outside. `now` must not run backwards.
  package mutating func reduce(_ event: DoorEvent, at now: Moment) -> [Effect] {
    let wasAskingForPIN = isAskingForPIN
    let counted = countSigns(at: now)
    forgetWhatIsOver(at: now)
    let effects = counted + change(by: event, at: now)
    if isAskingForPIN { pin.hiddenDigits = 0 }
    if wasAskingForPIN, !isAskingForPIN, event.mayLeavePINUntyped, setup.kiosk?.hasPIN == true {
      pin.hiddenUntil = now.uptime + Span.pinHidden
    }
    return effects
  }

  private mutating func change(by event: DoorEvent, at now: Moment) -> [Effect] {
    if event.endsSigns { typing.signs = nil }
    switch event {
    case .scan(let event): return change(by: event, at: now)
    case .typing(let event): return change(by: event, at: now)
    case .key(let key):
      notePressedKey()
      return press(key, at: now)
    case .card(let command, let isAgain):
      pin.hiddenDigits = 0
      return present(command, isAgain: isAgain, at: now)
    case .staff(let answer): show(answer, at: now)
    case .pin(let event): return change(by: event, at: now)
    case .night(let event): learn(event, at: now)
    case .service(let health): note(health)
    case .notice(let notice, let isActive): note(notice, isActive: isActive)
    case .tick: break
    }
    return []
  }

  private mutating func change(by event: ScanEvent, at now: Moment) -> [Effect] {
    switch event {
    case .taken(let number, let code, let isRepeat, let isLook, let isTyped):
      closeOverlay()
      choice.until = nil
      endQuestions()
      pin.hiddenDigits = 0
      typing.isKeyboardless = !typing.hasPressedKey
      let scan = WaitingScan(number: number, code: code, isLook: isLook, isTyped: isTyped)
      if isRepeat { scannedAgain(scan, at: now) } else { scanned(scan, at: now) }
      return []
    case .verdict(let outcome):
      closeOverlay()
      endQuestions()
      let isTyped = scans.waiting.contains { $0.number == outcome.number && $0.isTyped }
      let effects = show(outcome, at: now)
      if isTyped, outcome.mayBeMistyped {
        return effects + [.findNearMisses(of: outcome.code, number: outcome.number)]
      }
      let isTry = outcome.reason == .alreadyUsed && !outcome.isRepeat && !outcome.isLook
      return isTry ? effects + [.countRefusals(outcome)] : effects
    case .recorded(let number):
      noteRecorded(number: number)
      return []
    case .contradicted(let outcome): return contradict(outcome, at: now)
    }
  }

  private mutating func change(by event: TypingEvent, at now: Moment) -> [Effect] {
    switch event {
    case .draft(let text, let isLoneKey):
      if !text.isEmpty {
        notePressedKey()
        endQuestions()
      }
      noteSigns(in: text, before: typing.draft, isLoneKey: isLoneKey, at: now)
      return typed(text)
    case .signsEntered: return countSigns()
    case .draftDropped(let text):
      endQuestions()
      _ = typed("")
      typing.dropped = Dropped(text: text, cause: .scan, until: now.uptime + Span.dropped)
    case .burstDropped(let text, let isScanners):
      endQuestions()
      _ = typed("")
      typing.dropped = Dropped(text: text, cause: .noEnd, until: now.uptime + Span.dropped)
      if isScanners { lostScan() }
    }
    return []
  }

  private mutating func show(_ answer: StaffAnswer, at now: Moment) {
    switch answer {
    case .corrected(let outcome): correct(outcome)
    case .letIn(let outcome): letIn(outcome, at: now)
    case .undone(let entry): undone(.undone(entry), at: now)
    case .undoRecorded(let reference): undoing.result?.noteRecorded(reference)
    case .tooOldToUndo(let entry): undone(.tooOld(entry), at: now)
    case .nothingToUndo: undone(.nothing, at: now)
    case .undoOffered(let entry): offerUndo(entry, at: now)
    case .countedByHand(let direction, let isLate): counted(direction, isLate: isLate, at: now)
    case .notCounted: add(.notCounted, for: Span.strip, at: now)
    case .found(let passes, let query):
      guard case .find(var finder) = overlay else { break }
      finder.show(passes, for: query)
      overlay = .find(finder)
    case .refusals(let count, let number): noteRefusals(count, beforeScan: number)
    case .nearMisses(let passes, let number): offer(passes, number: number)
    }
  }

  private mutating func change(by event: PINEvent, at now: Moment) -> [Effect] {
    switch event {
    case .typed(let count): typedPIN(digits: count, at: now)
    case .entered(let isWellFormed): return enteredPIN(isWellFormed: isWellFormed, at: now)
    case .checked(let isRight): return checkedPIN(isRight: isRight, at: now)
    case .locked(let until): pin.lockedUntil = until
    }
    return []
  }

  private mutating func learn(_ event: NightEvent, at now: Moment) {
    switch event {
    case .tonight(let tonight):
      if let before = night.tonight.event?.id, before != tonight.event?.id { beginNight() }
      night.tonight = tonight
    case .eventsToPick(let events): choice.events = events
    case .crowd(let crowd): night.crowd = crowd
    case .direction(let direction): turn(to: direction, at: now)
    case .arrivals(let people): night.arrivals = people
    case .rates(let rates, let asOf, let isStale):
      night.priceList = rates.map { .known($0, asOf: asOf, isStale: isStale) } ?? .unknown
    case .demoNetwork(let network): night.demoNetwork = network
    case .preload(let preload, let kind): night.storedPasses.note(preload, of: kind)
    case .ledger(let status): night.shared.ledger = status
    case .doors(let doors): night.shared.note(doors, at: now)
    case .doubleEntries(let entries): night.doubleEntries.add(entries, at: now)
    }
  }

  private mutating func forgetWhatIsOver(at now: Moment) {
    strips.removeAll { now.uptime >= $0.until }
    if let until = verdicts.shown?.until, now.uptime >= until { verdicts.shown = nil }
    if let until = verdicts.displaced?.until, now.uptime >= until { verdicts.displaced = nil }
    if let until = undoing.result?.until, now.uptime >= until { undoing.result = nil }
    if let until = undoing.question?.until, now.uptime >= until { undoing.question = nil }
    if let until = turning?.until, now.uptime >= until { turning = nil }
    if let until = typing.dropped?.until, now.uptime >= until { typing.dropped = nil }
    if let until = typing.askingUntil, now.uptime >= until { typing.askingUntil = nil }
    night.doubleEntries.forgetWhatIsOver(at: now)
    if let until = choice.until, now.uptime >= until { choice.until = nil }
    if let until = lookUntil, now.uptime >= until { lookUntil = nil }
    if let until = pin.lockedUntil, now.uptime >= until { pin.lockedUntil = nil }
    if let until = pin.hiddenUntil, now.uptime >= until {
      pin.hiddenUntil = nil
      pin.hiddenDigits = 0
    }
    if case .pin(let prompt) = overlay, now.uptime >= prompt.until { overlay = nil }
  }

  private mutating func notePressedKey() {
    typing.hasPressedKey = true
    typing.isKeyboardless = false
  }

  private mutating func beginNight() {
    scans.triesOfUsed = [:]
    typing.hasPressedKey = false
    typing.isKeyboardless = false
  }

  mutating func note(_ health: ServiceHealth) {
    night.service = health.status
    note(.slowService, isActive: health.isSlow)
    note(.certificateRefused, isActive: health.refusesCertificate)
    note(
      .clockOffset(seconds: health.clockOffset ?? 0), isActive: health.clockOffset != nil)
  }

  private mutating func note(_ notice: Notice, isActive: Bool) {
    night.notices[notice.kind] = isActive ? notice : nil
  }

  /// Of a scanner that sends no terminator, every scan is lost.
  private mutating func lostScan() {
    let before =
      if case .scannerWithoutEnd(let lost) = night.notices[.scannerWithoutEnd] { lost } else { 0 }
    night.notices[.scannerWithoutEnd] = .scannerWithoutEnd(lost: before.addingClamped(1))
  }

  /// What is typed goes into the search while that is open.
  private mutating func typed(_ text: String) -> [Effect] {
    pin.hiddenDigits = 0
    guard case .find(var finder) = overlay else {
      typing.draft = text
      return []
    }
    let query = finder.type(text)
    overlay = .find(finder)
    return query.map { [.find($0)] } ?? []
  }
}

extension DoorEvent {
  /// Whether signs that were typed before it count nobody any more.
  fileprivate var endsSigns: Bool {
    switch self {
    case .scan(.taken), .key, .card, .pin: true
    // What is typed on decides for itself.
    case .typing(.draft), .typing(.signsEntered): false
    case .typing: true
    case .scan, .staff, .night, .service, .notice, .tick: false
    }
  }

  /// Whether somebody who was asked for a PIN may still type it after this.
  fileprivate var mayLeavePINUntyped: Bool {
    switch self {
    case .pin(.checked(let isRight)): !isRight
    // A search shows what is typed, and whoever opens it knows so.
    case .key(.function(4)): false
    case .scan, .typing, .key, .card, .staff, .pin, .night, .service, .notice, .tick: true
    }
  }
}
