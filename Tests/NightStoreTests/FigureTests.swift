import Admission
import FoundationEssentials
import Testing

@testable import NightStore

struct FigureTests {
  private func scan(
    _ store: NightStore, _ reason: Reason, at seconds: TimeInterval, door: String = "Main",
    source: Source? = nil, action: ScanRecord.Action = .scan, type: String? = nil
  ) async throws {
    try await store.journal(
      record(
        "X", action: action, at: seconds, door: door, passType: type, source: source),
      Decision(reason: reason))
  }

  @Test func `An empty night has no figures`() async throws {
    let temporary = try TemporaryStore()
    #expect(
      try await temporary.store.figures(eventID: tonightID) == NightFigures(eventID: tonightID))
  }

  @Test func `Counts what the journal holds`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    let cached = Source.cache(fetchedAt: night - 60, because: .offline)
    try await store.admit(pass("1", people: 4), at: 0)
    try await store.admit(pass("2"), at: 100, door: "South", source: cached)
    try await store.admit(pass("1", people: 4), at: 120)
    try await scan(store, .unknownPass, at: 130, source: .live)
    try await scan(store, .offline, at: 140)
    try await scan(store, .valid, at: 150, source: .live, action: .repeat)
    try await scan(store, .valid, at: 160, source: .live, action: .look)
    try await store.admit(
      byHand: HandAdmission(
        passID: nil, people: 2, reason: .offline,
        scan: record("X", at: 170, passType: nil, source: nil)))

    let figures = try await store.figures(eventID: tonightID)
    #expect(figures.firstAt == night)
    #expect(figures.lastAt == night + 170)
    #expect(
      figures.reasons == [
        .init(reason: .offline, scans: 1), .init(reason: .unknownPass, scans: 1),
        .init(reason: .alreadyUsed, scans: 1), .init(reason: .valid, scans: 2),
      ])
    #expect(figures.scans == 5)
    #expect(figures.scans(.admit) == 2)
    #expect(figures.scans(.refuse) == 2)
    #expect(figures.scans(.unverified) == 1)
    #expect(figures.repeats == 1)
    #expect(figures.looks == 1)
    #expect(figures.admitted == .init(admissions: 3, people: 7))
    #expect(figures.onStoredAnswers == .init(admissions: 1, people: 1))
    #expect(figures.byHand == .init(admissions: 1, people: 2))
    #expect(
      figures.passTypes == [
        .init(passType: "Season", scans: 3, people: 5), .init(passType: nil, scans: 2, people: 2),
      ])
    #expect(
      figures.doors == [
        .init(door: "Main", scans: 4, people: 6), .init(door: "South", scans: 1, people: 1),
      ])
    #expect(figures.arrivals == [.init(start: night, people: 7)])
    #expect(try await store.figures(eventID: "other") == NightFigures(eventID: "other"))
  }

  @Test func `Arrivals have no gaps and the peak is of five minutes`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    // The busiest five minutes lie across a quarter's end, where neither quarter shows them.
    let times: [(Double, Int)] = [(0, 3), (840, 4), (899, 1), (900, 5), (1139, 2), (2700, 9)]
    for (number, (seconds, people)) in times.enumerated() {
      try await store.admit(pass("\(number)", people: people), at: seconds)
    }
    let figures = try await store.figures(eventID: tonightID)
    #expect(figures.arrivals.map(\.people) == [8, 7, 0, 9])
    #expect(figures.arrivals.map { $0.start.timeIntervalSince(night) } == [0, 900, 1800, 2700])
    #expect(figures.peak == .init(start: night + 840, people: 12))
    #expect(figures.peak?.peoplePerMinute == 2.4)
    #expect(try await store.arrivals(eventID: tonightID) == figures.arrivals)
  }

  @Test func `Offline is what was noted within the night`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    func note(_ status: ServiceStatus, _ seconds: Double, door: String = "Main") async throws {
      try await store.note(status, door: door, at: night + seconds)
    }
    try await note(.offline(since: night), -500)
    try await note(.live(latency: .zero), 60)
    try await scan(store, .unknownPass, at: 0, source: .live)
    // Refusing or failing is not offline; two doors offline at once count once.
    try await note(.failing(since: night), 100)
    try await note(.offline(since: night), 200)
    try await note(.offline(since: night), 220, door: "South")
    try await note(.live(latency: .zero), 260)
    try await note(.keyRefused(since: night), 300, door: "South")
    for seconds in [210.0, 310] {
      try await scan(store, .unknownPass, at: seconds, door: "South", source: .live)
    }
    // Never seen to end: it lasted until the last scan.
    try await note(.offline(since: night), 900)
    try await scan(store, .unknownPass, at: 1000, source: .live)
    let figures = try await store.figures(eventID: tonightID)
    #expect(figures.offline == .seconds(60 + 100 + 100))
  }

  /// A box that was switched off, renamed or never came back is not offline all night, whether its
  /// next start has been noted or not.
  @Test(arguments: [nil, 9500.0, 90_000])
  func `Each door counts between its own first and last scan`(nextStart: Double?) async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    func note(_ status: ServiceStatus, _ seconds: Double, _ door: String) async throws {
      try await store.note(status, door: door, at: night + seconds)
    }
    try await note(.offline(since: night), -9000, "Last year's")
    // Opens late, after it was off with the last thing noted of it an outage.
    try await note(.offline(since: night), -9000, "Terrace")
    try await note(.live(latency: .zero), 5000, "Terrace")
    for seconds in [5010.0, 6000] {
      try await scan(store, .unknownPass, at: seconds, door: "Terrace", source: .live)
    }
    // Switched off in the middle of an outage.
    try await scan(store, .unknownPass, at: 90, door: "South", source: .live)
    try await note(.offline(since: night), 100, "South")
    try await scan(store, .unknownPass, at: 160, door: "South", source: .live)
    if let nextStart { try await note(.live(latency: .zero), nextStart, "South") }
    for seconds in [0.0, 9600] {
      try await scan(store, .unknownPass, at: seconds, source: .live)
    }
    #expect(try await store.figures(eventID: tonightID).offline == .seconds(60))
  }

  /// The `scan` command keeps no watch on the service.
  @Test func `Offline is also what scans tell`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    let cached = Source.cache(fetchedAt: night, because: .offline)
    try await scan(store, .offline, at: 0)
    try await scan(store, .alreadyUsed, at: 40, source: cached)
    try await scan(store, .noEvent, at: 50)
    try await scan(store, .offline, at: 100)
    try await scan(store, .unknownPass, at: 130, source: .live)
    try await scan(store, .offline, at: 200)
    // Too far apart to know of the time between.
    try await scan(store, .offline, at: 2000)
    #expect(try await store.figures(eventID: tonightID).offline == .seconds(100))
  }
}
