import Admission
import CheckIn
import DoorConfiguration
import DoorScreen
import Foundation
import Fourvenues
import NightStore
import SandboxVenue
import Synchronization
import TestSupport
import Waiting

@testable import Door

/// What works behind the screen, with a stand-in service over real HTTP, a store on the disk, and a
/// clock of the test's own for its pauses.
final class NightUnderTest: Sendable {
  let venue: RunningVenue
  let settings: Settings
  let store: NightStore
  let services: DoorServices
  let clock = ManualClock()
  let work = BackgroundWork()
  let queue = EventQueue<DoorLoop.Event>()
  /// What the loop would have been told.
  let events = Collected<DoorLoop.Event>()
  private let folder: URL

  init(_ options: SandboxOptions = SandboxOptions()) async throws {
    venue = try await SandboxVenue.start(options)
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("doorcheck-night-\(UUID().uuidString)")
    settings = Self.settings(for: venue, folder: folder.path)
    store = try NightStore.open(path: settings.storeFile, now: Date()).store
    services = try DoorServices(
      settings: settings, logger: Logs.silent, opening: StoreOpening(store: store), work: work,
      timer: clock)
    work.add { [queue, events] in
      for await event in queue.events {
        _ = queue.took()
        events.add(event)
      }
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  static func settings(for venue: RunningVenue, folder: String) -> Settings {
    var settings = Settings(hostName: "North")
    settings.fourvenues.baseURL = URL(string: venue.baseURL)!
    settings.fourvenues.apiKey = Secret("test")
    settings.fourvenues.requestsPerSecond = 1000
    settings.rules.organizationID = SandboxVenue.organizationID
    settings.store.path = folder
    return settings
  }

  /// The service layer, with the verdicts as the loop would be told them.
  func checkIn(for audience: Audience = Audience()) async -> CheckInService {
    await services.checkIn(
      settings: settings, isDryRun: false, reportDelay: 0, audience: audience,
      tell: { [queue] in
        if case .verdict(let outcome) = $0 { queue.post(.verdict(outcome)) }
      })
  }

  /// Tonight's refresh; seconds between its questions count by the manual clock.
  func refresh(_ checkIn: CheckInService, picked: PickedEventFile? = nil) -> TonightRefresh {
    TonightRefresh(
      services: services, checkIn: checkIn, picked: picked, queue: queue,
      now: { [clock] in Moment(wall: Date(), uptime: 1000 + clock.now.seconds) })
  }

  /// Requests to the service within `act`.
  func requests(_ act: () async throws -> Void) async rethrows -> Int {
    let before = venue.requestCount
    try await act()
    return venue.requestCount - before
  }

  func end() async {
    _ = await work.end(within: .seconds(10))
    await services.client.shutdown()
    store.close()
    await venue.stop()
  }
}

extension [DoorLoop.Event] {
  /// What was told of tonight, oldest first.
  var tonights: [Tonight] {
    compactMap { if case .tonight(let tonight) = $0 { tonight } else { nil } }
  }

  var verdicts: [Outcome] {
    compactMap { if case .verdict(let outcome) = $0 { outcome } else { nil } }
  }

  var night: [NightEvent] {
    compactMap { if case .screen(.night(let event)) = $0 { event } else { nil } }
  }

  var answers: [StaffAnswer] {
    compactMap { if case .screen(.staff(let answer)) = $0 { answer } else { nil } }
  }

  /// Whether each price list is one that could not be fetched anew.
  var staleRates: [Bool] {
    night.compactMap { if case .rates(.some, _, let isStale) = $0 { isStale } else { nil } }
  }

  var preloads: [Preload] {
    night.compactMap { if case .preload(let preload, _) = $0 { preload } else { nil } }
  }

  var admitted: [Int] {
    night.compactMap { if case .crowd(let crowd) = $0 { crowd.admitted } else { nil } }
  }

  /// Whether that warning holds by now.
  func warns(_ kind: Notice.Kind) -> Bool {
    compactMap {
      if case .screen(.notice(let notice, let isActive)) = $0, notice.kind == kind {
        isActive
      } else {
        nil
      }
    }.last ?? false
  }
}
