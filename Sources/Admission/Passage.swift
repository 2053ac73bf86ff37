/// How people went through a door.
package enum Passage: String, Sendable, Equatable, CaseIterable {
  /// In, by the rules.
  case counted
  /// In, as staff let them in against the rules.
  case byHand = "by_hand"
  /// Out, by an exit.
  case left
  /// In or out, as staff counted people who have no code.
  case counter
}
