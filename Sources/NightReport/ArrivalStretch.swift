import Admission
import Foundation
import NightStore

/// Quarters of an hour in which people came in or left, without a long pause: what one chart shows.
struct ArrivalStretch: Equatable {
  struct Quarter: Equatable {
    var start: Date
    /// Who came in.
    var people: Int
    /// The most who were inside; nil where nobody left by an exit.
    var inside: Int?

    var end: Date { start.addingTimeInterval(NightFigures.QuarterHour.length) }
  }

  /// In a row, without gaps; the first and the last are not empty.
  private(set) var quarters: [Quarter]

  /// So many seconds without anybody end a stretch: 2 hours.
  private static let longestPause: TimeInterval = 2 * 3600
  /// So many quarters, a day's, are as much as one chart can show.
  private static let mostQuarters = 96

  var start: Date { quarters[0].start }
  var end: Date { quarters[quarters.count - 1].end }
  var people: Int { quarters.reduce(0) { $0.addingClamped($1.people) } }

  /// - Parameter leavers: who was inside; nil where nobody left.
  static func split(
    _ arrivals: [NightFigures.QuarterHour], _ leavers: Occupancy? = nil
  ) -> [ArrivalStretch] {
    let insides = Dictionary(
      (leavers?.quarters ?? []).map { ($0.start, $0.most) }, uniquingKeysWith: max)
    var stretches: [ArrivalStretch] = []
    for quarter in quarters(arrivals, leavers) {
      if let last = stretches.last, last.canAppend(quarter) {
        stretches[stretches.count - 1].append(quarter, insides: insides)
      } else {
        stretches.append(ArrivalStretch(quarters: [quarter]))
      }
    }
    return stretches
  }

  /// Those in which anybody came in or left.
  private static func quarters(
    _ arrivals: [NightFigures.QuarterHour], _ leavers: Occupancy?
  ) -> [Quarter] {
    let arrivals = arrivals.filter { $0.people > 0 }
    guard let leavers else {
      return arrivals.map { Quarter(start: $0.start, people: $0.people) }
    }
    let people = Dictionary(arrivals.map { ($0.start, $0.people) }) { $0 + $1 }
    return leavers.quarters.filter(\.hasMovement).map {
      Quarter(start: $0.start, people: people[$0.start] ?? 0, inside: $0.most)
    }
  }

  /// The same quarters, each with who was inside in the place of who came.
  var insides: ArrivalStretch {
    ArrivalStretch(
      quarters: quarters.map { Quarter(start: $0.start, people: $0.inside ?? 0) })
  }

  /// The same quarters, each with all who had come by its end.
  func running(from before: Int) -> ArrivalStretch {
    var people = before
    return ArrivalStretch(
      quarters: quarters.map { quarter in
        people = people.addingClamped(quarter.people)
        return Quarter(start: quarter.start, people: people)
      })
  }

  private func canAppend(_ quarter: Quarter) -> Bool {
    quarter.start.timeIntervalSince(end) < Self.longestPause
      && quarter.end.timeIntervalSince(start) <= Double(Self.mostQuarters)
        * NightFigures.QuarterHour.length
  }

  /// - Parameter insides: who was inside in each quarter; empty where nobody left.
  private mutating func append(_ quarter: Quarter, insides: [Date: Int]) {
    while end < quarter.start {
      quarters.append(Quarter(start: end, people: 0, inside: insides[end]))
    }
    quarters.append(quarter)
  }
}
