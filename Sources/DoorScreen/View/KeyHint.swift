import Admission

/// A key that the bottom line may name.
enum KeyHint: CaseIterable {
  case howMany, howManyLeft, byHand, help, rates, look, find, undo, refresh, leave
  /// Where several doors share a ledger.
  case doors
  /// On an exit, and where a door was turned or may be.
  case makeEntrance, makeExit
  /// Of a demo alone.
  case changeDemo

  /// Those that mean something beside a panel, the most important first.
  static func hints(for panel: Panel) -> [KeyHint] {
    let always: [KeyHint] = [.help, .rates, .look, .find, .undo, .doors, .leave, .refresh]
    guard case .verdict(let shown, _) = panel else { return always }
    if shown.correctable != nil {
      let howMany: KeyHint = shown.outcome.verdict == .out ? .howManyLeft : .howMany
      return [howMany, .undo] + always.filter { $0 != .undo }
    }
    if !shown.nearMisses.isEmpty { return [.find, .byHand] + always.filter { $0 != .find } }
    return shown.mayBeLetIn ? [.byHand] + always : always
  }

  /// Those of an entrance that waits for somebody.
  /// - isTurned: whoever turned the door turns it back.
  static func atEntrance(turns: Bool, isTurned: Bool) -> [KeyHint] {
    let turn: [KeyHint] = turns ? [.makeExit] : []
    return isTurned
      ? [.help] + turn + [.rates, .look, .find, .undo, .doors, .leave, .refresh]
      : [.help, .rates, .look, .find, .undo] + turn + [.doors, .leave, .refresh]
  }

  /// Those of an exit that waits for somebody: it sells nothing.
  static func atExit(turns: Bool) -> [KeyHint] {
    [.help, .undo] + (turns ? [.makeEntrance] : []) + [.find, .look, .doors, .leave, .refresh]
  }
}

extension KeyHint {
  /// The staff cards that mean something beside a panel, the most important first.
  static func cards(for panel: Panel) -> [StaffCommand] {
    guard case .verdict(let shown, _) = panel else { return [.look, .undo] }
    if shown.correctable != nil { return [.fewer, .more, .undo, .look] }
    if !shown.nearMisses.isEmpty { return [.choose, .byHand, .look, .undo] }
    return shown.mayBeLetIn ? [.byHand, .look, .undo] : [.undo, .look]
  }
}

extension DoorState {
  /// The staff cards that mean something in a list; nil where none is open.
  func listCards(at now: Moment) -> [StaffCommand]? {
    switch overlay {
    case .find: [.choose]
    case .help, .rates, .doors, .pin: nil
    case nil: isPicking(at: now) ? [.fewer, .more, .choose] : nil
    }
  }

  /// What the help page says of signs and keys.
  var helpLines: [HelpLine] {
    let texts = setup.language.texts
    var lines = texts.helpLines
    let turn = setup.demoCodes.isEmpty ? [texts.turnHelp] : []
    if let howMany = lines.firstIndex(where: { $0.sign == "↑ ↓" }) {
      lines.insert(contentsOf: texts.handCountHelp + turn, at: howMany + 1)
    }
    if night.shared.isShared, let rates = lines.firstIndex(where: { $0.sign == "F2" }) {
      lines.insert(texts.doorsHelp, at: rates + 1)
    }
    return lines
  }

  /// Which hints stand at the foot now.
  var keyHints: KeyHints {
    switch setup.keys {
    case .keys, .cards, .none: setup.keys
    case .auto: !typing.isKeyboardless ? .keys : setup.hasCards ? .cards : .none
    }
  }
}
