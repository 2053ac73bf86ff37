import Admission
import FoundationEssentials
import GRDB

/// What another door did, ready to be taken over. Who is in there is in, even beyond what is allowed.
struct OthersAdmission: Sendable {
  private let admission: LedgerAdmission
  /// Nil: this store's own, which it has lost.
  private let origin: String?
  private let clock: ClockShift

  /// Seconds: the answer that was judged was asked for no longer before.
  private static let longestLookUp: TimeInterval = 10

  init(_ admission: LedgerAdmission, thisDoor doorID: String, clockOffset ours: TimeInterval?) {
    self.admission = admission.sound
    let isOwn = admission.doorID == doorID
    origin = isOwn ? nil : admission.doorID
    clock =
      isOwn
      ? ClockShift(theirs: 0, ours: 0)
      : ClockShift(theirs: admission.clockOffset, ours: ours)
  }

  // MARK: Which are news

  /// Whether the store lacks it, or another door's in that revision.
  static func isNews(_ admission: LedgerAdmission, in database: Database) throws -> Bool {
    let admission = admission.sound
    guard !admission.doorID.isEmpty else { return false }
    // Of nobody's departure there is nothing to tell, unless it had been somebody's.
    guard let known = try known(admission.id, in: database) else { return admission.moved > 0 }
    guard admission.moved > 0 || admission.passage == .left else { return false }
    let (origin, revision): (String?, Int64) = (known["origin"], known["revision"])
    return origin != nil && revision < admission.revision
  }

  private static func known(_ id: AdmissionID, in database: Database) throws -> Row? {
    try Row.fetchOne(
      database.cachedStatement(
        sql:
          "SELECT id, origin, revision, people, back, gone, undone_at FROM admissions WHERE entry_id = ?"
      ),
      arguments: [id.rawValue])
  }

  /// Takes them over, and corrects this store's own departures by them.
  static func takeOver(_ admissions: [OthersAdmission], in database: Database) throws {
    for admission in admissions { try admission.takeOver(in: database) }
    try Departures.settle(Set(admissions.compactMap(\.key)), in: database)
  }

  private func takeOver(in database: Database) throws {
    guard try Self.isNews(admission, in: database) else { return }
    if let known = try Self.known(admission.id, in: database) {
      try update(known, in: database)
    } else {
      try insert(into: database)
    }
  }

  /// Nil where it counts for no pass.
  private var key: Departures.Key? {
    guard let eventID = admission.eventID, admission.passID != nil || admission.code != nil else {
      return nil
    }
    return Departures.Key(
      eventID: eventID, kind: (admission.kind ?? .pass).rawValue, passID: admission.passID,
      code: admission.code)
  }

  var id: AdmissionID { admission.id }
  var isOwn: Bool { origin == nil }

  /// How many more people are inside at an event once it is taken over; less than 0: fewer.
  func moreInside(eventID: String, in database: Database) throws -> Int {
    guard admission.eventID == eventID else { return 0 }
    let known = try Int.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT people + back - (gone - unseen) FROM admissions
          WHERE entry_id = ? AND undone_at IS NULL
          """),
      arguments: [admission.id.rawValue])
    let inside =
      admission.undoneAt == nil
      ? admission.people + admission.back - (admission.gone - admission.unseen) : 0
    return inside - (known ?? 0)
  }

  /// - Returns: nil where nobody is in by it, on that pass or its code.
  func counted(for pass: PassAtEvent) -> CountedAdmission? {
    guard admission.standing > 0, admission.eventID == pass.eventID else { return nil }
    let isOfPass =
      !pass.id.isEmpty && admission.passID == pass.id && admission.kind ?? .pass == pass.kind
    guard isOfPass || admission.code != nil else { return nil }
    func stamp(_ wall: Double?) -> Stamp? { wall.map { Stamp($0, order: nil) } }
    return CountedAdmission(
      id: admission.id, isOfOtherDoor: origin != nil, at: clock.here(admission.at),
      door: admission.door, passKind: (admission.kind ?? .pass).rawValue,
      people: admission.people, back: admission.back, gone: admission.gone,
      unseen: admission.unseen,
      reported: stamp(reported), reportedPeople: admission.reportedPeople,
      acknowledged: stamp(acknowledged), acknowledgedPeople: admission.acknowledgedPeople,
      countedIn: countedIn, counted: stamp(countedAt), code: isOfPass ? nil : admission.code)
  }

  private var reported: Double? { admission.reportedAt.map(clock.reported) }

  private var acknowledged: Double? {
    reported == nil ? nil : admission.acknowledgedAt.flatMap(clock.acknowledged)
  }

  /// A stored answer says how many had come in at a time that is not on the ledger.
  private var countedIn: Int? {
    admission.isStoredAnswer ? nil : admission.countedIn.map { max(0, $0) }
  }

  /// Before the service was told, also where nobody knows when that was.
  private var countedAt: Double? {
    countedIn.map { _ in
      clock.difference == nil ? -1 : clock.here(admission.at) - Self.longestLookUp
    }
  }

  // MARK: Writing

  private func insert(into database: Database) throws {
    try database.cachedStatement(
      sql: """
        INSERT INTO admissions (
          entry_id, origin, event_id, pass_kind, pass_id, code, pass_type, door, is_stored_answer,
          clock_offset, delivered, kind, allowed, used, pass_allows, people, at, answered_at,
          undone_at, counted_in, counted_at, reported_at, reported_people, acknowledged_at,
          acknowledged_people, revision, back, outside, gone, unseen, most_gone, inside, sequence)
        VALUES (:id, :origin, :event, :pass_kind, :pass, :code, :type, :door, :stored, :offset,
          :delivered, :kind, :allowed, :used, :pass_allows, :people, :at, iif(:kind = 'counted', :at, NULL),
          :undone, :counted_in, :counted_at, :reported, :reported_people, :acknowledged,
          :acknowledged_people, :revision, :back, :back, :gone, :unseen, :most_gone,
          iif(:kind = 'left', :gone, NULL), 1 + coalesce(
            (SELECT max(sequence) FROM admissions WHERE pass_id = :pass AND event_id = :event), 0))
        """
    ).execute(arguments: standing.merging(identity) { $1 }.arguments)
    let number = database.lastInsertedRowID
    let making: JournalRow.Action =
      switch admission.passage {
      case .counted, .left: .scan
      case .byHand: .byHand
      case .counter: .counter
      }
    try journal(making, of: number, in: database)
    if admission.undoneAt != nil { try journal(.undo, of: number, in: database) }
  }

  private func update(_ known: Row, in database: Database) throws {
    let number: Int64 = known["id"]
    try database.cachedStatement(
      sql: """
        UPDATE admissions SET kind = :kind, allowed = :allowed, used = :used,
          pass_allows = :pass_allows, people = :people, at = :at,
          answered_at = iif(:kind = 'counted', :at, NULL), undone_at = :undone,
          counted_in = :counted_in, counted_at = :counted_at,
          reported_at = :reported, reported_people = :reported_people,
          acknowledged_at = :acknowledged, acknowledged_people = :acknowledged_people,
          back = :back, gone = :gone, unseen = :unseen, most_gone = :most_gone,
          revision = :revision, clock_offset = :offset
        WHERE id = :number
        """
    ).execute(arguments: standing.merging(["number": number]) { $1 }.arguments)
    if known["people"] != admission.people || known["back"] != admission.back
      || known["gone"] != admission.gone
    {
      try journal(.people, of: number, in: database)
    }
    if known["undone_at"] == nil, admission.undoneAt != nil {
      try journal(.undo, of: number, in: database)
    }
  }

  /// As it stays.
  private var identity: [String: (any DatabaseValueConvertible)?] {
    [
      "id": admission.id.rawValue, "origin": origin, "event": admission.eventID,
      "pass_kind": (admission.kind ?? .pass).rawValue, "pass": admission.passID,
      "code": admission.code, "type": admission.passType, "door": admission.door,
      "stored": admission.isStoredAnswer,
      "delivered": origin == nil ? admission.revision : nil,
    ]
  }

  /// As it stands.
  private var standing: [String: (any DatabaseValueConvertible)?] {
    [
      "kind": passage.rawValue,
      "allowed": isCounted ? admission.allowed : nil, "used": isCounted ? admission.used : nil,
      "pass_allows": isCounted ? admission.passAllows.map { max(0, $0) } : nil,
      "people": admission.people, "at": clock.here(admission.at),
      "offset": clock.offset(admission.clockOffset),
      "undone": admission.undoneAt.map(clock.here),
      "counted_in": countedIn, "counted_at": countedAt,
      "reported": reported,
      "reported_people": reported.map { _ in max(1, admission.reportedPeople ?? admission.people) },
      "acknowledged": acknowledged,
      "acknowledged_people": acknowledged.map { _ in
        max(1, admission.acknowledgedPeople ?? admission.people)
      },
      "revision": admission.revision, "back": admission.back, "gone": admission.gone,
      "unseen": admission.unseen, "most_gone": admission.mostGone,
    ]
  }

  private var passage: Passage {
    switch admission.passage {
    case .counted: isCounted ? .counted : .byHand
    case .byHand, .left, .counter: admission.passage
    }
  }

  /// What no rules can have counted so is taken for one by hand: its people are in all the same.
  private var isCounted: Bool {
    guard admission.passage == .counted, admission.passID != nil, admission.eventID != nil,
      let allowed = admission.allowed, let used = admission.used, allowed >= 0, used >= 0
    else { return false }
    return admission.people.addingClamped(admission.back)
      <= allowed.subtractingReportingOverflow(used).partialValue
  }

  /// What is lost of one of the two, the journal or the ledger, the other tells. A line of another door
  /// is marked: it is no scan of this one.
  private func journal(
    _ action: JournalRow.Action, of number: Int64, in database: Database
  ) throws {
    let at = action == .undo ? admission.undoneAt ?? admission.at : admission.at
    let isMaking = action == .scan || action == .byHand || action == .counter
    var row = JournalRow(
      action: action, at: Date(timeIntervalSince1970: clock.here(at)), door: admission.door,
      eventID: admission.eventID, code: admission.code,
      passKind: admission.passID == nil ? nil : admission.kind, passType: admission.passType,
      reason: isMaking && admission.passage != .counter ? admission.reason : nil,
      people: admission.people, back: admission.back, gone: admission.gone, admissionID: number,
      entryID: admission.id, origin: origin)
    if isMaking {
      row.source =
        admission.isStoredAnswer ? .cache(fetchedAt: row.at, because: nil) : .live
      row.admission = AdmissionRow(
        id: admission.id, kind: passage, eventID: admission.eventID,
        passKind: admission.kind ?? .pass, passID: admission.passID, code: admission.code,
        passType: admission.passType, allowed: isCounted ? admission.allowed : nil,
        used: isCounted ? admission.used : nil, people: admission.people, at: row.at,
        door: admission.door, answeredAt: isCounted ? row.at : nil,
        isStoredAnswer: admission.isStoredAnswer)
    }
    try row.insert(into: database)
  }
}

extension LedgerAdmission {
  /// As the store's table takes it, whatever another version or somebody else wrote.
  fileprivate var sound: LedgerAdmission {
    var sound = self
    sound.people = max(0, people)
    sound.back = max(0, back)
    sound.gone = max(0, gone)
    sound.mostGone = mostGone.map { max(0, $0) }
    switch passage {
    case .counted, .byHand: sound.gone = 0
    case .left:
      (sound.people, sound.back) = (0, 0)
      (sound.allowed, sound.used, sound.passAllows) = (nil, nil, nil)
    case .counter:
      (sound.kind, sound.passID, sound.code, sound.back) = (nil, nil, nil, 0)
      (sound.people, sound.gone) = gone > 0 ? (0, HandCount.people) : (HandCount.people, 0)
    }
    sound.unseen = passage == .left ? min(max(0, unseen), sound.gone) : 0
    return sound
  }
}

extension [String: (any DatabaseValueConvertible)?] {
  fileprivate var arguments: StatementArguments { StatementArguments(self) }
}
