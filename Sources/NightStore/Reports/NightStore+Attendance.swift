import Admission
import FoundationEssentials
import GRDB

extension NightStore {
  static func attendance(
    eventID: String, rules: Rules, in database: Database
  ) throws -> Attendance {
    let lists = try Row.fetchAll(
      database, sql: "SELECT kind, finished_at, passes FROM preloads WHERE event_id = ?",
      arguments: [eventID])
    guard let listedAt = lists.map({ $0["finished_at"] as Double }).min() else {
      return .neverListed
    }
    if try isPurged(eventID: eventID, in: database) { return .forgotten }
    var count = try GuestCount(eventID: eventID, rules: rules, in: database)
    for list in lists {
      guard let kind = PassKind(rawValue: list["kind"]) else { continue }
      let passes = try count.addPasses(of: kind, from: database)
      // Passes that count for a later event as well outlive this one's purge. A list that changes
      // while it is fetched may name one twice.
      let listed: Int = list["passes"]
      guard passes >= listed - listed / 10 else { return .forgotten }
    }
    return .known(count.guests(listedAt: Date(timeIntervalSince1970: listedAt)))
  }

  /// Whether the codes of an event's scans are forgotten, and its passes with them.
  private static func isPurged(eventID: String, in database: Database) throws -> Bool {
    try Bool.fetchOne(
      database,
      sql: """
        SELECT count(*) > 0 AND count(code) = 0 FROM journal WHERE event_id = ? AND action = 'scan'
        """,
      arguments: [eventID]) ?? false
  }
}

/// Counts people pass by pass, each admission for one pass at most.
private struct GuestCount {
  private struct Admitted {
    var people: Int
    var isTaken = false
  }

  /// An `_id`, or the name of a type, among those of its kind.
  private struct OfKind: Hashable {
    var kind: PassKind
    var name: String?
  }

  private let eventID: String
  private let rules: Rules
  private var admissions: [Admitted] = []
  private var byPass: [OfKind: [Int]] = [:]
  private var byCode: [String: [Int]] = [:]
  private var types: [OfKind: ExpectedGuests.PassType] = [:]
  private var elsewhere = 0
  private var expectedHere = 0

  init(eventID: String, rules: Rules, in database: Database) throws {
    self.eventID = eventID
    self.rules = Self.ofAnyHour(rules)
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT pass_kind, pass_id, code, people FROM admissions WHERE event_id = ? AND undone_at IS NULL
        """,
      arguments: [eventID])
    while let row = try rows.next() {
      let number = admissions.count
      admissions.append(Admitted(people: row["people"]))
      let (passID, code): (String?, String?) = (row["pass_id"], row["code"])
      if let kind = PassKind(rawValue: row["pass_kind"]), let passID, !passID.isEmpty {
        byPass[OfKind(kind: kind, name: passID), default: []].append(number)
      }
      if let code { byCode[Self.folded(code), default: []].append(number) }
    }
  }

  /// What a pass allows is not what may hold at this moment.
  private static func ofAnyHour(_ rules: Rules) -> Rules {
    var rules = rules
    rules.hours = .ignore
    rules.rateWindows = .show
    rules.capacity = .warn
    // Each who came is counted, also where the first one uses the pass up.
    rules.partialEntry = true
    return rules
  }

  /// As `isSameCode` compares: ASCII case is ignored.
  private static func folded(_ code: String) -> String {
    String(decoding: code.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
  }

  /// Passes that the newest complete list lacks, which was asked for after their own answer, are
  /// deleted.
  /// - Returns: how many passes of the kind are stored for the event, those included.
  mutating func addPasses(of kind: PassKind, from database: Database) throws -> Int {
    let mention = String(decoding: try JSONEncoder().encode(eventID), as: UTF8.self)
    let rows = try Row.fetchCursor(
      database,
      sql: """
        WITH newest AS (
          SELECT number, asked_order FROM lists
          WHERE event_id = :event AND kind = :kind AND is_complete = 1
          ORDER BY number DESC LIMIT 1)
        SELECT pass, fetched_at, asked_order, event_id,
          EXISTS (
            SELECT 1 FROM newest WHERE passes.received_order < newest.asked_order
              AND coalesce(passes.listed_in, 0) < newest.number) AS is_deleted
        FROM passes WHERE kind = :kind AND (event_id = :event OR instr(pass, :mention) > 0)
        ORDER BY number
        """,
      arguments: ["event": eventID, "kind": kind.rawValue, "mention": mention])
    var passes = 0
    while let row = try rows.next() {
      let pass = try PassText.decode(row["pass"])
      let isOfEvent: String = row["event_id"]
      guard isOfEvent == eventID || !pass.usages(forEvent: eventID).isEmpty else { continue }
      passes += 1
      if row["is_deleted"] { continue }
      try add(
        pass,
        asked: Stamp(Date(timeIntervalSince1970: row["fetched_at"]), order: row["asked_order"]),
        in: database)
    }
    return passes
  }

  private mutating func add(_ pass: Pass, asked: Stamp, in database: Database) throws {
    let numbers = numbers(of: pass)
    let earlier =
      numbers.isEmpty
      ? EarlierAdmissions()
      : try EarlierAdmissions.fetch(
        of: PassAtEvent(kind: pass.kind, id: pass.id, eventID: eventID, code: pass.code),
        asked: asked, received: asked, in: database)
    let decision = decide(
      Evidence(
        finding: .found(pass, .live), tonight: .chosen(Event(id: eventID)),
        admittedHere: earlier.missing(from: pass.peopleCountedIn(eventID: eventID)),
        now: .distantPast),
      rules: rules)
    guard decision.reason == .valid || decision.reason == .alreadyUsed, let count = decision.count
    else { return }
    var here = 0
    for number in numbers where !admissions[number].isTaken {
      admissions[number].isTaken = true
      here = here.addingClamped(admissions[number].people)
    }
    let came = count.used
    elsewhere = elsewhere.addingClamped(came - min(came, here))
    expectedHere = expectedHere.addingClamped(min(came, here))
    let name = OfKind(kind: pass.kind, name: pass.typeName)
    var type =
      types[name]
      ?? ExpectedGuests.PassType(kind: pass.kind, name: pass.typeName, expected: 0, came: 0)
    type.expected = type.expected.addingClamped(count.allowed)
    type.came = type.came.addingClamped(came)
    types[name] = type
  }

  private func numbers(of pass: Pass) -> Set<Int> {
    let own = pass.id.isEmpty ? [] : byPass[OfKind(kind: pass.kind, name: pass.id)] ?? []
    return Set(own + (byCode[Self.folded(pass.code)] ?? []))
  }

  func guests(listedAt: Date) -> ExpectedGuests {
    let here = admissions.reduce(0) { $0.addingClamped($1.people) }
    return ExpectedGuests(
      listedAt: listedAt,
      passTypes: types.values.sorted {
        ($1.expected, $0.name ?? "\u{10FFFF}", $0.kind.rawValue)
          < ($0.expected, $1.name ?? "\u{10FFFF}", $1.kind.rawValue)
      },
      elsewhere: elsewhere, unexpected: max(0, here - expectedHere))
  }
}
