import Admission
import Foundation
import GRDB
import SeededRandom
import Testing

@testable import NightStore

/// A page of a store that is zeroed or overwritten while nobody has it open: it is found when the store
/// is opened, and nobody who was in comes in again.
struct BrokenPageTests {
  enum Fill: CaseIterable, Sendable {
    case zeros, garbage, anotherPage
  }

  /// A night of `people` admissions, some of groups, some open, some corrected and some taken back.
  struct Night {
    var people: Int
    var folder = TemporaryFolder()
    /// People who are in, by the number of the pass.
    var inside: [Int: Int] = [:]
    /// Closing it would empty the log.
    private var open: NightStore?

    func pass(_ number: Int) -> Pass {
      NightStoreTests.pass("\(number)", people: 1 + number % 3)
    }

    init(people: Int, morePasses: Int = 0, isLogKept: Bool = false) async throws {
      self.people = people
      let store = try folder.open().store
      for first in stride(from: 0, to: people + morePasses, by: 500) {
        let passes = (first..<min(first + 500, people + morePasses)).map(pass)
        try await store.store(passes: passes, fetchedAt: night, eventID: tonightID)
      }
      for number in 0..<people {
        let isOne = number % 7 == 0
        let recorded = try await store.admit(
          pass(number), at: Double(number), group: isOne ? .one : .all,
          report: number % 5 == 0 ? ReportOrder(optionID: nil, earliest: night) : nil)
        inside[number] = recorded.decision.count?.admitted
        let id = try #require(recorded.admissionID)
        if number % 11 == 3 {
          _ = try await store.undo(admission: id, at: night + Double(number))
          inside[number] = 0
        } else if number % 13 == 4 {
          let changed = try await store.setPeople(1, ofAdmission: id, at: night + Double(number))
          inside[number] = changed?.people
        }
      }
      if isLogKept { open = store } else { store.close() }
    }

    var bytes: Data {
      get throws { try Data(contentsOf: URL(filePath: folder.storePath)) }
    }

    func restore(_ bytes: Data) throws {
      for name in folder.fileNames {
        try FileManager.default.removeItem(atPath: "\(folder.path)/\(name)")
      }
      try bytes.write(to: URL(filePath: folder.storePath))
    }

    /// Everybody is judged as before, and those who may come in are exactly those who are out.
    func expectKept(_ opened: OpenedStore, _ context: String) async throws {
      let store = opened.store
      #expect(
        try await store.peopleAdmitted(eventID: tonightID) == inside.values.reduce(0, +),
        "\(context)")
      // All by the table, and some as the door asks.
      let found = try await store.read { database in
        let rows = try Row.fetchAll(
          database,
          sql: """
            SELECT pass_id, CAST(total(people) AS INTEGER) AS people
            FROM admissions NOT INDEXED WHERE undone_at IS NULL GROUP BY pass_id
            """)
        return Dictionary(
          uniqueKeysWithValues: rows.map { row -> (String, Int) in (row["pass_id"], row["people"]) }
        )
      }
      for number in 0..<people {
        #expect(found["\(number)", default: 0] == inside[number], "\(context): pass \(number)")
      }
      for number in [people - 1] + stride(from: 0, to: people, by: 6) {
        let earlier = try await store.earlierAdmissions(
          of: PassAtEvent(id: "\(number)", eventID: tonightID, code: "CODE-\(number)"),
          answeredAt: night.addingTimeInterval(-1))
        #expect(earlier.missing(from: 0) == inside[number], "\(context): pass \(number)")
      }
    }
  }

  private static func broken(_ bytes: Data, page: Int, _ fill: Fill, seed: UInt64) -> Data {
    var bytes = bytes
    let range = (page * 4096)..<((page + 1) * 4096)
    var random = SplitMix64(seed: seed &+ UInt64(page))
    switch fill {
    case .zeros: bytes.replaceSubrange(range, with: Data(count: 4096))
    case .garbage:
      bytes.replaceSubrange(
        range, with: Data((0..<4096).map { _ in UInt8.random(in: 0...255, using: &random) }))
    case .anotherPage:
      let other = (page + 1) % (bytes.count / 4096)
      bytes.replaceSubrange(range, with: bytes[(other * 4096)..<((other + 1) * 4096)])
    }
    return bytes
  }

  @Test(arguments: Fill.allCases)
  func `Any page of a small store`(fill: Fill) async throws {
    let evening = try await Night(people: 80)
    let whole = try evening.bytes
    for page in 0..<(whole.count / 4096) {
      let bytes = Self.broken(whole, page: page, fill, seed: 1)
      if bytes == whole { continue }
      try evening.restore(bytes)
      let opened = try evening.folder.open()
      try await evening.expectKept(opened, "page \(page + 1) of \(whole.count / 4096), \(fill)")
      opened.store.close()
      let again = try evening.folder.open()
      #expect(again.setAside == nil, "page \(page + 1)")
      again.store.close()
    }
  }

  @Test func `Some pages of a large store`() async throws {
    try await Self.breakPages(ofALargeStoreWithSeed: 1, people: 300, count: 5)
  }

  /// The ledger's pages are few among those of many passes.
  fileprivate static func breakPages(
    ofALargeStoreWithSeed seed: UInt64, people: Int, count: Int
  ) async throws {
    let evening = try await Night(people: people, morePasses: 10_500)
    let whole = try evening.bytes
    try #require(whole.count > 4 << 20)
    let ledger = try await evening.folder.stranger().read { database in
      try Int.fetchSet(
        database,
        sql: """
          SELECT pageno FROM dbstat
          WHERE name LIKE '%admissions%' OR name LIKE 'journal%' OR name LIKE 'sqlite_%'
          """)
    }
    var random = SplitMix64(seed: seed)
    let pages = Set(ledger.shuffled(using: &random).prefix(count)).union(
      (0..<(count / 3)).map { _ in Int.random(in: 1...(whole.count / 4096), using: &random) })
    for page in pages.sorted() {
      let fill = Fill.allCases.randomElement(using: &random)!
      try evening.restore(broken(whole, page: page - 1, fill, seed: seed))
      let opened = try evening.folder.open()
      try await evening.expectKept(opened, "seed \(seed), page \(page), \(fill)")
      opened.store.close()
    }
  }

  /// What a kill leaves is for the most part in the log. Its end, which may be that of a commit that
  /// was cut off, is not looked at here.
  @Test func `Any page of the log`() async throws {
    let evening = try await Night(people: 40, isLogKept: true)
    let (file, log) = (
      try evening.bytes, try Data(contentsOf: URL(filePath: evening.folder.storePath + "-wal"))
    )
    let pages = log.count / 4096
    try #require(pages > 40)
    var random = SplitMix64(seed: 4)
    for page in Set([0, 1, pages / 2]).union(
      (0..<10).map { _ in Int.random(in: 0..<(pages - 15), using: &random) })
    {
      for fill in [Fill.zeros, .garbage] {
        let folder = TemporaryFolder()
        try file.write(to: URL(filePath: folder.storePath))
        try Self.broken(log, page: page, fill, seed: 4)
          .write(to: URL(filePath: folder.storePath + "-wal"))
        let opened = try folder.open()
        #expect(opened.setAside != nil, "page \(page) of \(pages), \(fill)")
        try await evening.expectKept(opened, "log, page \(page) of \(pages), \(fill)")
        opened.store.close()
      }
    }
  }
}

/// The long proofs, which `Config/endure` runs.
enum EnduranceTests {
  @Suite(.enabled(if: ProcessInfo.processInfo.environment["DOORCHECK_ENDURE"] != nil))
  struct PageTests {
    @Test(arguments: (1...10).map(UInt64.init))
    func `Pages of a large store`(seed: UInt64) async throws {
      try await BrokenPageTests.breakPages(ofALargeStoreWithSeed: seed, people: 1_200, count: 60)
    }
  }
}
