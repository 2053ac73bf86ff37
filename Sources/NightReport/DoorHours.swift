import Formatting
import Foundation
import NightStore

/// Who came in at which door in which hour of the local clock.
struct DoorHours {
  /// Hours in a row, without gaps; each run begins and ends with one in which somebody came in.
  private(set) var runs: [[Date]] = []
  /// By name; those where nobody came in as well.
  private(set) var doors: [String] = []
  private var people: [String: [Date: Int]] = [:]

  /// So many hours without anybody are within a night; more end a run.
  private static let longestPause = 6

  init(entries: [LedgerEntry], doors: [NightFigures.DoorCount], time: LocalTime) {
    var seen: Set<Date> = []
    for entry in entries where entry.undoneAt == nil && entry.people > 0 {
      let hour = Self.hour(of: entry.at, time)
      seen.insert(hour)
      people[entry.door, default: [:]][hour, default: 0] += min(entry.people, 1_000_000)
    }
    for hour in seen.sorted() {
      let pause = runs.last?.last.map { Int(hour.timeIntervalSince($0) / 3600) - 1 }
      if let pause, let last = runs.last?.last, pause <= Self.longestPause {
        runs[runs.count - 1] += (0..<pause).map {
          last.addingTimeInterval(Double($0 + 1) * 3600)
        }
        runs[runs.count - 1].append(hour)
      } else {
        runs.append([hour])
      }
    }
    self.doors = Set(doors.map(\.door)).union(people.keys).sorted()
  }

  func people(at door: String, from hour: Date) -> Int { people[door]?[hour] ?? 0 }

  func people(at door: String) -> Int { people[door]?.values.reduce(0, +) ?? 0 }

  /// When the local hour began that holds a moment. In an hour that comes twice, each is one.
  static func hour(of date: Date, _ time: LocalTime) -> Date {
    let offset = Double(time.timeZone.secondsFromGMT(for: date))
    let local = date.timeIntervalSince1970 + offset
    return Date(timeIntervalSince1970: (local / 3600).rounded(.down) * 3600 - offset)
  }
}
