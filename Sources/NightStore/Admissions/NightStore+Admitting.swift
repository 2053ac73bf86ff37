package import Admission
package import FoundationEssentials
import GRDB

extension NightStore {
  /// Judges a scan and records whom it admits, in one transaction that no other door's comes in
  /// between. What it returns as admitted is on the disk.
  ///
  /// `judge` is called once, before the commit; a caller that cannot wait for a slow disk learns the
  /// verdict there. When it or this throws, nothing was recorded.
  /// - Parameters:
  ///   - judge: is told who was admitted here before, and says what to admit now. Whom it does not
  ///     admit the caller journals later, because somebody waits for the verdict.
  ///   - ended: is called once, on the ledger's queue.
  package func admit(
    _ entry: AdmissionEntry, judge: @escaping @Sendable (EarlierAdmissions) throws -> Decision,
    ended: @escaping @Sendable (Result<RecordedDecision, any Error>) -> Void
  ) {
    let connections = connections
    connections.ledger.asyncWriteWithoutTransaction { [self] database in
      do {
        let (recorded, unsaved) = try admit(entry, judge: judge, connections, database)
        // Whoever learns the verdict may ask for the news.
        if let unsaved { note(unsaved) }
        ended(.success(recorded))
        // What nobody waits for.
        if recorded.admissionID != nil || unsaved != nil || !entry.onLedger.isEmpty
          || !entry.news.isEmpty
        {
          connections.keepCopyUp()
        }
      } catch {
        let error = StoreError(error)
        note(error, in: connections)
        ended(.failure(error))
      }
    }
  }

  /// The same, awaited.
  package func admit(
    _ entry: AdmissionEntry, judge: @escaping @Sendable (EarlierAdmissions) throws -> Decision
  ) async throws(StoreError) -> RecordedDecision {
    let result = await withCheckedContinuation { continuation in
      admit(entry, judge: judge) { continuation.resume(returning: $0) }
    }
    return try result.mapError { StoreError($0) }.get()
  }

  private func admit(
    _ entry: AdmissionEntry, judge: (EarlierAdmissions) throws -> Decision,
    _ connections: StoreConnections, _ database: Database
  ) throws -> (RecordedDecision, UnsavedNews?) {
    try database.beginAlone()
    do {
      try files.requireInPlace(connections.identity)
      // Whom a process let in that has ended since is in.
      let unsaved = try UnsavedWork(files, in: database)
      let lost = try Self.takeOver(
        entry.onLedger.filter { $0.id != entry.id }, thisDoor: connections.doorID, in: database)
      _ = try Self.takeOver(entry.news, thisDoor: connections.doorID, in: database)
      let standing = try entry.pass.numbersStanding(in: database)
      try connections.tonight?.requireFound(entry.pass, among: standing, in: database)
      if entry.mayBeRecorded,
        let known = try Self.known(entry.id, or: entry.scan, in: database)
      {
        let before = EarlierAdmissions()
        let decision = try judge(before)
        try database.commitAlone()
        return (
          RecordedDecision(decision: decision, before: before, admissionID: known["id"]),
          unsaved.isEmpty ? nil : unsaved.finish()
        )
      }
      let answeredOrder = try entry.answered.map { try AnswerOrder.of($0, in: database) }
      var before = try EarlierAdmissions.fetch(
        of: entry.pass, asked: Stamp(entry.answeredAt, order: answeredOrder),
        received: Stamp(
          entry.receivedBy,
          order: try answeredOrder.map {
            // A live answer came before the judgement.
            entry.scan.isStoredAnswer
              ? $0 : try AnswerOrder.of(uptime: AnswerOrder.uptime(), in: database)
          }),
        onLedger: lost, standing: standing, in: database)
      if entry.places != nil {
        before.everybodyInside = try Self.crowd(eventID: entry.eventID, in: database).inside
      }
      let decision = try judge(before)
      let id = try Self.record(entry, decision, answeredOrder, in: database)
      // Without an admission nothing was written, and the end costs nothing.
      try database.commitAlone()
      return (
        RecordedDecision(decision: decision, before: before, admissionID: id),
        unsaved.isEmpty ? nil : unsaved.finish()
      )
    } catch {
      database.rollBackIfNeeded()
      throw error
    }
  }

  /// Who was admitted here before, without judging anything: what to go on from where the store can
  /// be read but not written.
  /// - Parameter onLedger: what the shared ledger holds of the pass's admissions; those that the store
  ///   lacks are counted, too.
  package func earlierAdmissions(
    of pass: PassAtEvent, answeredAt: Date, answered: AnswerMoment? = nil,
    onLedger: [LedgerAdmission] = []
  ) async throws(StoreError) -> EarlierAdmissions {
    let (tonight, doorID) = (tonight, doorID)
    let check: @Sendable (Database) throws -> Void = {
      try tonight?.requireFound(pass, among: pass.numbersStanding(in: $0), in: $0)
    }
    let unsaved = UnsavedAdmissions(beside: files)
    return try await readOfTonight(checking: check) { database in
      let asked = Stamp(
        answeredAt, order: try answered.map { try AnswerOrder.read($0, in: database) })
      let kept = unsaved.ids
      return try EarlierAdmissions.fetch(
        of: pass, asked: asked, received: asked,
        onLedger: Self.news(
          of: onLedger.filter { !kept.contains($0.id) }, thisDoor: doorID, in: database),
        in: database
      ).adding(unsaved.earlier(of: pass, in: database))
    }
  }

  /// The pass that somebody came in on by a code, the last time; nil where none is known.
  package func passAdmitted(
    on code: String, eventID: String
  ) async throws(StoreError) -> PassAtEvent? {
    try await readOfTonight { database in
      try Row.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT pass_kind, pass_id, code FROM admissions
            WHERE code = ? AND event_id = ? AND undone_at IS NULL AND people + back > 0
              AND pass_id <> ''
            ORDER BY id DESC
            """),
        arguments: [code, eventID]
      ).lazy.compactMap { row in
        guard let kind = PassKind(rawValue: row["pass_kind"]), isSameCode(row["code"], code) else {
          return nil
        }
        return PassAtEvent(kind: kind, id: row["pass_id"], eventID: eventID, code: code)
      }.first
    }
  }

  /// Lets in by hand. Counts for the pass, and may exceed what it allows.
  /// - Returns: the admission's number.
  @discardableResult
  package func admit(byHand hand: HandAdmission) async throws(StoreError) -> Int64 {
    try await write(on: ledger) { database in
      // It may have been kept by an end, and recorded by somebody else since.
      let known = try Self.known(hand.id, or: hand.scan, in: database)
      if let known, known["undone_at"] == nil {
        return known["id"]
      }
      return try Self.admit(byHand: hand, in: database)
    }
  }

  /// Records somebody without a code whom staff counted in or out.
  package func count(_ hand: HandCount) async throws(StoreError) -> Int64 {
    try await write(on: ledger) { try Self.count(hand, in: $0) }
  }

  /// The number of the one that is there already, where it was kept by an end and recorded since.
  static func count(_ hand: HandCount, in database: Database) throws -> Int64 {
    let known = try Int64.fetchOne(
      database.cachedStatement(sql: "SELECT id FROM admissions WHERE entry_id = ?"),
      arguments: [hand.id.rawValue])
    if let known { return known }
    let scan = hand.scan
    var row = AdmissionRow(
      id: hand.id, kind: .counter, eventID: scan.eventID, passKind: .pass, people: 0, at: scan.at,
      door: scan.door, isStoredAnswer: false)
    switch hand.direction {
    case .in: row.people = HandCount.people
    case .out: row.departure = Departure(people: HandCount.people, inside: HandCount.people)
    }
    let id = try row.insert(into: database)
    var line = JournalRow(
      action: .counter, at: scan.at, door: scan.door, eventID: scan.eventID, people: row.people,
      admissionID: id, admission: row)
    line.gone = row.departure?.people ?? 0
    try line.insert(into: database)
    return id
  }

  /// How many came to an event, and how many are inside. Read from an index alone: each verdict asks.
  /// - Parameter news: what other doors did, which counts inside, too, as far as the store lacks it.
  package func crowd(
    eventID: String, with news: [LedgerAdmission] = []
  ) async throws(StoreError) -> Crowd {
    let doorID = doorID
    return try await readOfTonight { database in
      var crowd = try Self.crowd(eventID: eventID, in: database)
      for news in try Self.news(of: news, thisDoor: doorID, in: database) {
        crowd.inside += try news.moreInside(eventID: eventID, in: database)
      }
      return crowd
    }
  }

  /// The same, and how many of them came since each of some moments, all in one look.
  package func crowd(
    eventID: String, sinceEach moments: [Date]
  ) async throws(StoreError) -> (crowd: Crowd, cameSince: [Int]) {
    try await readOfTonight { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT CAST(total(people) AS INTEGER) FROM admissions
          WHERE event_id = ? AND undone_at IS NULL AND at >= ?
          """)
      let cameSince = try moments.map {
        try Int.fetchOne(statement, arguments: [eventID, $0.timeIntervalSince1970]) ?? 0
      }
      return (try Self.crowd(eventID: eventID, in: database), cameSince)
    }
  }

  private static func crowd(eventID: String, in database: Database) throws -> Crowd {
    try Row.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT CAST(total(people) AS INTEGER) AS admitted,
            CAST(total(people + back - (gone - unseen)) AS INTEGER) AS inside,
            coalesce(max(gone), 0) > 0 AS has_leavers
          FROM admissions WHERE event_id = ? AND undone_at IS NULL
          """),
      arguments: [eventID]
    ).map {
      Crowd(admitted: $0["admitted"], inside: $0["inside"], hasLeavers: $0["has_leavers"])
    } ?? Crowd()
  }

  static func admit(byHand hand: HandAdmission, in database: Database) throws -> Int64 {
    let people = min(max(1, hand.people), HandAdmission.mostPeople)
    let outside = max(0, hand.outside)
    let back = min(people, outside)
    let scan = hand.scan
    let admission = AdmissionRow(
      id: hand.id, kind: .byHand, eventID: scan.eventID, passKind: hand.kind ?? .pass,
      passID: hand.passID,
      code: scan.code, passType: scan.passType, people: people - back, back: back,
      outside: outside, at: scan.at, door: scan.door, isStoredAnswer: scan.isStoredAnswer)
    let id = try admission.insert(into: database)
    var row = JournalRow(
      scan, reason: hand.reason, people: people - back, admissionID: id, admission: admission)
    row.action = .byHand
    try row.insert(into: database)
    return id
  }

  /// The admission's number; nil where there is none to record.
  static func record(
    _ entry: AdmissionEntry, _ decision: Decision, _ answeredOrder: Double?,
    in database: Database
  ) throws -> Int64? {
    if entry.isDryRun { return nil }
    if let departure = decision.departure {
      return try record(entry, departure, decision.reason, in: database)
    }
    guard let count = decision.count, count.admitted > 0 else { return nil }
    let scan = entry.scan
    let arrivals = count.admitted - decision.back
    let admission = AdmissionRow(
      id: entry.id, kind: .counted, eventID: entry.eventID, passKind: entry.kind,
      passID: entry.passID,
      code: scan.code, passType: scan.passType,
      allowed: count.allowed, used: count.used, passAllows: decision.passAllows,
      people: arrivals, back: decision.back, outside: decision.outside, at: scan.at,
      door: scan.door, answeredAt: entry.answeredAt,
      answeredOrder: answeredOrder,
      countedIn: entry.countedIn.map { max(0, $0) },
      isStoredAnswer: scan.isStoredAnswer, clockOffset: entry.clockOffset)
    let id = try admission.insert(into: database)
    try JournalRow(
      scan, reason: decision.reason, people: arrivals, admissionID: id, admission: admission
    ).insert(into: database)
    if let report = entry.report, arrivals == 0 {
      // Whoever comes back was reported when they came; staff may yet say that others came with them.
      try database.cachedStatement(
        sql: """
          INSERT INTO outbox (admission_id, option_id, state) VALUES (?, ?, 'withdrawn')
          """
      ).execute(arguments: [id, report.optionID])
    } else if let report = entry.report, entry.passID.isEmpty, entry.kind.isReportedByID {
      // A report names its pass; staff are told.
      try database.cachedStatement(
        sql: """
          INSERT INTO outbox (admission_id, option_id, state, refusal)
          VALUES (?, ?, 'refused', 'the pass has no id')
          """
      ).execute(arguments: [id, report.optionID])
    } else if let report = entry.report,
      try !ReportedOnce.isTold(entry.pass, besides: id, in: database)
    {
      try database.cachedStatement(
        sql: """
          INSERT INTO outbox (admission_id, option_id, state, next_try_at)
          VALUES (?, ?, 'waiting', ?)
          """
      ).execute(arguments: [id, report.optionID, report.earliest.timeIntervalSince1970])
    }
    return id
  }

  /// - Returns: nil where nobody left; the caller journals that.
  private static func record(
    _ entry: AdmissionEntry, _ departure: Departure, _ reason: Reason, in database: Database
  ) throws -> Int64? {
    guard departure.people > 0 || entry.keepsUnmet && !entry.eventID.isEmpty else { return nil }
    let scan = entry.scan
    let row = AdmissionRow(
      id: entry.id, kind: .left, eventID: entry.eventID, passKind: entry.kind,
      passID: entry.passOfRecord, code: scan.code, passType: scan.passType, people: 0,
      departure: departure, at: scan.at, door: scan.door,
      countedIn: entry.countedIn.map { max(0, $0) }, isStoredAnswer: scan.isStoredAnswer,
      clockOffset: entry.clockOffset)
    let id = try row.insert(into: database)
    guard departure.people > 0 else { return nil }
    try JournalRow(scan, reason: reason, admissionID: id, admission: row).insert(into: database)
    return id
  }
}

extension AdmissionEntry {
  /// A live answer came before the judgement; of a stored one it is not known when it did.
  fileprivate var receivedBy: Date { scan.isStoredAnswer ? answeredAt : scan.at }
}
