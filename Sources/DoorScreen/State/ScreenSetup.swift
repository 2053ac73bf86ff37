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

  package init(
    doorName: String, help: String? = nil, panelSeconds: TimeInterval = 8,
    language: Language = .english, time: LocalTime, demoCodes: [DemoCode] = [],
    capacity: Int? = nil
  ) {
    self.doorName = doorName
    self.help = help
    self.panelSeconds = max(1, panelSeconds)
    self.language = language
    self.time = time
    self.demoCodes = demoCodes
    self.capacity = capacity
  }
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
