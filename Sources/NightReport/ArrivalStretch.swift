import Admission
import Foundation
import NightStore

/// Quarters of an hour in which people came in, without a long pause: what one chart shows.
struct ArrivalStretch: Equatable {
  struct Quarter: Equatable {
    var start: Date
    var people: Int

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

  static func split(_ arrivals: [NightFigures.QuarterHour]) -> [ArrivalStretch] {
    var stretches: [ArrivalStretch] = []
    for arrival in arrivals where arrival.people > 0 {
      let quarter = Quarter(start: arrival.start, people: arrival.people)
      if let last = stretches.last, last.canAppend(quarter) {
        stretches[stretches.count - 1].append(quarter)
      } else {
        stretches.append(ArrivalStretch(quarters: [quarter]))
      }
    }
    return stretches
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

  private mutating func append(_ quarter: Quarter) {
    while end < quarter.start { quarters.append(Quarter(start: end, people: 0)) }
    quarters.append(quarter)
  }
}
