import Admission
import FoundationEssentials
import GRDB
import Testing

@testable import NightStore

/// What complete lists of tonight say of a stored pass, and of a code that the service does not know.
struct ListTests {
  private let temporary: TemporaryStore
  private var store: NightStore { temporary.store }

  init() throws { temporary = try TemporaryStore() }

  private func list(
    _ passes: [Pass], askedAt: TimeInterval, receivedAt: TimeInterval? = nil,
    eventID: String = tonightID
  ) async throws {
    let list = try await store.beginList(eventID: eventID, askedAt: askedAt)
    try await store.store(
      passes: passes, fetchedAt: night + askedAt, eventID: eventID, list: list,
      receivedAt: receivedAt ?? askedAt + 1)
    try await store.note(
      CompletedPreload(finishedAt: night + askedAt + 1, passes: passes.count), eventID: eventID,
      list: list)
  }

  private func isAnswer(_ code: String) async throws -> Bool {
    try await store.storedAnswer(code: code, eventID: tonightID) != nil
  }

  @Test func `What a later list lacks is no answer`() async throws {
    try await list([pass("1"), pass("2")], askedAt: 10)
    #expect(try await isAnswer("CODE-1"))
    try await list([pass("2")], askedAt: 20)
    #expect(try await !isAnswer("CODE-1"))
    #expect(try await !isAnswer("code-1"))
    #expect(try await isAnswer("CODE-2"))
    // It is found by hand all the same, and an answer again once the service tells of it.
    #expect(try await store.storedPass(code: "CODE-1") != nil)
    try await store.store(
      passes: [pass("1")], fetchedAt: night + 30, eventID: tonightID, receivedAt: 30)
    #expect(try await isAnswer("CODE-1"))
  }

  @Test func `An answer that came after the list was asked for stands`() async throws {
    try await list([pass("1"), pass("2")], askedAt: 10)
    try await store.store(
      passes: [pass("1")], fetchedAt: night, eventID: tonightID, receivedAt: 20.5)
    // It lacks a pass that the service told of since: it is not complete for any other.
    try await list([pass("3"), pass("4")], askedAt: 20)
    #expect(try await isAnswer("CODE-1"))
    #expect(try await isAnswer("CODE-2"))
  }

  @Test func `A list of less than half is not complete`() async throws {
    try await list((1...5).map { pass("\($0)") }, askedAt: 10)
    try await list((1...2).map { pass("\($0)") }, askedAt: 20)
    #expect(try await isAnswer("CODE-5"))
    // Two in a row say the same.
    try await list([pass("1")], askedAt: 30)
    #expect(try await !isAnswer("CODE-5"))
  }

  /// However often it comes; a list that is empty is another matter.
  @Test func `A list of another event's passes is not complete`() async throws {
    try await list((1...4).map { pass("\($0)") }, askedAt: 10)
    for askedAt in [20.0, 30, 40] {
      try await list((11...15).map { pass("\($0)", eventID: "other") }, askedAt: askedAt)
      #expect(try await isAnswer("CODE-1"))
      #expect(try await store.lookalike(of: "CODE-1", eventID: tonightID) == .listed)
    }
    try await list([pass("2"), pass("3"), pass("4")], askedAt: 50)
    #expect(try await !isAnswer("CODE-1"))
    #expect(try await isAnswer("CODE-2"))
  }

  @Test func `A list that is not whole says nothing`() async throws {
    try await list([pass("1"), pass("2")], askedAt: 10)
    for askedAt in [20.0, 30] {
      let begun = try await store.beginList(eventID: tonightID, askedAt: askedAt)
      try await store.store(
        passes: [pass("2")], fetchedAt: night, eventID: tonightID, list: begun,
        receivedAt: askedAt + 1)
      try await store.note(
        CompletedPreload(finishedAt: night, passes: 1), eventID: tonightID, list: begun,
        isWhole: false)
      #expect(try await isAnswer("CODE-1"))
      #expect(try await store.lookalike(of: "CODE-1", eventID: tonightID) == .listed)
    }
  }

  @Test func `A list that was not fetched to its end says nothing`() async throws {
    try await list([pass("1"), pass("2")], askedAt: 10)
    let begun = try await store.beginList(eventID: tonightID, askedAt: 20)
    try await store.store(
      passes: [pass("2")], fetchedAt: night, eventID: tonightID, list: begun, receivedAt: 21)
    #expect(try await isAnswer("CODE-1"))
  }

  @Test func `A pass without a usage for tonight is exempt`() async throws {
    try await store.store(
      passes: [pass("1", eventID: "other")], fetchedAt: night, eventID: tonightID, receivedAt: 5)
    try await list([pass("2")], askedAt: 10)
    #expect(try await isAnswer("CODE-1"))
    // Told of since the list was asked for, it does not make that one incomplete either.
    try await store.store(
      passes: [pass("3", eventID: "other")], fetchedAt: night, eventID: tonightID, receivedAt: 21)
    try await store.store(passes: [pass("4")], fetchedAt: night, eventID: tonightID, receivedAt: 12)
    try await list([pass("2")], askedAt: 20)
    #expect(try await !isAnswer("CODE-4"))
  }

  @Test func `A pass that the list has under another ID is listed`() async throws {
    try await store.store(
      passes: [pass("1", code: "AAAAAA")], fetchedAt: night, eventID: tonightID, receivedAt: 5)
    try await list([pass("other", code: "AAAAAA")], askedAt: 10)
    #expect(try await isAnswer("AAAAAA"))
  }

  @Test(
    arguments: [
      ("PÑJ21FF2S", Lookalike.listed), ("pñj21ff2s", .otherCase), ("PñJ21FF2S", .otherCase),
      ("ñABCÉFGH", .otherCase), ("ñabcéfgh", .otherCase), ("ÑABCéfgh", .otherCase),
      ("ABCÉFGH", .longer), ("BCÉFGH", .longer), ("ÑABCÉF", .longer), ("ABCÉFG", .longer),
      ("ÑJ21FF2S", .longer), ("J21FF2S", .longer),
      // Letters that only look alike, an accent left out, and a composed one.
      ("PNJ21FF2S", nil), ("P\u{4E}\u{303}J21FF2S", nil), ("NABCEFGH", nil),
      ("\u{212A}ELVIN-1", nil), ("STRASSE1", nil),
    ] as [(String, Lookalike?)])
  func `Letters beyond ASCII are one's own`(code: String, expected: Lookalike?) async throws {
    try await list(
      [
        pass("1", code: "PÑJ21FF2S"), pass("2", code: "ÑABCÉFGH"), pass("3", code: "XELVIN-1"),
        pass("4", code: "STRAßE1"),
      ], askedAt: 10)
    #expect(try await store.lookalike(of: code, eventID: tonightID) == expected)
    #expect(try await store.lookalike(of: code, eventID: "other") == nil)
  }

  @Test(
    arguments: [
      ("P6J21FF2S", Lookalike.listed), ("p6j21ff2s", .otherCase), ("P6j21FF2S", .otherCase),
      ("6J21FF2S", .longer), ("J21FF2S", .longer), ("P6J21FF2", .longer), ("P6J21FF", .longer),
      ("6J21FF2", .longer), ("6j21ff2s", .longer),
      // Three lost, one in the middle, another one, too few left, and more than the code.
      ("21FF2S", nil), ("6J21FF", nil), ("P6J1FF2S", nil), ("P6J21FF2X", nil), ("P6J21FF2SX", nil),
      ("HORTE", nil), ("SHORTE", .longer), ("%6J21FF2S", nil), ("", nil), ("\u{0}", nil),
    ] as [(String, Lookalike?)])
  func `What tonight has that is nearly the code`(code: String, expected: Lookalike?) async throws {
    try await list([pass("1", code: "P6J21FF2S"), pass("2", code: "SHORTER")], askedAt: 10)
    #expect(try await store.lookalike(of: code, eventID: tonightID) == expected)
    #expect(try await store.lookalike(of: code, eventID: "other") == nil)
  }

  /// No search reads the table: with a million passes it would hold up the queue.
  @Test func `The search goes by indexes`() async throws {
    let ranges =
      CutCode.ranges(for: "6J21FF2S") + OtherCase.ranges(for: "PÑJ21FF2S")
      + OtherCase.ranges(for: "ÑJ21FF2S")
    #expect(ranges.count == 6)
    for range in ranges {
      let plan = try await store.read { database in
        try Row.fetchAll(
          database, sql: "EXPLAIN QUERY PLAN \(range.search(of: [.pass]))",
          arguments: [range.beginning, range.beginning + "\u{10FFFF}", tonightID]
        ).map { $0["detail"] as String }
      }
      #expect(
        plan.contains { $0.contains("SEARCH passes USING INDEX passes_by_code") }, "\(plan)")
    }
    let alike = try await store.read { database in
      try Row.fetchAll(
        database, sql: "EXPLAIN QUERY PLAN \(NightStore.codesAlike(of: PassKind.allCases))",
        arguments: ["6J21FF2S", tonightID]
      ).map { $0["detail"] as String }
    }
    #expect(alike == ["SEARCH passes USING INDEX passes_by_code (code=? AND kind=?)"])
  }
}
