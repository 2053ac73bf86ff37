import Foundation
import GRDB

/// What a store holds, read by plain SQL and without the program's own code.
struct StoreContents: Sendable {
  struct Admission: Sendable {
    var id: Int64
    var passID: String
    var people: Int
    var isUndone: Bool
  }

  struct JournalLine: Sendable {
    var id: Int64
    var at: Double
    var code: String
    /// As `scan` prints it: a repeat is `repeat_scan`.
    var reason: String
  }

  private(set) var admissions: [Admission] = []
  private(set) var journal: [JournalLine] = []
  /// What cannot be true of a whole store, in words.
  private(set) var problems: [String] = []

  /// No store.
  init() {}

  /// - Parameter folder: of the store.
  init(folder: String) throws {
    let database = try DatabaseQueue(path: folder + "/doorcheck.sqlite")
    self = try database.read { try StoreContents($0) }
    try database.close()
  }

  /// Looks at a copy, as the program might find the files.
  init(copyOf folder: String) throws {
    let copy = BuiltProgram.newFolder()
    try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: copy) }
    // Without the shared index, which SQLite makes anew from the log.
    for name in ["doorcheck.sqlite", "doorcheck.sqlite-wal"] {
      if FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
        try FileManager.default.copyItem(atPath: "\(folder)/\(name)", toPath: "\(copy)/\(name)")
      }
    }
    try self.init(folder: copy)
  }

  private init(_ database: Database) throws {
    admissions = try Row.fetchAll(
      database, sql: "SELECT id, pass_id, people, undone_at IS NOT NULL AS undone FROM admissions"
    ).map {
      Admission(id: $0["id"], passID: $0["pass_id"], people: $0["people"], isUndone: $0["undone"])
    }
    journal = try Row.fetchAll(
      database, sql: "SELECT id, at, action, code, reason FROM journal ORDER BY id"
    ).map {
      JournalLine(
        id: $0["id"], at: $0["at"], code: $0["code"] ?? "",
        reason: $0["action"] == "repeat" ? "repeat_scan" : $0["reason"] ?? "")
    }
    problems = try Self.questions.flatMap { name, question in
      try Row.fetchAll(database, sql: question).map { "\(name): \($0.description)" }
    }
  }

  /// Each finds what is wrong; of a whole store, none finds anything.
  private static let questions: [(name: String, sql: String)] = [
    ("integrity", "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'"),
    ("foreign keys", "SELECT * FROM pragma_foreign_key_check"),
    (
      "more people than the pass allows",
      """
      SELECT pass_id, sum(people), max(allowed) FROM admissions
      WHERE kind = 'counted' AND undone_at IS NULL
      GROUP BY pass_id, event_id HAVING sum(people) > max(allowed)
      """
    ),
    (
      "an admission without its one line in the journal",
      """
      SELECT a.id, a.pass_id FROM admissions AS a LEFT JOIN journal AS j
      ON j.admission_id = a.id AND j.action IN ('scan', 'by_hand')
      GROUP BY a.id HAVING count(j.id) <> 1
      """
    ),
    (
      "a line that does not say what its admission does",
      """
      SELECT j.id, j.code, a.pass_id FROM journal AS j JOIN admissions AS a ON a.id = j.admission_id
      WHERE j.action = 'scan' AND (
        j.verdict <> 'admit' OR j.people <> a.people OR j.at <> a.at OR j.door <> a.door
        OR j.event_id <> a.event_id)
      """
    ),
    (
      "a green line without an admission",
      "SELECT id, code FROM journal WHERE action = 'scan' AND verdict = 'admit' AND admission_id IS NULL"
    ),
  ]
}
