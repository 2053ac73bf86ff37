package import Admission
package import FoundationEssentials

extension RecordingLedger {
  /// An admission that was taken back.
  package struct TakenBack: Sendable, Equatable {
    package var admission: RecordedAdmission
    /// Nil where it is none of this process' own.
    package var id: Int64?
    /// The store does not hold it yet.
    package var isLate: Bool
  }

  /// Takes the newest admission back: this process' own, or where it has none, one of the door from
  /// before it began, so that two processes of one door do not take back each other's.
  /// - Parameter earliest: an admission from before then stays.
  package func undoNewest(
    door: String, notBefore earliest: Date, begunAt: Date, at now: Date
  ) async -> TakenBack? {
    while let newest = own.newestStanding, newest.kind.scan.at >= earliest {
      own.undo(newest.id, at: now)
      let isLate = await !isRecorded(newest.id)
      // Another process of the door took this one back already; the one before it is meant.
      if own[newest.id]?.wasUndoneElsewhere == true { continue }
      return TakenBack(admission: newest.recorded, id: newest.id, isLate: isLate)
    }
    guard let store, earliest < begunAt,
      let before = try? await store.newestAdmission(door: door, during: earliest..<begunAt),
      let undone = try? await store.undo(admission: before.id, at: now)
    else { return nil }
    return TakenBack(admission: undone, id: nil, isLate: false)
  }

  /// Sets how many people came in on an admission of this process.
  /// - Returns: how many it are now; nil where it cannot be changed so.
  package func setPeople(
    _ people: Int, ofAdmission id: Int64, at now: Date
  ) async -> (people: Int, isLate: Bool)? {
    guard let admission = own[id], admission.undoneAt == nil, own.isNewestOfItsPass(id) else {
      return nil
    }
    if case .written(let storedID, _) = admission.state {
      // Only the store knows whether another process counted on it since.
      guard
        let changed = try? await store?.setPeople(people, ofAdmission: storedID, at: now),
        own[id]?.undoneAt == nil
      else { return nil }
      own.set(.written(storedID, standing: changed.people), of: id)
      own.setPeople(changed.people, of: id)
      changes += 1
      return (changed.people, false)
    }
    // It is claimed until the store holds it, so nobody else came in on it.
    own.setPeople(min(max(1, people), admission.mostPeople ?? .max), of: id, at: now)
    let isLate = await !isRecorded(id)
    return own[id].map { ($0.people, isLate) }
  }

  /// Records somebody whom the rules did not let in.
  /// - Returns: the admission's number.
  package func admit(byHand hand: HandAdmission) async -> (id: Int64, isLate: Bool) {
    let id = own.add(.byHand(hand), people: hand.people, .unwritten)
    if store != nil { claimIfFree(hand.identities, for: id) }
    return (id, await !isRecorded(id))
  }

  /// Gives the store the time that a panel waits for it. Without one, nothing is ever late.
  private func isRecorded(_ id: Int64) async -> Bool {
    guard store != nil else { return true }
    await catchUp(within: Self.patience)
    return own[id]?.isSettled ?? true
  }
}
