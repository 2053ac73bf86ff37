import Admission
import DoorScreen
import Foundation

/// What stands before and over the scans: the choice of the event, the warnings, the store's state.
extension Scene {
  static let picking: [Scene] = [
    Scene(name: "pick-event", state: Night.picking(2), sizes: allSizes),
    Scene(
      name: "pick-event-of-many",
      state: {
        var state = Night.picking(12)
        for _ in 0..<7 { state.take(.key(.down)) }
        return state
      }()),
    Scene(
      name: "pick-event-hostile",
      state: Night.state(
        tonight: .none(
          .several([
            Event(
              id: "ev1",
              name: "A\u{1B}[2J\u{202E}night" + String(repeating: " very long", count: 9),
              endsAt: Night.at(hours: 2)),
            Event(id: "ev\u{7}2", name: " ", startsAt: Night.at(hours: 1)),
            Event(id: "ev3", name: "王小明の夜"),
          ])))),
    Scene(
      name: "pick-event-after-a-scan",
      state: {
        var state = Night.picking(3)
        state.scan(Night.outcome(.noEvent, tonight: .none(.several(Night.events(3)))))
        return state
      }()),
  ]

  static let banners: [Scene] = [
    Scene(name: "banners-idle", state: warned { _ in }, sizes: allSizes),
    Scene(name: "banners-over-verdict", state: warned { $0.scan(Night.outcome(.alreadyUsed)) }),
    Scene(name: "banners-in-help", state: warned { $0.take(.key(.function(1))) }),
    Scene(
      name: "full",
      state: {
        var setup = Night.setup(demoCodes: Night.demoCodes)
        setup.capacity = 123
        setup.countsThisDoorOnly = true
        return Night.state(setup: setup)
      }()),
    Scene(
      name: "preloading",
      state: busy { $0.take(.night(.preload(.running(done: 1200, of: 3012)))) }, sizes: usualSizes),
    Scene(
      name: "preloaded-offline",
      state: busy {
        $0.take(.night(.preload(.finished(count: 3012, at: Night.at(hours: -0.6)))))
        $0.take(.service(ServiceHealth(.offline(since: Night.at(hours: -0.5)))))
      }, sizes: allSizes),
  ]

  private static func warned(_ change: (inout DoorState) -> Void) -> DoorState {
    busy { state in
      for notice in Night.notices { state.take(.notice(notice, isActive: true)) }
      change(&state)
    }
  }
}

extension Night {
  static func picking(_ count: Int) -> DoorState {
    state(tonight: .none(.several(events(count))))
  }
}
