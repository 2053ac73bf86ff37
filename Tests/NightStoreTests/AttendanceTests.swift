import Admission
import Foundation
import Testing

@testable import NightStore

/// Who was expected and who came, by stored passes and the ledger.
struct AttendanceTests {
  private let temporary: TemporaryStore
  private var store: NightStore { temporary.store }

  init() throws { temporary = try TemporaryStore() }

  private func list(
    _ passes: [Pass], eventID: String = tonightID, counting: Int? = nil
  ) async throws {
    let list = try await store.beginList(eventID: eventID)
    try await store.store(passes: passes, fetchedAt: night, eventID: eventID, list: list)
    try await store.note(
      CompletedPreload(finishedAt: night, passes: counting ?? passes.count), eventID: eventID,
      list: list)
  }

  private func attendance(_ rules: Rules = Rules()) async throws -> Attendance {
    try await store.reportedNight(eventID: tonightID, rules: rules).attendance
  }

  private func guests(_ rules: Rules = Rules()) async throws -> ExpectedGuests {
    guard case .known(let guests) = try await attendance(rules) else {
      throw StoreError.failed(code: 0, message: "not known")
    }
    return guests
  }

  /// Expected, came, came elsewhere, not expected.
  private func figures(_ rules: Rules = Rules()) async throws -> [Int] {
    let guests = try await guests(rules)
    return [guests.expected, guests.came, guests.elsewhere, guests.unexpected]
  }

  @Test func `Without a whole list nobody knows how many were expected`() async throws {
    try await store.store(passes: [pass("1")], fetchedAt: night, eventID: tonightID)
    try await store.admit(pass("1"))
    #expect(try await attendance() == .neverListed)
    _ = try await store.beginList(eventID: tonightID)
    #expect(try await attendance() == .neverListed)
  }

  @Test func `An event without passes expects nobody`() async throws {
    try await list([])
    #expect(try await figures() == [0, 0, 0, 0])
  }

  @Test(arguments: [
    // What the service counted, what came here: expected 4 of the group, and who came.
    (nil, 0, [4, 0, 0, 0]), (nil, 3, [4, 3, 0, 0]), (nil, 4, [4, 4, 0, 0]),
    (1, 0, [4, 1, 1, 0]), (1, 2, [4, 3, 1, 0]), (4, 0, [4, 4, 4, 0]), (9, 0, [4, 4, 4, 0]),
  ])
  func `Who came is counted as at the door`(
    counted: Int?, here: Int, expected: [Int]
  ) async throws {
    let group = pass("1", people: 4, counted: counted)
    try await list([group])
    for number in 0..<here { try await store.admit(group, at: Double(number), group: .one) }
    #expect(try await figures() == expected)
  }

  @Test func `What was told to the service and is in its answer counts once`() async throws {
    let order = ReportOrder(optionID: nil, earliest: night)
    try await store.admit(pass("1", people: 2), at: 0, report: order)
    for due in try await store.claimDueReports(now: night + 10, lease: 60) {
      try await store.acknowledge(due, at: night + 11)
    }
    let list = try await store.beginList(eventID: tonightID)
    try await store.store(
      passes: [pass("1", people: 2, counted: 2)], fetchedAt: night + 60, eventID: tonightID,
      list: list)
    try await store.note(
      CompletedPreload(finishedAt: night + 60, passes: 1), eventID: tonightID, list: list)
    #expect(try await figures() == [2, 2, 0, 0])
  }

  @Test func `By hand beyond what a pass allows, and taken back`() async throws {
    try await list([pass("1"), pass("2")])
    try await store.admit(pass("1"), at: 0)
    // On the same pass, then on its code in other letters, then on none.
    for (id, code, seconds) in [("1", "CODE-1", 10.0), (nil, "code-1", 20), (nil, "OTHER", 30)] {
      try await store.admit(
        byHand: HandAdmission(
          passID: id, people: 2, reason: .alreadyUsed, scan: record(code, at: seconds)))
    }
    #expect(try await figures() == [2, 1, 0, 6])
    let second = try await store.admit(pass("2"), at: 40)
    #expect(try await figures() == [2, 2, 0, 6])
    _ = try await store.undo(admission: try #require(second.admissionID), at: night + 50)
    #expect(try await figures() == [2, 1, 0, 6])
  }

  @Test func `Only passes that the rules let in are expected`() async throws {
    var cancelled = pass("1")
    cancelled.state = "cancelled"
    var archived = pass("2")
    archived.isArchived = true
    var others = pass("3")
    others.organizationID = "another"
    let elsewhen = pass("4", eventID: "another night")
    try await list([cancelled, archived, others, elsewhen, pass("5", people: 0), pass("6")])
    var rules = Rules()
    rules.organizationID = "org"
    #expect(try await figures(rules) == [1, 0, 0, 0])
    rules.activeStates = ["activated", "cancelled"]
    #expect(try await figures(rules) == [2, 0, 0, 0])
    // Whatever the hour is now, and whatever else may hold then.
    rules.hours = .enforce
    rules.rateWindows = .enforce
    rules.capacity = .enforce
    rules.places = 0
    rules.offlineAdmit = false
    rules.partialEntry = false
    rules.eventWithoutUsage = .admit
    #expect(try await figures(rules) == [3, 0, 0, 0])
  }

  @Test func `One of a group that is used up by it came, not all`() async throws {
    let group = pass("1", people: 4, counted: 1)
    try await list([group])
    var rules = Rules()
    rules.partialEntry = false
    #expect(try await figures(rules) == [4, 1, 1, 0])
  }

  @Test func `A pass that a later list lacks is not expected`() async throws {
    try await list((1...5).map { pass("\($0)") })
    try await store.admit(pass("5"), at: 0)
    try await list((1...4).map { pass("\($0)") })
    // Whoever came in on it before was not expected.
    #expect(try await figures() == [4, 0, 0, 1])
    // Sold at the door since.
    try await store.store(passes: [pass("6")], fetchedAt: night, eventID: tonightID)
    #expect(try await figures() == [5, 0, 0, 1])
  }

  @Test func `Passes that the next night's list took along count for both`() async throws {
    func season(_ number: Int) -> Pass {
      var season = pass("\(number)")
      season.usages.append(Usage(eventID: "next \"night\"/", beneficiaries: 1))
      return season
    }
    let passes = (1...10).map(season)
    try await list(passes)
    try await list(passes, eventID: "next \"night\"/")
    #expect(try await figures() == [10, 0, 0, 0])
    guard
      case .known(let next) = try await store.reportedNight(
        eventID: "next \"night\"/", rules: Rules()
      ).attendance
    else {
      Issue.record("not known")
      return
    }
    #expect(next.expected == 10)
  }

  /// The others are purged, and those that are left are not all.
  @Test func `What is left of an old night is not taken for all of it`() async throws {
    try await store.store(
      events: [Event(id: tonightID, startsAt: night, endsAt: night + 3600)], fetchedAt: night)
    var season = pass("1")
    season.usages.append(Usage(eventID: "next", beneficiaries: 1))
    try await list([season] + (2...10).map { pass("\($0)") })
    try await store.admit(pass("2"), at: 0)
    try await list([season], eventID: "next")
    #expect(try await figures() == [10, 1, 0, 0])
    _ = try await store.purge(eventsEndedBefore: night + 86_400)
    #expect(try await attendance() == .forgotten)
  }

  @Test func `By types, most expected first`() async throws {
    var (first, second, third) = (pass("1", people: 2), pass("2", people: 5), pass("3"))
    first.typeName = "A"
    second.typeName = nil
    third.typeName = "A"
    try await list([first, second, third])
    try await store.admit(third)
    #expect(
      try await guests().passTypes == [
        .init(name: nil, expected: 5, came: 0), .init(name: "A", expected: 3, came: 1),
      ])
  }

  @Test func `Numbers that nobody can mean end nothing`() async throws {
    try await list([pass("1", people: .max, counted: .max), pass("2", people: .max)])
    #expect(try await figures() == [.max, .max, .max, 0])
  }
}
