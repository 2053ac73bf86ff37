import Admission
import FoundationEssentials
import GRDB
import Testing

@testable import NightStore

/// What is stored of a code as several kinds (Contract: Every code at the same door).
struct KindTests {
  private let temporary: TemporaryStore
  private var store: NightStore { temporary.store }

  init() throws { temporary = try TemporaryStore() }

  private func keep(_ passes: [Pass], at seconds: TimeInterval = 0) async throws {
    try await store.store(
      passes: passes, fetchedAt: night + seconds, eventID: tonightID, receivedAt: seconds)
  }

  private func answer(_ code: String, _ kinds: [PassKind]) async throws -> String? {
    switch try await store.storedAnswer(code: code, eventID: tonightID, kinds: kinds) {
    case nil: nil
    case .unknown: "unknown"
    case .found(let stored): "\(stored.pass.kind.rawValue) \(stored.pass.id)"
    }
  }

  /// The vendor's samples have one code for three kinds; an `_id` may come twice as well.
  @Test func `One ID and one code in two kinds are two passes`() async throws {
    try await keep([pass("1", kind: .ticket, code: "AAAA"), pass("1", kind: .list, code: "AAAA")])
    try await keep([pass("1", code: "BBBB")])
    for kind in [PassKind.ticket, .list] {
      #expect(try await answer("AAAA", [kind]) == "\(kind.rawValue) 1")
      #expect(try await store.storedKind(of: "AAAA", among: [kind]) == kind)
    }
    #expect(try await answer("BBBB", [.pass]) == "pass 1")
    // The newer answer of one leaves the other as it is.
    var left = pass("1", kind: .list, code: "AAAA")
    left.state = Pass.removedState
    try await keep([left], at: 10)
    #expect(try await answer("AAAA", [.ticket, .list]) == "ticket 1")
    guard case .found(let list) = try await store.storedAnswer(code: "AAAA", kinds: [.list]) else {
      Issue.record("the list is gone")
      return
    }
    #expect(list.pass == left)
  }

  @Test(
    arguments: [
      ([.pass, .ticket, .list], "pass 1"), ([.ticket, .pass], "ticket 2"), ([.list], "list 3"),
      ([.booking, .list], "list 3"), ([.booking], nil), ([], nil),
    ] as [([PassKind], String?)])
  func `The first kind of the door decides`(kinds: [PassKind], expected: String?) async throws {
    try await keep([pass("3", kind: .list, code: "AAAA")], at: 30)
    try await keep([pass("2", kind: .ticket, code: "AAAA")], at: 20)
    try await keep([pass("1", code: "AAAA")], at: 10)
    #expect(try await answer("AAAA", kinds) == expected)
    #expect(try await answer("aaaa", kinds) == expected)
    let kind = try await store.storedKind(of: "AAAA", among: kinds)
    #expect(kind?.rawValue == expected?.split(separator: " ").first.map(String.init))
  }

  @Test func `Spellings of different kinds leave nothing open`() async throws {
    try await keep([pass("1", kind: .ticket, code: "AAaa"), pass("2", kind: .list, code: "AAAA")])
    #expect(try await answer("aaaa", [.ticket, .list]) == "ticket 1")
    #expect(try await answer("AAAA", [.ticket, .list]) == "ticket 1")
    try await keep([pass("3", kind: .ticket, code: "aAAA")])
    // Which ticket is meant is open; which list entry is not.
    #expect(try await answer("AAAA", [.ticket, .list]) == "list 2")
    #expect(try await store.storedKind(of: "AAAA", among: [.ticket, .list]) == .list)
  }

  /// That there was no such code: as which kinds it was asked, which kinds the door takes now, and what
  /// that answers.
  static let denials: [(asked: [PassKind], taken: [PassKind], answer: String?)] = [
    ([.pass], [.pass], "unknown"), ([.pass], [.pass, .ticket], nil),
    ([.pass, .ticket], [.ticket], "unknown"), ([.pass, .ticket], [.ticket, .pass], "unknown"),
    ([.ticket], [.pass], nil), ([.ticket, .list, .booking], PassKind.allCases, nil),
    (PassKind.allCases, PassKind.allCases, "unknown"),
  ]

  @Test(arguments: denials)
  func `That there was no such code is an answer where all kinds were asked`(
    asked: [PassKind], taken: [PassKind], answer expected: String?
  ) async throws {
    try await store.storeUnknown(code: "AAAA", kinds: asked, fetchedAt: night, receivedAt: 10)
    #expect(try await answer("AAAA", taken) == expected)
  }

  @Test func `A kind that was not asked since stands`() async throws {
    try await keep([pass("1", code: "AAAA"), pass("2", kind: .ticket, code: "AAAA")], at: 10)
    try await store.storeUnknown(code: "AAAA", kinds: [.pass], fetchedAt: night, receivedAt: 20)
    #expect(try await answer("AAAA", [.pass, .ticket]) == "ticket 2")
    #expect(try await answer("AAAA", [.pass]) == "unknown")
    try await store.storeUnknown(
      code: "AAAA", kinds: [.pass, .ticket], fetchedAt: night, receivedAt: 30)
    #expect(try await answer("AAAA", [.pass, .ticket]) == "unknown")
    try await keep([pass("1", code: "AAAA")], at: 40)
    #expect(try await answer("AAAA", [.ticket, .pass]) == "pass 1")
    #expect(try await answer("AAAA", [.ticket]) == "unknown")
  }

  /// What the configuration takes may be another list at the next start.
  @Test func `A kind that the door takes no more is no answer`() async throws {
    try await keep([pass("1", kind: .ticket, code: "P6J21FF2S", name: "Ana Gil")])
    try await store.admit(pass("1", kind: .ticket, code: "P6J21FF2S"))
    store.close()
    let next = try temporary.folder.open().store
    for kinds in [[PassKind.pass], [.pass, .list]] {
      #expect(try await next.storedAnswer(code: "P6J21FF2S", kinds: kinds) == nil)
      #expect(try await next.storedKind(of: "P6J21FF2S", among: kinds) == nil)
      #expect(try await next.find("gil", kinds: kinds, limit: 5).isEmpty)
      #expect(
        try await next.nearMisses(of: "P6J21FF2X", eventID: tonightID, kinds: kinds, limit: 5)
          .isEmpty)
      #expect(
        try await next.lookalike(of: "6J21FF2S", eventID: tonightID, kinds: kinds) == nil)
      #expect(
        try await next.lookalike(of: "p6j21ff2s", eventID: tonightID, kinds: kinds) == nil)
    }
    let taken: [PassKind] = [.pass, .ticket]
    #expect(try await next.storedKind(of: "P6J21FF2S", among: taken) == .ticket)
    #expect(try await next.find("gil", kinds: taken, limit: 5).map(\.pass.kind) == [.ticket])
    #expect(
      try await next.nearMisses(of: "P6J21FF2X", eventID: tonightID, kinds: taken, limit: 5)
        .map(\.pass.kind) == [.ticket])
    #expect(
      try await next.lookalike(of: "6J21FF2S", eventID: tonightID, kinds: taken) == .longer)
    // Who is in on it is in all the same, whatever the code stands for today.
    let again = try await next.admit(pass("9", code: "P6J21FF2S"), at: 60)
    #expect(again.decision.reason == .alreadyUsed)
  }

  @Test(arguments: [
    NightStore.kindsStored(among: PassKind.allCases), NightStore.kindsStored(among: [.ticket]),
  ])
  func `The kind of a code is found in an index`(question: String) async throws {
    let plan = try await store.read { database in
      try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN \(question)", arguments: ["AAAA"])
        .map { $0["detail"] as String }
    }
    #expect(
      plan == ["SEARCH passes USING COVERING INDEX passes_by_code (code=? AND kind=?)"])
  }

  /// A kind that a later version stores under this schema.
  @Test func `A kind that nobody knows is no answer`() async throws {
    try await keep([pass("1", code: "AAAA")])
    try await store.write(on: store.pool) {
      try $0.execute(sql: "UPDATE passes SET kind = 'wristband'")
    }
    #expect(try await answer("AAAA", PassKind.allCases) == nil)
    #expect(try await store.storedKind(of: "AAAA", among: PassKind.allCases) == nil)
  }

  @Test func `What a ticket holds comes back`() async throws {
    var ticket = pass("1", kind: .booking, code: "AAAA")
    ticket.details = PassDetails(
      note: "cake", privateNote: "VIP\u{0}", extras: ["Bus", "Copa"], minimumAge: 21,
      place: "Terraza, S1", expectedAt: "2:00")
    try await keep([ticket])
    guard case .found(let stored) = try await store.storedAnswer(code: "AAAA", kinds: [.booking])
    else {
      Issue.record("nothing is stored")
      return
    }
    #expect(stored.pass == ticket)
  }
}

/// Complete lists of one kind, and what they say of others.
struct KindListTests {
  private let temporary: TemporaryStore
  private var store: NightStore { temporary.store }

  init() throws { temporary = try TemporaryStore() }

  private func list(
    _ kind: PassKind, _ ids: [String], askedAt: TimeInterval
  ) async throws {
    let list = try await store.beginList(eventID: tonightID, kind: kind, askedAt: askedAt)
    try await store.store(
      passes: ids.map { pass($0, kind: kind, code: "\(kind.rawValue)-\($0)") },
      fetchedAt: night + askedAt, eventID: tonightID, list: list, receivedAt: askedAt + 1)
    try await store.note(
      CompletedPreload(finishedAt: night + askedAt + 1, passes: ids.count), eventID: tonightID,
      list: list)
  }

  private func isAnswer(_ code: String, _ kind: PassKind) async throws -> Bool {
    try await store.storedAnswer(code: code, eventID: tonightID, kinds: [kind]) != nil
  }

  @Test func `A list tells of its own kind alone`() async throws {
    try await list(.pass, ["1", "2", "3"], askedAt: 10)
    try await list(.ticket, ["1", "2", "3", "4", "5", "6", "7"], askedAt: 20)
    try await list(.list, ["1"], askedAt: 30)
    for id in ["1", "2", "3"] {
      #expect(try await isAnswer("pass-\(id)", .pass))
      #expect(try await isAnswer("ticket-\(id)", .ticket))
    }
    // Fewer than half of the tickets, and yet complete: there were as many passes before.
    try await list(.pass, ["1", "2"], askedAt: 40)
    #expect(try await !isAnswer("pass-3", .pass))
    #expect(try await isAnswer("ticket-3", .ticket))
    let preloads = [PassKind.pass: 2, .ticket: 7, .list: 1, .booking: nil]
    for (kind, count) in preloads {
      #expect(try await store.lastPreload(eventID: tonightID, kind: kind)?.passes == count)
    }
    #expect(try await store.passesStored(eventID: tonightID, kinds: [.ticket, .list]) == 8)
  }

  @Test func `What a list lacks leaves the next kind to decide`() async throws {
    try await list(.pass, ["1", "2"], askedAt: 10)
    try await store.store(
      passes: [pass("9", code: "AAAA"), pass("8", kind: .ticket, code: "AAAA")],
      fetchedAt: night, eventID: tonightID, receivedAt: 15)
    try await list(.pass, ["1", "2"], askedAt: 20)
    let answer = try await store.storedAnswer(
      code: "AAAA", eventID: tonightID, kinds: [.pass, .ticket])
    guard case .found(let stored) = answer else {
      Issue.record("nothing is found")
      return
    }
    #expect(stored.pass.kind == .ticket)
    #expect(try await !isAnswer("AAAA", .pass))
  }

  @Test func `The newest tickets alone are no list`() async throws {
    try await list(.ticket, ["1", "2", "3"], askedAt: 10)
    // Incremental: what was sold since.
    try await store.store(
      passes: [pass("4", kind: .ticket, code: "ticket-4")], fetchedAt: night, eventID: tonightID,
      receivedAt: 20)
    for id in 1...4 { #expect(try await isAnswer("ticket-\(id)", .ticket), "\(id)") }
    #expect(try await store.lastPreload(eventID: tonightID, kind: .ticket)?.passes == 3)
    // The hourly list has it, and lacks one that was given back.
    try await list(.ticket, ["1", "3", "4"], askedAt: 30)
    #expect(try await !isAnswer("ticket-2", .ticket))
    #expect(try await isAnswer("ticket-4", .ticket))
  }

  @Test func `What is listed as any kind of the door is listed`() async throws {
    try await list(.pass, ["1"], askedAt: 10)
    try await list(.ticket, ["1"], askedAt: 20)
    #expect(
      try await store.lookalike(of: "ticket-1", eventID: tonightID, kinds: [.pass, .ticket])
        == .listed)
    #expect(try await store.lookalike(of: "ticket-1", eventID: tonightID, kinds: [.pass]) == nil)
    #expect(
      try await store.lookalike(of: "icket-1", eventID: tonightID, kinds: [.list, .ticket])
        == .longer)
  }

  @Test func `Most of a kind that are refused are of that kind`() async throws {
    try await list(.ticket, ["1", "2", "3", "4"], askedAt: 10)
    let refused = (1...2).map { number in
      var one = pass("\(number)")
      one.state = "new"
      return one
    }
    try await store.store(passes: refused, fetchedAt: night, eventID: tonightID)
    let passes = try await store.refusalForecast(eventID: tonightID, rules: Rules())
    #expect(passes.passes == 2 && passes.cause == .activeStates(seen: ["new"]))
    let tickets = try await store.refusalForecast(
      eventID: tonightID, kind: .ticket, rules: Rules())
    #expect(tickets.passes == 4 && tickets.cause == nil)
  }
}
