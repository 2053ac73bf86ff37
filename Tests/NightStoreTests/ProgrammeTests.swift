import Admission
import FoundationEssentials
import Testing

@testable import NightStore

struct ProgrammeTests {
  @Test func `Events come back by their start`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    let late = Event(id: "b", name: "Late", startsAt: night + 60, endsAt: night + 90)
    let early = Event(id: "c", name: "Early", startsAt: night)
    let vague = Event(id: "a")
    try await store.store(events: [vague, late, early], fetchedAt: night)
    #expect(try await store.storedEvents().map(\.value) == [early, late, vague])
    #expect(try await store.storedEvent(id: "b") == Fetched(value: late, fetchedAt: night))
    #expect(try await store.storedEvent(id: "x") == nil)

    // The clock was set back meanwhile: what came last holds.
    try await store.store(events: [Event(id: "b", name: "Newer")], fetchedAt: night - 7200)
    #expect(try await store.storedEvent(id: "b")?.value.name == "Newer")
    try await store.store(events: [Event(id: "b", name: "Moved")], fetchedAt: night + 5)
    #expect(
      try await store.storedEvent(id: "b")
        == Fetched(value: Event(id: "b", name: "Moved"), fetchedAt: night + 5))
  }

  @Test func `A rate that vanished is gone`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    func rate(_ id: String, price: String) throws -> Rate {
      Rate(
        id: id, eventID: tonightID, name: "Name \u{0}\(id)", beneficiaries: 2,
        options: [
          RateOption(
            id: "o", information: "info", price: try #require(Decimal(string: price)),
            content: nil, from: -3600, until: 7200.5)
        ])
    }
    let both = [try rate("1", price: "12.35"), try rate("2", price: "0.1")]
    #expect(try await store.storedRates(eventID: tonightID) == nil)
    try await store.store(rates: both, eventID: tonightID, fetchedAt: night)
    #expect(
      try await store.storedRates(eventID: tonightID) == Fetched(value: both, fetchedAt: night))
    try await store.store(rates: [both[1]], eventID: tonightID, fetchedAt: night + 1)
    #expect(try await store.storedRates(eventID: tonightID)?.value == [both[1]])
    try await store.store(rates: both, eventID: tonightID, fetchedAt: night - 7200)
    #expect(try await store.storedRates(eventID: tonightID)?.value == both, "what came last holds")
  }
}
