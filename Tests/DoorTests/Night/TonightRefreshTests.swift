import Admission
import DoorScreen
import Foundation
import Fourvenues
import NightStore
import SandboxVenue
import TestSupport
import Testing

@testable import Door

@Suite(.timeLimit(.minutes(5))) struct TonightRefreshTests {
  @Test func `It tells event and rates, and stores them`() async throws {
    let night = try await NightUnderTest()
    await night.refresh(night.checkIn()).refresh()
    try await night.events.until("the rates are told") { $0.staleRates == [false] }
    #expect(night.events.all.tonights.last?.event?.id == night.venue.tonightEventID)
    #expect(try await night.store.storedRates(eventID: night.venue.tonightEventID) != nil)
    #expect(try await night.store.storedEvent(id: night.venue.tonightEventID) != nil)
    await night.end()
  }

  /// F5 held down is no flood for the service.
  @Test(arguments: [(4.9, false), (5.1, true)])
  func `It is not asked anew within five seconds`(seconds: Double, isAsked: Bool) async throws {
    let night = try await NightUnderTest()
    let refresh = await night.refresh(night.checkIn())
    await refresh.refresh()
    night.clock.advance(by: .seconds(seconds))
    let requests = await night.requests { await refresh.refresh() }
    #expect((requests > 0) == isAsked, "\(requests)")
    await night.end()
  }

  @Test func `Each minute it asks again, and more often where nothing was ever told`()
    async throws
  {
    let night = try await NightUnderTest()
    night.venue.setDown(true)
    let refresh = await night.refresh(night.checkIn())
    night.work.add { await refresh.run() }
    try await night.events.until("it says that nobody answers") {
      $0.tonights.contains(.none(.unreachable))
    }
    night.venue.setDown(false)
    // The pause after a first failure is 2 s, give or take.
    for _ in 0..<10 where night.events.all.tonights.last?.event == nil {
      try await night.clock.untilWaiting(2)
      night.clock.advance(by: .seconds(1))
    }
    try await night.events.until("it tells the event") { $0.tonights.last?.event != nil }
    try await night.events.until("it tells the rates") { $0.staleRates.last == false }

    try await night.clock.untilWaiting(2)
    let before = night.venue.requestCount
    night.clock.advance(by: .seconds(62))
    try await night.events.until("it asks again") { _ in night.venue.requestCount > before }
    await night.end()
  }

  @Test func `What is stored stands in for a service that takes its time`() async throws {
    let night = try await NightUnderTest()
    let before = await night.refresh(night.checkIn())
    await before.refresh()
    try await night.events.until("the rates are stored") { $0.staleRates == [false] }
    let told = night.events.all.count

    // A program that is started anew on the same store.
    var faults = SandboxFaults()
    faults.latencyMilliseconds = 700
    try night.venue.setFaults(faults)
    let services = try DoorServices(
      settings: night.settings, logger: Logs.silent, opening: StoreOpening(store: night.store),
      work: night.work,
      timer: night.clock)
    let refresh = TonightRefresh(
      services: services, checkIn: await night.checkIn(), picked: nil, queue: night.queue)
    night.work.add { await refresh.refresh() }
    try await night.clock.untilWaiting(1)
    night.clock.advance(by: services.patience)
    try await night.events.until("both price lists") { events in
      let new = Array(events[told...])
      return new.staleRates == [true, false]
    }
    let new = Array(night.events.all[told...])
    #expect(new.tonights.allSatisfy { $0.event?.id == night.venue.tonightEventID })
    await services.client.shutdown()
    await night.end()
  }

  @Test func `Of several events staff pick one, which is kept over a restart`() async throws {
    var options = SandboxOptions()
    options.eventsTonight = .two
    let night = try await NightUnderTest(options)
    let picked = night.settings.pickedEventFile
    let refresh = await night.refresh(night.checkIn(), picked: picked)
    await refresh.refresh()
    try await night.events.until("there is a choice") {
      if case .some(.none(.several)) = $0.tonights.last { true } else { false }
    }
    await refresh.pick(night.venue.tonightEventID)
    try await night.events.until("the picked event") {
      $0.tonights.last?.event?.id == night.venue.tonightEventID
    }
    #expect(picked.read() == night.venue.tonightEventID)
    await night.end()
  }
}
