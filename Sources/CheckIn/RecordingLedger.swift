package import Admission
package import FoundationEssentials
import Synchronization

/// Records in the night's store as long as it can, and goes on from memory when it cannot: a full disk
/// must neither stop the queue nor let a code in twice (contract, "The door screen").
package actor RecordingLedger {
  /// A judgement, and how well it has been recorded.
  package struct Recorded: Sendable, Equatable {
    package var settlement: Settlement
    /// It was not durable yet when the panel had to be painted.
    package var isLate: Bool
  }

  /// How long a panel waits for the disk before it is painted with a mark.
  private static let patience: Duration = .milliseconds(250)

  private let store: (any NightLedger)?
  private let memory = MemoryLedger()
  private let onRecordingChange: @Sendable (Bool) -> Void
  /// Nil until it has been told.
  private var isRecording: Bool?
  /// Admitted while nothing could be recorded, in order, for when it can be again.
  private var unrecorded: [(entry: AdmissionEntry, decision: Decision)] = []

  /// - Parameters:
  ///   - store: nil where there is none: then all is kept in memory, and nobody is told.
  ///   - onRecordingChange: is told when recording fails, and when it works again.
  package init(
    store: (any NightLedger)?, onRecordingChange: @escaping @Sendable (Bool) -> Void = { _ in }
  ) {
    self.store = store
    self.onRecordingChange = onRecordingChange
  }

  package func settle(
    _ entry: AdmissionEntry, judge: @escaping @Sendable (EarlierAdmissions) -> Decision
  ) async -> Recorded {
    guard let store else {
      return Recorded(settlement: await memory.settle(entry, judge: judge), isLate: false)
    }
    await recordWhatIsMissing(in: store)
    guard unrecorded.isEmpty else { return await settleInMemory(entry, judge: judge) }
    let race = Race()
    let recording = Task { [weak self] in
      do {
        let settlement = try await store.settle(entry) { before in
          let decision = judge(before)
          race.judged(Settlement(decision: decision, before: before))
          return decision
        }
        race.finish(Recorded(settlement: settlement, isLate: false))
        await self?.note(isRecording: true)
      } catch {
        // Judged or not: nothing was recorded, so memory judges, and knows it from now on.
        guard let self else { return }
        let recorded = await self.settleInMemory(entry, judge: judge)
        race.finish(recorded)
      }
    }
    let clock = Task {
      try? await Task.sleep(for: Self.patience)
      race.patienceIsOver()
    }
    let recorded = await race.winner()
    clock.cancel()
    _ = recording
    return recorded
  }

  /// Who was admitted here, of whom an answer that was asked for then may not know.
  package func earlierAdmissions(
    passID: String, eventID: String, code: String, answeredAt: Date
  ) async -> EarlierAdmissions {
    if unrecorded.isEmpty,
      let earlier = try? await store?.earlierAdmissions(
        passID: passID, eventID: eventID, code: code, answeredAt: answeredAt)
    {
      return earlier
    }
    return await memory.earlierAdmissions(
      passID: passID, eventID: eventID, code: code, answeredAt: answeredAt)
  }

  /// Writes down a scan that let nobody in. Nobody waits for it.
  package func journal(_ record: ScanRecord, _ decision: Decision) async {
    guard let store else { return }
    do {
      try await store.journal(record, decision)
    } catch {
      note(isRecording: false)
    }
  }

  /// People admitted here for an event, recorded or not.
  package func peopleAdmitted(eventID: String) async -> Int {
    guard let store else { return await memory.peopleAdmitted(eventID: eventID) }
    let recorded = (try? await store.peopleAdmitted(eventID: eventID)) ?? 0
    let missing = unrecorded.filter { $0.entry.eventID == eventID }
      .reduce(0) { $0 + ($1.decision.count?.admitted ?? 0) }
    return recorded + missing
  }

  private func settleInMemory(
    _ entry: AdmissionEntry, judge: @escaping @Sendable (EarlierAdmissions) -> Decision
  ) async -> Recorded {
    note(isRecording: false)
    // Reading often works where writing does not.
    if let earlier = try? await store?.earlierAdmissions(
      passID: entry.passID, eventID: entry.eventID, code: entry.scan.code,
      answeredAt: entry.answeredAt)
    {
      await memory.begin(passID: entry.passID, eventID: entry.eventID, from: earlier)
    }
    let settlement = await memory.settle(entry, judge: judge)
    if (settlement.decision.count?.admitted ?? 0) > 0, !entry.isDryRun {
      unrecorded.append((entry, settlement.decision))
    }
    return Recorded(settlement: settlement, isLate: false)
  }

  /// Tries to write down, in order, whom memory let in.
  private func recordWhatIsMissing(in store: any NightLedger) async {
    while let (entry, decision) = unrecorded.first {
      do {
        _ = try await store.settle(entry) { _ in decision }
      } catch {
        return
      }
      unrecorded.removeFirst()
      if unrecorded.isEmpty { note(isRecording: true) }
    }
  }

  private func note(isRecording now: Bool) {
    if isRecording == now || isRecording == nil && now { return }
    isRecording = now
    onRecordingChange(now)
  }
}

/// What comes first: the record, or the end of the patience after the judgement.
private final class Race: Sendable {
  private struct State {
    var settlement: Settlement?
    var isPatienceOver = false
    var recorded: RecordingLedger.Recorded?
    var waiting: CheckedContinuation<RecordingLedger.Recorded, Never>?
  }

  private let state = Mutex(State())

  func judged(_ settlement: Settlement) {
    resume { state in
      state.settlement = settlement
      return state.isPatienceOver
    }
  }

  func patienceIsOver() {
    resume { state in
      state.isPatienceOver = true
      return state.settlement != nil
    }
  }

  func finish(_ recorded: RecordingLedger.Recorded) {
    resume { state in
      state.recorded = state.recorded ?? recorded
      return true
    }
  }

  func winner() async -> RecordingLedger.Recorded {
    await withCheckedContinuation { continuation in
      state.withLock { $0.waiting = continuation }
      resume { $0.recorded != nil || $0.isPatienceOver && $0.settlement != nil }
    }
  }

  /// Lets the waiting one go on, if there is something to tell.
  private func resume(when change: (inout State) -> Bool) {
    let ready = state.withLock {
      state -> (CheckedContinuation<RecordingLedger.Recorded, Never>, RecordingLedger.Recorded)? in
      guard change(&state), let waiting = state.waiting else { return nil }
      let recorded =
        state.recorded ?? state.settlement.map { .init(settlement: $0, isLate: true) }
      guard let recorded else { return nil }
      state.waiting = nil
      return (waiting, recorded)
    }
    ready?.0.resume(returning: ready!.1)
  }
}
