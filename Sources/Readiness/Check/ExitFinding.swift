import Admission
import DoorConfiguration
import Formatting

/// Whether anybody can be counted out, where that matters (Contract: Out and in again).
struct ExitFinding {
  let settings: Settings
  /// Tonight's.
  let eventID: String?
  /// What was found on the shared ledger; nil where there is none.
  let survey: LedgerSurvey?

  /// Nil for a door that neither is an exit, nor has one, nor has rules that need one.
  var finding: CheckFinding? {
    switch settings.door.direction {
    case .out: return ownExit
    case .in: break
    }
    if let survey, survey.failure != nil {
      return needs.isEmpty ? nil : .skipped(.exits, "the ledger comes first")
    }
    let exits = exits.map { DisplayText.cleaned($0.name) }
    if !exits.isEmpty {
      return .pass(.exits, "people leave by: \(exits.joined(separator: ", "))")
    }
    if needs.isEmpty { return nil }
    let remedy =
      "set door.direction to out at an exit on the same ledger; a door that is both changes with F9"
    return .pass(
      .exits, "no exit: nobody is counted out",
      next: (needs + [remedy]).joined(separator: "\n"))
  }

  private var ownExit: CheckFinding {
    .pass(
      .exits, "this door is an exit",
      next: survey == nil
        ? "set ledger.url: the entrances do not hear who leaves here; only a box that is both, now "
          + "an entrance and now an exit, needs none"
        : nil)
  }

  /// Doors for tonight by which people leave, or have left.
  private var exits: [DoorOnLedger] {
    survey?.otherDoors.filter { door in
      door.state != .ended && (eventID == nil || door.eventID == eventID)
        && (door.direction == .out || door.gone > 0)
    } ?? []
  }

  /// Rules that do less than they say while nobody is counted out.
  private var needs: [String] {
    var needs: [String] = []
    switch settings.rules.capacity {
    case .warn: break
    case .enforce:
      needs.append("rules.capacity is enforce, and counts admissions, not who is inside")
    }
    switch settings.rules.reentry {
    case .refuse: break
    case .allow: needs.append("rules.reentry is allow, and nobody is known to have left")
    }
    return needs
  }
}
