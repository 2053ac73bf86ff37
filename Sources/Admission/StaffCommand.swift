/// What a staff card tells the door screen, for doors without a keyboard. Each does what a key does.
package enum StaffCommand: String, Sendable, CaseIterable {
  /// One fewer, or one more, of a group came in (↓ ↑).
  case fewer, more
  /// Take the last admission back (F8).
  case undo
  /// The next scan only looks (F3).
  case look
  /// Let in whom the panel refuses or does not know (F6).
  case byHand = "by_hand"
  /// Choose the event, or the pass, that is selected (Enter).
  case choose
  /// Count somebody without a code in, or out (+ -).
  case countIn = "one_in"
  case countOut = "one_out"
  /// Make an exit of an entrance, or an entrance of an exit (F9).
  case turn = "direction"

  /// How the text of every card of every box begins. It stands for a card wherever a code would be
  /// shown.
  package static let cardMark = "DOORCHECK"
}
