package import DoorScreen

/// What a demo adds to the door screen.
package struct Demo: Sendable {
  /// Codes to try, for the idle screen.
  package var codes: [DemoCode]
  /// Makes the network go, slow down and come back, one after the other (F9).
  /// - Returns: how it is now.
  package var changeNetwork: @Sendable () -> DemoNetwork
  /// Clears away what the demo kept; called once, at the end.
  package var end: @Sendable () -> Void

  package init(
    codes: [DemoCode], changeNetwork: @escaping @Sendable () -> DemoNetwork,
    end: @escaping @Sendable () -> Void
  ) {
    self.codes = codes
    self.changeNetwork = changeNetwork
    self.end = end
  }
}
