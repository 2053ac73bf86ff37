package import Admission
import Waiting

/// What an end of the program leaves of scans whose verdict nobody was shown.
package struct UnseenScans: Sendable, Equatable {
  /// Whom they had let in, or out, and who was taken back.
  package var takenBack: [RecordedAdmission]
  /// Admissions that could not be taken back, as they were not recorded in time, or are long gone.
  package var left: Int
  /// The codes of those that had no verdict at all.
  package var undecided: [String]

  package init(
    takenBack: [RecordedAdmission] = [], left: Int = 0, undecided: [String] = []
  ) {
    self.takenBack = takenBack
    self.left = left
    self.undecided = undecided
  }
}

/// A guest whose green nobody saw stays outside, and would be refused at the next try.
extension CheckInService {
  /// Records whom a scan lets in, or out, as long as somebody is there who will be shown it.
  func record(
    _ entry: AdmissionEntry, of queued: Queued, watch: RecordingWatch,
    judge: @escaping @Sendable (EarlierAdmissions) -> Decision
  ) async -> RecordedDecision {
    while let first = unseen.first, audience.hasSeen(first.number) { unseen.removeFirst() }
    unseen.append((queued.number, entry.id))
    isRecording = true
    let recorded = await ledger.admit(entry, watch: watch) { [audience] before in
      let decision = judge(before)
      return audience.isGone && decision.isRecorded ? .unseen : decision
    }
    isRecording = false
    if recorded.admissionID == nil { unseen.removeAll { $0.entryID == entry.id } }
    if audience.isGone { progress.send() }
    return recorded
  }

  /// Begins to take back whom scans let in, or out, whose verdict nobody was shown, once their audience
  /// has left. Whoever comes now is let in no more.
  /// - Parameter patience: for what is just being recorded.
  package func takeBackUnseen(within patience: Duration) async -> UnseenScans {
    audience.leave()
    let end = clock.now + patience
    while isRecording, clock.now < end {
      _ = await progress.next.value(within: end - clock.now, on: clock)
    }
    let unseen = unseen.filter { !audience.hasSeen($0.number) }
    var scans = UnseenScans(undecided: undecided(but: Set(unseen.map(\.number))))
    (scans.takenBack, scans.left) = await ledger.takeBack(
      Set(unseen.map(\.entryID)), at: now().wall)
    // Whoever waits for verdicts need not.
    progress.send()
    return scans
  }
}

extension Decision {
  /// Nobody is let in whom nobody sees let in.
  fileprivate static var unseen: Decision { Decision(reason: .serviceError) }
}
