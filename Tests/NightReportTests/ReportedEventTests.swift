import Admission
import Foundation
import NightStore
import Testing

@testable import Door
@testable import NightReport

@Suite struct ReportedEventTests {
  static let now = Date(timeIntervalSince1970: 1_792_900_000)

  private func event(_ id: String, hours: Double?) -> Event {
    Event(id: id, name: "Name of \(id)", startsAt: hours.map { Self.now + $0 * 3600 })
  }

  @Test func `An empty store has none`() async throws {
    let night = try ReportStore()
    #expect(try await ReportedEvent(named: nil, store: night.store).find(at: Self.now) == nil)
  }

  @Test func `The newest with anything recorded, else the newest`() async throws {
    let night = try ReportStore()
    let events = [
      event("last week", hours: -170), event("yesterday", hours: -24), event("tonight", hours: 5),
      event("next week", hours: 166),
    ]
    try await night.store.store(events: events, fetchedAt: Self.now)
    func found() async throws -> String? {
      try await ReportedEvent(named: nil, store: night.store).find(at: Self.now)?.id
    }
    #expect(try await found() == "tonight")
    try await night.scan(.unknownPass, eventID: "last week", at: Self.now)
    #expect(try await found() == "last week")
    try await night.scan(.unknownPass, eventID: "yesterday", at: Self.now - 1000)
    #expect(try await found() == "yesterday")
    // It cannot have begun; somebody tried it out.
    try await night.scan(.unknownPass, eventID: "next week", at: Self.now)
    #expect(try await found() == "yesterday")
    try await night.scan(.unknownPass, eventID: "tonight", at: Self.now, action: .look)
    #expect(try await found() == "tonight")
  }

  @Test func `A named one is taken as it is, with what the store knows of it`() async throws {
    let night = try ReportStore()
    try await night.store.store(events: [event("known", hours: -3)], fetchedAt: Self.now)
    func found(_ named: Event) async throws -> Event? {
      try await ReportedEvent(named: named, store: night.store).find(at: Self.now)
    }
    #expect(try await found(Event(id: "known")) == event("known", hours: -3))
    #expect(try await found(Event(id: "known", name: "Ours"))?.name == "Ours")
    #expect(try await found(Event(id: "stranger")) == Event(id: "stranger"))
  }
}
