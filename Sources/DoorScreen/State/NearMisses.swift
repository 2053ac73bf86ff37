import Admission

/// Codes that were typed by hand, which nobody knows, and from which stored ones differ by one
/// character. Choosing one of those is a scan of it like any other.
extension DoorState {
  mutating func offer(_ passes: [FoundPass], number: Int) {
    guard var shown = verdicts.shown, shown.outcome.number == number, shown.manner == .scan else {
      return
    }
    shown.nearMisses = passes
    verdicts.shown = shown
  }

  /// The list of them, where the panel offers some.
  func offers(at now: Moment) -> Finder? {
    guard case .verdict(let shown, _) = panel(at: now), shown.manner == .scan,
      !shown.nearMisses.isEmpty
    else { return nil }
    return Finder(offering: shown.nearMisses, of: shown.outcome.code)
  }

  /// Enter or a card in a search, or the card before the panel that offers one.
  mutating func choose(in finder: Finder) -> [Effect] {
    guard let pass = finder.chosen else { return [] }
    overlay = nil
    return [.scan(pass.code)]
  }
}

extension Outcome {
  /// Whether the service, which was heard, knows no such code. A look would admit whoever was chosen.
  var mayBeMistyped: Bool {
    guard !isRepeat, !isLook else { return false }
    switch reason {
    case .unknownPass: return true
    case .unreadableCode: return decision.unreadable.map(Self.isMisspelt) ?? false
    case .noEvent, .unauthorized, .rateLimited, .serviceError, .offline, .wrongOrganization,
      .archived, .notActive, .notTonight, .wrongDoor, .tooEarly, .tooLate, .alreadyUsed, .venueFull,
      .valid, .left, .nobodyInside:
      return false
    }
  }

  private static func isMisspelt(_ cause: UnreadableCause) -> Bool {
    switch cause {
    case .capsLock, .cutShort: true
    case .notACode, .patternTooCostly, .extractTooCostly, .tooLong, .document, .partMissing,
      .numLockOff, .altCodes, .staffCard:
      false
    }
  }
}
