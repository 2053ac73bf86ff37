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
    guard
      let taken = await ledger.undoNewest(
        door: setup.door, notBefore: moment.addingTimeInterval(-Self.longestUndo),
        begunAt: begunAt, at: moment)
    else { return nil }
    let (undone, id) = (taken.admission, taken.id)
    // Nothing is counted any more, so its code is a try of its own when it is read again.
    if let code = undone.code { repeats.forget(code) }
    var shown: String?
    if let id, let number = correctable.first(where: { $0.value.admissionID == id })?.key {
      shown = correctable[number]?.outcome.pass?.customer
      correctable[number]?.admissionID = nil
    }
    if shown == nil { shown = await name(of: undone) }
    return UndoneEntry(
      code: undone.code ?? "", name: shown, people: undone.people, time: undone.at,
      isRecordedLate: taken.isLate)
  }

  /// As it may be shown; nil where none is known.
  private func name(of admission: RecordedAdmission) async -> String? {
    guard admission.passID != nil, let code = admission.code else { return nil }
    return await finder.storedPass(code: code)?.customerName.flatMap(setup.showNames.shown)
  }

  /// Sets how many of a group came in on a scan.
  /// - Returns: the verdict as it is now, changed or not; nil where the scan is long gone.
  package func setAdmitted(number: Int, people: Int) async -> Outcome? {
    guard var entry = correctable[number] else { return nil }
    guard let id = entry.admissionID,
      let admitted = await ledger.setPeople(people, ofAdmission: id, at: now().wall),
      let count = entry.outcome.count
    else { return entry.outcome }
    entry.outcome.decision.count = count.admitting(admitted.people)
    entry.outcome.isRecordedLate = admitted.isLate
    correctable[number] = entry
    return entry.outcome
  }

  /// Lets somebody in whom the rules did not.
  /// - Returns: the verdict with the one person let in; nil where the scan is long gone.
  package func letIn(number: Int) async -> Outcome? {
    guard var entry = correctable[number], entry.outcome.verdict != .admit else { return nil }
    var scan = record(of: entry.outcome)
    scan.at = now().wall
    let admission = HandAdmission(
      passID: entry.outcome.pass?.id, reason: entry.outcome.reason, scan: scan)
    let admitted = await ledger.admit(byHand: admission)
    entry.admissionID = admitted.id
    entry.outcome.isRecordedLate = admitted.isLate
    let used = entry.outcome.count?.used ?? 0
    entry.outcome.decision.count = HeadCount(
      allowed: max(entry.outcome.count?.allowed ?? 0, used + 1), used: used, admitted: 1)
    correctable[number] = entry
    return entry.outcome
  }
}
