import Admission
import FoundationEssentials
import NightStore
import Testing

/// What `check` reads of a store.
struct ReadinessTests {
  @Test func `The newest scan is any door's and no correction`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    #expect(try await store.newestScanAt() == nil)
    try await store.journal(record("X", at: 10), Decision(reason: .unreadableCode))
    #expect(try await store.newestScanAt() == night + 10)
    let admitted = try await store.admit(pass("1"), at: 20, door: "South")
    #expect(try await store.newestScanAt() == night + 20)
    try await store.journal(record("X", action: .repeat, at: 30), Decision(reason: .valid))
    #expect(try await store.newestScanAt() == night + 30)
    _ = try await store.undo(admission: #require(admitted.admissionID), at: night + 40)
    #expect(try await store.newestScanAt() == night + 30)
  }

  @Test func `The forecast is of the event's own passes`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    var sold = pass("2")
    sold.state = "sold"
    try await store.store(
      passes: [pass("1"), sold, pass("3", eventID: "other")], fetchedAt: night,
      eventID: tonightID)
    try await store.store(passes: [pass("4")], fetchedAt: night, eventID: "other")
    let forecast = try await store.refusalForecast(eventID: tonightID, rules: Rules())
    #expect(forecast.passes == 3)
    #expect(forecast.notActive == 1)
    #expect(forecast.notTonight == 1)
    #expect(forecast.cause == .activeStates(seen: ["sold"]))
    #expect(try await store.refusalForecast(eventID: "none", rules: Rules()).passes == 0)
  }
}
