/// What a supervisor's PIN can stand before in kiosk mode (`kiosk.pin_for`).
package enum GuardedAction: String, Sendable, CaseIterable {
  /// F10.
  case leave
  /// F6.
  case byHand = "by_hand"
  /// F8.
  case undo
  /// F3.
  case look
  /// F9, which asks for the PIN in any case.
  case turn

  /// Those that the setting names.
  package static let allCases: [Self] = [.leave, .byHand, .undo, .look]
}

/// The door screen on a box that stands alone: nobody leaves it without the supervisor's PIN.
package struct Kiosk: Sendable, Equatable {
  /// What else the PIN stands before; leaving and turning the door always are.
  package var guarded: Set<GuardedAction>
  /// Without one, nobody leaves by the keyboard at all.
  package var hasPIN: Bool

  package init(guarded: Set<GuardedAction> = [], hasPIN: Bool = true) {
    self.guarded = guarded
    self.hasPIN = hasPIN
  }

  func guards(_ action: GuardedAction) -> Bool {
    switch action {
    case .leave: true
    // Without one, a question stands before it.
    case .turn: hasPIN
    case .byHand, .undo, .look: guarded.contains(action)
    }
  }
}
