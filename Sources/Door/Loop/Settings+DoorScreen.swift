import Admission
import DoorConfiguration
import DoorScreen
import Foundation

/// What the door screen, and the screen of a set-up that is wrong, take from the settings.
extension Settings {
  /// - Parameter hasCards: this box has staff cards.
  func screenSetup(demoCodes: [DemoCode] = [], hasCards: Bool = false) -> ScreenSetup {
    ScreenSetup(
      doorName: door.name, help: door.help, panelSeconds: TimeInterval(screen.panelSeconds),
      language: language, time: time, demoCodes: demoCodes, capacity: door.capacity,
      direction: door.direction,
      // Another box may be admitting, and nobody tells us; a demo has none beside it.
      countsThisDoorOnly: isRecording && demoCodes.isEmpty, currency: screen.currency,
      accepts: door.accepts, collectAtDoor: collectAtDoor,
      countsOneAScan: rules.groupEntry == .one, allowsReentry: rules.reentry == .allow,
      keys: screen.keys, hasCards: hasCards, storedHolds: TimeInterval(cacheMaxAgeHours) * 3600,
      kiosk: kiosk.isEnabled
        ? DoorScreen.Kiosk(guarded: Set(kiosk.pinFor), hasPIN: kiosk.pinHash != nil) : nil)
  }

  /// The rules with the places that there are.
  var doorRules: Rules {
    var rules = rules
    rules.places = door.capacity
    return rules
  }

  /// Nil where no PIN is asked for.
  var pinChecker: PINChecker? {
    guard kiosk.isEnabled, let hash = kiosk.pinHash else { return nil }
    return PINChecker(hash: hash, file: isRecording ? pinTriesFile : nil)
  }
}
