import Admission
import Foundation
import GRDB
import Testing

@testable import NightStore

/// What a green costs, in what does not depend on the machine.
struct CommitTests {
  private static let frame = 4096 + 24

  @Test(arguments: [(false, 9), (true, 11)])
  func `A green writes few pages`(isReported: Bool, most: Int) async throws {
    let temporary = try TemporaryStore()
    let (folder, store) = (temporary.folder, temporary.store)
    let report = isReported ? ReportOrder(optionID: nil, earliest: night) : nil
    try await store.admit(pass("1"), report: report)
    func logSize() throws -> Int {
      try FileManager.default.attributesOfItem(atPath: folder.storePath + "-wal")[.size] as! Int
    }
    let before = try logSize()
    try await store.admit(pass("2"), report: report)
    #expect((try logSize() - before) / Self.frame <= most)
  }

  /// Late in a night it is to be as fast as at its beginning.
  @Test func `The rule of new admissions looks for the pass, not for everybody`() async throws {
    let temporary = try TemporaryStore()
    let (read, all) = try temporary.store.ledger.inDatabase { database in
      (
        try Row.fetchAll(
          database,
          sql: """
            EXPLAIN INSERT INTO admissions (kind, event_id, pass_id, sequence, people, at, door, is_stored_answer)
            VALUES ('counted', 'event', 'pass', 1, 1, 0, 'Main', 0)
            """
        ).filter { ["OpenRead", "ReopenIdx"].contains($0["opcode"] as String) }.map {
          $0["p2"] as Int
        },
        try Row.fetchAll(
          database,
          sql:
            "SELECT name, rootpage FROM sqlite_master WHERE tbl_name = 'admissions' AND rootpage > 0"
        )
      )
    }
    let names = Set(all.filter { read.contains($0["rootpage"]) }.map { $0["name"] as String })
    #expect(names == ["admissions", "admissions_by_code", "sqlite_autoindex_admissions_1"])
  }

  /// Staff take back what they just did, in a store of many nights.
  @Test func `The newest admission of a door is looked for from the end`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    for (number, door) in ["Main", "Side", "Main", "Side", "Side"].enumerated() {
      try await store.admit(pass("\(number)"), at: Double(number), door: door)
    }
    let span = Date.distantPast..<Date.distantFuture
    #expect(try await store.newestAdmission(door: "Main", during: span)?.passID == "2")
    #expect(try await store.newestAdmission(door: "Side", during: span)?.passID == "4")
    #expect(
      try await store.newestAdmission(door: "Side", during: night..<(night + 4))?.passID == "3")
    #expect(try await store.newestAdmission(door: "Other", during: span) == nil)
  }
}
