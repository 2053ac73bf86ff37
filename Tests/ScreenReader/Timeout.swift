/// A state did not come in time.
package struct Timeout: Error, CustomStringConvertible {
  package var what: String
  /// What stood on the screen instead.
  package var screen: Screen?

  package init(what: String, screen: Screen? = nil) {
    self.what = what
    self.screen = screen
  }

  package var description: String {
    guard let screen else { return what }
    let line = String(repeating: "-", count: screen.columns)
    return "\(what); the screen:\n\(line)\n\(screen.text)\n\(line)"
  }
}

extension Duration {
  var inMilliseconds: Int {
    Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
  }
}
