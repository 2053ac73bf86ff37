import Admission
import Synchronization
import Waiting

/// A pass that this door alone can admit now, for one scan.
final class HeldPass: Sendable {
  /// What the shared ledger says of a scan's admission in the end.
  enum End {
    /// It has it, or will have it, or nobody was admitted.
    case stands
    /// The hold was lost, and another door has let in somebody on the pass meanwhile.
    case overtaken
  }

  private let pass: PassAtEvent
  /// Nil where not everybody is counted.
  private let place: PlaceInChanges?
  private let hold: any PassHold
  private let link: LedgerLink
  /// What is left of the patience with the ledger. What the box's own disk takes meanwhile is not its
  /// fault.
  private let left: Duration
  private let returns: Int
  private let recorded = Mutex<LedgerAdmission?>(nil)

  init(
    _ hold: any PassHold, of pass: PassAtEvent, _ place: PlaceInChanges?, link: LedgerLink,
    left: Duration
  ) {
    self.pass = pass
    self.place = place
    self.hold = hold
    self.link = link
    self.left = left
    returns = link.returns
  }

  /// What the ledger holds of the pass.
  var admissions: [LedgerAdmission] { hold.admissions }

  /// What the other doors did meanwhile, where everybody is counted.
  var news: [LedgerAdmission] { hold.news }

  /// Begins to record whom a decision admits, while the box's own store does the same. Of one scan the
  /// first decision counts; nothing happens where it admits nobody.
  func record(_ entry: AdmissionEntry, _ decision: Decision) {
    guard
      let admission = LedgerAdmission(
        entry, decision, doorID: link.replica.doorID, clockOffset: link.clockOffset)
    else { return }
    record(admission)
  }

  /// The same for one of this door's own as its store has it now.
  func record(_ id: AdmissionID) async {
    guard var admission = try? await link.replica.admission(id) else { return }
    admission.clockOffset = link.clockOffset
    record(admission)
  }

  private func record(_ admission: LedgerAdmission) {
    let isFirst = recorded.withLock { recorded in
      defer { if recorded == nil { recorded = admission } }
      return recorded == nil
    }
    guard isFirst else { return }
    link.noteRecording(admission.id)
    hold.record(admission)
  }

  /// Ends it once the verdict is known.
  /// - Parameters:
  ///   - isShown: somebody is shown green, unless that is overtaken.
  ///   - isLate: the box's own store does not hold the admission yet.
  ///   - isNew: it is no correction of one that stands.
  func end(isShown: Bool, isLate: Bool, isNew: Bool = true) async -> End {
    guard let admission = recorded.withLock({ $0 }) else {
      hold.release()
      return .stands
    }
    guard isShown else {
      link.noteUnwanted(admission.id)
      return .stands
    }
    let deadline = link.clock.now + left
    switch await isRecorded(admission, until: deadline) {
    case true?: break
    case false?:
      if isNew { link.noteUnwanted(admission.id) }
      return .overtaken
    case nil:
      // It is delivered from the box's own store, whether the ledger has it or not.
      link.noteShown(admission.id, delivered: nil, returns: returns)
      link.noteSilence()
      return .stands
    }
    // Were the box to lose its power now, the ledger alone would know whom a late one let in.
    if isLate {
      guard await isConfirmed(admission.id, until: deadline) else { return .stands }
    }
    link.noteShown(admission.id, delivered: isLate ? nil : admission, returns: returns)
    return .stands
  }

  private func isConfirmed(_ id: AdmissionID, until deadline: Duration) async -> Bool {
    do {
      try await link.ledger.confirm(id, within: deadline - link.clock.now)
      return true
    } catch {
      return false
    }
  }

  /// - Returns: nil where nobody can know in time; false where another door was faster.
  private func isRecorded(
    _ admission: LedgerAdmission, until deadline: Duration
  ) async -> Bool? {
    let begin = link.clock.now
    if await hold.isRecorded(within: deadline - begin) { return true }
    let deadline = link.wasStopped(since: begin) ? link.clock.now + left : deadline
    // A lost connection lets go of the pass: it is asked for again, while there is time.
    let rest = deadline - link.clock.now
    guard rest > .zero,
      let again = try? await link.ledger.hold(pass, countingAllSince: place, within: rest)
    else { return nil }
    let now = again.admissions
    if now.contains(where: { $0.id == admission.id && $0.revision >= admission.revision }) {
      again.release()
      return true
    }
    // Whoever counts everybody must find them as they were, too.
    guard
      Self.standing(now + again.news, but: admission.id)
        == Self.standing(admissions + news, but: admission.id)
    else {
      again.release()
      return false
    }
    again.record(admission)
    return await again.isRecorded(within: deadline - link.clock.now) ? true : nil
  }

  private static func standing(
    _ admissions: [LedgerAdmission], but id: AdmissionID
  ) -> [AdmissionID: Int] {
    admissions.reduce(into: [:]) { standing, admission in
      if admission.standing > 0, admission.id != id { standing[admission.id] = admission.standing }
    }
  }
}
