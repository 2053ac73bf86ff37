/// The code that is scanned to find out what a scanner and a console make of one. It holds what
/// layouts disagree on: letters that move, both cases, digits, and the two signs that a pass code may
/// have. No character comes twice, so that a lost or doubled one has a place.
package enum TestCode {
  package static let text = "aqzwmy-AQZWMY_0123456789"

  /// Scans that are asked for: what happens once may be a hiccup.
  package static let scans = 3
}
