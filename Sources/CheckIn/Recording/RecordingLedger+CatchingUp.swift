package import Admission
import FoundationEssentials
import Waiting

extension RecordingLedger {
  private static let firstPause: Duration = .milliseconds(50)
  private static let longestPause: Duration = .seconds(2)
  /// A mark that goes sooner is only a flicker.
  private static let shortestMark: Duration = .seconds(2)
  /// Somebody else may have taken it back meanwhile.
  private static let pauseBetweenChecks: Duration = .seconds(10)

  /// Scans that let nobody in, kept while nothing can be written. What is more is lost.
  private static let mostLines = 5_000
  /// A transaction with all of them would hold up others.
  private static let mostLinesAtOnce = 100

  /// Writes down a scan that let nobody in, in the order of the scans. Nobody waits for it.
  package func journal(_ record: ScanRecord, _ decision: Decision) {
    guard let store, unwrittenLines.count < Self.mostLines else { return }
    unwrittenLines.append((record, decision))
    // What failed before is tried again by whoever catches up.
    guard !isWritingLines, catchingUp == nil else { return }
    Task {
      do {
        try await writeLines(to: store)
      } catch {
        note(isRecording: false)
        catchUp()
      }
    }
  }

  /// Writes what is missing, now and again until nothing is. Nobody need scan for that.
  func catchUp() {
    pause.fulfil(with: ())
    guard catchingUp == nil, !isClosed else { return }
    catchingUp = Task {
      var length = Self.firstPause
      while let store, own.firstUnsaved != nil || !unwrittenLines.isEmpty && !isWritingLines {
        let isDone = await writeWhatIsMissing(to: store)
        tried.send()
        if isDone { break }
        pause = Promise()
        _ = await pause.value(within: length, on: clock)
        length = min(length * 2, Self.longestPause)
      }
      catchingUp = nil
      tried.send()
    }
  }

  /// The same, and returns once it has been tried or that time is over.
  func catchUp(within patience: Duration) async {
    let tried = tried.next
    catchUp()
    _ = await tried.value(within: patience, on: clock)
  }

  /// Waits while an admission of the same pass is being written that staff have corrected since.
  /// - Returns: false where it still is.
  func waitForCorrected(_ entry: AdmissionEntry, for patience: Duration) async -> Bool {
    let end = clock.now + patience
    while own.hasCorrectedInWriting(of: entry.pass) {
      if clock.now >= end { return false }
      _ = await written.next.value(within: end - clock.now, on: clock)
    }
    return true
  }

  /// Waits until the store holds an admission as it is, or its task is cancelled; and so long that staff can
  /// read that it is late.
  package func untilSaved(_ reference: AdmissionReference) async {
    let begin = clock.now
    while !Task.isCancelled,
      own.newest.contains(where: { $0.isMeant(by: reference) && !$0.isSaved })
    {
      _ = await written.next.value(within: Self.pauseBetweenChecks, on: clock)
    }
    let rest = Self.shortestMark - (clock.now - begin)
    if rest > .zero { await clock.sleep(for: rest) }
  }

  /// Waits at the end of the program for what is not written yet.
  /// - Returns: how many entries could not be saved: admissions, corrections and scans that let nobody
  ///   in. 0 where there is no store to save them in.
  package func finish(within patience: Duration) async -> Int {
    guard store != nil else { return 0 }
    let end = clock.now + patience
    while unsaved > 0, clock.now < end {
      let tried = tried.next
      if own.firstUnsaved != nil || !isWritingLines { catchUp() }
      _ = await tried.value(within: min(.milliseconds(50), end - clock.now), on: clock)
    }
    return unsaved
  }

  private var unsaved: Int { own.unsaved.count + unwrittenLines.count }

  /// All that the store does not hold as it is, for others to record: nothing more is begun to be
  /// written here. What is on its way there is recorded once, whoever comes first.
  package func close() -> [UnsavedEntry] {
    isClosed = true
    return unsavedEntries
  }

  /// All that the store does not hold as it is.
  package var unsavedEntries: [UnsavedEntry] {
    // A file that is lost holds nobody any more, until another one has them.
    let isLost = store.map { !$0.isWhole } ?? false
    return (isLost ? own.newest : own.unsaved).map { .admission($0.unsaved) }
      + unwrittenLines.map { .scan($0.record, $0.decision.reason) }
  }

  /// - Returns: false where not all of it could be written now.
  private func writeWhatIsMissing(to store: any NightLedger) async -> Bool {
    do {
      while !isClosed, let admission = own.firstUnsaved {
        try await write(admission, to: store)
        changes += 1
        releaseIfSaved(admission.id)
        written.send()
      }
      try await writeLines(to: store)
    } catch {
      note(isRecording: false)
      return false
    }
    note(isRecording: true)
    // The other doors should know soon.
    link?.wake.send()
    return true
  }

  /// One at a time, so that they keep their order.
  private func writeLines(to store: any NightLedger) async throws {
    guard !isWritingLines else { return }
    isWritingLines = true
    defer {
      isWritingLines = false
      tried.send()
    }
    while !isClosed, !unwrittenLines.isEmpty {
      let some = Array(unwrittenLines.prefix(Self.mostLinesAtOnce))
      try await store.journal(some)
      unwrittenLines.removeFirst(some.count)
    }
  }

  private struct NotRecorded: Error {}

  /// Takes one step towards the store holding an admission as it is. Staff may change it meanwhile.
  private func write(
    _ admission: AdmissionsOfThisProcess.Admission, to store: any NightLedger
  ) async throws {
    switch admission.state {
    case .beingWritten: break
    case .unwritten:
      guard let storedID = try await Self.add(admission, to: store) else { throw NotRecorded() }
      own.set(.written(storedID, standing: admission.people), of: admission.id)
    case .written(let storedID, let standing):
      guard let undoneAt = admission.undoneAt else {
        let changed = try await store.setPeople(
          admission.people, ofAdmission: storedID, at: admission.changedAt ?? admission.kind.scan.at
        )
        let people = changed?.people ?? standing
        own.set(.written(storedID, standing: people), of: admission.id)
        // Another process was there first.
        if people != admission.people { own.setPeople(people, of: admission.id) }
        return
      }
      let undone = try await store.undo(admission: storedID, at: undoneAt)
      if undone == nil { own.undoneElsewhere(admission.id, at: undoneAt) }
      own.set(.written(storedID, standing: 0), of: admission.id)
    }
  }

  private static func add(
    _ admission: AdmissionsOfThisProcess.Admission, to store: any NightLedger
  ) async throws -> Int64? {
    switch admission.kind {
    // The store has it.
    case .earlier: return nil
    case .byHand(var hand):
      hand.people = admission.people
      return try await store.admit(byHand: hand)
    case .counter(let count): return try await store.count(count)
    case .counted(var entry, let decision):
      entry.mayBeRecorded = true
      return try await store.admit(entry) { before in
        decision.admitting(admission.people, after: before)
      }.admissionID
    }
  }
}
