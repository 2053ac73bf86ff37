package import Admission
package import FoundationEssentials

/// Remembers who was let in here, so that the second friend with the same code is not, and what became
/// of every scan. The night's store is one.
package protocol NightLedger: Sendable {
  /// Whether it reads what other processes write, and nothing was found wrong with that.
  var isWhole: Bool { get }

  /// Whether other processes have gone on in another place, where they may have let in somebody.
  var isReplaced: Bool { get }

  /// Waits until it goes on in another place itself, could not, or so long.
  /// - Returns: `isWhole`.
  func waitUntilWhole(for patience: Duration) async -> Bool

  /// Judges a scan and records whom it admits, in one step: no other scan of the same pass, here or
  /// in another process, is judged in between. What it returns as admitted is kept.
  /// - Parameters:
  ///   - judge: is told who was admitted here before, and says what to admit now. It is called once,
  ///     before the admission is durable; when it throws, nothing is recorded.
  ///   - ended: is called once, on any thread, and returns at once.
  func admit(
    _ entry: AdmissionEntry, judge: @escaping @Sendable (EarlierAdmissions) throws -> Decision,
    ended: @escaping @Sendable (Result<RecordedDecision, any Error>) -> Void)

  /// The same, awaited.
  func admit(
    _ entry: AdmissionEntry, judge: @escaping @Sendable (EarlierAdmissions) throws -> Decision
  ) async throws -> RecordedDecision

  /// Who was admitted here before, for going on where nothing can be recorded.
  /// - Parameter onLedger: what the ledger holds of the pass that several doors share: what the store
  ///   lacks of it counts, too.
  func earlierAdmissions(
    of pass: PassAtEvent, answeredAt: Date, answered: AnswerMoment?, onLedger: [LedgerAdmission]
  ) async throws -> EarlierAdmissions

  /// The pass that somebody came in on by a code, the last time; nil where none is known.
  func passAdmitted(on code: String, eventID: String) async throws -> PassAtEvent?

  /// Writes down scans that let nobody in, in their order.
  func journal(_ scans: [JournalLine]) async throws

  /// How many came to an event, and how many are inside.
  /// - Parameter news: what other doors did; as far as the store lacks it, it counts inside, too.
  func crowd(eventID: String, with news: [LedgerAdmission]) async throws -> Crowd

  /// The same, and how many of them came since each of some moments, all in one look.
  func crowd(
    eventID: String, sinceEach moments: [Date]
  ) async throws -> (crowd: Crowd, cameSince: [Int])

  // MARK: Corrections. Every one is a line of its own, nothing is deleted.

  /// Takes an admission back.
  /// - Returns: what was taken back; nil where there is no such admission, or not any more.
  func undo(admission id: Int64, at now: Date) async throws -> RecordedAdmission?

  /// The newest admission of a door in a span of time that has not been taken back.
  func newestAdmission(door: String, during span: Range<Date>) async throws -> RecordedAdmission?

  /// An admission that has not been taken back, and whether nobody came in on the same pass after it.
  func standingAdmission(_ id: Int64) async throws
    -> (admission: RecordedAdmission, isNewestOfItsPass: Bool)?

  /// Sets how many people came in on an admission.
  /// - Returns: the admission as it is now; nil where it cannot be changed so.
  func setPeople(_ people: Int, ofAdmission id: Int64, at now: Date) async throws
    -> RecordedAdmission?

  /// Records somebody whom the rules did not let in.
  /// - Returns: the admission's number.
  func admit(byHand admission: HandAdmission) async throws -> Int64

  /// Records somebody without a code whom staff counted in or out.
  /// - Returns: the number that it can be taken back by.
  func count(_ hand: HandCount) async throws -> Int64
}

/// A scan that let nobody in.
package typealias JournalLine = (record: ScanRecord, decision: Decision)
