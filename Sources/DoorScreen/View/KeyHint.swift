import Admission

/// A key that the bottom line may name.
enum KeyHint: CaseIterable {
  case howMany, byHand, help, rates, look, find, undo, refresh, leave

  /// Those that mean something beside a panel, the most important first.
  static func hints(for panel: Panel) -> [KeyHint] {
    let always: [KeyHint] = [.help, .rates, .look, .find, .undo, .leave, .refresh]
    guard case .verdict(let shown, _) = panel else { return always }
    if shown.correctable != nil { return [.howMany, .undo] + always.filter { $0 != .undo } }
    return shown.mayBeLetIn ? [.byHand] + always : always
  }
}
