package import Admission
package import FoundationEssentials
import Waiting

extension RecordingLedger {
  /// An admission that was taken back.
  package struct TakenBack: Sendable, Equatable {
    package var admission: RecordedAdmission
    /// Nil where it is none of this process' own.
    package var id: Int64?
    /// The store does not hold it yet.
    package var isLate: Bool
  }

  /// An admission that has not been taken back.
  package struct Standing: Sendable, Equatable {
    package var reference: AdmissionReference
    package var admission: RecordedAdmission
    /// Seconds; nil where nobody can know it.
    package var age: TimeInterval?
  }

  /// What the store says of an admission that it was given.
  private enum InStore {
    case stands(isNewestOfItsPass: Bool)
    case isTakenBack
    /// It cannot be read.
    case unknown
  }

  /// The newest admission that stands: this process' own, or where it has none, one of the door from
  /// before it began, so that two processes of one door do not take back each other's.
  /// - Parameters:
  ///   - seconds: whom a scan let in during the last so many is left out.
  ///   - age: seconds since what the box's clock stamped, for one from before.
  package func newestStanding(
    door: String, begunAt: Date, beforeTheLast seconds: TimeInterval = 0, at now: Date,
    age: @Sendable (Date) -> TimeInterval?
  ) async -> Standing? {
    let latest = uptime() - seconds
    while let newest = own.newestStanding(scannedBy: latest) {
      if case .written(let storedID, _) = newest.state, case .isTakenBack = await inStore(storedID)
      {
        // Another process of the door took this one back; the one before it is meant.
        undoneElsewhere(newest.id, storedID, at: now)
        continue
      }
      guard own.newestStanding(scannedBy: latest)?.id == newest.id else { continue }
      return standing(newest)
    }
    var end = begunAt
    while let store,
      let before = try? await store.newestAdmission(door: door, during: .distantPast..<end)
    {
      if !own.hasTakenBack(storedID: before.id) {
        return Standing(reference: .stored(before.id), admission: before, age: age(before.at))
      }
      // The store has not heard of that yet.
      end = before.at
    }
    return nil
  }

  /// One that stood a while ago, as it is now; nil where it was taken back here.
  package func standing(
    _ earlier: Standing, age: @Sendable (Date) -> TimeInterval?
  ) -> Standing? {
    switch earlier.reference {
    case .own(let id):
      return own[id].flatMap { $0.undoneAt == nil ? standing($0) : nil }
    case .stored(let storedID):
      guard !own.hasTakenBack(storedID: storedID) else { return nil }
      var standing = earlier
      standing.age = age(earlier.admission.at)
      return standing
    }
  }

  private func standing(_ admission: AdmissionsOfThisProcess.Admission) -> Standing {
    Standing(
      reference: .own(admission.id), admission: admission.recorded,
      age: max(0, uptime() - admission.admittedAt))
  }

  private func inStore(_ storedID: Int64) async -> InStore {
    guard let store else { return .unknown }
    do {
      let standing = try await store.standingAdmission(storedID)
      return standing.map { .stands(isNewestOfItsPass: $0.isNewestOfItsPass) } ?? .isTakenBack
    } catch {
      return .unknown
    }
  }

  private func undoneElsewhere(_ id: Int64, _ storedID: Int64, at now: Date) {
    own.undoneElsewhere(id, at: now)
    own.set(.written(storedID, standing: 0), of: id)
    changes += 1
    releaseIfSaved(id)
  }

  /// Takes one admission back.
  /// - Returns: nil where another process of the door did first.
  package func takeBack(_ standing: Standing, door: String, at now: Date) async -> TakenBack? {
    let id: Int64
    switch standing.reference {
    case .own(let own): id = own
    case .stored(let storedID):
      let admission = standing.admission
      let scan = ScanRecord(
        at: admission.at, door: door, eventID: admission.eventID, code: admission.code ?? "",
        source: nil, latency: .zero)
      // From here on it is late, and caught up on, as one of our own would be.
      id = own.add(
        .earlier(admission, scan), people: admission.people,
        .written(storedID, standing: admission.people), at: uptime())
    }
    guard own[id]?.undoneAt == nil else { return nil }
    own.undo(id, at: now)
    let isLate = await !isRecorded(id)
    guard own[id]?.wasUndoneElsewhere != true else { return nil }
    return TakenBack(
      admission: standing.admission, id: standing.reference == .own(id) ? id : nil, isLate: isLate)
  }

  /// Begins to take back all of those that stand, for `finish` to wait for.
  /// - Returns: what was taken back, and how many are not known, or not any more.
  package func takeBack(
    _ ids: Set<AdmissionID>, at now: Date
  ) -> (takenBack: [RecordedAdmission], unknown: Int) {
    let meant = own.newest.filter { $0.kind.entryID.map(ids.contains) ?? false }
    let standing = meant.filter { $0.undoneAt == nil }
    for admission in standing {
      own.undo(admission.id, at: now)
      // The other doors need not wait for this one's disk.
      if case .counted(let entry, let decision) = admission.kind {
        link?.noteUndone(entry, decision, at: now)
      }
    }
    if !standing.isEmpty { catchUp() }
    return (standing.map(\.recorded), ids.count - meant.count)
  }

  /// Sets how many people came in on an admission of this process.
  /// - Returns: how many it are now; nil where it cannot be changed so.
  package func setPeople(
    _ people: Int, ofAdmission id: Int64, at now: Date
  ) async -> (people: Int, isLate: Bool)? {
    guard let link, let admission = own[id], people > admission.people,
      let pass = admission.kind.countedPass
    else { return await setPeopleHere(people, ofAdmission: id, at: now) }
    // Another door may have let in those who were left.
    switch await link.hold(pass) {
    case .alone: return await setPeopleHere(people, ofAdmission: id, at: now)
    case .busy: return nil
    case .held(let held):
      await link.bringHere(held.admissions)
      let changed = await setPeopleHere(people, ofAdmission: id, at: now)
      if changed != nil, let entryID = admission.kind.entryID { await held.record(entryID) }
      switch await held.end(isShown: true, isLate: false, isNew: false) {
      case .stands: return changed
      case .overtaken: return await setPeopleHere(admission.people, ofAdmission: id, at: now)
      }
    }
  }

  private func setPeopleHere(
    _ people: Int, ofAdmission id: Int64, at now: Date
  ) async -> (people: Int, isLate: Bool)? {
    guard isCorrectable(id), let admission = own[id] else { return nil }
    if case .written(let storedID, _) = admission.state, let store {
      // Only the store knows whether another process counted on it since; while this one has it
      // claimed, none begins to.
      let claim = await claim(admission.identities, for: Self.patience)
      guard claim == .had else {
        return await setPeople(people, ofAdmission: id, storedID, in: store, at: now)
      }
      let mayChange =
        switch await inStore(storedID) {
        case .stands(let isNewestOfItsPass): isNewestOfItsPass
        case .isTakenBack: false
        // As an admission would be judged, from memory.
        case .unknown: true
        }
      guard mayChange, isCorrectable(id) else {
        release(admission.identities, claim)
        return nil
      }
      keep(admission.identities, for: id)
    }
    own.setPeople(min(max(1, people), admission.mostPeople), of: id, at: now)
    let isLate = await !isRecorded(id)
    releaseIfSaved(id)
    return own[id].map { ($0.people, isLate) }
  }

  private func isCorrectable(_ id: Int64) -> Bool {
    own[id].map { $0.undoneAt == nil } ?? false && own.isNewestOfItsPass(id)
  }

  /// Where it cannot be claimed, the store alone decides, however long that takes.
  private func setPeople(
    _ people: Int, ofAdmission id: Int64, _ storedID: Int64, in store: any NightLedger,
    at now: Date
  ) async -> (people: Int, isLate: Bool)? {
    guard
      let changed = try? await store.setPeople(people, ofAdmission: storedID, at: now),
      own[id]?.undoneAt == nil
    else { return nil }
    own.set(.written(storedID, standing: changed.people), of: id)
    own.setPeople(changed.people, of: id)
    changes += 1
    return (changed.people, false)
  }

  /// Records somebody whom the rules did not let in.
  /// - Returns: the admission's number.
  package func admit(byHand hand: HandAdmission) async -> (id: Int64, isLate: Bool) {
    var hand = hand
    hand.outside = await peopleOutside(of: hand)
    let id = own.add(.byHand(hand), people: hand.people, .unwritten, at: uptime())
    if store != nil { claimIfFree(hand.identities, for: id) }
    return (id, await !isRecorded(id))
  }

  /// Who of its pass has left and not come back, as far as is known in the time that a panel waits.
  private func peopleOutside(of hand: HandAdmission) async -> Int {
    guard let pass = hand.pass else { return 0 }
    let reading = Task { await earlierAdmissions(of: pass, answeredAt: .distantPast) }
    let before = await reading.value(within: Self.patience, on: clock) ?? own.earlier(of: pass)
    return max(0, before.outside)
  }

  /// Records somebody without a code whom staff counted in or out.
  /// - Returns: whether that is not durable yet.
  package func count(_ hand: HandCount) async -> Bool {
    let id = own.add(.counter(hand), people: HandCount.people, .unwritten, at: uptime())
    return await !isRecorded(id)
  }

  /// Gives the store the time that a panel waits for it. Without one, nothing is ever late.
  private func isRecorded(_ id: Int64) async -> Bool {
    guard store != nil else { return true }
    await catchUp(within: Self.patience)
    return own[id]?.isSaved ?? true
  }
}
