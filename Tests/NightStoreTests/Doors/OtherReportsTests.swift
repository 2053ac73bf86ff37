import Admission
import FoundationEssentials
import Testing

@testable import NightStore

/// Of whom another door told the service, the answer may hold: nobody is counted twice, and nobody too
/// little.
struct OtherReportsTests {
  private let temporary: TemporaryStore
  private let store: NightStore

  init() throws {
    temporary = try TemporaryStore()
    store = temporary.store
  }

  struct Told: Sendable, CustomTestStringConvertible {
    var name: String
    /// By the true time: the other door lets in one of four at 0, reports at 10, is answered at 11.
    var reported: TimeInterval? = 10
    var acknowledged: TimeInterval? = 11
    var askedAt: TimeInterval
    /// People whom the service counts then.
    var counted: Int?
    var used: Int
    var testDescription: String { name }
  }

  /// With clocks that agree, that differ, and that nobody has compared.
  @Test(
    arguments: [
      Told(name: "not told", reported: nil, acknowledged: nil, askedAt: 60, used: 1),
      Told(name: "told, then asked", askedAt: 60, counted: 1, used: 1),
      Told(name: "asked, then told", askedAt: 5, used: 1),
      Told(name: "told without an answer", acknowledged: nil, askedAt: 60, counted: 1, used: 1),
      Told(name: "told, and lost", acknowledged: nil, askedAt: 60, used: 1),
      Told(name: "told, and others came", askedAt: 60, counted: 2, used: 2),
    ],
    [(0.0, 0.0), (3600, 0), (-3600, 0), (0, 3600), (-300, 900), (nil, 0), (0, nil)]
      as [(theirs: TimeInterval?, ours: TimeInterval?)])
  func `Each is counted once`(
    _ told: Told, _ clocks: (theirs: TimeInterval?, ours: TimeInterval?)
  ) async throws {
    // Where nobody has compared them, they are wrong all the same.
    let theirs = clocks.theirs ?? 1800
    let ours = clocks.ours ?? -1800
    let group = pass("1", people: 4, counted: told.counted)
    var other = elsewhere(pass("1", people: 4), at: theirs, offset: clocks.theirs)
    if let reported = told.reported {
      other = other.changed(
        reportedAt: reported + theirs, acknowledgedAt: told.acknowledged.map { $0 + theirs })
    }
    try await store.takeOver([other], offset: clocks.ours)
    let recorded = try await store.admit(
      group, at: 61 + ours, onLedger: [other], group: .one, answeredAt: told.askedAt + ours)
    #expect(recorded.before.missing(from: told.counted ?? 0) + (told.counted ?? 0) == told.used)
    #expect(recorded.decision.count?.used == told.used)
  }

  /// Nobody knows whether an answer from the store is older than a report by an unknown clock.
  @Test(arguments: [-7200, -30, 0, 30, 7200] as [TimeInterval])
  func `By an unknown clock nobody is let in who is in`(theirs: TimeInterval) async throws {
    let one = pass("1")
    let other = elsewhere(one, at: theirs, offset: nil)
      .changed(reportedAt: 10 + theirs, acknowledgedAt: 11 + theirs)
    try await store.takeOver([other])
    // Asked for before the other door let anybody in.
    let recorded = try await store.admit(
      one, at: 60, onLedger: [other], answeredAt: -600,
      source: .cache(fetchedAt: night - 600, because: .offline))
    #expect(recorded.decision.reason == .alreadyUsed)
  }

  @Test(
    arguments: [(0, 0, 0), (0.9, 0, 0), (-300, 0, 300), (0, -300, -300), (300, 900, 600)]
      as [(theirs: TimeInterval, ours: TimeInterval, moved: TimeInterval)])
  func `Times are this box's`(
    _ clocks: (theirs: TimeInterval, ours: TimeInterval, moved: TimeInterval)
  ) async throws {
    try await store.takeOver(
      [elsewhere(pass("1"), at: 50, offset: clocks.theirs)], offset: clocks.ours)
    let earlier = try await store.earlierAdmissions(
      of: entry(pass("1")).pass, answeredAt: night)
    #expect(earlier.first == Entry(at: night + 50 + clocks.moved, door: "South"))
    let since = try await store.crowd(
      eventID: tonightID, sinceEach: [night + 49 + clocks.moved, night + 51 + clocks.moved])
    #expect(since.cameSince == [1, 0])
  }

  @Test func `Nothing of another door is reported by this one`() async throws {
    try await store.takeOver([elsewhere(pass("1")), elsewhere(pass("2"), isByHand: true)])
    #expect(try await store.claimDueReports(now: night + 60, lease: 60).isEmpty)
    #expect(try await store.nextDue(now: night + 60) == nil)
    #expect(try await store.reportCases(eventID: tonightID).isEmpty)
    #expect(try await store.figures(eventID: tonightID).unreported.people == 0)
  }

  /// What the service is told of once, whichever door does.
  @Test(arguments: [true, false])
  func `A booking that another door reported is not reported again`(isTold: Bool) async throws {
    let booking = pass("1", kind: .booking, people: 4)
    var other = elsewhere(booking)
    if isTold { other = other.changed(reportedAt: 5, acknowledgedAt: 6) }
    try await store.takeOver([other])
    try await store.admit(
      booking, at: 60, group: .one, report: ReportOrder(optionID: nil, earliest: night))
    let due = try await store.claimDueReports(now: night + 90, lease: 60)
    #expect(due.count == (isTold ? 0 : 1))
  }
}
