import Admission
import DoorConfiguration
import DoorScreen
import Foundation
import Fourvenues
import NightStore
import SandboxVenue
import Synchronization
import TestSupport
import Testing

@testable import Door

@Suite(.timeLimit(.minutes(5))) struct PreloaderTests {
  /// Begins to store the passes of the event that the test names.
  private func begin(_ night: NightUnderTest) -> @Sendable (Tonight) -> Void {
    let tonight = Mutex(Tonight.none(.notChosen))
    let named = Named(tonight)
    let preloader = Preloader(
      client: night.services.client, store: night.store, kinds: night.settings.door.accepts,
      rules: night.settings.rules, clock: night.services.clock, timer: night.clock,
      timeZone: .gmt,
      post: { [queue = night.queue] in queue.post(.screen($0)) },
      tonight: { named.tonight })
    night.work.add { await preloader.run() }
    return { named.tonight = $0 }
  }

  private final class Named: Sendable {
    private let kept: Mutex<Tonight>
    init(_ tonight: consuming sending Mutex<Tonight>) { kept = tonight }
    var tonight: Tonight {
      get { kept.withLock { $0 } }
      set { kept.withLock { $0 = newValue } }
    }
  }

  @Test func `All passes are stored once there is an event`() async throws {
    let night = try await NightUnderTest()
    let name = begin(night)
    try await night.clock.untilWaiting()
    #expect(night.venue.requestCount == 0)
    name(.chosen(Event(id: night.venue.tonightEventID)))
    night.clock.advance(by: .seconds(1))
    try await night.events.until("all are stored") {
      if case .finished = $0.preloads.last { true } else { false }
    }
    #expect(night.events.all.preloads.first == .running(done: 0, of: nil))
    let stored = try await night.store.storedAnswer(
      code: "GROUP4XYZ", eventID: night.venue.tonightEventID)
    #expect(stored != nil)
    #expect(!night.events.all.warns(.preloadForbidden))
    await night.end()
  }

  @Test(arguments: [(403, true), (500, false)])
  func `What failed is said and tried again soon`(status: Int, isForbidden: Bool) async throws {
    let night = try await NightUnderTest()
    var faults = SandboxFaults()
    faults.endpoints = [.passes]
    faults.fail = 1
    faults.failStatuses = [status]
    try night.venue.setFaults(faults)
    let name = begin(night)
    name(.chosen(Event(id: night.venue.tonightEventID)))
    for _ in 0..<5 where night.events.all.preloads.last != .stopped {
      try await night.clock.untilWaiting()
      night.clock.advance(by: .seconds(1))
      try await night.events.until("it begins") { $0.preloads.count > 1 }
    }
    try await night.events.until("it says so") { $0.preloads.last == .stopped }
    try await night.events.until("it warns, or not") { $0.warns(.preloadForbidden) == isForbidden }

    try night.venue.setFaults(SandboxFaults())
    // Not five minutes later.
    for _ in 0..<10 {
      if case .finished = night.events.all.preloads.last { break }
      try await night.clock.untilWaiting()
      night.clock.advance(by: .seconds(1))
    }
    try await night.events.until("all are stored") {
      if case .finished = $0.preloads.last { true } else { false }
    }
    try await night.events.until("no warning") { !$0.warns(.preloadForbidden) }
    await night.end()
  }

  @Test func `Another event's passes are fetched at once`() async throws {
    var options = SandboxOptions()
    options.eventsTonight = .two
    let night = try await NightUnderTest(options)
    let events = night.venue.events.filter { $0.id != night.venue.tonightEventID }
    let other = try #require(events.first)
    let name = begin(night)
    name(.chosen(Event(id: night.venue.tonightEventID)))
    let isFinished = { @Sendable (events: [DoorLoop.Event]) in
      events.preloads.count { if case .finished = $0 { true } else { false } }
    }
    try await night.clock.untilWaiting()
    night.clock.advance(by: .seconds(1))
    try await night.events.until("the first event's") { isFinished($0) == 1 }
    try await night.clock.untilWaiting()
    name(.chosen(Event(id: other.id)))
    night.clock.advance(by: .seconds(1))
    try await night.events.until("the other event's") { isFinished($0) == 2 }
    await night.end()
  }
}
