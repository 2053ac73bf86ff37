import Admission
import FoundationEssentials
import Testing

@testable import NightStore

/// People who came in on one pass at several doors, beyond what it allows: each such pass, and no other.
struct DoubleEntryTests {
  private let temporary: TemporaryStore
  private let store: NightStore

  init() throws {
    temporary = try TemporaryStore()
    store = temporary.store
  }

  private func found() async throws -> [DoubleEntry] {
    try await store.doubleEntries(eventID: tonightID)
  }

  private func untold() async throws -> [DoubleEntry] {
    try await store.untoldDoubleEntries(eventID: tonightID)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var allowed = 1
    /// By the service, before anybody came.
    var counted = 0
    var here: Int
    /// By door: people, and whom that door knew of.
    var there: [(people: Int, used: Int, door: Character)]
    var isByHand = false
    var isUndone = false
    var isDouble: Bool
    var testDescription: String { name }
  }

  @Test(arguments: [
    Case(name: "once here, once there", here: 1, there: [(1, 0, "b")], isDouble: true),
    Case(name: "a group in parts", allowed: 4, here: 2, there: [(2, 2, "b")], isDouble: false),
    Case(name: "a group apart", allowed: 4, here: 2, there: [(2, 0, "b")], isDouble: false),
    Case(name: "a group and one", allowed: 4, here: 4, there: [(1, 0, "b")], isDouble: true),
    Case(
      name: "counted in before", allowed: 4, counted: 2, here: 1, there: [(2, 2, "b")],
      isDouble: true),
    Case(
      name: "counted in before, and room", allowed: 4, counted: 2, here: 1, there: [(1, 3, "b")],
      isDouble: false),
    Case(
      name: "three doors", allowed: 2, here: 1, there: [(1, 0, "b"), (1, 0, "c")], isDouble: true),
    Case(
      name: "two others", allowed: 1, here: 0, there: [(1, 0, "b"), (1, 0, "c")], isDouble: true),
    Case(name: "twice at one other", here: 0, there: [(1, 0, "b"), (1, 0, "b")], isDouble: false),
    Case(name: "by hand there", here: 1, there: [(1, 0, "b")], isByHand: true, isDouble: false),
    Case(name: "taken back there", here: 1, there: [(1, 0, "b")], isUndone: true, isDouble: false),
    Case(name: "nobody there", here: 1, there: [], isDouble: false),
  ])
  func `A pass is listed where too many came`(_ one: Case) async throws {
    let judged = pass("1", people: one.allowed, counted: one.counted == 0 ? nil : one.counted)
    for number in 0..<one.here {
      try await store.admit(judged, at: Double(number), group: .one)
    }
    try await store.takeOver(
      one.there.enumerated().map { number, other in
        let made = elsewhere(
          pass("1", people: one.allowed), at: 60 + Double(number), people: other.people,
          used: other.used, door: "Door \(other.door)",
          doorID: String(repeating: other.door, count: 32), isByHand: one.isByHand)
        return one.isUndone ? made.changed(undoneAt: 90) : made
      })
    let list = try await found()
    #expect(list.count == (one.isDouble ? 1 : 0))
    #expect(try await untold().count == (one.isDouble && one.here > 0 ? 1 : 0))
    guard let entry = list.first else { return }
    #expect(entry.allowed == one.allowed && entry.passType == "Season" && entry.code == "CODE-1")
    #expect(entry.parts.count == one.here + one.there.count)
    #expect(entry.parts.map(\.at) == entry.parts.map(\.at).sorted())
    #expect(entry.parts.last?.at == night + 59 + Double(one.there.count))
  }

  /// Whom each of two doors that could not hear each other let come back.
  @Test(arguments: [true, false])
  func `Who came back at two doors at once is listed, and who came back is not`(
    isTwice: Bool
  ) async throws {
    let judged = pass("1")
    try await store.admit(judged, at: 0, reentry: .allow)
    try await store.leave(judged, at: 10)
    try await store.admit(judged, at: 20, reentry: .allow)
    #expect(try await found().isEmpty)
    var there = elsewhere(judged, at: 15, people: 0)
    there.back = 1
    if !isTwice {
      // They left once more in between.
      try await store.leave(judged, at: 25)
      there.at = night + 30
    }
    try await store.takeOver([there])
    let list = try await found()
    #expect(list.map { $0.parts.map(\.people) } == (isTwice ? [[1, 1, 1]] : []))
    #expect(try await untold().count == list.count)
  }

  @Test func `Each is told once, and again when more came in`() async throws {
    try await store.admit(pass("1"))
    #expect(try await untold().isEmpty)
    let first = elsewhere(pass("1"), at: 5)
    try await store.takeOver([first])
    #expect(try await untold().map(\.passID) == ["1"])
    #expect(try await untold().isEmpty)
    // Another process of the box, and the next start, have told it.
    #expect(
      try await temporary.folder.open().store.untoldDoubleEntries(eventID: tonightID).isEmpty)
    try await store.admit(pass("2"), at: 6)
    #expect(try await untold().isEmpty)
    try await store.takeOver([elsewhere(pass("1"), at: 9)])
    #expect(try await untold().first?.parts.map(\.at) == [night, night + 5, night + 9])
    // Somebody taken back and somebody else let in: as many as were told of.
    try await store.takeOver([first.changed(undoneAt: 20)])
    #expect(try await untold().isEmpty)
    #expect(try await found().first?.people == 2)
  }

  /// The disk was full, or the program ended, while another door let in the same pass.
  @Test func `Whom this door recorded only afterwards is listed`() async throws {
    let late = entry(pass("1", people: 2))
    let decision = Decision(reason: .valid, count: HeadCount(allowed: 2, used: 0, admitted: 2))
    try await store.takeOver([elsewhere(pass("1", people: 2), at: 5, people: 2)])
    _ = try await store.admit(late) { decision.admitting(2, after: $0) }
    let entry = try #require(try await found().first)
    #expect(entry.allowed == 2 && entry.people == 4)
    #expect(try await untold().count == 1)
    let delivered = try await store.undelivered(ofLedger: "l", atMost: 9)
    #expect(delivered.map(\.passAllows) == [2], "so that every door lists it")

    let other = try TemporaryStore()
    try await other.store.takeOver([elsewhere(pass("1", people: 2), at: 5, people: 2)] + delivered)
    #expect(try await other.store.doubleEntries(eventID: tonightID).map(\.allowed) == [2])
  }

  /// Only those doors are told that took part, each by itself; and each event has its own.
  @Test func `A door that took no part is not told`() async throws {
    try await store.takeOver([
      elsewhere(pass("1")), elsewhere(pass("1"), doorID: String(repeating: "c", count: 32)),
    ])
    #expect(try await found().count == 1)
    #expect(try await untold().isEmpty)
    #expect(try await store.doubleEntries(eventID: "another").isEmpty)
  }

  @Test func `A pass without an id is known by its code, until that is forgotten`() async throws {
    var nameless = pass("", code: "NAMELESS")
    try await store.admit(nameless)
    try await store.takeOver([elsewhere(nameless, at: 5)])
    nameless.code = "OTHER"
    try await store.takeOver([elsewhere(nameless, at: 6)])
    #expect(try await found().map(\.code) == ["NAMELESS"])
    #expect(try await untold().count == 1)
    _ = try await store.purge(eventsEndedBefore: night + 86_400 * 9)
    #expect(try await found().isEmpty)
  }

  @Test func `Kinds with the same id are different passes`() async throws {
    try await store.admit(pass("1"))
    try await store.takeOver([elsewhere(pass("1", kind: .ticket, code: "T"), at: 5)])
    #expect(try await found().isEmpty)
    try await store.takeOver([
      elsewhere(
        pass("1", kind: .ticket, code: "T"), at: 6, doorID: String(repeating: "c", count: 32))
    ])
    #expect(try await found().map(\.kind) == [.ticket])
  }
}
