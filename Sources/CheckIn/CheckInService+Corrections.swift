package import Admission
import FoundationEssentials

extension CheckInService {
  /// A verdict that staff may correct.
  struct Correctable {
    var outcome: Outcome
    /// Nil where nobody was admitted, or it is not recorded.
    var admissionID: Int64?
  }

  /// How long ago the last admission may be that is undone, in seconds.
  private static let longestUndo: TimeInterval = 3600

  /// Takes the last admission of this door back; nil where there is none to take back.
  package func undoLast() async -> UndoneEntry? {
    let moment = now().wall
    guard let corrections,
      let undone = try? await corrections.undoNewest(
        door: setup.door, notBefore: moment.addingTimeInterval(-Self.longestUndo), at: moment)
    else { return nil }
    let number = correctable.first { $0.value.admissionID == undone.id }?.key
    let shown = number.flatMap { correctable[$0]?.outcome.pass?.customer }
    if let number { correctable[number]?.admissionID = nil }
    return UndoneEntry(
      code: undone.code ?? "", name: shown, people: undone.people, time: undone.at)
  }

  /// Sets how many of a group came in on a scan.
  /// - Returns: the verdict as it is now, changed or not; nil where the scan is long gone.
  package func setAdmitted(number: Int, people: Int) async -> Outcome? {
    guard var entry = correctable[number] else { return nil }
    guard let corrections, let id = entry.admissionID,
      let changed = try? await corrections.setPeople(people, ofAdmission: id, at: now().wall),
      let count = entry.outcome.count
    else { return entry.outcome }
    entry.outcome.decision.count = count.admitting(changed.people)
    correctable[number] = entry
    return entry.outcome
  }

  /// Lets somebody in whom the rules did not.
  /// - Returns: the verdict with the one person let in; nil where it could not be recorded.
  package func letIn(number: Int) async -> Outcome? {
    guard let corrections, var entry = correctable[number], entry.outcome.verdict != .admit else {
      return nil
    }
    var scan = record(of: entry.outcome)
    scan.at = now().wall
    let admission = HandAdmission(
      passID: entry.outcome.pass?.id, reason: entry.outcome.reason, scan: scan)
    do {
      try await corrections.admitByHand(admission)
    } catch {
      return nil
    }
    let used = entry.outcome.count?.used ?? 0
    entry.outcome.decision.count = HeadCount(
      allowed: max(entry.outcome.count?.allowed ?? 0, used + 1), used: used, admitted: 1)
    correctable[number] = entry
    return entry.outcome
  }
}
