package import Admission
package import Formatting
package import Foundation

/// The doors of one ledger, as lines for people and for programs.
package struct DoorsText: Sendable {
  private let doors: [DoorOnLedger]
  private let time: LocalTime

  /// - Parameter time: that of this door.
  package init(doors: [DoorOnLedger], time: LocalTime) {
    self.doors = doors
    self.time = time
  }

  /// A line a door (Contract: Commands).
  package var jsonLines: [String] {
    doors.map { door in
      var line = JSONLine()
      line.add("door", door.name)
      line.add("last_seen", time.timestamp(door.lastSeen))
      line.add("people", door.people)
      line.add("scans", door.scans)
      line.add("state", door.state.rawValue)
      line.add("clock_offset_seconds", door.clockOffset.map(Self.milliseconds))
      return line.text
    }
  }

  /// A table with a heading; empty where there is no door.
  package var textLines: [String] {
    if doors.isEmpty { return [] }
    var table = TextTable(
      columns: [.left(widest: 30), .left(widest: 20), .right, .right, .right, .left(widest: 20)],
      indentation: 0)
    table.rows.append(["door", "state", "people", "scans", "last seen", "clock"])
    for door in doors {
      table.rows.append([
        DisplayText.cleaned(door.name), door.state.rawValue, "\(door.people)", "\(door.scans)",
        lastSeen(door), Self.clock(door.clockOffset),
      ])
    }
    return table.lines
  }

  private func lastSeen(_ door: DoorOnLedger) -> String {
    let seconds = Int(max(0, min(door.unseen, 1e9)))
    return switch seconds {
    case ..<10: "now"
    case ..<120: "\(seconds) s ago"
    case ..<3600: "\(seconds / 60) min ago"
    default: time.minutes(door.lastSeen)
    }
  }

  private static func clock(_ offset: TimeInterval?) -> String {
    guard let offset else { return "unknown" }
    if abs(offset) < 0.1 { return "right" }
    return "\(seconds(offset)) \(offset > 0 ? "ahead" : "behind")"
  }

  /// `2.4 s`.
  package static func seconds(_ offset: TimeInterval) -> String {
    let tenths = Int((min(abs(offset), 1e12) * 10).rounded())
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10) s" : "\((tenths + 5) / 10) s"
  }

  private static func milliseconds(_ offset: TimeInterval) -> Decimal {
    Decimal(Int((max(-1e12, min(offset, 1e12)) * 1000).rounded())) / 1000
  }
}

extension DoorConflicts {
  /// A line for each, with what to do.
  package var lines: [String] {
    sharedNames.map {
      "several doors are called \(DisplayText.cleaned($0)): set door.name, so that \"already used\" "
        + "names the right one; or that box began a new store tonight"
    }
      + rules.map { rule in
        let values = rule.values.map { value in
          let names = value.doors.map { DisplayText.cleaned($0) }.joined(separator: ", ")
          return "\(value.text.map { DisplayText.cleaned($0) } ?? "the default") at \(names)"
        }
        return "doors of the same event have different rules: \(DisplayText.cleaned(rule.name)) is "
          + values.joined(separator: ", and ")
      }
  }
}
