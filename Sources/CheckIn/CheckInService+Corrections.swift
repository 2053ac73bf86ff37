package import Admission
package import FoundationEssentials

extension CheckInService {
  /// How long ago an admission may be that is undone, in seconds.
  private static let longestUndo: TimeInterval = 600

  // MARK: Taking back

  /// Takes back the last admission of this door.
  /// - Parameter pressedAt: when staff asked for it, in seconds of uptime. Corrections may wait for the
  ///   disk: whom a scan has let in since then is not meant.
  package func undoLast(pressedAt: TimeInterval = .infinity) async -> UndoAnswer {
    while let newest = await newestStanding(before: pressedAt) {
      guard Self.isRecent(newest) else { return .tooOld(await entry(of: newest)) }
      if let undone = await undo(newest) { return .undone(undone) }
    }
    return .nothing
  }

  /// Says which admission would be taken back.
  package func offerUndo() async -> UndoAnswer {
    guard let newest = await newestStanding() else { return .nothing }
    let entry = await entry(of: newest)
    guard Self.isRecent(newest) else { return .tooOld(entry) }
    offered = newest
    return .asked(entry)
  }

  /// Takes back the admission that staff were asked about, also when a scan that they have not seen
  /// the verdict of has let somebody in meanwhile. Where it is out already, they are asked about the
  /// last one.
  package func undo(_ reference: AdmissionReference) async -> UndoAnswer {
    guard let offered, offered.reference == reference,
      let standing = await ledger.standing(offered, age: age), Self.isRecent(standing),
      let undone = await undo(standing)
    else { return await offerUndo() }
    return .undone(undone)
  }

  private func newestStanding(
    before pressedAt: TimeInterval = .infinity
  ) async -> RecordingLedger.Standing? {
    let now = now()
    return await ledger.newestStanding(
      door: setup.door, begunAt: begunAt, beforeTheLast: max(0, now.uptime - pressedAt),
      at: now.wall, age: age)
  }

  /// Of one whose age nobody knows it is not known either.
  private static func isRecent(_ standing: RecordingLedger.Standing) -> Bool {
    standing.age.map { $0 <= longestUndo } ?? false
  }

  private func undo(_ standing: RecordingLedger.Standing) async -> UndoneEntry? {
    // Nothing will be counted, so its code is a try of its own when it is read again, however long the
    // disk takes. Where it is not taken back here, another process did so.
    if let code = standing.admission.code { recent.repeats.forget(code) }
    var entry = await entry(of: standing)
    guard let taken = await ledger.takeBack(standing, door: setup.door, at: now().wall) else {
      return nil
    }
    if let number = number(of: standing.reference) { recent[number]?.admissionID = nil }
    entry.isRecordedLate = taken.isLate
    return entry
  }

  private func entry(of standing: RecordingLedger.Standing) async -> UndoneEntry {
    let admission = standing.admission
    var shown = number(of: standing.reference)
      .flatMap { recent[$0]?.outcome.pass?.customer }
    if shown == nil { shown = await name(of: admission) }
    return UndoneEntry(
      code: admission.code ?? "", direction: admission.direction, name: shown,
      people: admission.people, time: admission.at,
      reference: standing.reference)
  }

  /// Of the scan by which they came in, where it can be corrected.
  private func number(of reference: AdmissionReference) -> Int? {
    guard case .own(let id) = reference else { return nil }
    return recent.number(ofAdmission: id)
  }

  /// As it may be shown; nil where none is known.
  private func name(of admission: RecordedAdmission) async -> String? {
    guard admission.passID != nil, let code = admission.code else { return nil }
    return await finder.stored(code: code)?.pass.customerName.flatMap(setup.showNames.shown)
  }

  // MARK: How many came in

  /// Sets how many people came in on a scan.
  /// - Returns: the verdict as it is now, changed or not; nil where the scan is long gone.
  package func setAdmitted(number: Int, people: Int) async -> Outcome? {
    guard let entry = recent[number] else { return nil }
    guard let id = entry.admissionID,
      let admitted = await ledger.setPeople(people, ofAdmission: id, at: now().wall)
    else { return recent[number]?.outcome }
    guard var outcome = recent[number]?.outcome else { return nil }
    if let departure = outcome.decision.departure {
      outcome.decision.departure = departure.correcting(admitted.people)
    } else {
      outcome.decision.count =
        entry.countByHand.map { $0.lettingIn(admitted.people) }
        ?? outcome.count?.admitting(admitted.people)
    }
    outcome.isRecordedLate = admitted.isLate
    if entry.countByHand == nil {
      recent.correct(outcome)
    } else {
      recent[number]?.outcome = outcome
    }
    return outcome
  }

  /// Tells once that is recorded whom a scan or staff let in, as it has become by then: for whoever has
  /// shown it as late.
  package func tellOnceRecorded(_ number: Int) {
    guard let id = recent[number]?.admissionID else { return }
    Task {
      await ledger.untilSaved(.own(id))
      guard var entry = recent[number], entry.admissionID == id else { return }
      entry.outcome.isRecordedLate = false
      recent[number] = entry
      // Read again, its code repeats that.
      if entry.countByHand == nil { recent.change(entry.outcome) }
      tell(.recorded(number: number))
    }
  }

  /// Lets somebody in whom the rules did not.
  /// - Returns: the verdict with who was let in: of a group that does not fit those who do, else one; nil
  ///   where the scan is long gone.
  package func letIn(number: Int) async -> Outcome? {
    guard let entry = recent[number], entry.outcome.verdict != .admit,
      entry.outcome.verdict != .out
    else { return nil }
    // Once: how many came in is set afterwards. Whom a late answer refuses is in already.
    if entry.countByHand != nil || entry.admissionID != nil { return entry.outcome }
    let before = entry.outcome.count?.admitting(0) ?? HeadCount(allowed: 0, used: 0)
    recent[number]?.countByHand = before
    var scan = record(of: entry.outcome)
    scan.at = now().wall
    let people = min(
      max(1, entry.outcome.decision.freePlaces ?? 1), HandAdmission.mostPeople)
    let admission = HandAdmission(
      kind: entry.outcome.pass?.kind, passID: entry.outcome.pass?.id, people: people,
      reason: entry.outcome.reason, scan: scan)
    let admitted = await ledger.admit(byHand: admission)
    var outcome = entry.outcome
    outcome.isRecordedLate = admitted.isLate
    outcome.decision.count = before.lettingIn(people)
    recent[number]?.admissionID = admitted.id
    recent[number]?.outcome = outcome
    return outcome
  }
}
