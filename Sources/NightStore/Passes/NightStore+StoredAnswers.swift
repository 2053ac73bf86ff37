package import Admission
import FoundationEssentials
import GRDB

extension NightStore {
  /// The answer about a code that counts: of the first of the kinds, in their order, that holds it and
  /// of which no later answer or list lacks it. Nil where nothing is stored, and where passes of a kind
  /// that differ in case alone leave open which one is meant.
  /// - Parameters:
  ///   - eventID: tonight's event, whose newest complete list of the kind is asked; nil: none is.
  ///   - kinds: that the door takes; what is stored of another one is no answer. That there is no such
  ///     code is one where all of these were asked.
  ///   - told: is called once, on any thread.
  package func storedAnswer(
    code: String, eventID: String?, kinds: [PassKind],
    told: @escaping @Sendable (StoredAnswer?) -> Void
  ) {
    look {
      try Self.storedAnswer(code: code, eventID: eventID, kinds: kinds, in: $0)
    } told: {
      told(try? $0.get())
    }
  }

  /// The same, awaited.
  package func storedAnswer(
    code: String, eventID: String? = nil, kinds: [PassKind] = [.pass]
  ) async throws(StoreError) -> StoredAnswer? {
    try await look {
      try Self.storedAnswer(code: code, eventID: eventID, kinds: kinds, in: $0)
    }
  }

  private static func storedAnswer(
    code: String, eventID: String?, kinds: [PassKind], in database: Database
  ) throws -> StoredAnswer? {
    let rows = try storedRows(code: code, kinds: kinds, in: database)
    // Unknown by its own spelling, a pass is gone for every other one, too.
    let others = rows.map(\.pass.code).filter { !$0.utf8.elementsEqual(code.utf8) }
    let denials = try Denial.newest(of: [code] + others, kinds: kinds, in: database)
    func isDenied(_ row: StoredRow) -> Bool { denials[row.kind]?.isNewer(than: row) ?? false }
    for row in rows where !isDenied(row) {
      if let eventID, try isLeftOut(row, ofTonight: eventID, in: database) { continue }
      return .found(
        StoredPass(
          pass: row.pass, fetchedAt: row.fetchedAt,
          asked: row.askedOrder.map(AnswerMoment.stored)))
    }
    // As old as the oldest of them.
    guard denials.count == kinds.count, rows.allSatisfy(isDenied),
      let fetchedAt = denials.values.map(\.fetchedAt).min()
    else { return nil }
    return .unknown(fetchedAt: fetchedAt)
  }

  /// Found in an index alone.
  static func kindsStored(among kinds: [PassKind]) -> String {
    "SELECT code, kind FROM passes WHERE code = ? AND kind IN \(kinds.sqlList) LIMIT \(mostOfACode)"
  }

  /// The first of the kinds of which the code is stored, whatever the service said since. One look into
  /// an index: it is asked before every request.
  package func storedKind(
    of code: String, among kinds: [PassKind]
  ) async throws(StoreError) -> PassKind? {
    try await look { database in
      var spellings: [PassKind: [String]] = [:]
      let rows = try Row.fetchCursor(
        database.cachedStatement(sql: Self.kindsStored(among: kinds)), arguments: [code])
      while let row = try rows.next() {
        guard let kind = PassKind(rawValue: row["kind"]) else { continue }
        spellings[kind, default: []].append(row["code"])
      }
      return kinds.first { kind in
        Self.spelling(of: code, among: spellings[kind] ?? []) != nil
      }
    }
  }

  /// The stored pass with a code, whatever else is stored about the code.
  package func storedPass(
    code: String, kinds: [PassKind] = [.pass]
  ) async throws(StoreError) -> StoredPass? {
    try await read { database in
      try Self.storedRows(code: code, kinds: kinds, in: database).first.map {
        StoredPass(pass: $0.pass, fetchedAt: $0.fetchedAt)
      }
    }
  }

  /// A service may give one code to any number of passes.
  private static let mostOfACode = 20

  /// Which of the stored spellings of a code is meant: its own, or the only one.
  private static func spelling(of code: String, among spellings: [String]) -> String? {
    let same = spellings.filter { isSameCode($0, code) }
    if let exact = same.first(where: { $0.utf8.elementsEqual(code.utf8) }) { return exact }
    guard let first = same.first, same.allSatisfy({ $0.utf8.elementsEqual(first.utf8) }) else {
      return nil
    }
    return first
  }

  /// A stored pass, and what is known of its answer.
  struct StoredRow {
    var kind: PassKind
    var pass: Pass
    var fetchedAt: Date
    var order: Double
    /// When it was asked for; nil where that is not known.
    var askedOrder: Double?
    /// The newest list that held it, 0 where none did.
    var listedIn: Int64

    fileprivate init(_ row: Row, kind: PassKind) throws {
      self.kind = kind
      pass = try PassText.decode(row["pass"])
      fetchedAt = Date(timeIntervalSince1970: row["fetched_at"])
      order = row["received_order"]
      askedOrder = row["asked_order"]
      listedIn = row["listed_in"] ?? 0
    }
  }

  /// What is stored of a code: of each of the kinds one at most, in their order.
  private static func storedRows(
    code: String, kinds: [PassKind], in database: Database
  ) throws -> [StoredRow] {
    try kinds.compactMap { kind in
      let candidates = try Row.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT code, pass, fetched_at, received_order, asked_order, listed_in FROM passes
            WHERE code = ? AND kind = ?
            ORDER BY received_order DESC, fetched_at DESC LIMIT \(mostOfACode)
            """),
        arguments: [code, kind.rawValue])
      guard let meant = spelling(of: code, among: candidates.map { $0["code"] }) else { return nil }
      return try candidates.first { ($0["code"] as String).utf8.elementsEqual(meant.utf8) }
        .map { try StoredRow($0, kind: kind) }
    }
  }
}

/// That the service knew no such code of a kind.
private struct Denial {
  var fetchedAt: Date
  var order: Double

  /// The newest of each kind of which there is one.
  static func newest(
    of spellings: [String], kinds: [PassKind], in database: Database
  ) throws -> [PassKind: Denial] {
    var newest: [PassKind: Denial] = [:]
    for spelling in spellings {
      let rows = try Row.fetchCursor(
        database.cachedStatement(
          sql: "SELECT kind, fetched_at, received_order FROM unknown_codes WHERE code = ?"),
        arguments: [spelling])
      while let row = try rows.next() {
        guard let kind = PassKind(rawValue: row["kind"]), kinds.contains(kind) else { continue }
        let denial = Denial(
          fetchedAt: Date(timeIntervalSince1970: row["fetched_at"]), order: row["received_order"])
        if let other = newest[kind], other.place >= denial.place { continue }
        newest[kind] = denial
      }
    }
    return newest
  }

  private var place: (Double, Date) { (order, fetchedAt) }

  /// Whether it was received after a stored pass of its kind.
  func isNewer(than row: NightStore.StoredRow) -> Bool { place > (row.order, row.fetchedAt) }
}
