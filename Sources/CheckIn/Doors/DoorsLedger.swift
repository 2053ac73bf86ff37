package import Admission
package import FoundationEssentials

/// Why the shared ledger could not do what it was asked for. All but `busy` leave the door alone.
package enum LedgerError: Error, Sendable, Equatable {
  /// Another door is about to admit the same pass, and has not ended in time.
  case busy
  /// It could not be reached, or its answer did not come in time. Says which, without secrets.
  case unreachable(String)
  /// It answered that it cannot: no rights, read-only, disk full. Says what, without secrets.
  case refused(String)
  /// `doorcheck ledger init` has not been run there, or was run by another version.
  case notCurrent(String)
}

/// The ledger that several doors share, in which each admission is recorded once.
///
/// Nothing here waits for longer than it is told to; after an error, what was asked for may have been
/// done all the same, and may be asked for again.
package protocol DoorsLedger: Sendable {
  // MARK: A scan

  /// Keeps a pass and its code from the other doors until the hold is ended, and reads who came in
  /// on either.
  /// - Parameter place: nil, or where this door has read the other doors' changes to. Then everybody
  ///   who asks so for the event waits for each other, and the changes since are read, too.
  func hold(
    _ pass: PassAtEvent, countingAllSince place: PlaceInChanges?, within patience: Duration
  ) async throws(LedgerError) -> any PassHold

  /// Marks an admission as shown, although the box's own store does not hold it yet.
  func confirm(_ id: AdmissionID, within patience: Duration) async throws(LedgerError)

  // MARK: Keeping in step

  /// Asks whether the ledger answers and is current, on a fresh connection where there is none.
  /// - Returns: which ledger it is: another one has another identity.
  func probe(within patience: Duration) async throws(LedgerError) -> LedgerIdentity

  /// Which tables the ledger reads: others after somebody has put a backup in their place.
  func tables() async throws(LedgerError) -> String

  /// What has become of the other doors' admissions.
  /// - Parameters:
  ///   - cursor: where the last changes ended; nil: from the beginning.
  ///   - doorID: this door's, whose own are left out.
  func changes(
    after cursor: String?, besides doorID: String
  ) async throws(LedgerError) -> LedgerChanges

  /// What the ledger holds of this door's own since a moment, by its ledger's clock.
  func admissions(of doorID: String, since: Date) async throws(LedgerError) -> [LedgerAdmission]

  /// Which of those the ledger holds this door has shown for certain: it said so, although its store did
  /// not hold them yet, or it has been seen since.
  func confirmed(of doorID: String, since: Date) async throws(LedgerError) -> Set<AdmissionID>

  /// Records a door's own admissions as they stand, in their order, all or none. What is there with the
  /// same revision or a higher one stays.
  func deliver(_ admissions: [LedgerAdmission]) async throws(LedgerError)

  /// Takes back own admissions that nobody was shown.
  func takeBack(_ ids: [AdmissionID], of doorID: String, at now: Date) async throws(LedgerError)

  /// The number of the last line that the ledger has of a door's journal; 0 where it has none.
  func lastLine(of doorID: String) async throws(LedgerError) -> Int64

  /// Adds lines to the ledger's journal, all or none; each once, by its number.
  func deliver(_ lines: [LedgerLine], of doorID: String) async throws(LedgerError)

  /// Says that this door is here, and how it is.
  /// - Returns: the seconds by which the box's clock is ahead of the ledger's.
  func beat(_ door: DoorBeat) async throws(LedgerError) -> TimeInterval

  /// The doors of the last 24 hours, this one first, the others by name; people and scans are those
  /// for the event of each.
  func doors(thisDoor doorID: String?) async throws(LedgerError) -> [DoorOnLedger]

  /// Deletes what is older than so many days by the ledger's clock, but nothing of that event.
  func deleteOld(days: Int, but eventID: String?) async throws(LedgerError)

  /// Closes the connections.
  func close() async
}

extension DoorsLedger {
  /// The same for the pass alone.
  package func hold(
    _ pass: PassAtEvent, within patience: Duration
  ) async throws(LedgerError) -> any PassHold {
    try await hold(pass, countingAllSince: nil, within: patience)
  }
}

/// How far a door has read what the others did.
package struct PlaceInChanges: Sendable, Equatable {
  /// The door, whose own changes are left out.
  package var doorID: String
  /// Where the changes end that it has.
  package var cursor: String

  package init(doorID: String, cursor: String) {
    self.doorID = doorID
    self.cursor = cursor
  }
}

/// A pass that no other door on the ledger can admit meanwhile. It is ended by `record` or `release`,
/// once; what comes after the first of them does nothing.
package protocol PassHold: Sendable {
  /// What the ledger holds of admissions on the pass, or on its code, at the event; also of this door.
  var admissions: [LedgerAdmission] { get }

  /// What the other doors did at any event since the place that was asked for; empty without one.
  var news: [LedgerAdmission] { get }

  /// Begins to record an admission and to let go of the pass; returns at once, on any thread.
  func record(_ admission: LedgerAdmission)

  /// Lets go of the pass; returns at once, on any thread.
  func release()

  /// Waits for the end of `record`.
  /// - Returns: whether the ledger has it for certain; false also where nothing was recorded.
  func isRecorded(within patience: Duration) async -> Bool
}

/// Which ledger it is, and as which version it was set up.
package struct LedgerIdentity: Sendable, Equatable {
  package var id: String
  package var version: Int

  package init(id: String, version: Int) {
    self.id = id
    self.version = version
  }
}

/// Changes, and where they end.
package struct LedgerChanges: Sendable, Equatable {
  package var admissions: [LedgerAdmission]
  /// To be asked for next.
  package var cursor: String
  /// There is more to be had at once.
  package var hasMore: Bool

  package init(admissions: [LedgerAdmission], cursor: String, hasMore: Bool) {
    self.admissions = admissions
    self.cursor = cursor
    self.hasMore = hasMore
  }
}

/// What a door says of itself.
package struct DoorBeat: Sendable, Equatable {
  package var id: String
  package var name: String
  package var eventID: String?
  /// The rules that decide, as one text: doors with the same event should have the same.
  package var rules: String
  /// Which way people go through it.
  package var direction: DoorDirection
  /// It has not delivered all yet.
  package var isAlone: Bool
  /// Somebody ends it now.
  package var isEnding: Bool
  package var version: String

  package init(
    id: String, name: String, eventID: String?, rules: String,
    direction: DoorDirection = .in, isAlone: Bool, isEnding: Bool = false, version: String
  ) {
    self.id = id
    self.name = name
    self.eventID = eventID
    self.rules = rules
    self.direction = direction
    self.isAlone = isAlone
    self.isEnding = isEnding
    self.version = version
  }
}
