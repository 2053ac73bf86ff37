package import Admission
import FoundationEssentials

extension RecordingLedger {
  private static let firstPause: Duration = .milliseconds(50)
  private static let longestPause: Duration = .seconds(2)

  /// Writes down what is missing, now and again until nothing is. Nobody need scan for that.
  func catchUp() {
    pause?.cancel()
    guard catchingUp == nil else { return }
    catchingUp = Task {
      var length = Self.firstPause
      while let store, own.firstUnsettled != nil || !unwrittenLines.isEmpty {
        let isDone = await writeWhatIsMissing(to: store)
        for waiting in waitingForTry { waiting.finish() }
        waitingForTry = []
        if isDone { break }
        pause = Task { [length] in try? await Task.sleep(for: length) }
        await pause?.value
        pause = nil
        length = min(length * 2, Self.longestPause)
      }
      catchingUp = nil
    }
  }

  /// The same, and returns once it has been tried or that time is over.
  func catchUp(within patience: Duration) async {
    catchUp()
    let (ends, end) = AsyncStream.makeStream(of: Void.self)
    waitingForTry.append(end)
    let clock = Task {
      try? await Task.sleep(for: patience)
      end.finish()
    }
    for await _ in ends {}
    clock.cancel()
  }

  /// Waits at the end of the program for what is not written yet.
  /// - Returns: how many entries could not be saved: admissions, corrections and scans that let nobody
  ///   in. 0 where there is no store to save them in.
  package func finish(within patience: Duration) async -> Int {
    guard store != nil else { return 0 }
    let end = ContinuousClock.now + patience
    while unsaved > 0, ContinuousClock.now < end {
      await catchUp(within: .milliseconds(50))
    }
    return unsaved
  }

  private var unsaved: Int { own.unsettled.count + unwrittenLines.count + linesBeingWritten.count }

  /// All that the store does not hold as it is. Some of it may still be on its way there.
  package var unsavedEntries: [UnsavedEntry] {
    let lines = linesBeingWritten.sorted { $0.key < $1.key }.map(\.value) + unwrittenLines
    // A file that is lost holds nobody any more, until another one has them.
    let isLost = store.map { !$0.isWhole } ?? false
    return (isLost ? own.newest : own.unsettled).map { .admission($0.unsaved) }
      + lines.map { .scan($0.record, $0.decision.reason) }
  }

  /// - Returns: false where not all of it could be written now.
  private func writeWhatIsMissing(to store: any NightLedger) async -> Bool {
    do {
      while let admission = own.firstUnsettled {
        try await write(admission, to: store)
        changes += 1
        settled(admission.id)
      }
      while let line = unwrittenLines.first {
        try await store.journal(line.record, line.decision)
        unwrittenLines.removeFirst()
      }
    } catch {
      note(isRecording: false)
      return false
    }
    note(isRecording: true)
    return true
  }

  private struct NotRecorded: Error {}

  /// Takes one step towards the store holding an admission as it is. Staff may change it meanwhile.
  private func write(
    _ admission: OwnAdmissions.Admission, to store: any NightLedger
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
    _ admission: OwnAdmissions.Admission, to store: any NightLedger
  ) async throws -> Int64? {
    switch admission.kind {
    // The store has it.
    case .earlier: return nil
    case .byHand(var hand):
      hand.people = admission.people
      return try await store.admit(byHand: hand)
    case .counted(let entry, let decision):
      return try await store.settle(entry) { before in
        decision.admitting(admission.people, after: before)
      }.admissionID
    }
  }
}
