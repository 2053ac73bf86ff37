import Admission
import Dispatch
import FoundationEssentials
import SeededRandom
import Testing

@testable import NightStore

struct PassTests {
  @Test func `Comes back as it was`() async throws {
    let temporary = try TemporaryStore()
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    let texts: [String?] = [nil, "", "Ñandú \u{0}\u{202E}x", "🎟️\n\"'\\", "a\u{301}", "á"]
    let numbers: [Int?] = [nil, 0, 1, -3, .max, .min]
    let times: [Date?] = [nil, night, Date(timeIntervalSince1970: 0.1), .distantPast]
    let passes = (0..<200).map { number in
      Pass(
        id: "id-\(number)\u{0}", organizationID: texts.randomElement(using: &random)!,
        code: "Code-\(number)", customerName: texts.randomElement(using: &random)!,
        typeID: texts.randomElement(using: &random)!,
        typeName: texts.randomElement(using: &random)!,
        state: texts.randomElement(using: &random)! ?? "activated",
        isArchived: Bool.random(using: &random),
        usages: (0..<Int.random(in: 0...4, using: &random)).map { _ in
          Usage(
            eventID: texts.randomElement(using: &random)! ?? tonightID,
            beneficiaries: numbers.randomElement(using: &random)!,
            peopleCountedIn: numbers.randomElement(using: &random)!,
            isCheckedIn: Bool.random(using: &random), time: times.randomElement(using: &random)!)
        })
    }
    try await temporary.store.store(passes: passes, fetchedAt: night, eventID: tonightID)
    for pass in passes {
      let stored = try await temporary.store.storedAnswer(code: pass.code)
      #expect(stored == .found(StoredPass(pass: pass, fetchedAt: night)), "seed \(seed)")
    }
    #expect(try await temporary.store.passesStored(eventID: tonightID) == 200)
  }

  @Test(arguments: [
    ("AbK-9", true), ("abk-9", true), ("ABK-9", true),
    // The Kelvin sign, a full-width letter, a fold that is none in ASCII, a longer and a shorter one.
    ("Ab\u{212A}-9", false), ("\u{FF21}bK-9", false), ("AbK-9 ", false), ("AbK-", false),
    ("AbK_9", false), ("%", false), ("", false), ("AbK-9\u{0}", false),
  ])
  func `Is found by its code without ASCII case`(code: String, isFound: Bool) async throws {
    let temporary = try TemporaryStore()
    try await temporary.store.store(
      passes: [pass("1", code: "AbK-9")], fetchedAt: night, eventID: tonightID)
    #expect((try await temporary.store.storedPass(code: code) != nil) == isFound)
  }

  @Test func `A scan does not wait for what is read for others`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    try await store.store(passes: [pass("1", code: "A-1")], fetchedAt: night, eventID: tonightID)
    let gate = DispatchSemaphore(value: 0)
    async let reports: [Void] = withThrowingTaskGroup { group in
      for _ in 0..<8 { group.addTask { try await store.read { _ in gate.wait() } } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(try await store.storedAnswer(code: "A-1") != nil)
    for _ in 0..<8 { gate.signal() }
    _ = try await reports
  }

  @Test func `Accents are no case`() async throws {
    let temporary = try TemporaryStore()
    try await temporary.store.store(
      passes: [pass("1", code: "ÑA-1")], fetchedAt: night, eventID: tonightID)
    #expect(try await temporary.store.storedPass(code: "ÑA-1") != nil)
    #expect(try await temporary.store.storedPass(code: "ña-1") == nil)
  }

  @Test func `Codes that differ in case alone are told apart or left open`() async throws {
    let temporary = try TemporaryStore()
    try await temporary.store.store(
      passes: [pass("1", code: "aBcD"), pass("2", code: "AbCd")], fetchedAt: night,
      eventID: tonightID)
    #expect(try await temporary.store.storedPass(code: "aBcD")?.pass.id == "1")
    #expect(try await temporary.store.storedPass(code: "AbCd")?.pass.id == "2")
    #expect(try await temporary.store.storedPass(code: "abcd") == nil)
  }

  @Test func `The newest of two passes with one code counts`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    try await store.store(passes: [pass("old", code: "C1")], fetchedAt: night, eventID: tonightID)
    try await store.store(
      passes: [pass("new", code: "C1")], fetchedAt: night + 60, eventID: tonightID)
    #expect(try await store.storedPass(code: "c1")?.pass.id == "new")
  }

  @Test(arguments: [0.0, 7200.0, 315_360_000.0, -7200.0])
  func `The answer received last counts whatever the clock said`(ahead: TimeInterval) async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    let first = pass("1", name: "first")
    try await store.store(
      passes: [first], fetchedAt: night + ahead, eventID: tonightID, receivedAt: 100)
    try await store.store(
      passes: [pass("1", name: "earlier")], fetchedAt: night + ahead + 60, eventID: tonightID,
      receivedAt: 99)
    #expect(try await store.storedPass(code: "CODE-1")?.pass == first)
    try await store.store(
      passes: [pass("1", name: "later")], fetchedAt: night, eventID: tonightID, receivedAt: 101)
    #expect(try await store.storedPass(code: "CODE-1")?.pass.customerName == "later")
    try await store.storeUnknown(code: "CODE-1", fetchedAt: night, receivedAt: 102)
    #expect(try await store.storedAnswer(code: "CODE-1") == .unknown(fetchedAt: night))
  }

  @Test func `What is missing from a list is kept`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    try await store.store(
      passes: [pass("1"), pass("2")], fetchedAt: night, eventID: tonightID)
    try await store.store(passes: [pass("2")], fetchedAt: night + 300, eventID: tonightID)
    try await store.note(CompletedPreload(finishedAt: night + 300, passes: 1), eventID: tonightID)
    #expect(try await store.storedPass(code: "CODE-1") != nil)
    #expect(
      try await store.lastPreload(eventID: tonightID)
        == CompletedPreload(finishedAt: night + 300, passes: 1))
    #expect(try await store.lastPreload(eventID: "other") == nil)
  }

  @Test func `The fresher of a pass and none wins`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    #expect(try await store.storedAnswer(code: "CODE-1") == nil)
    try await store.storeUnknown(code: "CODE-1", fetchedAt: night)
    #expect(try await store.storedAnswer(code: "CODE-1") == .unknown(fetchedAt: night))
    try await store.store(passes: [pass("1")], fetchedAt: night + 10, eventID: tonightID)
    #expect(
      try await store.storedAnswer(code: "CODE-1")
        == .found(StoredPass(pass: pass("1"), fetchedAt: night + 10)))
    // It was deleted at the service since.
    try await store.storeUnknown(code: "CODE-1", fetchedAt: night + 20)
    #expect(try await store.storedAnswer(code: "CODE-1") == .unknown(fetchedAt: night + 20))
    // Gone by its own spelling, it is gone by every other one.
    #expect(try await store.storedAnswer(code: "code-1") == .unknown(fetchedAt: night + 20))
    // An answer about another spelling says nothing of it.
    try await store.store(passes: [pass("1")], fetchedAt: night + 30, eventID: tonightID)
    try await store.storeUnknown(code: "code-1", fetchedAt: night + 40)
    #expect(
      try await store.storedAnswer(code: "CODE-1")
        == .found(StoredPass(pass: pass("1"), fetchedAt: night + 30)))
  }

  @Test(arguments: [
    ("garcia", ["1"]), ("GARCÍA", ["1"]), ("ana g", ["1"]), ("garcia ana", ["1"]),
    ("ana", ["1", "2"]), ("code-2", ["2"]), ("ODE-", ["1", "2", "3"]), ("100%", ["3"]),
    ("_", []), ("%", ["3"]), ("", []), ("  ", []), ("nobody", []), ("ana code-1", ["1"]),
  ])
  func `Is found by part of its code or name`(text: String, ids: [String]) async throws {
    let temporary = try TemporaryStore()
    try await temporary.store.store(
      passes: [
        pass("1", name: "Ana García"), pass("2", name: "ÄNA Müller"), pass("3", name: "100% Bob"),
      ],
      fetchedAt: night, eventID: tonightID)
    let found = try await temporary.store.find(text, limit: 10)
    #expect(found.map(\.pass.id).sorted() == ids)
    #expect(try await temporary.store.find(text, limit: 1).count == min(1, ids.count))
  }
}
