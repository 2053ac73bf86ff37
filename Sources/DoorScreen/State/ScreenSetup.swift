package import Admission
package import Formatting
package import FoundationEssentials

/// What the door screen is told once, at start.
package struct ScreenSetup: Sendable, Equatable {
  package var doorName: String
  /// Whom to call (`door.help`).
  package var help: String?
  /// How long a verdict stays, in seconds (`screen.panel_seconds`); at least 1.
  package var panelSeconds: TimeInterval
  package var language: Language
  package var time: LocalTime
  /// Codes to try; where there are any, the screen says DEMO all the time.
  package var demoCodes: [DemoCode]
  /// People that the venue holds (`door.capacity`).
  package var capacity: Int?
  /// Which way people go through the door, unless staff turn it (`door.direction`).
  package var direction: DoorDirection
  /// Another box may be admitting too, so the count is said to be this door's.
  package var countsThisDoorOnly: Bool
  /// In which prices are (`screen.currency`), an ISO 4217 code.
  package var currency: String
  /// The kinds of codes that this door takes, in their order (`door.accepts`).
  package var accepts: [PassKind]
  /// The kinds of which the panel says what to collect (`rules.collect_at_door`).
  package var collectAtDoor: [PassKind]
  /// Whether each scan of a group's pass lets one person in (`rules.group_entry: one`).
  package var countsOneAScan: Bool
  /// Whether those who left may come in again (`rules.reentry`).
  package var allowsReentry: Bool
  /// Which hints stand at the foot (`screen.keys`).
  package var keys: KeyHints
  /// Whether this box has staff cards.
  package var hasCards: Bool
  /// How long a stored pass may decide, in seconds (`rules.cache_max_age_hours`).
  package var storedHolds: TimeInterval
  /// Nil where the keyboard may end the program (`kiosk.enabled`).
  package var kiosk: Kiosk?

  package init(
    doorName: String, help: String? = nil, panelSeconds: TimeInterval = 8,
    language: Language = .english, time: LocalTime, demoCodes: [DemoCode] = [],
    capacity: Int? = nil, direction: DoorDirection = .in, countsThisDoorOnly: Bool = false,
    currency: String = "EUR",
    accepts: [PassKind] = [.pass], collectAtDoor: [PassKind] = [], countsOneAScan: Bool = false,
    allowsReentry: Bool = false, keys: KeyHints = .auto, hasCards: Bool = false,
    storedHolds: TimeInterval = 24 * 3600,
    kiosk: Kiosk? = nil
  ) {
    self.doorName = doorName
    self.help = help
    self.panelSeconds = max(1, panelSeconds)
    self.language = language
    self.time = time
    self.demoCodes = demoCodes
    self.capacity = capacity
    self.direction = direction
    self.countsThisDoorOnly = countsThisDoorOnly
    self.currency = currency
    self.accepts = accepts
    self.collectAtDoor = collectAtDoor
    self.countsOneAScan = countsOneAScan
    self.allowsReentry = allowsReentry
    self.keys = keys
    self.hasCards = hasCards
    self.storedHolds = storedHolds
    self.kiosk = kiosk
  }

  /// Where passes alone are taken, nothing is said of kinds.
  var namesKinds: Bool { accepts != [.pass] }

  var prices: PriceFormat { PriceFormat(currency: currency, language: language) }
}

/// A code of the stand-in venue and what it shows.
package struct DemoCode: Sendable, Equatable {
  package var code: String
  package var explanation: String

  package init(code: String, explanation: String) {
    self.code = code
    self.explanation = explanation
  }
}
