import Admission
import DoorConfiguration
import DoorScreen
import Formatting

/// Where the configuration was read from, and what a night misses that it leaves out.
struct ConfigurationFinding {
  let loaded: LoadedConfiguration
  /// Whether staff cards work on this box.
  let hasCards: Bool

  var finding: CheckFinding {
    let source = loaded.file.map(DisplayText.cleaned) ?? "no file; environment and defaults alone"
    let advice = loaded.warnings.map(\.description) + omissions
    return .pass(
      .configuration, source, next: advice.isEmpty ? nil : advice.joined(separator: "\n"))
  }

  /// What works without, and then fails somebody at the door.
  private var omissions: [String] {
    let settings = loaded.settings
    let (door, kiosk) = (settings.door, settings.kiosk)
    return [
      (door.help ?? "").allSatisfy(\.isWhitespace)
        ? "set door.help: an amber panel says whom to call, and now names nobody" : nil,
      kiosk.isEnabled && kiosk.pinHash == nil
        ? "set kiosk.pin_hash, which doorcheck pin makes: now nobody can leave the screen by the "
          + "keyboard" : nil,
      settings.rules.capacity == .enforce && door.capacity == nil
        ? "set door.capacity: rules.capacity is enforce, and without a number the house is never full"
        : nil,
      settings.screen.keys == .cards && !hasCards
        ? "screen.keys is cards, and this box has none: doorcheck cards makes them" : nil,
    ].compactMap(\.self)
  }
}
