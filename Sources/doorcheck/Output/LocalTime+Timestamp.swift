import DoorScreen
import Foundation
import LinuxBox

extension LocalTime {
  /// In the zone of that name (`door.time_zone`); nil takes the box's own.
  init(identifier: String?) {
    self.init(
      timeZone: identifier.flatMap(TimeZone.init(identifier:))
        ?? BoxTimeZone(environment: ProgramEnvironment.variables).timeZone)
  }

  /// ISO 8601 with the offset that holds at that moment: `2026-11-21T23:41:05+01:00`.
  func timestamp(_ date: Date) -> String {
    date.formatted(Date.ISO8601FormatStyle(timeZoneSeparator: .colon, timeZone: timeZone))
  }
}
