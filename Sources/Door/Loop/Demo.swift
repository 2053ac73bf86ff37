package import DoorScreen

/// What a demo adds to the door screen.
package struct Demo: Sendable {
  /// Codes to try, for the idle screen.
  package var codes: [DemoCode]
  /// Makes the service go, slow down and come back, one after the other (F9).
  package var changeService: @Sendable () async -> Void
  /// Clears away what the demo kept; called once, at the end.
  package var end: @Sendable () -> Void

  package init(
    codes: [DemoCode], changeService: @escaping @Sendable () async -> Void,
    end: @escaping @Sendable () -> Void
  ) {
    self.codes = codes
    self.changeService = changeService
    self.end = end
  }
}
