import Admission
import FoundationEssentials
import GRDB

/// What was recorded of that which an earlier end of a program could not save.
package struct UnsavedNews: Sendable, Equatable {
  package var entries = 0
  /// The names of files that hold lines which cannot be read.
  package var setAside: [String] = []
}

/// What stands in files beside the store, and is being recorded.
struct UnsavedWork {
  private let files: UnsavedFiles
  private var done: [(path: String, entries: Int, isWhole: Bool)] = []

  var isEmpty: Bool { done.isEmpty }

  /// Records all that there is, in the transaction that is open. What is there already stays as it is.
  init(_ store: StoreFiles, in database: Database) throws {
    files = UnsavedFiles(store)
    for path in files.all() {
      guard let contents = files.read(path) else { continue }
      var refused = 0
      for entry in contents.entries where try !Self.record(entry, in: database) { refused += 1 }
      done.append(
        (path, contents.entries.count - refused, contents.unreadable + refused == 0))
    }
  }

  /// Once it is on the disk, the files go.
  func finish() -> UnsavedNews {
    done.reduce(into: UnsavedNews()) { news, file in
      news.entries += file.entries
      if file.isWhole {
        files.delete(file.path)
      } else {
        news.setAside.append(files.setAside(file.path))
      }
    }
  }

  /// - Returns: false where the store does not take it; the others are recorded all the same.
  private static func record(_ entry: UnsavedEntry, in database: Database) throws -> Bool {
    try database.execute(sql: "SAVEPOINT unsaved")
    do {
      switch entry {
      case .admission(let admission): try NightStore.record(admission, in: database)
      case .scan(let record, let reason): try NightStore.recordOnce(record, reason, in: database)
      }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      try database.execute(sql: "ROLLBACK TO unsaved; RELEASE unsaved")
      return false
    }
    try database.execute(sql: "RELEASE unsaved")
    return true
  }
}

/// What stands in files beside the store, for judging by where it cannot be recorded.
struct UnsavedAdmissions: Sendable {
  private let all: [UnsavedAdmission]

  /// Read before the store is: what has been recorded meanwhile is found there.
  init(beside store: StoreFiles) {
    let files = UnsavedFiles(store)
    all = files.all().flatMap { files.read($0)?.entries ?? [] }.compactMap { entry in
      guard case .admission(let admission) = entry else { return nil }
      return admission
    }
  }

  var ids: Set<AdmissionID> { Set(all.compactMap(\.id)) }

  /// Who came in on a pass or its code, and is not in the store; less than 0 people where some of those
  /// in the store were taken back.
  /// - Parameter database: nil where the store cannot be read.
  func earlier(of pass: PassAtEvent, in database: Database?) throws -> EarlierAdmissions {
    let identities = Set(
      [PassIdentity.id(pass.id, of: pass.kind), .code(pass.code)].compactMap { $0 })
    var sum = EarlierAdmissions()
    for admission in all {
      let scan = admission.scan
      guard scan.eventID == pass.eventID, !identities.isDisjoint(with: admission.identities) else {
        continue
      }
      let known = try database.flatMap {
        try NightStore.known(admission.id, or: scan, in: $0)
      }
      if known == nil, case .earlier = admission.making { continue }
      // Somebody else may have taken it back in the store, which stands.
      if let known, known["undone_at"] != nil { continue }
      var change = admission.earlier
      if let known { change.subtract(EarlierAdmissions(inStore: known)) }
      sum = sum.adding(change)
    }
    return sum
  }
}

extension UnsavedAdmission {
  /// What it is called everywhere; nil where only its scan is known.
  var id: AdmissionID? {
    switch making {
    case .counted(let entry, _): entry.id
    case .byHand(let hand): hand.id
    case .counter(let count): count.id
    case .earlier: nil
    }
  }

  /// What it counts for as it is now.
  fileprivate var earlier: EarlierAdmissions {
    var earlier = EarlierAdmissions()
    guard undoneAt == nil else { return earlier }
    let entry = Entry(at: scan.at, door: scan.door)
    switch making {
    case .counted(_, let decision):
      if let departure = decision.departure {
        let unseen =
          departure.people == people ? departure.unseen : departure.correcting(people).unseen
        (earlier.outside, earlier.seenInside) = (people, unseen - people)
        earlier.lastLeft = entry
        return earlier
      }
      let back = min(people, decision.outside)
      (earlier.people, earlier.outside) = (people - back, -back)
    case .byHand(let hand):
      let back = min(people, hand.outside)
      (earlier.people, earlier.outside) = (people - back, -back)
    case .earlier: earlier.people = people
    case .counter: return earlier
    }
    earlier.seenInside = people
    earlier.first = entry
    return earlier
  }

  fileprivate var identities: [PassIdentity] {
    // Whoever has no code counts for none.
    if case .counter = making { return [] }
    let byID: PassIdentity? =
      switch making {
      case .counted(let entry, _): .id(entry.passID, of: entry.kind)
      case .byHand(let hand): hand.passID.flatMap { .id($0, of: hand.kind ?? .pass) }
      case .counter, .earlier: nil
      }
    return [byID, .code(scan.code)].compactMap { $0 }
  }
}

extension EarlierAdmissions {
  fileprivate init(inStore row: Row) {
    self.init(people: row["people"])
    let (back, gone, unseen): (Int, Int, Int) = (row["back"], row["gone"], row["unseen"])
    outside = gone - back
    seenInside = people + back - (gone - unseen)
  }
}

extension NightStore {
  /// The admission that is called so, or else that of a scan, if the store has it.
  static func known(
    _ id: AdmissionID?, or scan: ScanRecord, in database: Database
  ) throws -> Row? {
    if let id,
      let known = try Row.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT id, people, back, gone, unseen, undone_at FROM admissions WHERE entry_id = ?
            """),
        arguments: [id.rawValue])
    {
      return known
    }
    return try Row.fetchOne(
      database,
      sql: """
        SELECT id, people, back, gone, unseen, undone_at FROM admissions
        WHERE code = ? AND event_id IS ? AND at = ? AND door = ? AND origin IS NULL
        ORDER BY id LIMIT 1
        """,
      arguments: [scan.code, scan.eventID, scan.at.timeIntervalSince1970, scan.door])
  }

  /// Records what earlier ends of a program could not save.
  static func recordUnsaved(beside files: StoreFiles, on ledger: DatabaseQueue) throws
    -> UnsavedNews?
  {
    guard !UnsavedFiles(files).all().isEmpty else { return nil }
    return try ledger.inDatabase { database in
      try database.immediately { try UnsavedWork(files, in: $0) }
    }.finish()
  }

  static func record(_ admission: UnsavedAdmission, in database: Database) throws {
    let scan = admission.scan
    let known = try known(admission.id, or: scan, in: database)
    let id: Int64
    if let known {
      id = known["id"]
      if admission.undoneAt == nil, let changedAt = admission.changedAt {
        try setPeople(admission.people, ofAdmission: id, at: changedAt, in: database)
      }
    } else {
      switch admission.making {
      // The store that has it is not this one: nobody is in by it.
      case .earlier: return
      case .byHand(var hand):
        hand.people = admission.people
        id = try admit(byHand: hand, in: database)
      case .counter(let count): id = try Self.count(count, in: database)
      case .counted(let entry, var decision):
        // Whoever came since then is in as well.
        let never = Stamp(-.greatestFiniteMagnitude, order: nil)
        let before = try EarlierAdmissions.fetch(
          of: entry.pass, asked: never, received: never, in: database)
        decision = decision.admitting(admission.people, after: before)
        guard let made = try record(entry, decision, nil, in: database) else { return }
        id = made
      }
      // It comes after what happened later.
      try Departures.settle(ofPassOf: id, in: database)
    }
    if let undoneAt = admission.undoneAt { try undo(admission: id, at: undoneAt, in: database) }
  }

  static func recordOnce(_ record: ScanRecord, _ reason: Reason, in database: Database) throws {
    let row = JournalRow(record, reason: reason)
    let isThere =
      try Bool.fetchOne(
        database,
        sql: """
          SELECT EXISTS (
            SELECT 1 FROM journal
            WHERE event_id IS ? AND at = ? AND code IS ? AND door = ? AND action = ?)
          """,
        arguments: [
          row.eventID, row.at.timeIntervalSince1970, row.code, row.door, row.action.rawValue,
        ]) ?? false
    if !isThere { try row.insert(into: database) }
  }
}
