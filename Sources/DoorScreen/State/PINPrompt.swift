package import Admission
import FoundationEssentials

/// The question for the supervisor's PIN. The digits themselves never come here, only how many.
struct PINPrompt: Sendable, Equatable {
  enum Phase: Sendable, Equatable {
    case typing
    case checking
    case wrong
    /// What was typed cannot be a PIN, so nobody asked whether it is.
    case malformed
  }

  /// What it stands before.
  var action: GuardedAction
  /// The scan that is to be let in by hand.
  var number: Int?
  var digits = 0
  var phase = Phase.typing
  /// Uptime in seconds when it goes.
  var until: TimeInterval
}

/// The supervisor's PIN (Contract: Configuration, `kiosk.pin_for`).
extension DoorState {
  /// Whether digits typed by hand now are a PIN, and must neither be shown nor looked up. A while
  /// longer than the question stands: whoever looks at the keys does not see that it has gone.
  package func takesPIN(at now: Moment) -> Bool { isAskingForPIN || hidesTyping(at: now) }

  package var isAskingForPIN: Bool {
    if case .pin = overlay { return true }
    return false
  }

  func hidesTyping(at now: Moment) -> Bool { pin.hiddenUntil.map { now.uptime < $0 } ?? false }

  /// Whole seconds until a PIN may be tried again; nil where it may be now.
  func pinWait(at now: Moment) -> Int? {
    guard let until = pin.lockedUntil, now.uptime < until else { return nil }
    return max(1, Countdown.wholeSeconds(left: until - now.uptime))
  }

  /// Does what a key asks for, once the PIN was given where one is asked for.
  mutating func ask(for action: GuardedAction, at now: Moment) -> [Effect] {
    guard let kiosk = setup.kiosk, kiosk.guards(action) else { return perform(action, at: now) }
    if case .pin(var prompt) = overlay, prompt.action == action {
      // Whoever presses the key once more wants the question, not to be rid of it.
      if prompt.phase != .checking { prompt.phase = .typing }
      prompt.until = now.uptime + Span.pin
      overlay = .pin(prompt)
      keepPanelForPIN()
      return []
    }
    if action == .byHand {
      guard overlay == nil || isAskingForPIN, verdicts.shown?.mayBeLetIn == true else { return [] }
    }
    let number = verdicts.shown?.outcome.number
    closeOverlay()
    typing.draft = ""
    overlay = .pin(
      PINPrompt(
        action: action, number: action == .byHand ? number : nil, until: now.uptime + Span.pin))
    keepPanelForPIN()
    return []
  }

  mutating func typedPIN(digits: Int, at now: Moment) {
    guard case .pin(var prompt) = overlay else {
      typing.draft = ""
      pin.hiddenDigits = digits
      if digits > 0, let until = pin.hiddenUntil {
        pin.hiddenUntil = max(until, now.uptime + Span.pinTyping)
      }
      return
    }
    guard prompt.phase != .checking else { return }
    prompt.digits = digits
    if digits > 0 { prompt.phase = .typing }
    prompt.until = now.uptime + Span.pin
    overlay = .pin(prompt)
    keepPanelForPIN()
  }

  /// Enter.
  mutating func enteredPIN(isWellFormed: Bool, at now: Moment) -> [Effect] {
    guard isAskingForPIN else {
      pin.hiddenDigits = 0
      typing.dropped = Dropped(text: "", cause: .mayBePIN, until: now.uptime + Span.dropped)
      return []
    }
    guard case .pin(var prompt) = overlay, prompt.phase != .checking, setup.kiosk?.hasPIN == true
    else { return [] }
    prompt.digits = 0
    prompt.until = now.uptime + Span.pin
    let mayTry = isWellFormed && pinWait(at: now) == nil
    prompt.phase = mayTry ? .checking : isWellFormed ? prompt.phase : .malformed
    overlay = .pin(prompt)
    return mayTry ? [.checkPIN] : []
  }

  mutating func checkedPIN(isRight: Bool, at now: Moment) -> [Effect] {
    guard case .pin(var prompt) = overlay, prompt.phase == .checking else { return [] }
    guard isRight else {
      prompt.phase = .wrong
      prompt.until = now.uptime + Span.pin
      overlay = .pin(prompt)
      return []
    }
    overlay = nil
    pin.hiddenUntil = nil
    // What it was meant for has made way for another guest.
    if let number = prompt.number, verdicts.shown?.outcome.number != number { return [] }
    return perform(prompt.action, at: now)
  }

  private mutating func perform(_ action: GuardedAction, at now: Moment) -> [Effect] {
    switch action {
    case .leave: return [.leave]
    case .byHand: return askToLetIn(at: now)
    case .undo: return askToUndo(at: now)
    case .look:
      beginLook(at: now)
      return []
    case .turn:
      guard setup.kiosk?.guards(.turn) != true else { return [.turn(night.direction.opposite)] }
      askToTurn(at: now)
      return []
    }
  }

  /// The verdict that is to be overruled stays for as long as that is asked.
  private mutating func keepPanelForPIN() {
    guard case .pin(let prompt) = overlay, prompt.number != nil, let shown = verdicts.shown else {
      return
    }
    verdicts.shown?.until = max(shown.until, prompt.until)
  }
}
