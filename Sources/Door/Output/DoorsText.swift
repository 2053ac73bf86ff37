package import Admission
package import Formatting
package import Foundation

/// The doors of one ledger, as lines for people and for programs.
package struct DoorsText: Sendable {
  private let doors: [DoorOnLedger]
  private let crowds: [String: Crowd]
  private let places: Int?
  private let time: LocalTime

  /// - Parameters:
  ///   - crowds: who is inside, by the id of the event; of `eventsWithExit`.
  ///   - places: people that the venue holds; nil where nobody said.
  ///   - time: that of this door.
  package init(
    doors: [DoorOnLedger], crowds: [String: Crowd] = [:], places: Int? = nil, time: LocalTime
  ) {
    self.doors = doors
    self.crowds = crowds
    self.places = places
    self.time = time
  }

  /// The events at which people are counted out, each once.
  package static func eventsWithExit(among doors: [DoorOnLedger]) -> [String] {
    Set(doors.filter(\.isOrWasExit).compactMap(\.eventID)).sorted()
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

  /// A table with a heading, and who is inside where there is an exit; empty where there is no door.
  package var textLines: [String] {
    if doors.isEmpty { return [] }
    return doors.contains(where: \.isOrWasExit) ? tableWithExits.lines + inside : table.lines
  }

  /// A line an event, which is nearly always one.
  private var inside: [String] {
    let places = places.map { " of \($0)" } ?? ""
    return crowds.sorted { $0.key < $1.key }.map { event, crowd in
      let name = crowds.count > 1 ? "\(DisplayText.cleaned(event)): " : ""
      return "\(name)\(max(0, crowd.inside)) inside\(places), \(crowd.admitted) admitted"
    }
  }

  private var table: TextTable {
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
    return table
  }

  /// A door that changed its direction has both people who came in and people who left.
  private var tableWithExits: TextTable {
    var table = TextTable(
      columns: [
        .left(widest: 30), .left(widest: 4), .left(widest: 20), .right, .right, .right, .right,
        .left(widest: 20),
      ],
      indentation: 0)
    table.rows.append(["door", "way", "state", "people", "left", "scans", "last seen", "clock"])
    for door in doors {
      table.rows.append([
        DisplayText.cleaned(door.name), door.direction.rawValue, door.state.rawValue,
        "\(door.people)", "\(door.gone)", "\(door.scans)", lastSeen(door),
        Self.clock(door.clockOffset),
      ])
    }
    return table
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

extension DoorOnLedger {
  /// It may have changed its direction since.
  fileprivate var isOrWasExit: Bool { direction == .out || gone > 0 }
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
